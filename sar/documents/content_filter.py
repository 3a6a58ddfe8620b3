"""Takes out of a page's items whatever lies inside its areas."""

from __future__ import annotations

import itertools
import math
from collections.abc import Hashable
from dataclasses import dataclass, field, replace

from sar.documents import outlines
from sar.documents.drawing import (
    Clip,
    Colour,
    Glyph,
    Item,
    NotUnderstoodError,
    PathItem,
    PictureItem,
    ShadeItem,
    Style,
    TextItem,
    Tile,
)
from sar.documents.outlines import Polygon
from sar.domain.redaction import Rect

# A glyph belongs to an area when the area reaches its core: the ink box less these parts of each
# side. So an area drawn a little too large does not take the neighbours with it, and one drawn a
# little too small, or as a thin stroke through the middle, still takes what it was drawn on.
_MOST_PARTS = 64
_FARTHEST = 3.0  # ems from its origin that any usual glyph reaches
_SIDE, _EDGE = 0.25, 0.22


@dataclass(slots=True)
class Removal:
    """What the filter took out of a page.

    Drawn are the areas, by index, under which lay paths or pictures; blurred are the parts of the
    page where coarse pixels that an area touches may have changed.
    """

    glyphs: list[tuple[TextItem, Glyph, int]] = field(default_factory=list)
    drawn: set[int] = field(default_factory=set)
    blurred: list[Rect] = field(default_factory=list)

    def text_under(self, area: int) -> str:
        """The removed glyphs of one area, by index, as text in drawing order."""
        return "".join(glyph.shape.text for _, glyph, index in self.glyphs if index == area)


@dataclass(slots=True)
class ContentFilter:
    """Filters the items of one page by its areas."""

    areas: tuple[Rect, ...]
    removal: Removal = field(default_factory=Removal)
    nearby: dict[Hashable, list[tuple[int, Rect]]] = field(default_factory=dict)

    def filtered(self, items: list[Item]) -> list[Item]:
        """The items that may stay, those that meet an area cut down to what lies outside."""
        return [kept for item in items for kept in self._kept(item)]

    def _kept(self, item: Item) -> list[Item]:
        style = self._style(item.style)
        is_shut = any(not clip.outline for clip in style.clips)
        if isinstance(item, TextItem):
            return _listed(self._text(item, style, is_shut=is_shut))
        if is_shut:
            return []
        if isinstance(item, PathItem):
            return self._path(item, style)
        if isinstance(item, PictureItem):
            return _listed(self._picture(item, style))
        if isinstance(item, ShadeItem):
            return [replace(item, style=each) for each in _with_plain_clips(style)]
        return [replace(item, style=style, items=self.filtered(item.items))]

    def _style(self, style: Style) -> Style:
        clips = tuple(self._clip(clip) for clip in style.clips)
        mask = style.blend.mask
        if mask is not None:
            group = replace(mask.group, items=self.filtered(mask.group.items))
            style = replace(style, blend=replace(style.blend, mask=replace(mask, group=group)))
        return style if clips == style.clips else replace(style, clips=clips)

    def _clip(self, clip: Clip) -> Clip:
        """A clip may have the form of letters, or the length of a word."""
        rect = outlines.as_rectangle(clip.outline)
        outline, rest = clip.outline, self.areas
        met = tuple(area for area in rest if rect is None or not rect.contains(area))
        while met:
            rest = tuple(area for area in rest if area not in met)
            for area in met:
                outline = outlines.without(outline, area)
            met = tuple(area for area in rest if outlines.enters(outline, area))
        return clip if outline is clip.outline else Clip(outline, clip.even_odd)

    # Text

    def _text(self, item: TextItem, style: Style, *, is_shut: bool) -> TextItem | None:
        if not self.areas:
            return item
        hits = [self._area_of(item, glyph) for glyph in item.glyphs]
        if is_shut:  # the areas leave nothing of its clip
            hits = [0 if hit is None else hit for hit in hits]
        spans = {
            glyph.span: hit
            for glyph, hit in zip(item.glyphs, hits, strict=True)
            if hit is not None and glyph.span is not None
        }
        kept: list[Glyph] = []
        for glyph, hit in zip(item.glyphs, hits, strict=True):
            index = spans.get(glyph.span, hit) if glyph.span is not None else hit
            if index is None:
                kept.append(glyph)
            else:
                self.removal.glyphs.append((item, glyph, index))
        return replace(item, style=style, glyphs=kept) if kept else None

    def _area_of(self, item: TextItem, glyph: Glyph) -> int | None:
        near = self._near(item, glyph)
        if not near:
            return None
        box = core_of(item.ink_of(glyph) or item.cell_of(glyph))
        return next((at for at, area in near if area.meets(box)), None)

    def _near(self, item: TextItem, glyph: Glyph) -> list[tuple[int, Rect]]:
        """The areas that a glyph of this size on this line could reach at all."""
        if max(map(abs, glyph.shape.ink or (0,))) > _FARTHEST:
            return list(enumerate(self.areas))
        key = (glyph.y, item.scale)
        if key not in self.nearby:
            reach = _FARTHEST * sum(map(abs, item.scale))
            self.nearby[key] = [
                (at, area)
                for at, area in enumerate(self.areas)
                if area.y0 - reach < glyph.y < area.y1 + reach
            ]
        return self.nearby[key]

    # Paths

    def _path(self, item: PathItem, style: Style) -> list[Item]:
        reach = _reach(item)
        box = outlines.box_of(item.outline)
        if box is None:
            return []
        near = [
            (index, area)
            for index, area in enumerate(self.areas)
            if _grown(area, reach + 1e-6).meets(_grown(box, 1e-6))
        ]
        outline, rest = item.outline, near
        # Each cut makes new edges, which may run through an area that lay wholly inside the shape.
        while met := [each for each in rest if not _is_apart(item, outline, each[1])]:
            rest = [each for each in rest if each not in met]
            self._refuse_tile(item.style)
            for index, area in met:
                cut = self._cut(item, outline, area, reach)
                if cut is not outline and not _is_underline(item, box, area):
                    self.removal.drawn.add(index)
                outline = cut
        if outline is item.outline:
            return [replace(item, style=style)]
        return [replace(item, style=style, outline=each) for each in _parts(item, outline)]

    def _cut(
        self, item: PathItem, outline: outlines.Outline, area: Rect, reach: float
    ) -> outlines.Outline:
        if item.pen is None:
            return outlines.without(outline, area)
        if not item.is_filled:
            return outlines.lines_without(outline, _grown(area, reach))
        # Filled and stroked at once: what is cut would gain a line along the cut.
        return tuple(
            subpath
            for subpath in outline
            if not _grown(area, reach).meets(_grown(outlines.box_of((subpath,)) or area, 1e-6))
        )

    def _refuse_tile(self, style: Style) -> None:
        for colour in (style.fill, style.stroke):
            if _has_tile(colour):
                raise NotUnderstoodError("a repeated drawing inside an area")

    # Pictures

    def _picture(self, item: PictureItem, style: Style) -> PictureItem | None:
        holes: list[Polygon] = []
        unit: Rect | None = outlines.box_of(
            outlines.carried(outlines.rectangle(Rect(0, 0, 1, 1)), item.matrix)
        )
        back = outlines.inverse(item.matrix)
        for index, area in enumerate(self.areas):
            if unit is None or not area.meets(unit):
                continue
            if back is None:
                raise NotUnderstoodError("a picture drawn flat")
            if area.contains(unit):
                self.removal.drawn.add(index)
                return None
            corners = outlines.points_of(outlines.carried(outlines.rectangle(area), back))
            holes.append(tuple((round(x, 6), round(y, 6)) for x, y in corners))
            self.removal.drawn.add(index)
            self.removal.blurred.append(_grown(area, 1.6 * _pixel(item)))
        return replace(item, style=style, holes=(*item.holes, *holes))


def _listed(item: Item | None) -> list[Item]:
    return [] if item is None else [item]


def _with_plain_clips(style: Style) -> list[Style]:
    """The style once for each rectangle its clips were cut into: viewers soften other clips."""
    parts = [_rectangles(clip) for clip in style.clips]
    if not style.blend.is_plain or math.prod(map(len, parts)) > _MOST_PARTS:
        return [style]
    return [replace(style, clips=clips) for clips in itertools.product(*parts)]


def _parts(item: PathItem, outline: outlines.Outline) -> list[outlines.Outline]:
    """What is left of a path; of a rule, piece by piece: viewers soften thin shapes of several."""
    is_rule = item.pen is None and outlines.as_rectangle(item.outline) is not None
    if is_rule and item.style.blend.is_plain:
        return [(subpath,) for subpath in outline]
    return [outline] if outline else []


def _rectangles(clip: Clip) -> list[Clip]:
    alone = [Clip((subpath,)) for subpath in clip.outline]
    is_plain = all(outlines.as_rectangle(each.outline) is not None for each in alone)
    return alone if is_plain else [clip]


def core_of(box: Rect) -> Rect:
    """The middle of a box that an area must reach to take what the box holds."""
    dx, dy = box.width * _SIDE, box.height * _EDGE
    # A dash or a stop is so flat or so thin that its core would be nothing.
    dx, dy = min(dx, box.width / 2 - 0.01), min(dy, box.height / 2 - 0.01)
    return Rect(box.x0 + dx, box.y0 + dy, box.x1 - dx, box.y1 - dy)


def _reach(item: PathItem) -> float:
    """How far the ink of a stroke lies from its line."""
    if item.pen is None:
        return 0.0
    a, b, c, d = item.pen
    scale = max(abs(a) + abs(c), abs(b) + abs(d))
    return item.style.line_width * scale / 2


def _is_underline(item: PathItem, box: Rect, area: Rect) -> bool:
    """A thin level rule under or through words; it is laid again with them."""
    is_plain = item.pen is not None or outlines.as_rectangle(item.outline) is not None
    thickness = box.height + 2 * _reach(item)
    return is_plain and thickness < 2 and thickness < area.height / 3


def _grown(rect: Rect, by: float) -> Rect:
    return Rect(rect.x0 - by, rect.y0 - by, rect.x1 + by, rect.y1 + by)


def _pixel(item: PictureItem) -> float:
    """The larger side of one pixel on the page."""
    a, b, c, d, _, _ = item.matrix
    across = max(abs(a), abs(b)) / int(item.source.Width)
    return max(across, max(abs(c), abs(d)) / int(item.source.Height))


def _is_apart(item: PathItem, outline: outlines.Outline, area: Rect) -> bool:
    """A shape of one colour whose edge stays out of an area says nothing about what is inside."""
    if item.pen is not None or _has_tile(item.style.fill):
        return False
    return not outlines.enters(outline, area)


def _has_tile(colour: Colour) -> bool:
    return colour.pattern is not None and isinstance(colour.pattern.source, Tile)
