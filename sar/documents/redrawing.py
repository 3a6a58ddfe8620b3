"""The second half of preparing: each distilled page drawn anew from what can be seen of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2

from sar.documents.content_reader import Faces, read_page
from sar.documents.drawing import Item, NotUnderstoodError, TextItem, aside
from sar.documents.ink import inked
from sar.documents.page_audit import changed_pixels
from sar.documents.picture_page import picture_items
from sar.documents.sanitise import CleanDocument
from sar.documents.visibility import seen

_SPREAD = 24  # differing pixels that edges and rounding may still explain
Size = tuple[float, float]


def redrawn(distilled: Path, out: Path, scratch: Path) -> tuple[dict[int, str], list[Size]]:
    """Writes the file anew; the pages that had to become pictures, with why, and all sizes.

    A page is made a picture when something on it is not understood, or when drawing it anew
    changes how it looks.
    """
    with pikepdf.open(distilled) as pdf:
        sizes = [size_of(page) for page in pdf.pages]
        view = pypdfium2.PdfDocument(distilled)
        try:
            pictured: dict[int, str] = {}
            pages = _read(pdf, sizes, scratch, pictured)
            _write(view, sizes, pages, out, scratch)
            changed = _changed(view, out, pictured)
            if changed:
                pictured.update(changed)
                for number in changed:
                    pages[number - 1] = None
                _write(view, sizes, pages, out, scratch)
        finally:
            view.close()
    return pictured, sizes


def size_of(page: pikepdf.Page) -> Size:
    """Width and height of a page in points."""
    x0, y0, x1, y1 = (float(edge) for edge in page.mediabox)
    return (round(x1 - x0, 3), round(y1 - y0, 3))


def _read(
    pdf: pikepdf.Pdf, sizes: list[Size], scratch: Path, pictured: dict[int, str]
) -> list[list[Item] | None]:
    faces = Faces()
    pages: list[list[Item] | None] = []
    for number, (page, size) in enumerate(zip(pdf.pages, sizes, strict=True), start=1):
        try:
            items = read_page(page, faces)
            if any(isinstance(each, TextItem) for each in aside(items)):
                # No reader finds them there, so nobody could say that none of them must go.
                raise NotUnderstoodError("words in a pattern or a mask")
            pages.append(inked(seen(items, size), size, scratch))
        except NotUnderstoodError as error:
            pictured[number] = str(error)
            pages.append(None)
    return pages


def _write(
    view: Any,  # noqa: ANN401  # pdfium's document
    sizes: list[Size],
    pages: list[list[Item] | None],
    out: Path,
    scratch: Path,
) -> None:
    document = CleanDocument()
    for number, (size, items) in enumerate(zip(sizes, pages, strict=True)):
        if items is None:
            items = picture_items(document, view[number], (), scratch, is_source=True)
        try:
            document.add(size, items)
        except NotUnderstoodError:
            document.add(size, picture_items(document, view[number], (), scratch, is_source=True))
    document.save(out)


def _changed(view: Any, out: Path, pictured: dict[int, str]) -> dict[int, str]:  # noqa: ANN401
    after = pypdfium2.PdfDocument(out)
    try:
        return {
            number: "the page looks different when drawn anew"
            for number in range(1, len(after) + 1)
            if number not in pictured
            and changed_pixels(view[number - 1], after[number - 1], ()) > _SPREAD
        }
    finally:
        after.close()
