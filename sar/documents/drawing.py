"""What a distilled page draws, in order: glyphs, paths, pictures, shadings and groups of these.

Everything is in page space: points, origin top left, y downwards, as displayed. A matrix is
`(a, b, c, d, e, f)` as PDF writes it. Two items that look the same are written the same, whatever
else the source held: that is what makes a redacted page say nothing about what was removed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from sar.documents.outlines import Matrix, Outline, Polygon
from sar.domain.redaction import Rect

PdfObject = Any  # pikepdf and pdfium have no types to speak of


class NotUnderstoodError(Exception):
    """The page draws something the filter does not know; it becomes a picture, not a guess."""


@dataclass(frozen=True, slots=True)
class Clip:
    """A path outside which nothing shows; the rule says how its inside is found."""

    outline: Outline
    even_odd: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Tile:
    """A drawing in its own space that repeats every step."""

    items: list[Item]
    box: tuple[float, float, float, float]
    steps: tuple[float, float]


@dataclass(frozen=True, slots=True, eq=False)
class Pattern:
    """A shading (a PDF object) or a tile, with the matrix from its own space to page space."""

    source: PdfObject
    matrix: Matrix


@dataclass(frozen=True, slots=True)
class Colour:
    """A device colour: 1 component is grey, 3 RGB, 4 CMYK; or a pattern."""

    components: tuple[float, ...] = (0.0,)
    pattern: Pattern | None = None


@dataclass(frozen=True, slots=True, eq=False)
class SoftMask:
    """A drawing whose light (Luminosity) or opacity (Alpha) decides what shows."""

    kind: str
    group: GroupItem


@dataclass(frozen=True, slots=True)
class Blend:
    """How an item mixes with what is below it."""

    fill_alpha: float = 1.0
    stroke_alpha: float = 1.0
    mode: str = "Normal"
    mask: SoftMask | None = None

    @property
    def is_plain(self) -> bool:
        """True when the item simply covers what is below."""
        return (
            self.fill_alpha >= 1
            and self.stroke_alpha >= 1
            and self.mode == "Normal"
            and self.mask is None
        )


@dataclass(frozen=True, slots=True)
class Style:
    """The graphics state an item is drawn with."""

    clips: tuple[Clip, ...] = ()
    fill: Colour = Colour()
    stroke: Colour = Colour()
    blend: Blend = Blend()
    line_width: float = 1.0
    line_cap: int = 0
    line_join: int = 0
    miter_limit: float = 10.0
    dash: tuple[tuple[float, ...], float] = ((), 0.0)

    def clipped(self, clip: Clip) -> Style:
        """The same with one clip more."""
        return replace(self, clips=(*self.clips, clip))


@dataclass(frozen=True, slots=True)
class Shape:
    """One glyph: its outline program, advance (1000ths of an em), ink box (ems, y up) and text."""

    kind: str  # "truetype", "cff" or "type3"
    units: int
    program: bytes
    advance: float
    ink: tuple[float, float, float, float] | None
    text: str


@dataclass(slots=True, eq=False)
class Glyph:
    """A shape placed with its origin at (x, y); span joins glyphs that stand for one text."""

    shape: Shape
    x: float
    y: float
    span: int | None = None


@dataclass(slots=True, eq=False)
class TextItem:
    """Glyphs of one size and colour; scale is the linear part from ems (y up) to page space."""

    style: Style
    scale: tuple[float, float, float, float]
    glyphs: list[Glyph]
    is_hidden: bool = False

    def ink_of(self, glyph: Glyph) -> Rect | None:
        """Where the glyph leaves ink, upright in page space; None for a blank."""
        if glyph.shape.ink is None:
            return None
        return self._placed(glyph, glyph.shape.ink)

    def cell_of(self, glyph: Glyph) -> Rect:
        """The glyph's advance between a usual descent and ascent, upright in page space."""
        return self._placed(glyph, (0.0, -0.2, max(glyph.shape.advance / 1000, 0.05), 0.8))

    def _placed(self, glyph: Glyph, box: tuple[float, float, float, float]) -> Rect:
        a, b, c, d = self.scale
        x0, y0, x1, y1 = box
        x, y = glyph.x, glyph.y
        if b == c == 0 and d < 0 < a:  # nearly all text; this is called for every glyph
            return Rect(x + a * x0, y + d * y1, x + a * x1, y + d * y0)
        xs = [a * px + c * py for px in (x0, x1) for py in (y0, y1)]
        ys = [b * px + d * py for px in (x0, x1) for py in (y0, y1)]
        return Rect(x + min(xs), y + min(ys), x + max(xs), y + max(ys))


@dataclass(slots=True, eq=False)
class PathItem:
    """A path that is filled, stroked or both; pen is the linear part strokes are drawn under."""

    style: Style
    outline: Outline
    is_filled: bool
    even_odd: bool = False
    pen: tuple[float, float, float, float] | None = None


@dataclass(slots=True, eq=False)
class PictureItem:
    """An image; the matrix carries the unit square to page space.

    Holes and hidden parts are polygons in the unit square: of holes every pixel they touch goes, of
    hidden parts every pixel they hold. A crop is the box of pixels that the matrix places.
    """

    style: Style
    matrix: Matrix
    source: PdfObject
    holes: tuple[Polygon, ...] = ()
    hidden: tuple[Polygon, ...] = ()
    crop: tuple[int, int, int, int] | None = None


@dataclass(slots=True, eq=False)
class ShadeItem:
    """A shading that fills the clip; the matrix carries its space to page space."""

    style: Style
    matrix: Matrix
    source: PdfObject


@dataclass(slots=True, eq=False)
class GroupItem:
    """Items that are mixed as one."""

    style: Style
    items: list[Item]
    box: Rect
    attributes: dict[str, Any] = field(default_factory=dict)


Item = TextItem | PathItem | PictureItem | ShadeItem | GroupItem


def walk(items: list[Item]) -> Iterator[Item]:
    """Every item, those inside groups and soft masks too, in drawing order."""
    for item in items:
        yield item
        mask = item.style.blend.mask
        if mask is not None:
            yield from walk(mask.group.items)
        if isinstance(item, GroupItem):
            yield from walk(item.items)


def aside(items: list[Item]) -> Iterator[Item]:
    """What is drawn only through something else: in tiles, and in groups that serve as masks."""
    for item in walk(items):
        mask = item.style.blend.mask
        if mask is not None:
            yield from walk(mask.group.items)
        for colour in (item.style.fill, item.style.stroke):
            if colour.pattern is not None and isinstance(colour.pattern.source, Tile):
                yield from walk(colour.pattern.source.items)
                yield from aside(colour.pattern.source.items)


def texts(items: list[Item]) -> Iterator[TextItem]:
    """Every text item, wherever it is nested."""
    return (item for item in walk(items) if isinstance(item, TextItem))
