from __future__ import annotations

import io

import pytest
from fontTools.cffLib import CFFFontSet
from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont

from sar.documents.drawing import NotUnderstoodError, Shape
from sar.documents.fonts import cff_program, to_unicode, truetype_program
from sar.documents.marks import own_face
from sar.documents.photographs import stripped_jpeg
from sar.documents.typefaces import unhinted

# A charstring: move to (100, 0), then a box of 400 by 700.
_BOX = bytes([139 + 100, 22, 248, 36, 6, 249, 80, 7, 252, 36, 6, 14])


def test_a_truetype_font_holds_only_the_glyphs_in_use() -> None:
    shapes = [own_face().shape(char) for char in "TP16"]
    data = truetype_program(shapes, shapes[0].units)
    font = TTFont(io.BytesIO(data))
    assert font["maxp"].numGlyphs == 5
    assert set(font.keys()) - {"GlyphOrder"} == {"head", "hhea", "hmtx", "maxp", "loca", "glyf"}
    advances = [font["hmtx"][name][0] for name in font.getGlyphOrder()[1:]]
    assert advances == [round(shape.advance * 2.048) for shape in shapes]


def test_a_glyph_keeps_its_form_and_loses_its_hints() -> None:
    shape = own_face().shape("R")
    assert unhinted(shape.program) == shape.program
    assert shape.program[10 + 2 * shape.program[1] :][:2] == b"\0\0"


def test_a_cff_font_can_be_read_by_others() -> None:
    shapes = [Shape("cff", 1000, _BOX, 600.0, (0.1, 0.0, 0.5, 0.7), "x")]
    fonts = CFFFontSet()
    fonts.decompile(io.BytesIO(cff_program(shapes, 1000)), None)
    strings = fonts[0].CharStrings
    assert list(strings.keys()) == [".notdef", "cid00001"]
    pen = BoundsPen(None)
    strings["cid00001"].draw(pen)
    assert pen.bounds is not None


def test_the_map_to_text_names_only_what_is_drawn() -> None:
    shapes = [Shape("cff", 1000, b"", 500.0, None, text) for text in ("A", "", "fi")]
    text = to_unicode(shapes, 2).decode()
    assert "<0001> <0041>" in text
    assert "<0003> <00660069>" in text
    assert "<0002>" not in text


def test_a_photograph_loses_its_comments_and_whatever_follows_its_end() -> None:
    head, scan = b"\xff\xd8", b"\xff\xda\x00\x03\x00\x11\xff\x00\x22"
    comment, exif = b"\xff\xfe\x00\x05abc", b"\xff\xe1\x00\x04hi"
    adobe = b"\xff\xee\x00\x04ad"
    data = head + comment + exif + adobe + scan + b"\xff\xd9" + b"after the end"
    assert stripped_jpeg(data) == head + adobe + scan + b"\xff\xd9"


def test_what_is_no_photograph_is_not_passed_on() -> None:
    with pytest.raises(NotUnderstoodError):
        stripped_jpeg(b"\x89PNG")
