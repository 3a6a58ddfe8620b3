"""The words of a PDF's pages with their places, read by pdfium, in displayed coordinates."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2 as pdfium
from pypdfium2 import raw

from sar.documents.errors import DocumentError, DocumentFault
from sar.documents.layout import PageLayout, Word
from sar.domain.redaction import Rect

_BREAKS = {" ", "\t", "\r", "\n", "\u00a0", "\u2003", "\u2002", "\u2009"}
_GAP = 0.35  # of the size of the type: a wider gap parts two words
_TURNED_GAP = 0.18  # the same for turned text, whose drawn spaces cannot be relied on
_UNREADABLE = (
    "This PDF is damaged and cannot be opened. "
    "Ask for it again, or print it to a new PDF and upload that."
)


@dataclass(frozen=True)
class Sign:
    """One character of a page and its box, as displayed."""

    text: str
    rect: Rect
    turn: int = 0  # quarter turns clockwise from upright, as displayed


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
        signs = list(_signs(page, text_page, (width, height)))
        words = reading_order(signs, (width, height))
        return PageLayout(number + 1, round(width, 2), round(height, 2), tuple(words))
    finally:
        text_page.close()
        page.close()


def _signs(
    page: pdfium.PdfPage, text_page: pdfium.PdfTextPage, size: tuple[float, float]
) -> Iterator[Sign]:
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
        rect = place.rect(text_page.get_charbox(index, loose=True))
        yield Sign(sign, rect, place.turn(raw.FPDFText_GetCharAngle(text_page, index)))
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

    def turn(self, angle: float) -> int:
        """Quarter turns clockwise, as displayed, of a sign at a clockwise angle in radians."""
        own = round(angle / (math.pi / 2)) if math.isfinite(angle) and angle >= 0 else 0
        return (own + int(self._turn) // 90) % 4

    def _point(self, x: float, y: float) -> tuple[float, float]:
        left, bottom, right, top = self._box
        if self._turn == 90:
            return y - bottom, x - left
        if self._turn == 180:
            return right - x, y - bottom
        if self._turn == 270:
            return top - y, right - x
        return x - left, top - y


def reading_order(signs: Sequence[Sign], size: tuple[float, float]) -> list[Word]:
    """Words with the numbers of their lines: upright text first, then turned text.

    Upright text keeps the order in which it was drawn. Turned text is put in order by place,
    seen from the side it is read from, because nobody draws it in any order to rely on.
    """
    words = list(_numbered(_words(_upright(signs)), 0))
    for turn in (1, 2, 3):
        turned = [
            Sign(sign.text, _seen_from(sign.rect, turn, size))
            for sign in signs
            if sign.turn == turn
        ]
        first = words[-1].line + 1 if words else 0
        for word in _numbered(_words(iter(_by_place(turned))), first):
            words.append(Word(word.text, _seen_back(word.rect, turn, size), word.line))
    return words


def _upright(signs: Iterable[Sign]) -> Iterator[Sign]:
    return (sign for sign in signs if sign.turn == 0 or sign.text in _BREAKS)


def _by_place(signs: Sequence[Sign]) -> list[Sign]:
    """Signs line by line, from the top and from the left, with breaks at gaps."""
    lines: list[list[Sign]] = []
    for sign in sorted(signs, key=lambda each: (each.rect.y0 + each.rect.y1) / 2):
        middle = (sign.rect.y0 + sign.rect.y1) / 2
        if lines and lines[-1][-1].rect.y0 < middle < lines[-1][-1].rect.y1:
            lines[-1].append(sign)
        else:
            lines.append([sign])
    ordered = []
    for line in lines:
        end = -math.inf
        for sign in sorted(line, key=lambda each: each.rect.x0):
            if sign.rect.x0 - end > _TURNED_GAP * sign.rect.height:
                ordered.append(Sign(" ", sign.rect))
            ordered.append(sign)
            end = sign.rect.x1
    return ordered


def _seen_from(rect: Rect, turn: int, size: tuple[float, float]) -> Rect:
    """Where a rect lies when the page is turned so that text of this turn stands upright."""
    width, height = size
    if turn == 1:
        return Rect(rect.y0, width - rect.x1, rect.y1, width - rect.x0)
    if turn == 2:
        return Rect(width - rect.x1, height - rect.y1, width - rect.x0, height - rect.y0)
    return Rect(height - rect.y1, rect.x0, height - rect.y0, rect.x1)


def _seen_back(rect: Rect, turn: int, size: tuple[float, float]) -> Rect:
    """The inverse of _seen_from."""
    width, height = size
    if turn == 1:
        edges = (width - rect.y1, rect.x0, width - rect.y0, rect.x1)
    elif turn == 2:
        edges = (width - rect.x1, height - rect.y1, width - rect.x0, height - rect.y0)
    else:
        edges = (rect.y0, height - rect.x1, rect.y1, height - rect.x0)
    return Rect(*(round(edge, 2) for edge in edges))


def _words(signs: Iterator[Sign]) -> Iterator[tuple[str, Rect]]:
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


def _numbered(words: Iterator[tuple[str, Rect]], first: int) -> Iterator[Word]:
    """Words in the order given; a new line starts where the words step down or back."""
    line, last = first - 1, None
    for text, rect in words:
        if last is None or _is_new_line(last, rect):
            line += 1
            last = rect
        yield Word(text, rect, line)
        last = Rect(last.x0, min(last.y0, rect.y0), rect.x1, max(last.y1, rect.y1))


def _is_new_line(last: Rect, rect: Rect) -> bool:
    overlap = min(last.y1, rect.y1) - max(last.y0, rect.y0)
    return overlap < 0.4 * min(last.height, rect.height) or rect.x1 < last.x0
