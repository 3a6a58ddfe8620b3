"""The words of a PDF's pages with their places, read by pdfium, in displayed coordinates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pypdfium2 as pdfium
from pypdfium2 import raw

from sar.documents.errors import DocumentError, DocumentFault
from sar.documents.layout import PageLayout, Word
from sar.domain.redaction import Rect

_BREAKS = {" ", "\t", "\r", "\n", "\u00a0", "\u2003", "\u2002", "\u2009"}
_GAP = 0.35  # of the size of the type: a wider gap parts two words
_UNREADABLE = (
    "This PDF is damaged and cannot be opened. "
    "Ask for it again, or print it to a new PDF and upload that."
)


@dataclass(frozen=True)
class _Sign:
    text: str
    rect: Rect


def page_texts(pdf: Path) -> list[str]:
    """The plain text of each page.

    Raises:
        DocumentError: CORRUPT.
    """
    with opened_pdf(pdf) as document:
        return [_text(document, number) for number in range(len(document))]


def page_layouts(pdf: Path) -> list[PageLayout]:
    """Size and words of every page; a page without text has no words.

    Raises:
        DocumentError: CORRUPT.
    """
    with opened_pdf(pdf) as document:
        return [_layout(document, number) for number in range(len(document))]


def opened_pdf(pdf: Path) -> pdfium.PdfDocument:
    """The document, to be used in a with statement.

    Raises:
        DocumentError: CORRUPT.
    """
    try:
        return pdfium.PdfDocument(pdf)
    except pdfium.PdfiumError as error:
        raise DocumentError(DocumentFault.CORRUPT, _UNREADABLE) from error


def _text(document: pdfium.PdfDocument, number: int) -> str:
    page = document[number]
    text_page = page.get_textpage()
    try:
        return str(text_page.get_text_bounded(errors="ignore")).replace("\r\n", "\n") + "\n"
    finally:
        text_page.close()
        page.close()


def _layout(document: pdfium.PdfDocument, number: int) -> PageLayout:
    page = document[number]
    text_page = page.get_textpage()
    try:
        width, height = page.get_size()
        words = _words(_signs(page, text_page, (width, height)))
        lines = _numbered(words)
        return PageLayout(number + 1, round(width, 2), round(height, 2), tuple(lines))
    finally:
        text_page.close()
        page.close()


def _signs(
    page: pdfium.PdfPage, text_page: pdfium.PdfTextPage, size: tuple[float, float]
) -> Iterator[_Sign]:
    """Each character with its box on the displayed page; breaks have an empty box."""
    place = _Place(page, size)
    count = text_page.count_chars()
    index = 0
    while index < count:
        code = raw.FPDFText_GetUnicode(text_page, index)
        if 0xD800 <= code < 0xDC00 and index + 1 < count:
            low = raw.FPDFText_GetUnicode(text_page, index + 1)
            code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00)
            index += 1
        sign = chr(code) if 0 < code <= 0x10FFFF and not 0xD800 <= code < 0xE000 else "\ufffd"
        yield _Sign(sign, place.rect(text_page.get_charbox(index, loose=True)))
        index += 1


class _Place:
    """Turns boxes of the page's own space into boxes of the page as displayed."""

    def __init__(self, page: pdfium.PdfPage, size: tuple[float, float]) -> None:
        self._box = page.get_cropbox()
        media = page.get_mediabox()
        left, bottom = max(self._box[0], media[0]), max(self._box[1], media[1])
        right, top = min(self._box[2], media[2]), min(self._box[3], media[3])
        if right <= left or top <= bottom:
            left, bottom, right, top = media
        self._box = (left, bottom, right, top)
        self._turn = page.get_rotation() % 360
        across = (right - left) if self._turn in {0, 180} else (top - bottom)
        self._scale = size[0] / across if across else 1.0

    def rect(self, box: tuple[float, float, float, float]) -> Rect:
        """Left, bottom, right, top in page space to a rect with its origin top left."""
        corners = [self._point(box[0], box[1]), self._point(box[2], box[3])]
        (x0, x1), (y0, y1) = (sorted(each) for each in zip(*corners, strict=True))
        scale = self._scale
        edges = (x0 * scale, y0 * scale, x1 * scale, y1 * scale)
        return Rect(*(round(edge, 2) for edge in edges))

    def _point(self, x: float, y: float) -> tuple[float, float]:
        left, bottom, right, top = self._box
        if self._turn == 90:
            return y - bottom, x - left
        if self._turn == 180:
            return right - x, y - bottom
        if self._turn == 270:
            return top - y, right - x
        return x - left, top - y


def _words(signs: Iterator[_Sign]) -> Iterator[tuple[str, Rect]]:
    text, rect = "", None
    for sign in signs:
        if sign.text in _BREAKS or sign.text == "\ufffe":
            if rect is not None and sign.text != "\ufffe":
                yield text, rect
                text, rect = "", None
            continue
        if rect is not None and _is_apart(rect, sign.rect):
            yield text, rect
            text, rect = "", None
        text += sign.text
        rect = sign.rect if rect is None else rect.union(sign.rect)
    if rect is not None:
        yield text, rect


def _is_apart(word: Rect, sign: Rect) -> bool:
    """True when a sign cannot belong to the word before it, whatever the page's text says."""
    size = max(min(word.height, sign.height), 1.0)
    is_beside = sign.y0 < word.y1 and word.y0 < sign.y1
    is_above = sign.x0 < word.x1 and word.x0 < sign.x1
    if is_beside:
        return sign.x0 - word.x1 > _GAP * size or word.x0 - sign.x1 > _GAP * size
    return not is_above or sign.y0 - word.y1 > size or word.y0 - sign.y1 > size


def _numbered(words: Iterator[tuple[str, Rect]]) -> Iterator[Word]:
    """Words in the page's own order; a new line starts where the words step down or back."""
    line, last = -1, None
    for text, rect in words:
        if last is None or _is_new_line(last, rect):
            line += 1
            last = rect
        yield Word(text, rect, line)
        last = Rect(last.x0, min(last.y0, rect.y0), rect.x1, max(last.y1, rect.y1))


def _is_new_line(last: Rect, rect: Rect) -> bool:
    overlap = min(last.y1, rect.y1) - max(last.y0, rect.y0)
    return overlap < 0.4 * min(last.height, rect.height) or rect.x1 < last.x0
