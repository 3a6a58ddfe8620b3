"""Reads a distilled page: its content streams become a list of drawn items in page space."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pikepdf

from sar.documents import outlines
from sar.documents.drawing import (
    Clip,
    Colour,
    GroupItem,
    Item,
    NotUnderstoodError,
    PathItem,
    Pattern,
    PdfObject,
    PictureItem,
    ShadeItem,
    SoftMask,
    Style,
    TextItem,
    Tile,
)
from sar.documents.operations import Name, operations
from sar.documents.outlines import Matrix, Point, Segment
from sar.documents.text_reader import TextReader
from sar.documents.typefaces import Typeface
from sar.domain.redaction import Rect

_DEEPEST = 12
_MOST_ITEMS = 200_000


@dataclass(slots=True)
class _State:
    ctm: Matrix
    style: Style
    fill_space: str = "DeviceGray"
    stroke_space: str = "DeviceGray"


class Faces:
    """The typefaces of one document, read once each."""

    def __init__(self) -> None:
        """Starts with none."""
        self._faces: dict[Any, Typeface] = {}

    def face(self, font: PdfObject) -> Typeface:
        """The typeface of a font dictionary."""
        key = font.objgen if font.is_indirect else id(font)
        if key not in self._faces:
            self._faces[key] = Typeface(font)
        return self._faces[key]


def read_page(page: pikepdf.Page, faces: Faces) -> list[Item]:
    """The items of a distilled page, in drawing order.

    Raises:
        NotUnderstoodError: the page draws something the filter does not know.
    """
    x0, y0, _, y1 = (float(edge) for edge in page.mediabox)
    flip: Matrix = (1.0, 0.0, 0.0, -1.0, -x0, y1)
    del y0
    contents = page.obj.get("/Contents")
    streams = contents if isinstance(contents, pikepdf.Array) else [contents]
    data = b"\n".join(each.read_bytes() for each in streams if isinstance(each, pikepdf.Stream))
    reader = ContentReader(faces, page.obj.get("/Resources", pikepdf.Dictionary()), flip)
    return reader.read(data)


class ContentReader:
    """Interprets one content stream; nested forms get a reader of their own."""

    def __init__(self, faces: Faces, resources: PdfObject, base: Matrix, depth: int = 0) -> None:
        """Base carries the stream's own space to page space."""
        if depth > _DEEPEST:
            raise NotUnderstoodError("drawings nested too deep")
        self._faces, self._resources, self._base, self._depth = faces, resources, base, depth
        self._state = _State(base, Style())
        self._stack: list[_State] = []
        self._subpaths: list[tuple[Point, list[Segment], bool]] = []
        self._pending: bool | None = None
        self._items: list[Item] = []
        self._text = TextReader()

    def read(self, data: bytes) -> list[Item]:
        """The items the stream draws."""
        for operator, operands in operations(data):
            handler = _HANDLERS.get(operator)
            if handler is None:
                raise NotUnderstoodError(f"the operator {operator}")
            try:
                handler(self, operands)
            except (IndexError, ValueError, TypeError, AttributeError, KeyError) as error:
                raise NotUnderstoodError(f"operands of {operator}") from error
            if len(self._items) > _MOST_ITEMS:
                raise NotUnderstoodError("too many objects")
        return self._items

    def _save(self, _: list[Any]) -> None:
        self._stack.append(replace(self._state))

    def _restore(self, _: list[Any]) -> None:
        self._state = self._stack.pop()

    def _concat(self, operands: list[Any]) -> None:
        a, b, c, d, e, f = operands
        self._state.ctm = outlines.times((a, b, c, d, e, f), self._state.ctm)

    # Style

    def _restyle(self, **changes: Any) -> None:  # noqa: ANN401  # any field of Style
        self._state.style = replace(self._state.style, **changes)

    def _device_colour(self, is_stroke: bool, operands: list[Any]) -> None:
        colour = Colour(tuple(float(each) for each in operands))
        self._restyle(**{"stroke" if is_stroke else "fill": colour})

    def _space(self, is_stroke: bool, operands: list[Any]) -> None:
        name = operands[0].text
        if name not in {"Pattern", "DeviceGray", "DeviceRGB", "DeviceCMYK"}:
            raise NotUnderstoodError("a colour space of its own")
        if is_stroke:
            self._state.stroke_space = name
        else:
            self._state.fill_space = name

    def _colour(self, is_stroke: bool, operands: list[Any]) -> None:
        if not isinstance(operands[-1], Name):
            self._device_colour(is_stroke, operands)
            return
        if len(operands) > 1:
            raise NotUnderstoodError("an uncoloured pattern")
        source = self._resource("Pattern", operands[0])
        own: Matrix = tuple(float(each) for each in source.get("/Matrix", outlines.IDENTITY))  # type: ignore[assignment]  # six numbers
        pattern = Pattern(self._pattern(source), outlines.times(own, self._base))
        self._restyle(**{"stroke" if is_stroke else "fill": Colour((), pattern)})

    def _pattern(self, pattern: PdfObject) -> PdfObject:
        if pattern.get("/PatternType") == 2:
            if "/ExtGState" in pattern:
                raise NotUnderstoodError("a shading with a graphics state")
            return pattern.Shading
        if pattern.get("/PatternType") != 1 or pattern.get("/PaintType") != 1:
            raise NotUnderstoodError("an uncoloured pattern")
        resources = pattern.get("/Resources", pikepdf.Dictionary())
        inner = ContentReader(self._faces, resources, outlines.IDENTITY, self._depth + 1)
        x0, y0, x1, y1 = (float(edge) for edge in pattern.BBox)
        steps = (float(pattern.XStep), float(pattern.YStep))
        return Tile(inner.read(pattern.read_bytes()), (x0, y0, x1, y1), steps)

    def _extended(self, operands: list[Any]) -> None:
        entry = self._resource("ExtGState", operands[0])
        changes: dict[str, Any] = {}
        for key in entry.keys():  # noqa: SIM118  # a PDF dictionary
            if key == "/Type" or (key == "/AIS" and not entry[key]):
                continue
            if key not in _BLENDS:
                raise NotUnderstoodError(f"the graphics state {key}")
            name, convert = _BLENDS[key]
            changes[name] = convert(self, entry[key])
        self._restyle(blend=replace(self._state.style.blend, **changes))

    def _mask(self, value: PdfObject) -> SoftMask | None:
        if isinstance(value, pikepdf.Name):
            return None
        if "/TR" in value or "/BC" in value:
            raise NotUnderstoodError("a soft mask with a transfer function")
        group = self._group(value.G, Style())
        return SoftMask(str(value.S).lstrip("/"), group)

    # Paths

    def _move(self, operands: list[Any]) -> None:
        self._subpaths.append((self._at(operands), [], False))

    def _line(self, operands: list[Any]) -> None:
        self._subpaths[-1][1].append((self._at(operands),))

    def _curve(self, operands: list[Any]) -> None:
        points = tuple(self._at(operands[index : index + 2]) for index in (0, 2, 4))
        self._subpaths[-1][1].append(points)

    def _close(self, _: list[Any]) -> None:
        start, segments, *_ = self._subpaths[-1]
        self._subpaths[-1] = (start, segments, True)

    def _box(self, operands: list[Any]) -> None:
        x, y, width, height = operands
        corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]
        points = [outlines.moved(corner, self._state.ctm) for corner in corners]
        self._subpaths.append((points[0], [(point,) for point in points[1:]], True))

    def _clip(self, even_odd: bool, _: list[Any]) -> None:
        self._pending = even_odd

    def _paint(self, how: tuple[bool, bool, bool, bool], _: list[Any]) -> None:
        fill, even_odd, stroke, close = how
        if close and self._subpaths:
            self._close([])
        outline = tuple((start, tuple(parts), shut) for start, parts, shut in self._subpaths)
        style = self._state.style
        if outline and (fill or stroke):
            a, b, c, d = self._state.ctm[:4]
            pen = (a, b, c, d) if stroke else None
            self._items.append(PathItem(style, outline, fill, even_odd, pen))
        if self._pending is not None:
            self._state.style = style.clipped(Clip(outline, self._pending))
        self._pending, self._subpaths = None, []

    def _at(self, operands: list[Any]) -> Point:
        return outlines.moved((operands[0], operands[1]), self._state.ctm)

    # Objects

    def _shade(self, operands: list[Any]) -> None:
        source = self._resource("Shading", operands[0])
        self._items.append(ShadeItem(self._state.style, self._state.ctm, source))

    def _draw(self, operands: list[Any]) -> None:
        source = self._resource("XObject", operands[0])
        if source.get("/Subtype") == "/Image":
            self._items.append(PictureItem(self._state.style, self._state.ctm, source))
        elif source.get("/Subtype") == "/Form":
            self._items.append(self._group(source, self._state.style))
        else:
            raise NotUnderstoodError("an object that is neither form nor picture")

    def _group(self, form: PdfObject, style: Style) -> GroupItem:
        own: Matrix = tuple(float(each) for each in form.get("/Matrix", outlines.IDENTITY))  # type: ignore[assignment]  # six numbers
        base = outlines.times(own, self._state.ctm)
        x0, y0, x1, y1 = (float(edge) for edge in form.BBox)
        outline = outlines.carried(outlines.rectangle(Rect(x0, y0, x1, y1)), base)
        box = outlines.box_of(outline)
        assert box is not None
        resources = form.get("/Resources", self._resources)
        inner = ContentReader(self._faces, resources, base, self._depth + 1)
        if outlines.as_rectangle(outline) is None:
            inner._state.style = Style().clipped(Clip(outline))
        items = inner.read(form.read_bytes())
        return GroupItem(style, items, box, _attributes(form.get("/Group")))

    def _resource(self, kind: str, name: Name) -> PdfObject:
        return self._resources[f"/{kind}"][f"/{name.text}"]

    # Text

    def _font(self, operands: list[Any]) -> None:
        face = self._faces.face(self._resource("Font", operands[0]))
        self._text.set_font(face, operands[1])

    def _show(self, operands: list[Any]) -> None:
        parts = operands[0] if isinstance(operands[0], list) else [operands[0]]
        item = self._text.show(parts, self._state.ctm, self._state.style)
        if item is not None:
            self._append_text(item)

    def _append_text(self, item: TextItem) -> None:
        last = self._items[-1] if self._items else None
        if (
            isinstance(last, TextItem)
            and last.style is item.style
            and last.scale == item.scale
            and last.is_hidden == item.is_hidden
        ):
            last.glyphs += item.glyphs
        else:
            self._items.append(item)


def _attributes(group: PdfObject) -> dict[str, Any]:
    if group is None:
        return {}
    space = group.get("/CS")
    if space is not None and not isinstance(space, pikepdf.Name):
        raise NotUnderstoodError("a group with a colour space of its own")
    return {
        "CS": None if space is None else str(space),
        "I": bool(group.get("/I", False)),
        "K": bool(group.get("/K", False)),
    }


_BLENDS: dict[str, tuple[str, Callable[[ContentReader, Any], Any]]] = {
    "/CA": ("stroke_alpha", lambda _, value: float(value)),
    "/ca": ("fill_alpha", lambda _, value: float(value)),
    "/BM": ("mode", lambda _, value: str(value).lstrip("/")),
    "/SMask": ("mask", ContentReader._mask),
}
_PAINTS = {
    "n": (False, False, False, False),
    "f": (True, False, False, False),
    "f*": (True, True, False, False),
    "S": (False, False, True, False),
    "s": (False, False, True, True),
    "B": (True, False, True, False),
    "B*": (True, True, True, False),
    "b": (True, False, True, True),
    "b*": (True, True, True, True),
}
Handler = Callable[[ContentReader, list[Any]], None]


def _setter(field: str, convert: Callable[[list[Any]], Any]) -> Handler:
    return lambda reader, operands: reader._restyle(**{field: convert(operands)})


def _painter(how: tuple[bool, bool, bool, bool]) -> Handler:
    return lambda reader, operands: reader._paint(how, operands)


_HANDLERS: dict[str, Handler] = {
    "q": ContentReader._save,
    "Q": ContentReader._restore,
    "cm": ContentReader._concat,
    "gs": ContentReader._extended,
    "w": _setter("line_width", lambda values: float(values[0])),
    "J": _setter("line_cap", lambda values: int(values[0])),
    "j": _setter("line_join", lambda values: int(values[0])),
    "M": _setter("miter_limit", lambda values: float(values[0])),
    "d": _setter("dash", lambda values: (tuple(values[0]), float(values[1]))),
    "g": lambda reader, values: reader._device_colour(False, values),
    "rg": lambda reader, values: reader._device_colour(False, values),
    "k": lambda reader, values: reader._device_colour(False, values),
    "G": lambda reader, values: reader._device_colour(True, values),
    "RG": lambda reader, values: reader._device_colour(True, values),
    "K": lambda reader, values: reader._device_colour(True, values),
    "cs": lambda reader, values: reader._space(False, values),
    "CS": lambda reader, values: reader._space(True, values),
    "scn": lambda reader, values: reader._colour(False, values),
    "SCN": lambda reader, values: reader._colour(True, values),
    "m": ContentReader._move,
    "l": ContentReader._line,
    "c": ContentReader._curve,
    "h": ContentReader._close,
    "re": ContentReader._box,
    "W": lambda reader, values: reader._clip(False, values),
    "W*": lambda reader, values: reader._clip(True, values),
    "sh": ContentReader._shade,
    "Do": ContentReader._draw,
    "BT": lambda reader, _: reader._text.begin(),
    "ET": lambda reader, _: reader._text.end(),
    "Tf": ContentReader._font,
    "Tm": lambda reader, values: reader._text.set_matrix(values),
    "Td": lambda reader, values: reader._text.move(values),
    "Tj": ContentReader._show,
    "TJ": ContentReader._show,
    "Tr": lambda reader, values: reader._text.set_mode(int(values[0])),
    "BDC": lambda reader, values: reader._text.begin_span(values),
    "EMC": lambda reader, _: reader._text.end_span(),
    **{name: _painter(how) for name, how in _PAINTS.items()},
}
