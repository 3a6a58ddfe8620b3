"""The page number at the bottom of every page, and the one small font that draws it.

The font holds printable ASCII only, is embedded once a file, and is the same bytes every time.
"""

from __future__ import annotations

import functools
import io
import zlib
from dataclasses import dataclass
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

from sar.documents.errors import DocumentError, DocumentFault
from sar.documents.segment import PagePlace

SIZE = 9.0  # points, on a page no wider than A3
_FIRST, _LAST = 32, 126
_FACES = (
    Path("/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf"),
    Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"),
)


@dataclass(frozen=True)
class StampFont:
    """A TrueType font of printable ASCII; widths and metrics in thousandths of its size."""

    name: str
    widths: tuple[int, ...]
    ascent: int
    descent: int
    box: tuple[int, int, int, int]
    program: bytes

    def width(self, text: str, size: float) -> float:
        """Points that text takes up at this size."""
        return sum(self.widths[ord(letter) - _FIRST] for letter in text) * size / 1000


def stamp_words(reference: str, page: int, total: int) -> str:
    """`RBKC-2026-000123 page 17 of 212`."""
    return f"{reference} page {page} of {total}"


def stamp_stream(words: str, place: PagePlace) -> bytes:
    """The content that draws the stamp in the strip below the page, as an artifact.

    It stands in the middle, smaller where the page is too narrow for it.
    """
    font = stamp_font()
    size = SIZE * place.strip / 24
    room = (place.right - place.left) * 0.9
    size = round(min(size, size * room / font.width(words, size)), 2)
    left = (place.left + place.right - font.width(words, size)) / 2
    bottom = place.bottom + (place.strip - size * 0.7) / 2
    shown = words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return (
        "/Artifact <</Type /Pagination /Subtype /Footer>> BDC\n"
        f"q 1 g {place.left} {place.bottom} {place.right - place.left:.3f} {place.strip} re f\n"
        f"0 g BT /StampFont {size} Tf {left:.2f} {bottom:.2f} Td ({shown}) Tj ET Q\nEMC\n"
    ).encode("ascii")


def font_objects(first: int) -> list[bytes]:
    """Bodies of the font's objects: font (numbered `first`), descriptor, program, ToUnicode.

    The last three are numbered from `first + 10`, where the linker keeps room for them.
    """
    font = stamp_font()
    descriptor, program, unicode_map = first + 10, first + 11, first + 12
    widths = " ".join(map(str, font.widths))
    box = " ".join(map(str, font.box))
    return [
        (
            f"<< /Type /Font /Subtype /TrueType /BaseFont /{font.name} /FirstChar {_FIRST}"
            f" /LastChar {_LAST} /Widths [ {widths} ] /Encoding /WinAnsiEncoding"
            f" /FontDescriptor {descriptor} 0 R /ToUnicode {unicode_map} 0 R >>"
        ).encode(),
        (
            f"<< /Type /FontDescriptor /FontName /{font.name} /Flags 32 /FontBBox [ {box} ]"
            f" /ItalicAngle 0 /Ascent {font.ascent} /Descent {font.descent} /CapHeight 714"
            f" /StemV 80 /FontFile2 {program} 0 R >>"
        ).encode(),
        stream(font.program, f"/Length1 {len(font.program)}"),
        stream(_unicode_map()),
    ]


def stream(data: bytes, more: str = "") -> bytes:
    """A compressed stream object's body."""
    packed = zlib.compress(data, 9)
    head = f"<< /Filter /FlateDecode /Length {len(packed)} {more}>>\nstream\n"
    return head.encode() + packed + b"\nendstream"


@functools.cache
def stamp_font() -> StampFont:
    """The font, cut down to printable ASCII.

    Raises:
        DocumentError: no font is installed.
    """
    path = next((face for face in _FACES if face.exists()), None)
    if path is None:
        raise DocumentError(
            DocumentFault.TOOL_MISSING,
            "No font for page numbers is installed. Install fonts-noto-core.",
        )
    with TTFont(path, recalcTimestamp=False) as face:
        _cut_down(face)
        return _measured(face)


def _cut_down(face: TTFont) -> None:
    options = subset.Options(hinting=False, notdef_outline=True, layout_features=[])
    options.drop_tables += ["GDEF", "GPOS", "GSUB", "STAT", "DSIG", "meta", "MATH"]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=range(_FIRST, _LAST + 1))
    cutter.subset(face)


def _measured(face: TTFont) -> StampFont:
    scale = 1000 / face["head"].unitsPerEm
    letters = face.getBestCmap()
    metrics = face["hmtx"].metrics
    widths = tuple(round(metrics[letters[code]][0] * scale) for code in range(_FIRST, _LAST + 1))
    head = face["head"]
    program = io.BytesIO()
    face.save(program, reorderTables=True)
    return StampFont(
        name="STAMPA+" + face["name"].getDebugName(6).replace(" ", ""),
        widths=widths,
        ascent=round(face["hhea"].ascent * scale),
        descent=round(face["hhea"].descent * scale),
        box=tuple(round(edge * scale) for edge in (head.xMin, head.yMin, head.xMax, head.yMax)),
        program=program.getvalue(),
    )


def _unicode_map() -> bytes:
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "/CMapName /Stamp def /CMapType 2 def\n"
        "1 begincodespacerange <00> <ff> endcodespacerange\n"
        f"1 beginbfrange <{_FIRST:02x}> <{_LAST:02x}> <{_FIRST:04x}> endbfrange\n"
        "endcmap CMapName currentdict /CMap defineresource pop end end\n"
    ).encode()
