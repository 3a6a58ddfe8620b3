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


@dataclass(frozen=True)
class Glyph:
    """One character as drawn; rect is in points of the displayed page, origin top left."""

    text: str
    rect: Rect
    index: int


def glyphs(page: pdfium.PdfPage, frame: PageFrame) -> list[Glyph]:
    """Every character of the page that is drawn, not added by the reader, in its own order."""
    text = page.get_textpage()
    try:
        return list(_glyphs(text.raw, frame))
    finally:
        text.close()


def _glyphs(text: object, frame: PageFrame) -> Iterator[Glyph]:
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    for index in range(raw.FPDFText_CountChars(text)):
        if raw.FPDFText_IsGenerated(text, index) == 1:
            continue
        if not raw.FPDFText_GetCharBox(text, index, left, right, bottom, top):
            continue
        rect = frame.shown(left.value, bottom.value, right.value, top.value)
        yield Glyph(chr(raw.FPDFText_GetUnicode(text, index)), rect, index)


@dataclass(frozen=True)
class PopplerWord:
    """One word as poppler reads it, in points of the displayed page, origin top left."""

    text: str
    rect: Rect


def poppler_pages(data: bytes, scratch: Path) -> list[list[PopplerWord]]:
    """The words of each page as poppler reads them, with their boxes.

    Raises:
        DocumentError: poppler is missing or failed.
    """
    argv = ["pdftotext", "-bbox", "-enc", "UTF-8", "-", "-"]
    finished = tools.run(argv, scratch=scratch, stdin=data)
    if finished.returncode != 0:
        raise DocumentError(DocumentFault.TOOL_FAILED, "Poppler could not read the file.")
    text = finished.stdout.decode("utf-8", "replace")
    return [_words(page) for _, _, page in _PAGE.findall(text)]


def _words(page: str) -> list[PopplerWord]:
    return [
        PopplerWord(html.unescape(text), Rect(float(x0), float(y0), float(x1), float(y1)))
        for x0, y0, x1, y1, text in _WORD.findall(page)
    ]
