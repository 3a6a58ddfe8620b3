"""Makes the fonts of an output from nothing but the glyphs that its pages still draw."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from sar.documents.drawing import PdfObject, Shape

_FULL = 65_000
_TYPE3_FULL = 255


@dataclass(slots=True)
class _Font:
    kind: str
    units: int
    holder: Any
    shapes: list[Shape] = field(default_factory=list)

    @property
    def is_full(self) -> bool:
        return len(self.shapes) >= (_TYPE3_FULL if self.kind == "type3" else _FULL)


class FontStore:
    """Hands out codes in order of first use, so that codes tell only what is drawn."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        """Fonts become objects of this file."""
        self._pdf = pdf
        self._codes: dict[Shape, tuple[_Font, int]] = {}
        self._open: dict[tuple[str, int], _Font] = {}
        self._fonts: list[_Font] = []
        self._quick: dict[int, tuple[Shape, tuple[PdfObject, str, int, int]]] = {}

    def place(self, shape: Shape) -> tuple[PdfObject, str, int, int]:
        """Font object, its name, the glyph's code and bytes per code."""
        # Looked up for every glyph drawn: a shape's own hash is slow, its identity is not.
        quick = self._quick.get(id(shape))
        if quick is not None:
            return quick[1]
        found = self._codes.get(shape)
        if found is None:
            font = self._room(shape)
            font.shapes.append(shape)
            found = self._codes[shape] = (font, len(font.shapes))
        font, code = found
        number = next(at for at, each in enumerate(self._fonts) if each is font)
        placed = (font.holder, f"F{number}", code, 1 if font.kind == "type3" else 2)
        self._quick[id(shape)] = (shape, placed)
        return placed

    def finish(self) -> None:
        """Writes the font programs; no glyph may be placed after this."""
        for font in self._fonts:
            maker = _type3 if font.kind == "type3" else _composite
            maker(self._pdf, font)

    def _room(self, shape: Shape) -> _Font:
        key = (shape.kind, shape.units)
        font = self._open.get(key)
        if font is None or font.is_full:
            holder = self._pdf.make_indirect(Dictionary(Type=Name.Font))
            font = self._open[key] = _Font(shape.kind, shape.units, holder)
            self._fonts.append(font)
        return font


def _composite(pdf: pikepdf.Pdf, font: _Font) -> None:
    is_cff = font.kind == "cff"
    box = [round(edge * 1000) for edge in _box(font.shapes)]
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=Name("/AAAAAA+Text"),
        Flags=4,
        FontBBox=Array(box),
        ItalicAngle=0,
        Ascent=800,
        Descent=-200,
        CapHeight=700,
        StemV=80,
    )
    if is_cff:
        program = pdf.make_stream(cff_program(font.shapes, font.units))
        program.Subtype = Name.CIDFontType0C
        descriptor.FontFile3 = program
    else:
        program = pdf.make_stream(truetype_program(font.shapes, font.units))
        descriptor.FontFile2 = program
    descendant = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType0 if is_cff else Name.CIDFontType2,
        BaseFont=Name("/AAAAAA+Text"),
        CIDSystemInfo=Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
        FontDescriptor=pdf.make_indirect(descriptor),
        DW=0,
        W=Array([1, Array([_number(shape.advance) for shape in font.shapes])]),
    )
    if not is_cff:
        descendant.CIDToGIDMap = Name.Identity
    font.holder.Subtype = Name.Type0
    font.holder.BaseFont = Name("/AAAAAA+Text")
    font.holder.Encoding = Name("/Identity-H")
    font.holder.DescendantFonts = Array([pdf.make_indirect(descendant)])
    font.holder.ToUnicode = pdf.make_stream(to_unicode(font.shapes, 2))


def _type3(pdf: pikepdf.Pdf, font: _Font) -> None:
    box = _box(font.shapes)
    names = [f"/g{code}" for code in range(1, len(font.shapes) + 1)]
    programs = [pdf.make_stream(shape.program) for shape in font.shapes]
    font.holder.Subtype = Name.Type3
    font.holder.FontMatrix = Array([1, 0, 0, -1, 0, 0])
    font.holder.FontBBox = Array(
        [_number(box[0]), _number(-box[3]), _number(box[2]), _number(-box[1])]
    )
    font.holder.FirstChar, font.holder.LastChar = 1, len(font.shapes)
    font.holder.Widths = Array([_number(shape.advance / 1000) for shape in font.shapes])
    font.holder.Encoding = Dictionary(
        Type=Name.Encoding, Differences=Array([1, *(Name(name) for name in names)])
    )
    font.holder.CharProcs = Dictionary(dict(zip(names, programs, strict=True)))
    font.holder.Resources = Dictionary()
    font.holder.ToUnicode = pdf.make_stream(to_unicode(font.shapes, 1))


def _number(value: float) -> PdfObject:
    rounded = round(value, 3)
    return int(rounded) if rounded == int(rounded) else rounded


def _box(shapes: Sequence[Shape]) -> tuple[float, float, float, float]:
    inks = [shape.ink for shape in shapes if shape.ink is not None]
    if not inks:
        return (0.0, 0.0, 0.0, 0.0)
    return (
        min(ink[0] for ink in inks),
        min(ink[1] for ink in inks),
        max(ink[2] for ink in inks),
        max(ink[3] for ink in inks),
    )


def to_unicode(shapes: Sequence[Shape], width: int) -> bytes:
    """The map from codes, counted from 1, to text."""
    entries = [
        f"<{code:0{width * 2}x}> <{shape.text.encode('utf-16-be').hex()}>"
        for code, shape in enumerate(shapes, start=1)
        if shape.text
    ]
    blocks = [entries[at : at + 100] for at in range(0, len(entries), 100)]
    body = "".join(
        f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar\n" for block in blocks
    )
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        f"1 begincodespacerange\n<{'00' * width}> <{'ff' * width}>\nendcodespacerange\n{body}"
        "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode()


def truetype_program(shapes: Sequence[Shape], units: int) -> bytes:
    """A TrueType file: glyph 0 is empty, then the shapes in order."""
    glyphs = [b"", *(shape.program + b"\0" * (-len(shape.program) % 4) for shape in shapes)]
    offsets = [0]
    for glyph in glyphs:
        offsets.append(offsets[-1] + len(glyph))
    box = [round(edge * units) for edge in _box(shapes)]
    advances = [0, *(round(shape.advance / 1000 * units) for shape in shapes)]
    bearings = [0, *(round(shape.ink[0] * units) if shape.ink else 0 for shape in shapes)]
    contours = [struct.unpack(">h", glyph[:2])[0] for glyph in glyphs if glyph]
    points = [
        struct.unpack(">H", glyph[8 + 2 * count : 10 + 2 * count])[0] + 1
        for glyph, count in zip((each for each in glyphs if each), contours, strict=True)
    ]
    count = len(glyphs)
    tables = {
        b"glyf": b"".join(glyphs) or b"\0\0\0\0",
        b"head": struct.pack(
            ">LLLLHHQQ4hHHhhh",
            *(0x10000, 0x10000, 0, 0x5F0F3CF5, 0, units, 0, 0),
            *(_short(edge) for edge in box),
            *(0, 8, 2, 1, 0),
        ),
        b"hhea": _hhea(units, advances, bearings, box, count),
        b"hmtx": b"".join(
            struct.pack(">Hh", min(advance, 65535), _short(bearing))
            for advance, bearing in zip(advances, bearings, strict=True)
        ),
        b"loca": struct.pack(f">{len(offsets)}L", *offsets),
        b"maxp": struct.pack(
            ">LHHHHHHHHHHHHHH",
            *(0x10000, count, max(points, default=0), max(contours, default=0)),
            *(0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0),
        ),
    }
    return _sfnt(tables)


def _hhea(
    units: int, advances: list[int], bearings: list[int], box: list[int], count: int
) -> bytes:
    return struct.pack(
        ">LhhhHhhhhhhhhhhhH",
        *(0x10000, units * 4 // 5, -(units // 5), 0, min(max(advances), 65535)),
        *(_short(min(bearings)), 0, _short(box[2]), 1, 0, 0, 0, 0, 0, 0, 0, count),
    )


def _short(value: int) -> int:
    return max(-32768, min(32767, value))


def _sfnt(tables: dict[bytes, bytes]) -> bytes:
    count = len(tables)
    power = count.bit_length() - 1
    header = struct.pack(">LHHHH", 0x10000, count, 16 << power, power, 16 * count - (16 << power))
    at = 12 + 16 * count
    directory, body = b"", b""
    for tag in sorted(tables):
        data = tables[tag] + b"\0" * (-len(tables[tag]) % 4)
        checksum = sum(struct.unpack(f">{len(data) // 4}L", data)) & 0xFFFFFFFF
        directory += tag + struct.pack(">LLL", checksum, at + len(body), len(tables[tag]))
        body += data
    return header + directory + body


def cff_program(shapes: Sequence[Shape], units: int) -> bytes:
    """A character-id keyed CFF font: glyph 0 is empty, then the shapes in order."""
    # A width before the first operator: some readers tell words apart by it, not by /W.
    strings = [b"\x0e", *(_width(shape, units) + (shape.program or b"\x0e") for shape in shapes)]
    box = [round(edge * units) for edge in _box(shapes)]
    head = b"\x01\x00\x04\x04" + _index([b"AAAAAA+Text"])
    names = _index([b"Adobe", b"Identity"]) + _index([])
    charset = b"\x02" + struct.pack(">HH", 1, max(len(shapes) - 1, 0)) if shapes else b"\x00"
    select = struct.pack(">BHHBH", 3, 1, 0, 0, len(strings))
    outlines = _index(strings)
    private = b"\x8b\x14"
    size = len(_index([_top(units, box, len(strings), (0, 0, 0, 0))]))
    start = len(head) + size + len(names)
    select_at = start + len(charset)
    outlines_at = select_at + len(select)
    private_at = outlines_at + len(outlines)
    fonts = _index([_int(len(private)) + _int(private_at) + b"\x12"])
    places = (start, outlines_at, private_at + len(private), select_at)
    top = _index([_top(units, box, len(strings), places)])
    return head + top + names + charset + select + outlines + private + fonts


def _width(shape: Shape, units: int) -> bytes:
    return b"\x1c" + struct.pack(">h", min(round(shape.advance / 1000 * units), 0x7FFF))


def _top(units: int, box: list[int], count: int, places: tuple[int, int, int, int]) -> bytes:
    charset, outlines, fonts, select = places
    matrix = b""
    if units != 1000:
        step = _real(1 / units)
        matrix = step + _int(0) + _int(0) + step + _int(0) + _int(0) + b"\x0c\x07"
    return (
        _int(391) + _int(392) + _int(0) + b"\x0c\x1e"
        + matrix
        + b"".join(_int(edge) for edge in box) + b"\x05"
        + _int(count) + b"\x0c\x22"
        + _int(charset) + b"\x0f"
        + _int(outlines) + b"\x11"
        + _int(fonts) + b"\x0c\x24"
        + _int(select) + b"\x0c\x25"
    )  # fmt: skip


def _int(value: int) -> bytes:
    return b"\x1d" + struct.pack(">i", value)


def _real(value: float) -> bytes:
    nibbles = {".": 10, "E": 11, "-": 14, "F": 12}
    text = f"{value:.9E}".replace("E-", "F").replace("E+", "E")
    codes = [nibbles[char] if char in nibbles else int(char) for char in text] + [15]
    codes += [15] * (len(codes) % 2)
    return b"\x1e" + bytes(
        high << 4 | low for high, low in zip(codes[::2], codes[1::2], strict=True)
    )


def _index(items: Sequence[bytes]) -> bytes:
    if not items:
        return b"\0\0"
    offsets = [1]
    for item in items:
        offsets.append(offsets[-1] + len(item))
    return (
        struct.pack(">HB", len(items), 4)
        + struct.pack(f">{len(offsets)}L", *offsets)
        + b"".join(items)
    )
