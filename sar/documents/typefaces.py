"""Reads the fonts of a distilled page: for each code its outline, width, ink box and text."""

from __future__ import annotations

import io
import re
import struct
import unicodedata
from collections.abc import Callable
from typing import Any, cast

import pikepdf
from fontTools.agl import UV2AGL
from fontTools.cffLib import CFFFontSet
from fontTools.misc.psCharStrings import T2CharString
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.recordingPen import DecomposingRecordingPen, RecordingPen
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

from sar.documents.drawing import NotUnderstoodError, PdfObject, Shape
from sar.documents.type1_font import type1_glyphs

_CHAR = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]*)>")
_RANGE = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]*)>")
_BLOCK = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
_UNSAID = frozenset({"Cc", "Cs", "Cn"})
_LONGEST_TEXT = 18  # the longest ligature of Unicode; more under one glyph is hidden text
Ink = tuple[float, float, float, float] | None
Outlined = tuple[bytes, Ink]


class Typeface:
    """One font of a distilled page."""

    def __init__(self, font: PdfObject) -> None:
        """Reads the font; raises NotUnderstoodError when it is not one that distilling writes."""
        self._shapes: dict[tuple[int, str | None], Shape] = {}
        subtype = str(font.get("/Subtype"))
        self.bytes_per_code = 2 if subtype == "/Type0" else 1
        self._texts = read_texts(font)
        self._widths = _widths(font)
        self.units = 1000
        self.kind, self._outline = self._reader(font, subtype)

    def shape(self, code: int, text: str | None = None) -> Shape:
        """The glyph of a code; text overrides what the font says it stands for."""
        key = (code, text)
        found = self._shapes.get(key)
        if found is None:
            program, ink = self._outline(code)
            said = self._texts.get(code, "") if text is None else text
            if len(said) > _LONGEST_TEXT:
                raise NotUnderstoodError("a glyph that stands for a whole text")
            advance = self._widths.get(code, 0.0)
            said = "" if text == "" else _clean(said, ink)
            found = Shape(self.kind, self.units, program, advance, ink, said)
            self._shapes[key] = found
        return found

    def _reader(self, font: PdfObject, subtype: str) -> tuple[str, Callable[[int], Outlined]]:
        if subtype == "/Type3":
            self._type3_scale(font)
            return "type3", _type3_reader(font)
        holder = font.DescendantFonts[0] if subtype == "/Type0" else font
        descriptor = holder.get("/FontDescriptor")
        is_cid = subtype == "/Type0"
        if descriptor is None:
            raise NotUnderstoodError("a font without a program")
        if "/FontFile2" in descriptor:
            source = TrueTypeProgram(descriptor.FontFile2.read_bytes(), is_cid)
            self.units = source.units
            return "truetype", source.outline
        if "/FontFile3" in descriptor:
            cff = CffProgram(descriptor.FontFile3.read_bytes(), is_cid)
            self.units = cff.units
            return "cff", cff.outline
        if "/FontFile" in descriptor:
            return "cff", Type1Program(descriptor.FontFile.read_bytes()).outline
        raise NotUnderstoodError("a font without a program")

    def _type3_scale(self, font: PdfObject) -> None:
        matrix = [float(each) for each in font.FontMatrix]
        if matrix != [1.0, 0.0, 0.0, -1.0, 0.0, 0.0]:
            raise NotUnderstoodError("a Type 3 font of another maker")
        self.units = 1
        self._widths = {code: width * 1000 for code, width in self._widths.items()}


def read_texts(font: PdfObject) -> dict[int, str]:
    """What each code stands for, from ToUnicode."""
    stream = font.get("/ToUnicode")
    result: dict[int, str] = {}
    if not isinstance(stream, pikepdf.Stream):
        return result
    for kind, body in _BLOCK.findall(stream.read_bytes()):
        if kind == b"bfchar":
            for code, text in _CHAR.findall(body):
                result[int(code, 16)] = _utf16(text)
        else:
            for low, high, text in _RANGE.findall(body):
                _spread(result, int(low, 16), int(high, 16), _utf16(text))
    return result


def _spread(result: dict[int, str], low: int, high: int, text: str) -> None:
    if not text or high - low > 0xFFFF:
        return
    for code in range(low, high + 1):
        result[code] = text[:-1] + chr(min(ord(text[-1]) + code - low, 0x10FFFF))


def _utf16(text: bytes) -> str:
    return bytes.fromhex(text.decode()).decode("utf-16-be", "ignore")


def _clean(text: str, ink: Ink) -> str:
    """The text without control characters; a glyph that says nothing still stands for something.

    Readers make up a letter from the code of a glyph without text, and codes must tell nothing.
    """
    kept = "".join(char for char in text if unicodedata.category(char) not in _UNSAID)
    return kept or (" " if ink is None else "\ufffd")


def _widths(font: PdfObject) -> dict[int, float]:
    if font.get("/Subtype") == "/Type0":
        return _cid_widths(font.DescendantFonts[0])
    first = int(font.get("/FirstChar", 0))
    return {first + at: float(width) for at, width in enumerate(font.get("/Widths", []))}


def _cid_widths(font: PdfObject) -> dict[int, float]:
    result: dict[int, float] = {}
    entries = list(font.get("/W", []))
    at = 0
    while at + 1 < len(entries):
        first, then = int(entries[at]), entries[at + 1]
        if isinstance(then, pikepdf.Array):
            result.update({first + step: float(width) for step, width in enumerate(then)})
            at += 2
        else:
            width = float(entries[at + 2])
            result.update(dict.fromkeys(range(first, min(int(then), 0xFFFF) + 1), width))
            at += 3
    return result


def _winansi(code: int) -> int:
    text = bytes([code]).decode("cp1252", "ignore")
    return ord(text) if text else code


class TrueTypeProgram:
    """A TrueType font file; hints are left behind."""

    def __init__(self, data: bytes, is_cid: bool) -> None:
        """Finds the tables; is_cid when codes are glyph numbers."""
        self._font = TTFont(io.BytesIO(data), lazy=True)
        reader = self._font.reader
        head, loca = reader["head"], reader["loca"]
        self.units = int(struct.unpack(">H", head[18:20])[0]) or 1000
        self._glyf = reader["glyf"] if "glyf" in reader else b""  # noqa: SIM401  # no mapping
        if struct.unpack(">h", head[50:52])[0]:
            self._loca = list(struct.unpack(f">{len(loca) // 4}L", loca[: len(loca) & ~3]))
        else:
            halves = struct.unpack(f">{len(loca) // 2}H", loca[: len(loca) & ~1])
            self._loca = [2 * half for half in halves]
        self._cmap = {} if is_cid or "cmap" not in self._font else self._codes()
        self._is_cid = is_cid

    def _codes(self) -> dict[int, int]:
        order = self._font.getReverseGlyphMap()
        result: dict[int, int] = {}
        for table in self._font["cmap"].tables:
            result.update({code: order[name] for code, name in table.cmap.items()})
        return result

    def outline(self, code: int) -> Outlined:
        """The glyph's description without hints, and its ink box in ems."""
        number = code if self._is_cid else self._cmap.get(_winansi(code), self._cmap.get(code, 0))
        if number + 1 >= len(self._loca):
            return b"", None
        data = self._glyf[self._loca[number] : self._loca[number + 1]]
        if len(data) < 10:
            return b"", None
        if data[:2] == b"\xff\xff":
            data = self._flat(number)
            if len(data) < 10:
                return b"", None
        box = struct.unpack(">4h", data[2:10])
        return unhinted(data), cast(Ink, tuple(each / self.units for each in box))

    def _flat(self, number: int) -> bytes:
        """A glyph made of others, as one outline."""
        pen, recorded = TTGlyphPen(None), DecomposingRecordingPen(self._font.getGlyphSet())
        try:
            recorded.glyphSet[self._font.getGlyphName(number)].draw(recorded)
            recorded.replay(pen)
            glyph = pen.glyph(dropImpliedOnCurves=False)
        except (KeyError, IndexError, struct.error, AssertionError, TypeError) as error:
            raise NotUnderstoodError("a damaged font") from error
        if glyph.numberOfContours == 0:
            return b""
        return cast(bytes, glyph.compile(self._font["glyf"]))


def unhinted(data: bytes) -> bytes:
    """A simple glyph description without its instructions and the bytes after it."""
    contours = struct.unpack(">h", data[:2])[0]
    at = 10 + 2 * contours
    if contours <= 0 or len(data) < at + 2:
        return b""
    points = struct.unpack(">H", data[at - 2 : at])[0] + 1
    length = struct.unpack(">H", data[at : at + 2])[0]
    body = at + 2 + length
    return data[:at] + b"\0\0" + data[body : _end_of_points(data, body, points)]


def _end_of_points(data: bytes, at: int, points: int) -> int:
    xs = ys = seen = 0
    while seen < points:
        if at >= len(data):
            raise NotUnderstoodError("a damaged font")
        flag = data[at]
        at += 1
        count = 1
        if flag & 8:
            count += data[at]
            at += 1
        seen += count
        xs += count * (1 if flag & 2 else 0 if flag & 16 else 2)
        ys += count * (1 if flag & 4 else 0 if flag & 32 else 2)
    return at + xs + ys


def _charstring(draw: Callable[[Any], None]) -> tuple[bytes, tuple[float, ...] | None]:
    recorded = RecordingPen()
    draw(recorded)
    bounds, pen = BoundsPen(None), T2CharStringPen(None, None)
    recorded.replay(bounds)
    recorded.replay(pen)
    string: T2CharString = pen.getCharString()
    string.compile()
    return cast(bytes, string.bytecode), bounds.bounds


class CffProgram:
    """A bare CFF font; hints and subroutines are left behind."""

    def __init__(self, data: bytes, is_cid: bool) -> None:
        """Finds the outlines; is_cid when codes are character ids."""
        fonts = CFFFontSet()
        fonts.decompile(io.BytesIO(data), None)
        self._top = fonts[0]
        self._strings = self._top.CharStrings
        self._names = list(self._top.charset)
        self._is_cid = is_cid
        matrix = getattr(self._top, "FontMatrix", None) or [0.001]
        self.units = round(1 / matrix[0]) if matrix[0] else 1000
        self._encoding = None if is_cid else self._top.Encoding

    def outline(self, code: int) -> Outlined:
        """The glyph's charstring without hints, and its ink box in ems."""
        name = self._name(code)
        if name is None:
            return _charstring(lambda pen: None)[0], None
        try:
            program, box = _charstring(self._strings[name].draw)
        except (KeyError, IndexError, AssertionError, TypeError) as error:
            raise NotUnderstoodError("a damaged font") from error
        return program, cast(Ink, tuple(each / self.units for each in box) if box else None)

    def _name(self, code: int) -> str | None:
        if self._is_cid:
            return self._cid_name(code)
        names = [UV2AGL.get(_winansi(code)), f"uni{_winansi(code):04X}"]
        if isinstance(self._encoding, list):
            names.append(self._encoding[code])
        return next((name for name in names if name in self._strings), None)

    def _cid_name(self, code: int) -> str | None:
        if hasattr(self._top, "ROS"):
            name = f"cid{code:05d}"
            if name in self._strings:
                return name
        return self._names[code] if code < len(self._names) else None


class Type1Program:
    """A Type 1 font file, given as CFF outlines."""

    def __init__(self, data: bytes) -> None:
        """Finds the outlines."""
        self._strings, self._encoding = type1_glyphs(data)

    def outline(self, code: int) -> Outlined:
        """The glyph as a charstring, and its ink box in ems."""
        names = [UV2AGL.get(_winansi(code)), self._encoding[code]]
        name = next((each for each in names if each in self._strings), None)
        if name is None:
            return _charstring(lambda pen: None)[0], None
        program, box = _charstring(self._strings[name].draw)
        return program, cast(Ink, tuple(each / 1000 for each in box) if box else None)


_GLYPH_WORDS = re.compile(
    rb"\s*(?:[-+]?[0-9.]+|[qQmlchfnWBS]|re|cm|d0|d1|f\*|W\*)(?=\s|$)", re.DOTALL
)
_BITMAP = re.compile(
    rb"\s*BI\s*/IM true\s*/W (\d+)\s*/H (\d+)\s*/BPC 1\s*(?:/D \[[01] [01]\]\s*)?"
    rb"(?:/F /CCF /DP <<[^>]*>>\s*)?ID "
)


def _type3_reader(font: PdfObject) -> Callable[[int], Outlined]:
    names: dict[int, str] = {}
    code = 0
    for entry in font.Encoding.Differences:
        if isinstance(entry, pikepdf.Name):
            names[code] = str(entry)
            code += 1
        else:
            code = int(entry)

    def outline(code: int) -> Outlined:
        stream = font.CharProcs.get(names.get(code, "/none"))
        if stream is None:
            return b"", None
        return _type3_glyph(stream.read_bytes())

    return outline


def _type3_glyph(data: bytes) -> Outlined:
    """A glyph procedure as it is, if it holds nothing but paths and one-bit pictures."""
    header = re.match(rb"\s*[-\d.]+ [-\d.]+ ([-\d.]+) ([-\d.]+) ([-\d.]+) ([-\d.]+) d1\s", data)
    if header is None:
        raise NotUnderstoodError("a glyph in colour")
    x0, y0, x1, y1 = (float(each) for each in header.groups())
    at = 0
    while at < len(data):
        word = _GLYPH_WORDS.match(data, at)
        bitmap = _BITMAP.match(data, at)
        if word is not None:
            at = word.end()
        elif bitmap is not None:
            at = _end_of_bitmap(data, bitmap)
        elif data[at : at + 1].isspace():
            at += 1
        else:
            raise NotUnderstoodError("a glyph that is a program")
    empty = x1 <= x0 or y1 <= y0
    # Distilling writes Type 3 glyphs with y downwards; ink boxes have y upwards.
    return data, None if empty else (x0, -y1, x1, -y0)


def _end_of_bitmap(data: bytes, bitmap: re.Match[bytes]) -> int:
    width, height = int(bitmap[1]), int(bitmap[2])
    end = bitmap.end() + (width + 7) // 8 * height
    tail = re.compile(rb"\s*EI\s").match(data, end)
    if b"/F" in bitmap[0] or tail is None:
        raise NotUnderstoodError("a glyph with a packed picture")
    return tail.end()
