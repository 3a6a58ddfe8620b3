"""What stands around a line of words: walls, rules under it, pictures it must not run into."""

from __future__ import annotations

from dataclasses import dataclass

from sar.documents import outlines
from sar.documents.drawing import Item, PathItem, PictureItem, walk
from sar.documents.outlines import Subpath
from sar.documents.visibility import box_of_item, grown, reach_of
from sar.domain.redaction import Rect

_PAGE_EDGE = 8.0
_AIR = 2.0  # points that stay free between a line laid again and what follows it
_THIN = 3.0  # points; a thinner shape is a rule, a border or an underline
_UNDERLINE = 2.0  # points; a rule that is thinner, level and inside a line belongs to its words


@dataclass(slots=True, eq=False)
class Rule:
    """A straight edge or a plain box of a drawn path, and the part of the path it is."""

    box: Rect
    item: PathItem
    part: Subpath | None

    def is_under(self, line: Rect) -> bool:
        """True for a thin level rule that begins and ends within a line of words."""
        return (
            self.part is not None
            and self.box.height < _UNDERLINE
            and self.box.width > self.box.height
            and self.box.x0 > line.x0 - 2
            and self.box.x1 < line.x1 + 2
        )


class Surroundings:
    """The paths and pictures of a page, as a line of words meets them."""

    def __init__(self, items: list[Item], width: float) -> None:
        """Sorts the items of a page of this width."""
        self.width = width
        self.rules: list[Rule] = []
        self.blocks: list[Rect] = []
        for item in walk(items):
            if isinstance(item, PathItem):
                self._path(item)
            elif isinstance(item, PictureItem):
                box = box_of_item(item)
                self.blocks += [box] if box is not None else []

    def _path(self, item: PathItem) -> None:
        reach = reach_of(item)
        parts = [
            (grown(box, reach), subpath)
            for subpath in item.outline
            if (box := outlines.box_of((subpath,))) is not None
        ]
        if item.pen is not None or outlines.as_rectangle(item.outline) is not None:
            self.rules += [Rule(box, item, subpath) for box, subpath in parts]
            return
        boxes = sorted((box for box, _ in parts), key=lambda box: -box.width * box.height)
        if len(boxes) > 1 and item.even_odd and boxes[0].contains(boxes[1]):
            self.rules += [Rule(side, item, None) for side in _frame(boxes[0], boxes[1])]
            return
        for box, subpath in parts:
            if min(box.width, box.height) < _THIN:
                is_plain = outlines.as_rectangle((subpath,)) is not None
                self.rules.append(Rule(box, item, subpath if is_plain else None))
            else:
                self.blocks.append(box)

    def has_wall(self, left: float, right: float, band: Rect) -> bool:
        """True when an upright edge of a shape stands between two glyphs of a line."""
        return any(
            rule.box.y0 < band.y1
            and rule.box.y1 > band.y0
            and rule.box.height > 0.8 * band.height
            and any(left - 0.5 <= edge <= right + 0.5 for edge in (rule.box.x0, rule.box.x1))
            for rule in self.rules
        )

    def underlines(self, line: Rect) -> list[Rule] | None:
        """The rules that belong to the words of a line and can move with them.

        None when something else under or behind the words would no longer fit them once moved.
        """
        if any(block.meets(line) for block in self.blocks):
            return None
        own: list[Rule] = []
        for rule in self.rules:
            if not rule.box.meets(line):
                continue
            if rule.is_under(line):
                own.append(rule)
            elif rule.box.x0 > line.x0 - 1 or rule.box.x1 < line.x1 + 1:
                return None
        return own

    def room(self, start: float, band: Rect) -> float:
        """How far right a line that now ends at `start` may reach."""
        stops = [self.width - _PAGE_EDGE]
        for box in (*(rule.box for rule in self.rules), *self.blocks):
            if box.y0 < band.y1 and box.y1 > band.y0:
                stops += [edge - _AIR for edge in (box.x0, box.x1) if edge >= start]
        return min(stops)


def _frame(outer: Rect, inner: Rect) -> list[Rect]:
    """The four sides of a frame."""
    return [
        Rect(outer.x0, outer.y0, outer.x1, max(inner.y0, outer.y0)),
        Rect(outer.x0, min(inner.y1, outer.y1), outer.x1, outer.y1),
        Rect(outer.x0, outer.y0, max(inner.x0, outer.x0), outer.y1),
        Rect(min(inner.x1, outer.x1), outer.y0, outer.x1, outer.y1),
    ]
