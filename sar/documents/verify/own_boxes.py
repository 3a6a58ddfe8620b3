"""Finds the marks on a page when nobody handed them over: black boxes with their code inside.

The words after a mark are set closer, so they may stand where the area was. Without the marks the
check must therefore tell our boxes from the page: an area is explained by a black box on its own
line that shows the area's code. The box then stands for the area. An area without such a box must
itself be empty.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sar.documents.verify.labels import is_label
from sar.documents.verify.needles import squeeze
from sar.documents.verify.page_frame import Place
from sar.documents.verify.page_objects import (
    PATH,
    fill_of,
    is_filled,
    is_upright_box,
    path_lines,
)
from sar.documents.verify.page_view import PageView
from sar.domain.redaction import Area, Rect

_DARK = 30
_MARGIN = 1.5  # points
_LINE = 60.0  # points; nothing higher is a line of words, whose marks can move


@dataclass(frozen=True, eq=False)
class _Box:
    """A black box, and the codes its label may stand for."""

    rect: Rect
    codes: frozenset[str]


def places_of(view: PageView, areas: Sequence[Area]) -> tuple[Place, ...]:
    """Where nothing may be: each area's own box if the page has one, else the area."""
    black = _black_boxes(view)
    exact = {area: rect for area in areas for rect in black if _is_same(rect, area.rect)}
    moved = [area for area in areas if area not in exact]
    others = [rect for rect in black if rect not in exact.values()]
    boxes = _labelled_boxes(view, others, [area.code for area in areas]) if moved else []
    found = {**exact, **_moved(sorted(moved, key=lambda each: each.rect.x0), boxes)}
    return tuple(
        Place(area.page, found[area], area.code, is_drawn=True)
        if area in found
        else Place(area.page, _shrunk(area.rect), area.code, is_drawn=False)
        for area in areas
    )


def _moved(areas: Sequence[Area], boxes: list[_Box]) -> dict[Area, Rect]:
    """The boxes of areas inside lines, each used once but for areas that overlap."""
    found: dict[Area, _Box] = {}
    for area in areas:
        shared = [box for other, box in found.items() if other.rect.meets(area.rect)]
        fitting = [box for box in boxes if _explains(box, area)] or [
            box for box in shared if _explains(box, area)
        ]
        if fitting:
            chosen = min(fitting, key=lambda box: box.rect.x0)
            found[area] = chosen
            boxes = [box for box in boxes if box is not chosen]
    return {area: box.rect for area, box in found.items()}


def _labelled_boxes(view: PageView, rects: Sequence[Rect], codes: Sequence[str]) -> list[_Box]:
    found = []
    for rect in rects:
        text = "".join(each.text for each in view.glyphs if rect.contains(_middle(each.rect)))
        fitting = {code for code in codes if _has_code(text, code, codes, rect)}
        if fitting:
            found.append(_Box(rect, frozenset(fitting)))
    return found


def _has_code(text: str, code: str, codes: Sequence[str], rect: Rect) -> bool:
    """True when the text is this code alone, or with others that share or overlap the box."""
    if is_label(text, [code], rect.width):
        return True
    return squeeze(code) in squeeze(text) and is_label(text, codes, rect.width)


def _black_boxes(view: PageView) -> list[Rect]:
    return [
        each.rect
        for each in view.objects
        if each.kind == PATH
        and is_filled(each)
        and max((fill_of(each) or (255,))[:3]) < _DARK
        and is_upright_box(path_lines(each))
    ]


def _explains(box: _Box, area: Area) -> bool:
    """On the area's line, with its code: marks before it on the line may have moved it."""
    if area.code not in box.codes:
        return False
    height = min(box.rect.y1, area.rect.y1) - max(box.rect.y0, area.rect.y0)
    if height < 0.5 * min(box.rect.height, area.rect.height):
        return False
    return area.rect.height < _LINE or box.rect.meets(area.rect)


def _is_same(box: Rect, area: Rect) -> bool:
    edges = zip(box.as_list(), area.as_list(), strict=True)
    return all(abs(first - second) < _MARGIN for first, second in edges)


def _shrunk(rect: Rect) -> Rect:
    x, y = min(1.0, rect.width / 3), min(1.0, rect.height / 3)
    return Rect(rect.x0 + x, rect.y0 + y, rect.x1 - x, rect.y1 - y)


def _middle(rect: Rect) -> Rect:
    x, y = (rect.x0 + rect.x1) / 2, (rect.y0 + rect.y1) / 2
    return Rect(x, y, x, y)
