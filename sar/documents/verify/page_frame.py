"""How a page is shown, and the places on it where nothing may be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pypdfium2 as pdfium

from sar.domain.redaction import Rect


@dataclass(frozen=True)
class Place:
    """A part of a page where nothing may be but our own box and label."""

    page: int
    rect: Rect
    code: str
    is_drawn: bool


def clusters(places: Sequence[Place]) -> dict[Place, tuple[Place, ...]]:
    """For each place all that it overlaps, directly or through others: they share one label."""
    groups: list[list[Place]] = []
    for place in places:
        near = [each for each in groups if any(other.rect.meets(place.rect) for other in each)]
        groups = [each for each in groups if all(each is not other for other in near)]
        groups.append([place, *(other for each in near for other in each)])
    return {place: tuple(group) for group in groups for place in group}


@dataclass(frozen=True)
class PageFrame:
    """The displayed page: size in points, and the way there from the page's own coordinates."""

    width: float
    height: float
    matrix: tuple[float, float, float, float, float, float]

    def shown(self, left: float, bottom: float, right: float, top: float) -> Rect:
        """A box in the page's own coordinates as it is displayed, origin top left."""
        xs, ys = zip(self.point(left, bottom), self.point(right, top), strict=True)
        return Rect(min(xs), min(ys), max(xs), max(ys))

    def own(self, rect: Rect) -> tuple[float, float, float, float]:
        """A displayed box in the page's own coordinates: left, bottom, right, top."""
        a, b, c, d, e, f = self.matrix
        det = a * d - b * c
        corners = [
            (
                (d * (x - e) - c * (y - f)) / det,
                (a * (y - f) - b * (x - e)) / det,
            )
            for x, y in ((rect.x0, rect.y0), (rect.x1, rect.y1))
        ]
        (x0, y0), (x1, y1) = corners
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point in the page's own coordinates as it is displayed, origin top left."""
        a, b, c, d, e, f = self.matrix
        return a * x + c * y + e, b * x + d * y + f


def frame(page: pdfium.PdfPage) -> PageFrame:
    """The frame of a page: its crop box within its media box, and its rotation."""
    media = page.get_mediabox() or (0.0, 0.0, 612.0, 792.0)
    crop = page.get_cropbox() or media
    left, bottom = max(media[0], crop[0]), max(media[1], crop[1])
    right, top = min(media[2], crop[2]), min(media[3], crop[3])
    if right <= left or top <= bottom:
        left, bottom, right, top = media
    wide, high = right - left, top - bottom
    turn = page.get_rotation() % 360
    if turn == 90:
        return PageFrame(high, wide, (0, 1, 1, 0, -bottom, -left))
    if turn == 180:
        return PageFrame(wide, high, (-1, 0, 0, 1, right, -bottom))
    if turn == 270:
        return PageFrame(high, wide, (0, -1, -1, 0, top, right))
    return PageFrame(wide, high, (1, 0, 0, -1, -left, top))
