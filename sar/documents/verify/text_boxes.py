"""Where on a page some text stands."""

from __future__ import annotations

import pypdfium2 as pdfium

from sar.documents.verify.needles import Needle, squeeze
from sar.documents.verify.page_frame import PageFrame
from sar.documents.verify.page_text import glyphs
from sar.domain.redaction import Rect


def boxes_of(page: pdfium.PdfPage, frame: PageFrame, needle: Needle) -> list[list[Rect]]:
    """For every place where the needle stands, the boxes of its letters, in displayed points."""
    letters = [(folded, each) for each in glyphs(page, frame) for folded in squeeze(each.text)]
    text = "".join(folded for folded, _ in letters)
    boxes: list[list[Rect]] = []
    start = text.find(needle.squeezed)
    while start >= 0:
        boxes.append([each.rect for _, each in letters[start : start + len(needle.squeezed)]])
        start = text.find(needle.squeezed, start + 1)
    return boxes
