"""Text that a PDF holds and its prepared form does not, because nobody can see it on the page."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path

import pypdfium2 as pdfium

from sar.documents.converted import HiddenPart
from sar.documents.expected import squeezed
from sar.documents.layout import PageLayout
from sar.documents.ocr import picture_share
from sar.documents.page_words import opened_pdf

_MOST_LINES = 2000
_SCANNED = 0.5  # share of a page that is a picture: its text layer is a machine's reading of it


def unseen_text(pdf: Path, prepared: Path, pictured: Collection[int] = ()) -> list[HiddenPart]:
    """Lines of the PDF with words that its prepared form lacks, page by page.

    The text layer behind a scan is left out: those pages are read anew from the picture. Not so
    that of the `pictured` pages, which preparing had to make pictures of: their words were good.
    """
    lines: list[str] = []
    scanned: list[int] = []
    with opened_pdf(pdf) as before, opened_pdf(prepared) as after:
        for number in range(min(len(before), len(after))):
            lost = list(_lost(_whole_text(before, number), _whole_text(after, number)))
            if lost and number + 1 not in pictured and _is_scan(after, number):
                scanned.append(number + 1)
            else:
                lines += [f"Page {number + 1}: {line}" for line in lost]
    found = []
    if lines:
        summary = "Text that cannot be seen or read on its page: covered, outside, in no colour"
        found.append(HiddenPart(summary, tuple(lines[:_MOST_LINES])))
    if scanned:
        pages = ", ".join(map(str, scanned[:20]))
        found.append(HiddenPart(f"A text layer behind the scan, read anew: page {pages}"))
    return found


def _lost(before: str, after: str) -> Iterator[str]:
    shown = squeezed(after)
    for line in before.splitlines():
        words = re.findall(r"\w{2,}", line)
        if any(squeezed(word) not in shown for word in words):
            yield " ".join(line.split())


def _whole_text(document: pdfium.PdfDocument, number: int) -> str:
    """All text of a page, wherever it lies; signs that stand for nothing are left out."""
    page = document[number]
    text_page = page.get_textpage()
    try:
        text = str(text_page.get_text_range(errors="ignore"))
        return re.sub(r"[\ue000-\uf8ff\ufffd\ufffe\x00-\x08]", "", text)
    finally:
        text_page.close()
        page.close()


def _is_scan(document: pdfium.PdfDocument, number: int) -> bool:
    width, height = document.get_page_size(number)
    return picture_share(document, PageLayout(number + 1, width, height, ())) > _SCANNED
