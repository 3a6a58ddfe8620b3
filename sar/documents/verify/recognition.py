"""Pages read as pictures, by a program that sees only pixels (tesseract)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from PIL import Image
from rapidfuzz.distance import Levenshtein
from rapidfuzz.fuzz import partial_ratio_alignment

from sar.documents import tools
from sar.documents.errors import DocumentError, DocumentFault
from sar.documents.verify.findings import Channel, Report
from sar.documents.verify.needles import Haystack, Needle, haystack, squeeze
from sar.documents.verify.page_objects import PICTURE
from sar.documents.verify.page_text import text_within
from sar.documents.verify.page_view import PageView
from sar.documents.verify.pixels import cut, grown
from sar.documents.verify.subject import OcrPolicy, Subject
from sar.domain.redaction import Rect

_SCALE = 200 / 72
_WORD_HIGH, _WORD_WIDE = 8.0, 24.0  # points: nothing smaller holds a name that can be read
_TEXT_ENOUGH = 15  # letters over a picture for it to count as read already
_WORDS_ENOUGH = 3
_LONG_SIDE = 5000


def check_pictures(subject: Subject, view: PageView, report: Report) -> None:
    """Recognises the parts of the page that the policy chooses, and searches the words found."""
    policy = subject.expected.ocr
    if policy is OcrPolicy.NEVER or not subject.never:
        return
    parts = _parts(policy, view)
    if not parts:
        return
    report.count += 1
    texts = [text for part in parts for text in _readings(subject, view, part)]
    for needle in subject.never:
        if any(_seems_in(needle, text) for text in texts):
            sentence = f"{needle.label.capitalize()} seems to be in a picture of the page."
            report.find(Channel.RECOGNISED, sentence, view.number)
    if not any(text.squeezed for text in texts):
        sentence = "No words could be recognised in the pictures of this page."
        report.could_not_read(Channel.RECOGNISED, sentence, view.number)


def _parts(policy: OcrPolicy, view: PageView) -> tuple[Rect, ...]:
    """The whole page where its text cannot be trusted, else its pictures, strips joined."""
    sheet = Rect(0, 0, view.frame.width, view.frame.height)
    if policy is OcrPolicy.ALWAYS or _has_unknown_letters(view):
        return (sheet,)
    pictures = [grown(each.rect, 1.0) for each in view.objects if each.kind == PICTURE]
    parts = [part for each in _joined(pictures) if (part := each.clipped_to(sheet)) is not None]
    return tuple(
        part
        for part in parts
        if _holds_words(part) and (policy is OcrPolicy.PICTURES or not _is_read(view, part))
    )


def _joined(rects: Sequence[Rect]) -> list[Rect]:
    """The fewest rectangles around these, any two that meet made one."""
    result: list[Rect] = []
    for rect in rects:
        current = rect
        while (hit := next((each for each in result if each.meets(current)), None)) is not None:
            result.remove(hit)
            current = current.union(hit)
        result.append(current)
    return result


def _holds_words(part: Rect) -> bool:
    return min(part.width, part.height) >= _WORD_HIGH and max(part.width, part.height) >= _WORD_WIDE


def _is_read(view: PageView, part: Rect) -> bool:
    """True when text lies over the picture, as it does over a scan that has been read before."""
    return len(squeeze(text_within(view.letters, view.frame, part))) >= _TEXT_ENOUGH


def _has_unknown_letters(view: PageView) -> bool:
    text = view.text.text
    return sum(not each.isprintable() and not each.isspace() for each in text) > 2


def _readings(subject: Subject, view: PageView, part: Rect) -> tuple[Haystack, ...]:
    """The part as it stands, then turned until it gives words; none is read twice."""
    scale = min(_SCALE, _LONG_SIDE / max(view.frame.width, view.frame.height))
    pixels = cut(view.pixels(scale), part, scale)[:, :, 0]
    known = subject.learned.readings
    key = hashlib.sha256(repr(pixels.shape).encode() + pixels.tobytes()).digest()
    if key not in known:
        known[key] = tuple(_turned_readings(Image.fromarray(pixels), subject.scratch))
    return known[key]


def _turned_readings(image: Image.Image, scratch: Path) -> Iterator[Haystack]:
    path = scratch / "verify-picture.png"
    for turn in (0, 90, 270, 180):
        image.rotate(turn, expand=True).save(path, compress_level=1)
        text = recognised(path, scratch)
        yield haystack(text)
        if len(text.split()) > _WORDS_ENOUGH:
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
