"""Areas on a page, whole pages withheld, and the plan that carries both.

A rect is `[x0, y0, x1, y1]` in PDF points, origin top left, of the page *as displayed* (after
CropBox, Rotate and UserUnit). Pages count from 1.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sar.domain.errors import PlanError
from sar.domain.exemption import NEUTRAL_CODE


@dataclass(frozen=True, order=True)
class Rect:
    """An upright rectangle in points, origin top left; x0 <= x1 and y0 <= y1."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        """Points from left to right edge."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Points from top to bottom edge."""
        return self.y1 - self.y0

    def meets(self, other: Rect) -> bool:
        """True when the two share more than an edge."""
        return (
            self.x0 < other.x1 and other.x0 < self.x1 and self.y0 < other.y1 and other.y0 < self.y1
        )

    def contains(self, other: Rect) -> bool:
        """True when no part of other lies outside."""
        return (
            self.x0 <= other.x0
            and self.y0 <= other.y0
            and self.x1 >= other.x1
            and self.y1 >= other.y1
        )

    def clipped_to(self, other: Rect) -> Rect | None:
        """The part inside other, or None when they do not meet."""
        if not self.meets(other):
            return None
        return Rect(
            max(self.x0, other.x0),
            max(self.y0, other.y0),
            min(self.x1, other.x1),
            min(self.y1, other.y1),
        )

    def union(self, other: Rect) -> Rect:
        """The smallest rectangle that holds both."""
        return Rect(
            min(self.x0, other.x0),
            min(self.y0, other.y0),
            max(self.x1, other.x1),
            max(self.y1, other.y1),
        )

    def as_list(self) -> list[float]:
        """`[x0, y0, x1, y1]`, as plans and certificates write it."""
        return [self.x0, self.y0, self.x1, self.y1]


@dataclass(frozen=True, order=True)
class Area:
    """A part of a page that must not be disclosed, and the exemption code that says why."""

    page: int
    rect: Rect
    code: str


@dataclass(frozen=True, order=True)
class WithheldPage:
    """A page left out whole, and the exemption code that says why."""

    page: int
    code: str


@dataclass(frozen=True)
class Plan:
    """What to remove from one document; `never` is text that must not survive anywhere in it."""

    areas: tuple[Area, ...] = ()
    withheld_pages: tuple[WithheldPage, ...] = ()
    never: tuple[str, ...] = ()

    def areas_on(self, page: int) -> tuple[Area, ...]:
        """The areas of one page, in the order they were given."""
        return tuple(area for area in self.areas if area.page == page)

    def code_withholding(self, page: int) -> str | None:
        """The code under which the whole page is withheld, or None when it is not."""
        return next((each.code for each in self.withheld_pages if each.page == page), None)


@dataclass(frozen=True)
class Mark:
    """An area as it was drawn; width_visible when the gap still tells how long the words were."""

    page: int
    rect: Rect
    code: str
    width_visible: bool

    def as_dict(self) -> dict[str, object]:
        """The form a certificate holds."""
        return {
            "page": self.page,
            "rect": [round(edge, 2) for edge in self.rect.as_list()],
            "code": self.code,
            "width_visible": self.width_visible,
        }


def parse_plan(data: object) -> Plan:
    """Reads `{"areas": [...], "withheld_pages": [...], "never": [...]}`.

    Raises:
        PlanError: a part is missing, of the wrong kind, or cannot be a place on a page.
    """
    if not isinstance(data, Mapping):
        raise PlanError("The plan must be an object with areas, withheld_pages and never.")
    unknown = sorted(set(map(str, data)) - {"areas", "withheld_pages", "never"})
    if unknown:
        raise PlanError(f"The plan has parts this program does not know: {', '.join(unknown)}.")
    return Plan(
        areas=tuple(_area(each) for each in _items(data, "areas")),
        withheld_pages=tuple(_withheld(each) for each in _items(data, "withheld_pages")),
        never=tuple(_never(each) for each in _items(data, "never")),
    )


def plan_as_dict(plan: Plan) -> dict[str, object]:
    """The inverse of parse_plan."""
    return {
        "areas": [
            {"page": each.page, "rect": each.rect.as_list(), "code": each.code}
            for each in plan.areas
        ],
        "withheld_pages": [{"page": each.page, "code": each.code} for each in plan.withheld_pages],
        "never": list(plan.never),
    }


def check_pages(plan: Plan, sizes: Sequence[tuple[float, float]]) -> Plan:
    """The plan with every area clipped to its page; sizes are (width, height) in points.

    Raises:
        PlanError: a page does not exist, or an area lies wholly outside its page.
    """
    for page in (*(each.page for each in plan.areas), *(each.page for each in plan.withheld_pages)):
        if page > len(sizes):
            raise PlanError(f"There is no page {page}: the document has {len(sizes)}.")
    return Plan(
        tuple(_clipped(area, sizes[area.page - 1]) for area in plan.areas),
        plan.withheld_pages,
        plan.never,
    )


def _clipped(area: Area, size: tuple[float, float]) -> Area:
    inside = area.rect.clipped_to(Rect(0, 0, *size))
    if inside is None:
        raise PlanError(f"An area on page {area.page} lies outside the page.")
    return Area(area.page, inside, area.code)


def _items(data: Mapping[object, object], name: str) -> list[object]:
    value = data.get(name, [])
    if not isinstance(value, list):
        raise PlanError(f"{name} must be a list.")
    return value


def _area(data: object) -> Area:
    if not isinstance(data, Mapping):
        raise PlanError("Each area must be an object with page, rect and code.")
    rect = data.get("rect")
    if not isinstance(rect, list) or len(rect) != 4:
        raise PlanError("Each area needs a rect of four numbers: left, top, right, bottom.")
    edges = [_number(edge) for edge in rect]
    x0, x1 = sorted((edges[0], edges[2]))
    y0, y1 = sorted((edges[1], edges[3]))
    if x0 == x1 or y0 == y1:
        raise PlanError("An area must have a width and a height.")
    return Area(_page(data), Rect(x0, y0, x1, y1), _code(data))


def _withheld(data: object) -> WithheldPage:
    if not isinstance(data, Mapping):
        raise PlanError("Each withheld page must be an object with page and code.")
    return WithheldPage(_page(data), _code(data))


def _never(data: object) -> str:
    if not isinstance(data, str) or not data.strip():
        raise PlanError("never must hold pieces of text.")
    return data


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise PlanError("Each edge of a rect must be a number of points.")
    return float(value)


def _page(data: Mapping[object, object]) -> int:
    page = data.get("page")
    if isinstance(page, bool) or not isinstance(page, int) or page < 1:
        raise PlanError("page must be a whole number; pages count from 1.")
    return page


def _code(data: Mapping[object, object]) -> str:
    code = data.get("code")
    if not isinstance(code, str) or not code.strip():
        raise PlanError("Every area and withheld page needs an exemption code.")
    is_told = data.get("disclose_use_to_requester", True)
    if not isinstance(is_told, bool):
        raise PlanError("disclose_use_to_requester must be true or false.")
    return code.strip() if is_told else NEUTRAL_CODE
