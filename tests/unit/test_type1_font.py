"""Type 1 fonts as they come out of distilling: cut down to the glyphs that a page draws."""

from fontTools.misc import eexec
from fontTools.pens.boundsPen import BoundsPen

from sar.documents.type1_font import type1_glyphs

# hsbw 0 500, a square of 100, closepath, endchar; the second calls subroutine 2 for its lines
SQUARE = bytes((139, 248, 136, 13, 139, 139, 21, 239, 6, 239, 7, 39, 6, 9, 14))
CALLING = bytes((139, 248, 136, 13, 139, 139, 21, 141, 10, 9, 14))
LINES = bytes((239, 6, 239, 7, 39, 6, 11))


def stored(charstring: bytes) -> bytes:
    packed: bytes = eexec.encrypt(bytes(4) + charstring, 4330)[0]
    return b"%d RD %s " % (len(packed), packed)


def font_with_gaps() -> bytes:
    private = (
        b"\0\0\0\0dup /Private 8 dict dup begin\n"
        b"/RD {string currentfile exch readstring pop} executeonly def\n"
        b"/ND {noaccess def} executeonly def\n/NP {noaccess put} executeonly def\n"
        b"/Subrs 5 array\ndup 2 %sNP\nND\n"
        b"2 index /CharStrings 2 dict dup begin\n/A %sND\n/B %sND\nend\nend\n"
        b"readonly put\nnoaccess put\ndup/FontName get exch definefont pop\n"
        b"mark currentfile closefile\n"
    ) % (stored(LINES), stored(SQUARE), stored(CALLING))
    clear = (
        b"%!PS-AdobeFont-1.0: Cut\n11 dict begin\n/FontType 1 def\n/FontName /Cut def\n"
        b"/FontMatrix [0.001 0 0 0.001 0 0] readonly def\n/Encoding 256 array\n"
        b"0 1 255 {1 index exch /.notdef put} for\ndup 65 /A put\ndup 66 /B put\nreadonly def\n"
        b"currentdict end\ncurrentfile eexec\n"
    )
    return clear + eexec.encrypt(private, 55665)[0] + b"\n" + b"0" * 512 + b"\ncleartomark\n"


def test_a_font_with_missing_subroutines_is_read() -> None:
    glyphs, encoding = type1_glyphs(font_with_gaps())
    assert (encoding[65], encoding[66], encoding[67]) == ("A", "B", ".notdef")
    for name in ("A", "B"):
        pen = BoundsPen(glyphs)
        glyphs[name].draw(pen)
        assert pen.bounds == (0, 0, 100, 100)
