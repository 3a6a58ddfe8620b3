"""The page number at the bottom of every page, and the one small font that draws it.

The font is embedded once a file, holds only the letters its stamps use (a spare letter in a font
looks like one that was removed), and is the same bytes every time.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence

from sar.documents.face import Face, faces
from sar.documents.segment import PagePlace

SIZE = 9.0  # points, on a page no wider than A3


def stamp_words(reference: str, page: int, total: int) -> str:
    """`RBKC-2026-000123 page 17 of 212`."""
    return f"{reference} page {page} of {total}"


def stamp_stream(words: str, place: PagePlace) -> bytes:
    """The content that draws the stamp in the strip below the page, as an artifact.

    It stands in the middle, smaller where the page is too narrow for it, below the page's note if
    that has one.
    """
    heights = {words: 0.5} if not place.note else {words: 0.26, place.note: 0.72}
    lines = "".join(_line(text, place, height) for text, height in heights.items())
    return (
        f"/Artifact <</Type /Pagination /Subtype /Footer>> BDC\nq 0 g BT\n{lines}ET Q\nEMC\n"
    ).encode("ascii")


def _line(words: str, place: PagePlace, height: float) -> str:
    """A line in the middle of the strip, its middle at this share of the strip's height."""
    face = _face()
    size = SIZE * place.strip / 24
    room = (place.right - place.left) * 0.9
    size = round(min(size, size * room / face.width(words, size)), 2)
    left = (place.left + place.right - face.width(words, size)) / 2
    bottom = place.bottom + place.strip * height - size * 0.35
    return f"/StampFont {size} Tf 1 0 0 1 {left:.2f} {bottom:.2f} Tm <{face.codes(words)}> Tj\n"


def can_stamp(reference: str) -> bool:
    """True when the font has every letter of the reference."""
    return _face().holds(reference)


def font_objects(numbers: Sequence[int], letters: Iterable[str]) -> list[bytes]:
    """Bodies of the font's five objects under these numbers.

    They are the font, its CID font, descriptor, program, and the map to Unicode.
    """
    _, cid_font, descriptor, program, unicode_map = numbers
    face = _face().embedded(set(letters))
    name = face["name"]
    widths = " ".join(f"{number} [ {width} ]" for number, width in sorted(face["widths"].items()))
    box = " ".join(map(str, face["box"]))
    return [
        (
            f"<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /Identity-H"
            f" /DescendantFonts [ {cid_font} 0 R ] /ToUnicode {unicode_map} 0 R >>"
        ).encode(),
        (
            f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{name} /CIDToGIDMap /Identity"
            " /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
            f" /DW 500 /W [ {widths} ] /FontDescriptor {descriptor} 0 R >>"
        ).encode(),
        (
            f"<< /Type /FontDescriptor /FontName /{name} /Flags 4 /FontBBox [ {box} ]"
            f" /ItalicAngle 0 /Ascent {face['ascent']} /Descent {face['descent']}"
            f" /CapHeight 714 /StemV 80 /FontFile2 {program} 0 R >>"
        ).encode(),
        _stream(face["program"], f"/Length1 {len(face['program'])} "),
        _stream(unicode_map_of(face["unicode"])),
    ]


def unicode_map_of(letters: dict[int, str]) -> bytes:
    """A ToUnicode map from two-byte glyph numbers."""
    lines = [
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
        "/CMapName /Letters def /CMapType 2 def",
        "1 begincodespacerange <0000> <ffff> endcodespacerange",
    ]
    pairs = [
        f"<{number:04x}> <{letter.encode('utf-16-be').hex()}>"
        for number, letter in sorted(letters.items())
    ]
    for start in range(0, len(pairs), 100):
        part = pairs[start : start + 100]
        lines += [f"{len(part)} beginbfchar", *part, "endbfchar"]
    lines.append("endcmap CMapName currentdict /CMap defineresource pop end end")
    return "\n".join(lines).encode("ascii")


def _face() -> Face:
    return faces()[0]


def _stream(data: bytes, more: str = "") -> bytes:
    packed = zlib.compress(data, 9)
    head = f"<< /Filter /FlateDecode /Length {len(packed)} {more}>>\nstream\n"
    return head.encode() + packed + b"\nendstream"
