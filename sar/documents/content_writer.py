"""Writes drawn items as a content stream of our own: same look, nothing of the source's wording.

Numbers, names and order depend only on the items, so two pages that show the same are the same.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from sar.documents import outlines
from sar.documents.drawing import (
    Blend,
    Clip,
    Colour,
    GroupItem,
    Item,
    NotUnderstoodError,
    PathItem,
    PdfObject,
    PictureItem,
    ShadeItem,
    Style,
    TextItem,
    Tile,
)
from sar.documents.fonts import FontStore
from sar.documents.outlines import IDENTITY, Matrix, Outline
from sar.documents.pictures import PictureStore
from sar.documents.shadings import copied_shading
from sar.documents.text_writer import text_operators

_OPERATORS = {1: ("g", "G"), 3: ("rg", "RG"), 4: ("k", "K")}
_MODES = frozenset(
    (
        *("Normal", "Multiply", "Screen", "Overlay", "Darken", "Lighten", "ColorDodge"),
        *("ColorBurn", "HardLight", "SoftLight", "Difference", "Exclusion"),
        *("Hue", "Saturation", "Color", "Luminosity"),
    )
)


def number(value: float, places: int = 3) -> str:
    """A number as PDF writes it, without needless digits."""
    text = f"{value:.{places}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


@dataclass(slots=True)
class Stores:
    """Where the objects that pages share are made, once each."""

    pdf: pikepdf.Pdf
    fonts: FontStore
    pictures: PictureStore


@dataclass(slots=True)
class _Resources:
    entries: dict[str, dict[str, Any]] = field(default_factory=dict)
    names: dict[Any, str] = field(default_factory=dict)

    def name(self, kind: str, prefix: str, key: PdfObject, value: PdfObject) -> str:
        """The name of an object in this stream; the same key gives the same name."""
        found = self.names.get((kind, key))
        if found is None:
            group = self.entries.setdefault(kind, {})
            found = prefix if kind == "Font" else f"{prefix}{len(group)}"
            group[f"/{found}"] = value
            self.names[(kind, key)] = found
        return found

    def dictionary(self) -> Dictionary:
        return Dictionary({f"/{kind}": Dictionary(each) for kind, each in self.entries.items()})


class ContentWriter:
    """Writes the items of one stream; `parent` carries page space to the stream's parent space."""

    def __init__(self, stores: Stores, parent: Matrix = IDENTITY) -> None:
        """Starts an empty stream."""
        self._stores, self._parent = stores, parent
        self._resources = _Resources()
        self._out: list[str] = []
        self._now = Style()

    def write(self, items: list[Item]) -> tuple[bytes, Dictionary]:
        """The operators and the resources that draw these items."""
        if self._parent != IDENTITY:
            self._say(*(number(each, 6) for each in self._parent), "cm")
        self._say("q")
        for item in items:
            self._item(item)
        self._say("Q")
        return "\n".join(self._out).encode(), self._resources.dictionary()

    def _say(self, *words: str) -> None:
        self._out.append(" ".join(words))

    def _item(self, item: Item) -> None:
        self._clips(item.style)
        self._blend(item.style.blend)
        if isinstance(item, TextItem):
            self._colour(item.style.fill, is_stroke=False)
            self._text(item)
        elif isinstance(item, PathItem):
            self._path(item)
        elif isinstance(item, PictureItem):
            self._picture(item)
        elif isinstance(item, ShadeItem):
            shading = copied_shading(item.source)
            name = self._resources.name("Shading", "S", id(item), shading)
            self._within(item.matrix, f"/{name} sh")
        else:
            name = self._resources.name("XObject", "X", id(item), self._group(item))
            self._say(f"/{name} Do")

    # Style

    def _clips(self, style: Style) -> None:
        if style.clips == self._now.clips:
            return
        self._say("Q")
        self._say("q")
        for clip in style.clips:
            self._clip(clip)
        self._now = Style(clips=style.clips)

    def _clip(self, clip: Clip) -> None:
        if clip.outline:
            self._outline(clip.outline)
        else:
            self._say("0 0 m")
        self._say("W* n" if clip.even_odd else "W n")

    def _blend(self, blend: Blend) -> None:
        if blend == self._now.blend:
            return
        if blend.mode not in _MODES:
            raise NotUnderstoodError("an unknown way of mixing")
        entry = Dictionary(
            Type=Name.ExtGState,
            CA=round(blend.stroke_alpha, 4),
            ca=round(blend.fill_alpha, 4),
            BM=Name(f"/{blend.mode}"),
            SMask=Name("/None"),
        )
        if blend.mask is not None:
            group = self._group(blend.mask.group)
            entry.SMask = Dictionary(Type=Name.Mask, S=Name(f"/{blend.mask.kind}"), G=group)
        self._say(f"/{self._resources.name('ExtGState', 'G', blend, entry)} gs")
        self._now = replace(self._now, blend=blend)

    def _colour(self, colour: Colour, *, is_stroke: bool) -> None:
        now = self._now.stroke if is_stroke else self._now.fill
        if colour == now and (colour.pattern is None or colour is now):
            return
        if colour.pattern is not None:
            name = self._pattern(colour)
            self._say("/Pattern", "CS" if is_stroke else "cs")
            self._say(f"/{name}", "SCN" if is_stroke else "scn")
        else:
            words = [number(each, 4) for each in colour.components]
            if len(words) not in _OPERATORS:
                raise NotUnderstoodError("a colour of another kind")
            self._say(*words, _OPERATORS[len(words)][is_stroke])
        change = {"stroke" if is_stroke else "fill": colour}
        self._now = replace(self._now, **change)  # type: ignore[arg-type]  # one of two fields

    def _pattern(self, colour: Colour) -> str:
        pattern = colour.pattern
        assert pattern is not None
        matrix = outlines.times(pattern.matrix, self._parent)
        numbers = Array([round(each, 6) for each in matrix])
        if isinstance(pattern.source, Tile):
            tile = pattern.source
            value = self._stream(tile.items, tile.box)
            value.Type, value.PatternType, value.PaintType = Name.Pattern, 1, 1
            value.TilingType = 1
            value.XStep, value.YStep = (round(step, 4) for step in tile.steps)
            value.Matrix = numbers
        else:
            shading = copied_shading(pattern.source)
            value = Dictionary(Type=Name.Pattern, PatternType=2, Shading=shading, Matrix=numbers)
        return self._resources.name("Pattern", "P", id(pattern), value)

    def _lines(self, style: Style, scale: float) -> None:
        now = self._now
        width, dash = style.line_width * scale, style.dash
        lengths = tuple(length * scale for length in dash[0])
        pairs = (
            ("line_width", width, f"{number(width)} w"),
            ("line_cap", style.line_cap, f"{style.line_cap} J"),
            ("line_join", style.line_join, f"{style.line_join} j"),
            ("miter_limit", style.miter_limit, f"{number(style.miter_limit)} M"),
            (
                "dash",
                (lengths, dash[1] * scale),
                f"[{' '.join(map(number, lengths))}] {number(dash[1] * scale)} d",
            ),
        )
        for name, value, words in pairs:
            if getattr(now, name) != value:
                self._say(words)
        self._now = replace(now, **{name: value for name, value, _ in pairs})  # type: ignore[arg-type]  # fields by name

    # Items

    def _text(self, item: TextItem) -> None:
        for words in text_operators(item, self._place):
            self._out.append(words)

    def _place(self, shape: PdfObject) -> tuple[str, int, int]:
        holder, name, code, width = self._stores.fonts.place(shape)
        if ("Font", name) not in self._resources.names:
            self._resources.name("Font", name, name, holder)
        return name, code, width

    def _path(self, item: PathItem) -> None:
        if not item.outline:
            return
        if item.is_filled:
            self._colour(item.style.fill, is_stroke=False)
        if item.pen is None:
            self._outline(item.outline)
            self._say("f*" if item.even_odd else "f")
            return
        self._colour(item.style.stroke, is_stroke=True)
        scale = _uniform(item.pen)
        paint = ("B*" if item.even_odd else "B") if item.is_filled else "S"
        if scale is not None:
            self._lines(item.style, scale)
            self._outline(item.outline)
            self._say(paint)
            return
        matrix: Matrix = (*item.pen, 0.0, 0.0)
        back = outlines.inverse(matrix)
        if back is None:
            raise NotUnderstoodError("a line drawn flat")
        self._lines(item.style, 1.0)
        self._say("q", *(number(each, 6) for each in matrix), "cm")
        self._outline(outlines.carried(item.outline, back))
        self._say(paint, "Q")

    def _outline(self, outline: Outline) -> None:
        for start, segments, closed in outline:
            self._say(number(start[0]), number(start[1]), "m")
            for segment in segments:
                words = [number(each) for point in segment for each in point]
                self._say(*words, "l" if len(segment) == 1 else "c")
            if closed:
                self._say("h")

    def _picture(self, item: PictureItem) -> None:
        if item.source.get("/ImageMask", False):
            self._colour(item.style.fill, is_stroke=False)
        picture = self._stores.pictures.picture(item)
        name = self._resources.name("XObject", "X", picture.objgen, picture)
        self._within(item.matrix, f"/{name} Do")

    def _within(self, matrix: Matrix, words: str) -> None:
        self._say("q", *(number(each, 6) for each in matrix), f"cm {words} Q")

    def _group(self, group: GroupItem) -> PdfObject:
        form = self._stream(group.items, group.box.as_list())
        form.Type, form.Subtype = Name.XObject, Name.Form
        entry = Dictionary(Type=Name.Group, S=Name.Transparency)
        if group.attributes.get("CS"):
            entry.CS = Name(group.attributes["CS"])
        for key in ("I", "K"):
            if group.attributes.get(key):
                entry[f"/{key}"] = True
        form.Group = entry
        return form

    def _stream(self, items: list[Item], box: PdfObject) -> PdfObject:
        data, resources = ContentWriter(self._stores).write(items)
        stream = self._stores.pdf.make_stream(data)
        stream.BBox = Array([round(edge, 3) for edge in box])
        stream.Resources = resources
        return stream


def _uniform(pen: tuple[float, float, float, float]) -> float | None:
    """How much a pen magnifies, or None when it stretches one way more than the other."""
    a, b, c, d = pen
    first, second = math.hypot(a, b), math.hypot(c, d)
    if first < 1e-9 or abs(first - second) > 1e-3 * first or abs(a * c + b * d) > 1e-3 * first:
        return None
    return first
