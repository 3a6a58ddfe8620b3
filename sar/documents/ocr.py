"""Reads pages that have no text of their own, or text that cannot be trusted, with tesseract."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image
from pypdfium2 import raw

from sar.documents.layout import PageLayout, Word
from sar.documents.picture import drawn, scale_for
from sar.documents.tools import Limits, run
from sar.domain.redaction import Rect

_DPI = 300
_LIMITS = Limits(seconds=120, memory_mb=1536, processes=16, output_mb=256)
_LEAST_SURE = 20.0  # below this a "word" is a stain or a leaf
_READABLE = 70.0  # mean confidence under which a person must read the page
_DOUBTED = 0.3  # share of a page's signs that may be stains: more is handwriting, or a bad scan
_FEW = 4  # words; fewer may be a logo
_DOUBTFUL = 60.0  # mean confidence under which a page may lie on its side
_LARGE_PICTURE = 0.12  # share of the page
_FAULTY = 0.15  # share of signs that stand for nothing
_TURNED = re.compile(rb"Rotate: (\d+)")
_TURNS = {90: Image.Transpose.ROTATE_270, 180: Image.Transpose.ROTATE_180}
_TURNS |= {270: Image.Transpose.ROTATE_90}


@dataclass(frozen=True)
class _Seen:
    """A word on a drawn page: pixels, line, and how sure tesseract is, 0 to 100."""

    text: str
    box: tuple[float, float, float, float]
    line: tuple[int, int, int]
    sureness: float


def needs_ocr(document: pdfium.PdfDocument, layout: PageLayout) -> bool:
    """True when a page has no words, words of broken fonts, or pictures that may hold words."""
    if not layout.words:
        return not _is_blank(document, layout)
    if is_faulty(layout):
        return True
    return picture_share(document, layout) > _LARGE_PICTURE


def is_faulty(layout: PageLayout) -> bool:
    """True when many signs of a page's text stand for nothing a reader knows."""
    text = "".join(word.text for word in layout.words)
    strange = sum(
        sign == "\ufffd" or "\ue000" <= sign <= "\uf8ff" or ord(sign) < 32 for sign in text
    )
    return strange > _FAULTY * max(len(text), 1)


def picture_share(document: pdfium.PdfDocument, layout: PageLayout) -> float:
    """How much of a page its pictures cover, 0 to 1."""
    page = document[layout.number - 1]
    try:
        whole = max(layout.width * layout.height, 1.0)
        covered = 0.0
        for each in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=4):
            left, bottom, right, top = each.get_bounds()
            covered += max(0.0, right - left) * max(0.0, top - bottom)
        return min(1.0, covered / whole)
    finally:
        page.close()


def recognised(document: pdfium.PdfDocument, layout: PageLayout, scratch: Path) -> PageLayout:
    """The page's layout with the words tesseract reads.

    A page with sound text of its own keeps it, and gets the words found inside its pictures
    besides; then `is_ocr` stays False and `confidence` speaks of the added words alone.
    """
    picture = drawn(document, layout.number, _DPI, is_grey=True)
    everything = _read(picture, scratch)
    if _sureness(_sure(everything)) < _DOUBTFUL:
        everything = _read_turned(picture, everything, scratch)
    seen = _sure(everything)
    scale = scale_for((layout.width, layout.height), _DPI)
    has_own = bool(layout.words) and not is_faulty(layout)
    kept = layout.words if has_own else ()
    first_line = max((word.line for word in kept), default=-1) + 1
    words = _words(seen, scale, first_line)
    added = [word for word in words if not _is_known(word, kept)]
    sureness = round(_sureness(seen), 1) if added else None
    if not has_own and not added:
        sureness = 0.0
    return replace(
        layout,
        words=(*kept, *added),
        is_ocr=not has_own,
        confidence=sureness,
        needs_reading=_is_beyond(everything, has_own, bool(added)),
    )


def _is_beyond(everything: Sequence[_Seen], has_own: bool, has_more: bool) -> bool:
    """True when a person must read the page: nothing was read on it, or much with doubt.

    On a page with text of its own the pictures are left to the eye unless they hold many words.
    """
    if not has_own and not has_more:
        return True
    if has_own and (not has_more or len(everything) < _FEW):
        return False
    sure = _sure(everything)
    doubted = 1 - _length(sure) / max(_length(everything), 1)
    return _sureness(sure) < _READABLE or doubted > _DOUBTED


def parse_tsv(text: str) -> list[_Seen]:
    """The words in tesseract's table, and the stains it took for words."""
    seen = []
    rows = csv.DictReader(io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE)
    for row in rows:
        word, sureness = (row.get("text") or "").strip(), float(row.get("conf") or -1)
        if row.get("level") != "5" or not word or sureness < 0:
            continue
        left, top = float(row["left"]), float(row["top"])
        box = (left, top, left + float(row["width"]), top + float(row["height"]))
        line = (int(row["block_num"]), int(row["par_num"]), int(row["line_num"]))
        seen.append(_Seen(word, box, line, sureness))
    return seen


def turned_back(
    box: tuple[float, float, float, float], angle: int, size: tuple[int, int]
) -> tuple[float, float, float, float]:
    """A box on a picture that was turned clockwise by angle, as it lay before the turn.

    Size is the width and height of the picture before the turn.
    """
    left, top, right, bottom = box
    width, height = size
    if angle == 90:
        return top, height - right, bottom, height - left
    if angle == 180:
        return width - right, height - bottom, width - left, height - top
    if angle == 270:
        return width - bottom, left, width - top, right
    return box


def _read(picture: Image.Image, scratch: Path) -> list[_Seen]:
    path = scratch / "page.png"
    picture.save(path, "PNG", compress_level=1, dpi=(_DPI, _DPI))
    argv = ["tesseract", path.name, "stdout", "-l", "eng", "--psm", "3", "--dpi", str(_DPI), "tsv"]
    return parse_tsv(run(argv, scratch=scratch, limits=_LIMITS).stdout.decode("utf-8", "replace"))


def _read_turned(picture: Image.Image, upright: list[_Seen], scratch: Path) -> list[_Seen]:
    """The better of both readings, when tesseract thinks that the page lies on its side."""
    argv = ["tesseract", "page.png", "stdout", "-l", "osd", "--psm", "0", "--dpi", str(_DPI)]
    found = _TURNED.search(run(argv, scratch=scratch, limits=_LIMITS).stdout)
    angle = int(found.group(1)) if found else 0
    if angle not in _TURNS:
        return upright
    seen = _read(picture.transpose(_TURNS[angle]), scratch)
    if _worth(_sure(seen)) <= _worth(_sure(upright)):
        return upright
    return [replace(each, box=turned_back(each.box, angle, picture.size)) for each in seen]


def _worth(seen: Iterable[_Seen]) -> float:
    return sum(len(each.text) * each.sureness for each in seen)


def _sure(seen: Iterable[_Seen]) -> list[_Seen]:
    return [each for each in seen if each.sureness >= _LEAST_SURE]


def _length(seen: Iterable[_Seen]) -> int:
    return sum(len(each.text) for each in seen)


def _sureness(seen: Sequence[_Seen]) -> float:
    length = _length(seen)
    return _worth(seen) / length if length else 0.0


def _words(seen: Iterable[_Seen], scale: float, first_line: int) -> list[Word]:
    words, last, line = [], None, first_line - 1
    for each in seen:
        if each.line != last:
            line, last = line + 1, each.line
        words.append(Word(each.text, Rect(*(round(edge / scale, 2) for edge in each.box)), line))
    return words


def _is_known(word: Word, known: Sequence[Word]) -> bool:
    """True when most of a word's place is taken by words of the page's own text."""
    area = max(word.rect.width * word.rect.height, 0.01)
    shared = 0.0
    for each in known:
        both = word.rect.clipped_to(each.rect)
        if both is not None:
            shared += both.width * both.height
    return shared > 0.3 * area


def _is_blank(document: pdfium.PdfDocument, layout: PageLayout) -> bool:
    """True for a page of one colour, which needs no reading."""
    low, high = drawn(document, layout.number, 50, is_grey=True).getextrema()
    assert isinstance(low, int)
    assert isinstance(high, int)
    return high - low < 8
