"""Pages read as pictures, by a program that sees only pixels (tesseract)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pypdfium2 as pdfium
from rapidfuzz.distance import Levenshtein
from rapidfuzz.fuzz import partial_ratio_alignment

from sar.documents import tools
from sar.documents.errors import DocumentError, DocumentFault
from sar.documents.verify.findings import Channel, Report
from sar.documents.verify.needles import Haystack, Needle, haystack
from sar.documents.verify.page_objects import PICTURE, Drawn, drawn
from sar.documents.verify.subject import OcrPolicy, Subject

_SCALE = 300 / 72
_WORD_HIGH, _WORD_WIDE = 8.0, 24.0  # points: nothing smaller holds a name that can be read
_TEXT_ENOUGH = 20  # characters a page's text needs before its pictures count as read already
_LONG_SIDE = 5000


def check_pictures(subject: Subject) -> Report:
    """Recognises the pages that the policy chooses and searches the words found."""
    report = Report()
    if subject.expected.ocr is OcrPolicy.NEVER or not subject.needles:
        return report
    for number in range(1, subject.page_count + 1):
        page = subject.document[number - 1]
        try:
            if _is_chosen(subject, page, number):
                _check_page(subject, report, page, number)
        finally:
            page.close()
    return report


def _is_chosen(subject: Subject, page: pdfium.PdfPage, number: int) -> bool:
    policy = subject.expected.ocr
    if policy is OcrPolicy.ALWAYS:
        return True
    pictures = [each for each in drawn(page, subject.frames[number - 1]) if _holds_words(each)]
    unreadable = _has_unknown_letters(subject, number)
    if policy is OcrPolicy.PICTURES:
        return bool(pictures) or unreadable
    return unreadable or (bool(pictures) and len(subject.texts[number - 1].squeezed) < _TEXT_ENOUGH)


def _holds_words(each: Drawn) -> bool:
    return (
        each.kind == PICTURE
        and min(each.rect.width, each.rect.height) >= _WORD_HIGH
        and max(each.rect.width, each.rect.height) >= _WORD_WIDE
    )


def _has_unknown_letters(subject: Subject, number: int) -> bool:
    text = subject.texts[number - 1].text
    odd = sum(not each.isprintable() and not each.isspace() for each in text)
    return odd > 2


def _check_page(subject: Subject, report: Report, page: pdfium.PdfPage, number: int) -> None:
    report.count += 1
    texts = list(_readings(subject, page, number))
    for needle in subject.never:
        if any(_seems_in(needle, text) for text in texts):
            sentence = f"Item of never seems to be in a picture: {needle.label}."
            report.find(Channel.RECOGNISED, sentence, number)
    if not any(text.squeezed for text in texts):
        report.could_not_read(
            Channel.RECOGNISED, "No words could be recognised on this page.", number
        )


def _readings(subject: Subject, page: pdfium.PdfPage, number: int) -> Iterator[Haystack]:
    frame = subject.frames[number - 1]
    scale = min(_SCALE, _LONG_SIDE / max(frame.width, frame.height))
    image = page.render(scale=scale, grayscale=True).to_pil()
    path = subject.scratch / f"verify-page-{number}.png"
    text = ""
    for turn in (0, 90, 270, 180):
        image.rotate(turn, expand=True).save(path)
        text = recognised(path, subject.scratch)
        yield haystack(text)
        if len(text.split()) > 5:
            break
    path.unlink()


def recognised(picture: Path, scratch: Path) -> str:
    """The words tesseract sees in a picture.

    Raises:
        DocumentError: tesseract is missing or failed.
    """
    argv = ["tesseract", str(picture), "-", "--psm", "3", "-l", "eng"]
    finished = tools.run(argv, scratch=scratch)
    if finished.returncode != 0:
        raise DocumentError(DocumentFault.TOOL_FAILED, "Tesseract could not read a page.")
    return finished.stdout.decode("utf-8", "replace")


def _seems_in(needle: Needle, text: Haystack) -> bool:
    """True for the words themselves, or, when they are long, with one letter in eight misread."""
    if text.holds(needle):
        return True
    size = len(needle.squeezed)
    if size < 8 or not text.squeezed:
        return False
    found = partial_ratio_alignment(needle.squeezed, text.squeezed, score_cutoff=80)
    if found is None:
        return False
    part = text.squeezed[found.dest_start : found.dest_end]
    return Levenshtein.distance(needle.squeezed, part) <= size // 8
