"""PDFs that hide a secret in the way text is drawn; see redaction_sheet.py."""

from __future__ import annotations

from pikepdf import Array, Dictionary, Name

from sar.documents.fonts import to_unicode, truetype_program
from sar.documents.marks import own_face
from sar.domain.redaction import Rect
from tests.corpus.redaction_sheet import Sheet, case, line, outlined


@case()
def shown_at_once(secret: str) -> bytes:
    return line(f"BT /F1 12 Tf 100 170 Td ({secret}) Tj ET")


@case()
def shown_by_apostrophe(secret: str) -> bytes:
    return line(f"BT /F1 12 Tf 14 TL 100 184 Td ({secret}) ' ET")


@case()
def shown_by_quotes(secret: str) -> bytes:
    return line(f'BT /F1 12 Tf 14 TL 100 184 Td 1 0.5 ({secret}) " ET')


@case()
def kerned(secret: str) -> bytes:
    parts = " ".join(f"({char}) {(-1) ** at * 20}" for at, char in enumerate(secret))
    return line(f"BT /F1 12 Tf 100 170 Td [{parts}] TJ ET")


@case()
def glyph_by_glyph_in_disorder(secret: str) -> bytes:
    places = sorted(enumerate(secret), key=lambda pair: (pair[0] * 7) % len(secret))
    shows = "".join(f"1 0 0 1 {100 + 9 * at} 170 Tm ({char}) Tj " for at, char in places)
    return line(f"BT /F1 12 Tf {shows} ET")


@case(
    areas=(Rect(180, 80, 220, 260),),
    kept=("Report", "visited", "Tuesday", "Nothing", "further", "needed"),
)
def turned_upwards(secret: str) -> bytes:
    return Sheet().draw(f"BT /F1 12 Tf 0 1 -1 0 205 60 Tm ({secret}) Tj ET", has_line=False).bytes()


@case()
def tiny_font_large_matrix(secret: str) -> bytes:
    return line(f"BT /F1 0.01 Tf 1200 0 0 1200 100 170 Tm ({secret}) Tj ET")


@case()
def huge_font_small_matrix(secret: str) -> bytes:
    return line(f"BT /F1 6000 Tf 0.002 0 0 0.002 100 170 Tm ({secret}) Tj ET")


@case()
def hexadecimal(secret: str) -> bytes:
    return line(f"BT /F1 12 Tf 100 170 Td <{secret.encode().hex()}> Tj ET")


@case()
def octal(secret: str) -> bytes:
    codes = "".join(f"\\{byte:03o}" for byte in secret.encode())
    return line(f"BT /F1 12 Tf 100 170 Td ({codes}) Tj ET")


@case()
def spaced_and_stretched(secret: str) -> bytes:
    return line(f"BT /F1 12 Tf 0.7 Tc 2 Tw 90 Tz 1 Ts 100 169 Td ({secret}) Tj ET")


@case()
def shadowed(secret: str) -> bytes:
    twice = "".join(
        f"{grey} g BT /F1 12 Tf {x} {y} Td ({secret}) Tj ET\n"
        for grey, x, y in ((0.6, 101, 169), (0, 100, 170))
    )
    return line(twice)


@case(areas=(Rect(96, 116, 150, 136), Rect(150, 116, 252, 136)))
def two_areas_in_one_run(secret: str) -> bytes:
    return line(f"BT /F1 12 Tf 100 170 Td ({secret}) Tj ET")


@case(areas=(Rect(96, 116, 262, 136), Rect(38, 138, 150, 158)))
def broken_over_lines(secret: str) -> bytes:
    first, last = secret.split()
    return line(f"BT /F1 12 Tf 190 170 Td ({first}-) Tj -150 -22 Td ({last}) Tj ET")


@case()
def drawn_in_outline(secret: str) -> bytes:
    return line(f"BT /F1 12 Tf 1 Tr 0.3 w 100 170 Td ({secret}) Tj ET")


@case()
def filled_and_outlined(secret: str) -> bytes:
    return line(f"BT /F1 12 Tf 2 Tr 0.3 w 100 170 Td ({secret}) Tj ET")


@case()
def as_a_clip(secret: str) -> bytes:
    return line(f"q BT /F1 12 Tf 7 Tr 100 170 Td ({secret}) Tj ET 90 150 200 40 re f Q")


@case()
def subset_with_every_letter(secret: str) -> bytes:
    return _embedded(secret, keep_map=True)


@case()
def subset_without_a_map(secret: str) -> bytes:
    return _embedded(secret, keep_map=False)


def _embedded(secret: str, *, keep_map: bool) -> bytes:
    face = own_face(is_bold=False)
    sheet = Sheet()
    letters = sorted(set(secret))
    shapes = [face.shape(char) for char in letters]
    program = sheet.pdf.make_stream(truetype_program(shapes, shapes[0].units))
    descriptor = Dictionary(
        Type=Name.FontDescriptor, FontName=Name("/ABCDEF+" + secret.replace(" ", "")), Flags=4,
        FontBBox=Array([0, -300, 1000, 1000]), ItalicAngle=0, Ascent=900, Descent=-200,
        CapHeight=700, StemV=80, FontFile2=program,
    )  # fmt: skip
    inner = Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=descriptor.FontName,
        CIDSystemInfo=Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
        FontDescriptor=descriptor, DW=600, CIDToGIDMap=Name.Identity,
        W=Array([1, Array([round(shape.advance) for shape in shapes])]),
    )  # fmt: skip
    font = Dictionary(
        Type=Name.Font, Subtype=Name.Type0, BaseFont=descriptor.FontName,
        Encoding=Name("/Identity-H"), DescendantFonts=Array([sheet.pdf.make_indirect(inner)]),
    )  # fmt: skip
    if keep_map:
        font.ToUnicode = sheet.pdf.make_stream(to_unicode(shapes, 2))
    sheet.resources.Font.F2 = sheet.pdf.make_indirect(font)
    codes = "".join(f"{letters.index(char) + 1:04x}" for char in secret)
    return sheet.draw(f"BT /F2 12 Tf 100 170 Td <{codes}> Tj ET").bytes()


@case()
def one_glyph_draws_the_word(secret: str) -> bytes:
    sheet = Sheet()
    glyph = sheet.pdf.make_stream(
        f"8000 0 0 -200 8000 1000 d1 {outlined(secret, 0, 0, 1000)} f".encode()
    )
    sheet.resources.Font.T3 = sheet.pdf.make_indirect(
        Dictionary(
            Type=Name.Font, Subtype=Name.Type3, FontBBox=Array([0, -200, 8000, 1000]),
            FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]), FirstChar=97, LastChar=97,
            Widths=Array([8000]), CharProcs=Dictionary(word=glyph), Resources=Dictionary(),
            Encoding=Dictionary(Differences=Array([97, Name.word])),
        )
    )  # fmt: skip
    return sheet.draw("BT /T3 12 Tf 100 170 Td (a) Tj ET").bytes()


@case()
def renumbered_letters(secret: str) -> bytes:
    sheet = Sheet()
    names = [f"/{char}" if char != " " else "/space" for char in sorted(set(secret))]
    font = Dictionary(
        Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica,
        Encoding=Dictionary(Differences=Array([1, *map(Name, names)])),
    )  # fmt: skip
    sheet.resources.Font.F2 = sheet.pdf.make_indirect(font)
    codes = "".join(f"{sorted(set(secret)).index(char) + 1:02x}" for char in secret)
    return sheet.draw(f"BT /F2 12 Tf 100 170 Td <{codes}> Tj ET").bytes()


@case()
def outlined_text(secret: str) -> bytes:
    return line(f"{outlined(secret, 100, 170, 12)} f")


@case()
def outlined_letter_by_letter(secret: str) -> bytes:
    paths = (f"{outlined(char, 100 + 9 * at, 170, 12)} f" for at, char in enumerate(secret))
    return line("\n".join(paths))


@case()
def outlined_in_a_form(secret: str) -> bytes:
    sheet = Sheet()
    sheet.resources.XObject.X1 = sheet.form(f"{outlined(secret, 100, 170, 12)} f*")
    return sheet.draw("/X1 Do").bytes()


@case()
def outlined_as_a_clip(secret: str) -> bytes:
    return line(f"q {outlined(secret, 100, 170, 12)} W n 0 0.3 0 rg 0 0 400 300 re f Q")


@case()
def signature_that_runs_out(secret: str) -> bytes:
    bend = sum(secret.encode()) % 12
    return line(
        f"q 1.5 w 0 0 0.6 RG 98 168 m 120 {169 + bend} 150 {181 - bend} 200 170 c 248 172 l S Q"
        " q 1.5 w 0 0 0.6 RG 100 130 m 120 175 230 175 250 130 c S Q"
    )


@case()
def stroked_letters(secret: str) -> bytes:
    return line(f"0.4 w {outlined(secret, 100, 170, 12)} S")
