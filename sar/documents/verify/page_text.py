"""Text of the pages, by two readers that share no code: pdfium (here in process) and poppler."""

from __future__ import annotations

import ctypes
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pypdfium2 as pdfium
from pypdfium2 import raw

from sar.documents import tools
from sar.documents.errors import DocumentError, DocumentFault
from sar.documents.verify.page_frame import PageFrame
from sar.domain.redaction import Rect

_PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', re.DOTALL)
_WORD = re.compile(
    r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)</word>',
    re.DOTALL,
)
_TEXT = re.compile(r">([^<]*)</word>")
_LONGEST_RUN = 40  # characters of a label, or of several that overlap


@dataclass(frozen=True)
class Glyph:
    """One character as drawn; rect is in points of the displayed page, origin top left."""

    text: str
    rect: Rect
    index: int


def glyphs(letters: pdfium.PdfTextPage, frame: PageFrame) -> list[Glyph]:
    """Every character of the page that is drawn, not added by the reader, in its own order."""
    return list(_glyphs(letters.raw, frame, range(raw.FPDFText_CountChars(letters.raw))))


def text_within(letters: pdfium.PdfTextPage, frame: PageFrame, rect: Rect) -> str:
    """The text of all characters whose boxes meet a rectangle of the displayed page."""
    return str(letters.get_text_bounded(*frame.own(rect)))


def run_within(letters: pdfium.PdfTextPage, frame: PageFrame, rect: Rect) -> list[Glyph]:
    """One unbroken run of characters inside a rectangle, found without looking at all others."""
    left, bottom, right, top = frame.own(rect)
    index = raw.FPDFText_GetCharIndexAtPos(
        letters.raw, (left + right) / 2, (bottom + top) / 2, (right - left) / 2, (top - bottom) / 2
    )
    if index < 0:
        return []
    first = max(0, index - _LONGEST_RUN)
    last = min(raw.FPDFText_CountChars(letters.raw), index + _LONGEST_RUN)
    around = list(_glyphs(letters.raw, frame, range(first, last)))
    return [each for each in around if each.rect.meets(rect)]


def _glyphs(text: object, frame: PageFrame, indexes: range) -> Iterator[Glyph]:
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    for index in indexes:
        if not raw.FPDFText_GetCharBox(text, index, left, right, bottom, top):
            continue
        rect = frame.shown(left.value, bottom.value, right.value, top.value)
        letter = chr(raw.FPDFText_GetUnicode(text, index))
        if letter.isspace() and raw.FPDFText_IsGenerated(text, index) == 1:
            continue
        yield Glyph(letter, rect, index)


@dataclass(frozen=True)
class PopplerWord:
    """One word as poppler reads it, in points of the displayed page, origin top left."""

    text: str
    rect: Rect


@dataclass(frozen=True)
class PopplerPage:
    """One page as poppler reads it."""

    markup: str

    @property
    def text(self) -> str:
        """Its words, one a line."""
        return html.unescape("\n".join(_TEXT.findall(self.markup)))

    @property
    def words(self) -> list[PopplerWord]:
        """Its words with their boxes."""
        return [
            PopplerWord(html.unescape(text), Rect(float(x0), float(y0), float(x1), float(y1)))
            for x0, y0, x1, y1, text in _WORD.findall(self.markup)
        ]


def poppler_pages(data: bytes, scratch: Path) -> list[PopplerPage]:
    """Each page as poppler reads it.

    Raises:
        DocumentError: poppler is missing or failed.
    """
    argv = ["pdftotext", "-bbox", "-enc", "UTF-8", "-", "-"]
    finished = tools.run(argv, scratch=scratch, stdin=data)
    if finished.returncode != 0:
        raise DocumentError(DocumentFault.TOOL_FAILED, "Poppler could not read the file.")
    text = finished.stdout.decode("utf-8", "replace")
    return [PopplerPage(page) for _, _, page in _PAGE.findall(text)]
