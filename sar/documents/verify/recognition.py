"""Pages read as pictures, by a program that sees only pixels (tesseract)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rapidfuzz.distance import Levenshtein
from rapidfuzz.fuzz import partial_ratio_alignment

from sar.documents import tools
from sar.documents.errors import DocumentError, DocumentFault
from sar.documents.verify.findings import Channel, Report
from sar.documents.verify.needles import Haystack, Needle, haystack
from sar.documents.verify.page_objects import PICTURE, Drawn
from sar.documents.verify.page_view import PageView
from sar.documents.verify.subject import OcrPolicy, Subject

_SCALE = 300 / 72
_WORD_HIGH, _WORD_WIDE = 8.0, 24.0  # points: nothing smaller holds a name that can be read
_TEXT_ENOUGH = 20  # characters a page's text needs before its pictures count as read already
_LONG_SIDE = 5000


def check_pictures(subject: Subject, view: PageView, report: Report) -> None:
    """Recognises the page when the policy chooses it, and searches the words found."""
    if subject.expected.ocr is OcrPolicy.NEVER or not subject.never:
        return
    if not _is_chosen(subject.expected.ocr, view):
        return
    report.count += 1
    texts = list(_readings(subject, view))
    for needle in subject.never:
        if any(_seems_in(needle, text) for text in texts):
            sentence = f"{needle.label.capitalize()} seems to be in a picture of the page."
            report.find(Channel.RECOGNISED, sentence, view.number)
    if not any(text.squeezed for text in texts):
        sentence = "No words could be recognised on this page."
        report.could_not_read(Channel.RECOGNISED, sentence, view.number)


def _is_chosen(policy: OcrPolicy, view: PageView) -> bool:
    if policy is OcrPolicy.ALWAYS or _has_unknown_letters(view):
        return True
    if policy is OcrPolicy.AUTO and len(view.text.squeezed) >= _TEXT_ENOUGH:
        return False
    return any(_holds_words(each) for each in view.objects)


def _holds_words(each: Drawn) -> bool:
    return (
        each.kind == PICTURE
        and min(each.rect.width, each.rect.height) >= _WORD_HIGH
        and max(each.rect.width, each.rect.height) >= _WORD_WIDE
    )


def _has_unknown_letters(view: PageView) -> bool:
    text = view.text.text
    return sum(not each.isprintable() and not each.isspace() for each in text) > 2


def _readings(subject: Subject, view: PageView) -> Iterator[Haystack]:
    """The page as it stands, then turned until it gives words."""
    scale = min(_SCALE, _LONG_SIDE / max(view.frame.width, view.frame.height))
    image = view.page.render(scale=scale, grayscale=True).to_pil()
    path = subject.scratch / f"verify-page-{view.number}.png"
    for turn in (0, 90, 270, 180):
        image.rotate(turn, expand=True).save(path, compress_level=1)
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
