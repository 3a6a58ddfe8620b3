"""Finds the marks on a page when nobody handed them over: black boxes with their code inside.

The words after a mark are set closer, so they may stand where the area was. Without the marks the
check must therefore tell our boxes from the page: an area is explained by a black box on its own
line that shows the area's code. The box then stands for the area. An area without such a box must
itself be empty.
"""

from __future__ import annotations

from collections.abc import Sequence

import pypdfium2 as pdfium

from sar.documents.verify.needles import squeeze
from sar.documents.verify.page_frame import PageFrame, Place
from sar.documents.verify.page_objects import PATH, drawn, fill_of, is_filled, path_lines
from sar.documents.verify.page_text import glyphs
from sar.domain.redaction import Area, Rect

_DARK = 30
_SLACK = 1.5


def places_of(page: pdfium.PdfPage, frame: PageFrame, areas: Sequence[Area]) -> tuple[Place, ...]:
    """Where nothing may be: each area's own box if the page has one, else the area."""
    boxes = _labelled_boxes(page, frame, {area.code for area in areas})
    result = []
    for area in sorted(areas, key=lambda each: (each.rect.x0, each.rect.y0)):
        found = next((box for box in boxes if _explains(box, area)), None)
        if found is None:
            result.append(Place(area.page, _shrunk(area.rect), area.code, is_drawn=False))
        else:
            boxes.remove(found)
            result.append(Place(area.page, found[0], area.code, is_drawn=True))
    return tuple(result)


def _labelled_boxes(
    page: pdfium.PdfPage, frame: PageFrame, codes: set[str]
) -> list[tuple[Rect, str]]:
    letters = glyphs(page, frame)
    wanted = {squeeze(code) for code in codes}
    found = []
    for rect in _black_boxes(page, frame):
        inside = [each for each in letters if rect.contains(_middle(each.rect))]
        text = squeeze("".join(each.text for each in inside))
        if text in wanted:
            found.append((rect, text))
    return sorted(found)


def _black_boxes(page: pdfium.PdfPage, frame: PageFrame) -> list[Rect]:
    return [
        each.rect
        for each in drawn(page, frame)
        if each.kind == PATH
        and is_filled(each)
        and max((fill_of(each) or (255,))[:3]) < _DARK
        and len(path_lines(each)) == 1
    ]


def _explains(box: tuple[Rect, str], area: Area) -> bool:
    """On the area's line, with its code, and no further right than the area begins or reaches."""
    rect, text = box
    if text != squeeze(area.code):
        return False
    shared = min(rect.y1, area.rect.y1) - max(rect.y0, area.rect.y0)
    if shared < 0.5 * min(rect.height, area.rect.height):
        return False
    return rect.x0 <= area.rect.x1 and rect.x1 >= area.rect.x0 - _reach(area)


def _reach(area: Area) -> float:
    """How far left of its area a mark may have moved, behind marks before it on the line."""
    return 400.0 if area.rect.height < 40 else 0.0


def _shrunk(rect: Rect) -> Rect:
    x, y = min(1.0, rect.width / 3), min(1.0, rect.height / 3)
    return Rect(rect.x0 + x, rect.y0 + y, rect.x1 - x, rect.y1 - y)


def _middle(rect: Rect) -> Rect:
    x, y = (rect.x0 + rect.x1) / 2, (rect.y0 + rect.y1) / 2
    return Rect(x, y, x, y)
