"""PDFs of our own that hide one secret each, in one way each; made anew for every secret.

Every page is 400 by 300 points. Above and below the place of the secret stand words that must
survive. Two files of one kind with different secrets differ in nothing that may be seen after
redaction, so their redacted forms must be the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pikepdf
from fontTools.pens.basePen import BasePen
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String
from PIL import Image, ImageDraw, ImageFont

from sar.documents.marks import own_face
from sar.domain.redaction import Area, Plan, Rect

WIDTH, HEIGHT = 400, 300
BASE = 170  # baseline of the secret in PDF space; its line lies at 118 to 134 from the top
AREA = Rect(96, 116, 252, 136)
KEPT = ("Report", "visited", "Tuesday", "Before", "attended", "Nothing", "further", "needed")
SECRETS = ("Zarbolin Quexby", "Wumfrid Hypolka")
PICTURE_AREA = Rect(100, 100, 300, 200)

_FRAME = (
    "BT /F1 12 Tf 1 0 0 1 40 250 Tm (Report: visited on Tuesday) Tj "
    "1 0 0 1 40 60 Tm (Nothing further needed) Tj ET\n"
)
_BEFORE = "BT /F1 12 Tf 1 0 0 1 40 170 Tm (Before) Tj 1 0 0 1 270 170 Tm (attended) Tj ET\n"


@dataclass
class Sheet:
    """A PDF in the making: one page with a usual font, and room for tricks."""

    pdf: Pdf = field(default_factory=pikepdf.new)

    def __post_init__(self) -> None:
        self.pdf.add_blank_page(page_size=(WIDTH, HEIGHT))
        self.page = self.pdf.pages[0]
        font = Dictionary(
            Type=Name.Font,
            Subtype=Name.Type1,
            BaseFont=Name.Helvetica,
            Encoding=Name.WinAnsiEncoding,
        )
        self.font = self.pdf.make_indirect(font)
        self.page.obj.Resources = Dictionary(
            Font=Dictionary(F1=self.font), XObject=Dictionary(), ExtGState=Dictionary(),
            Pattern=Dictionary(), Properties=Dictionary(),
        )  # fmt: skip

    @property
    def resources(self) -> Dictionary:
        return self.page.obj.Resources

    def draw(self, content: str | bytes, *, has_line: bool = True) -> Sheet:
        data = content.encode("latin-1") if isinstance(content, str) else content
        frame = _FRAME + (_BEFORE if has_line else "")
        self.page.obj.Contents = self.pdf.make_stream(frame.encode() + data)
        return self

    def form(self, content: str, **entries: object) -> Stream:
        stream = self.pdf.make_stream(content.encode("latin-1"))
        stream.Type, stream.Subtype = Name.XObject, Name.Form
        stream.BBox = Array([0, 0, WIDTH, HEIGHT])
        stream.Resources = Dictionary(Font=Dictionary(F1=self.font))
        for key, value in entries.items():
            stream[f"/{key}"] = value
        return stream

    def bytes(self, **options: object) -> bytes:
        out = io.BytesIO()
        self.pdf.save(out, static_id=True, **options)
        return out.getvalue()


Build = Callable[[str], bytes]


@dataclass(frozen=True)
class Case:
    """One kind of leak; kept words must be readable in the output, the secret must not exist."""

    name: str
    build: Build
    areas: tuple[Rect, ...] = (AREA,)
    kept: tuple[str, ...] = KEPT
    pages: int = 1

    def plan(self) -> Plan:
        return Plan(
            tuple(
                Area(page, rect, "TP16") for page in range(1, self.pages + 1) for rect in self.areas
            )
        )


CASES: dict[str, Case] = {}


def _case(**options: object) -> Callable[[Build], Build]:
    def keep(build: Build) -> Build:
        name = build.__name__.strip("_").replace("_", "-")
        CASES[name] = Case(name, build, **options)  # type: ignore[arg-type]
        return build

    return keep


def _line(content: str) -> bytes:
    return Sheet().draw(content).bytes()


# Text drawing


@_case()
def shown_at_once(secret: str) -> bytes:
    return _line(f"BT /F1 12 Tf 100 170 Td ({secret}) Tj ET")


@_case()
def shown_by_apostrophe(secret: str) -> bytes:
    return _line(f"BT /F1 12 Tf 14 TL 100 184 Td ({secret}) ' ET")


@_case()
def shown_by_quotes(secret: str) -> bytes:
    return _line(f'BT /F1 12 Tf 14 TL 100 184 Td 1 0.5 ({secret}) " ET')


@_case()
def kerned(secret: str) -> bytes:
    parts = " ".join(f"({char}) {(-1) ** at * 20}" for at, char in enumerate(secret))
    return _line(f"BT /F1 12 Tf 100 170 Td [{parts}] TJ ET")


@_case()
def glyph_by_glyph_in_disorder(secret: str) -> bytes:
    places = sorted(enumerate(secret), key=lambda pair: (pair[0] * 7) % len(secret))
    shows = "".join(f"1 0 0 1 {100 + 9 * at} 170 Tm ({char}) Tj " for at, char in places)
    return _line(f"BT /F1 12 Tf {shows} ET")


@_case(areas=(Rect(180, 80, 220, 260),))
def turned_upwards(secret: str) -> bytes:
    return Sheet().draw(f"BT /F1 12 Tf 0 1 -1 0 205 60 Tm ({secret}) Tj ET", has_line=False).bytes()


CASES["turned-upwards"] = Case(
    "turned-upwards", turned_upwards, (Rect(180, 80, 220, 260),),
    ("Report", "visited", "Tuesday", "Nothing", "further", "needed"),
)  # fmt: skip


@_case()
def tiny_font_large_matrix(secret: str) -> bytes:
    return _line(f"BT /F1 0.01 Tf 1200 0 0 1200 100 170 Tm ({secret}) Tj ET")


@_case()
def huge_font_small_matrix(secret: str) -> bytes:
    return _line(f"BT /F1 6000 Tf 0.002 0 0 0.002 100 170 Tm ({secret}) Tj ET")


@_case()
def hexadecimal(secret: str) -> bytes:
    return _line(f"BT /F1 12 Tf 100 170 Td <{secret.encode().hex()}> Tj ET")


@_case()
def octal(secret: str) -> bytes:
    codes = "".join(f"\\{byte:03o}" for byte in secret.encode())
    return _line(f"BT /F1 12 Tf 100 170 Td ({codes}) Tj ET")


@_case()
def spaced_and_stretched(secret: str) -> bytes:
    return _line(f"BT /F1 12 Tf 0.7 Tc 2 Tw 90 Tz 1 Ts 100 169 Td ({secret}) Tj ET")


@_case()
def shadowed(secret: str) -> bytes:
    twice = "".join(
        f"{grey} g BT /F1 12 Tf {x} {y} Td ({secret}) Tj ET\n"
        for grey, x, y in ((0.6, 101, 169), (0, 100, 170))
    )
    return _line(twice)


@_case(areas=(Rect(96, 116, 150, 136), Rect(150, 116, 252, 136)))
def two_areas_in_one_run(secret: str) -> bytes:
    return _line(f"BT /F1 12 Tf 100 170 Td ({secret}) Tj ET")


@_case(areas=(Rect(96, 116, 262, 136), Rect(38, 138, 150, 158)))
def broken_over_lines(secret: str) -> bytes:
    first, last = secret.split()
    return _line(f"BT /F1 12 Tf 190 170 Td ({first}-) Tj -150 -22 Td ({last}) Tj ET")


@_case()
def drawn_in_outline(secret: str) -> bytes:
    return _line(f"BT /F1 12 Tf 1 Tr 0.3 w 100 170 Td ({secret}) Tj ET")


@_case()
def filled_and_outlined(secret: str) -> bytes:
    return _line(f"BT /F1 12 Tf 2 Tr 0.3 w 100 170 Td ({secret}) Tj ET")


@_case()
def as_a_clip(secret: str) -> bytes:
    return _line(f"q BT /F1 12 Tf 7 Tr 100 170 Td ({secret}) Tj ET 90 150 200 40 re f Q")


# Invisible


@_case(areas=())
def invisible_mode(secret: str) -> bytes:
    return _line(f"BT /F1 12 Tf 3 Tr 100 170 Td ({secret}) Tj ET")


@_case(areas=())
def white_on_white(secret: str) -> bytes:
    return _line(f"1 g BT /F1 12 Tf 100 170 Td ({secret}) Tj ET")


@_case(areas=())
def nearly_white(secret: str) -> bytes:
    return _line(f"0.995 g BT /F1 12 Tf 100 170 Td ({secret}) Tj ET")


@_case(areas=())
def under_a_white_box(secret: str) -> bytes:
    return _line(f"BT /F1 12 Tf 100 170 Td ({secret}) Tj ET 1 g 95 160 170 24 re f")


@_case(areas=())
def under_a_black_box(secret: str) -> bytes:
    return _line(f"BT /F1 12 Tf 100 170 Td ({secret}) Tj ET 0 g 95 160 170 24 re f")


@_case(areas=())
def black_on_black(secret: str) -> bytes:
    return _line(f"0 g 95 160 170 24 re f BT /F1 12 Tf 100 170 Td ({secret}) Tj ET")


@_case(areas=())
def wholly_transparent(secret: str) -> bytes:
    sheet = Sheet()
    sheet.resources.ExtGState.G0 = Dictionary(ca=0, CA=0)
    return sheet.draw(f"q /G0 gs BT /F1 12 Tf 100 170 Td ({secret}) Tj ET Q").bytes()


@_case(areas=())
def clipped_away(secret: str) -> bytes:
    return _line(f"q 10 10 20 20 re W n BT /F1 12 Tf 100 170 Td ({secret}) Tj ET Q")


@_case(areas=())
def mostly_clipped_away(secret: str) -> bytes:
    return _line(f"q 90 0 200 160 re W n BT /F1 12 Tf 100 170 Td ({secret}) Tj ET Q")


@_case(areas=())
def outside_the_crop(secret: str) -> bytes:
    sheet = Sheet().draw(f"BT /F1 12 Tf 100 -40 Td ({secret}) Tj 0 370 Td ({secret}) Tj ET")
    sheet.page.obj.MediaBox = Array([-100, -100, 500, 500])
    sheet.page.obj.CropBox = Array([0, 0, 400, 300])
    return sheet.bytes()


@_case(areas=())
def half_outside_the_page(secret: str) -> bytes:
    return _line(f"BT /F1 12 Tf 398 100 Td ({secret}) Tj ET")


@_case(areas=())
def in_a_hidden_layer(secret: str) -> bytes:
    sheet = Sheet()
    layer = sheet.pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String(secret)))
    sheet.resources.Properties.L1 = layer
    sheet.pdf.Root.OCProperties = Dictionary(
        OCGs=Array([layer]), D=Dictionary(OFF=Array([layer]), Order=Array([layer]))
    )
    return sheet.draw(f"/OC /L1 BDC BT /F1 12 Tf 100 170 Td ({secret}) Tj ET EMC").bytes()


@_case(areas=())
def too_small_to_see(secret: str) -> bytes:
    return _line(f"BT /F1 0.2 Tf 100 170 Td ({secret}) Tj ET")


@_case(areas=())
def under_a_picture(secret: str) -> bytes:
    sheet = Sheet()
    sheet.resources.XObject.P = _picture(sheet, Image.new("RGB", (40, 10), (200, 220, 240)))
    return sheet.draw(
        f"BT /F1 12 Tf 100 170 Td ({secret}) Tj ET q 170 0 0 24 95 160 cm /P Do Q"
    ).bytes()


@_case(areas=())
def outlined_under_a_white_box(secret: str) -> bytes:
    return _line(f"0 g {outlined(secret, 100, 170, 12)} f 1 g 95 160 170 24 re f")


@_case(areas=())
def outlined_in_white(secret: str) -> bytes:
    return _line(f"1 g {outlined(secret, 100, 170, 12)} f")


# Fonts


@_case()
def subset_with_every_letter(secret: str) -> bytes:
    return _embedded(secret, keep_map=True)


@_case()
def subset_without_a_map(secret: str) -> bytes:
    return _embedded(secret, keep_map=False)


def _embedded(secret: str, *, keep_map: bool) -> bytes:
    face = own_face(is_bold=False)
    sheet = Sheet()
    letters = sorted(set(secret))
    from sar.documents.fonts import to_unicode, truetype_program

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


@_case()
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


@_case()
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


# Structure


@_case()
def in_a_form(secret: str) -> bytes:
    sheet = Sheet()
    show = f"BT /F1 12 Tf 100 170 Td ({secret}) Tj ET"
    sheet.resources.XObject.X1 = sheet.form(
        show, PieceInfo=Dictionary(App=Dictionary(Private=String(secret)))
    )
    return sheet.draw("/X1 Do").bytes()


@_case()
def in_nested_forms(secret: str) -> bytes:
    sheet = Sheet()
    inner = sheet.form(f"BT /F1 6 Tf 50 85 Td ({secret}) Tj ET")
    outer = sheet.form("2 0 0 2 0 0 cm /I Do")
    outer.Resources = Dictionary(XObject=Dictionary(I=inner))
    sheet.resources.XObject.X1 = outer
    return sheet.draw("/X1 Do").bytes()


@_case(pages=2)
def in_a_form_of_two_pages(secret: str) -> bytes:
    sheet = Sheet()
    sheet.resources.XObject.X1 = sheet.form(f"BT /F1 12 Tf 100 170 Td ({secret}) Tj ET")
    sheet.draw("/X1 Do")
    sheet.pdf.pages.append(sheet.page)
    return sheet.bytes()


@_case()
def in_a_transparent_group(secret: str) -> bytes:
    sheet = Sheet()
    sheet.resources.ExtGState.G5 = Dictionary(ca=0.5)
    sheet.resources.XObject.X1 = sheet.form(
        f"BT /F1 12 Tf 100 170 Td ({secret}) Tj ET 90 150 20 5 re f",
        Group=Dictionary(S=Name.Transparency),
    )
    return sheet.draw("q /G5 gs /X1 Do Q").bytes()


@_case()
def in_a_soft_mask(secret: str) -> bytes:
    sheet = Sheet()
    group = sheet.form(
        f"1 g BT /F1 12 Tf 100 170 Td ({secret}) Tj ET",
        Group=Dictionary(S=Name.Transparency, CS=Name.DeviceGray),
    )
    sheet.resources.ExtGState.GM = Dictionary(SMask=Dictionary(S=Name.Luminosity, G=group))
    return sheet.draw("q /GM gs 0 g 90 160 170 30 re f Q").bytes()


@_case()
def in_a_tile(secret: str) -> bytes:
    sheet = Sheet()
    tile = sheet.pdf.make_stream(f"BT /F1 12 Tf 100 170 Td ({secret}) Tj ET".encode())
    tile.Type, tile.PatternType, tile.PaintType, tile.TilingType = Name.Pattern, 1, 1, 1
    tile.BBox, tile.XStep, tile.YStep = Array([0, 0, WIDTH, HEIGHT]), WIDTH, HEIGHT
    tile.Resources = Dictionary(Font=Dictionary(F1=sheet.font))
    sheet.resources.Pattern.P1 = tile
    return sheet.draw("/Pattern cs /P1 scn 90 160 170 30 re f").bytes()


@_case()
def split_in_the_middle(secret: str) -> bytes:
    sheet = Sheet().draw("")
    parts = [sheet.page.obj.Contents.read_bytes(), b"BT /F1 12 Tf 100 170 ",
             f"Td ({secret}) ".encode(), b"Tj ET"]  # fmt: skip
    sheet.page.obj.Contents = Array([sheet.pdf.make_stream(part) for part in parts])
    return sheet.bytes()


@_case()
def with_comments_and_strange_operators(secret: str) -> bytes:
    return _line(
        f"% {secret}\nBX /{secret.split()[0]} strange ({secret}) odd EX\n"
        f"/Tag /MC0 DP BT /F1 12 Tf 100 170 Td ({secret}) Tj ET"
    )


@_case()
def in_unused_resources(secret: str) -> bytes:
    sheet = Sheet()
    name = "/" + secret.split()[0]
    sheet.resources.XObject[name] = sheet.form(f"BT ({secret}) Tj ET")
    sheet.resources.Font[name] = sheet.font
    sheet.resources.Properties[name] = Dictionary(Note=String(secret))
    return sheet.draw(f"BT {name} 12 Tf 100 170 Td ({secret}) Tj ET").bytes()


@_case(areas=())
def in_orphans_and_object_streams(secret: str) -> bytes:
    sheet = Sheet().draw("")
    sheet.pdf.Root.Extra = Dictionary(Note=String(secret))
    return sheet.bytes(object_stream_mode=pikepdf.ObjectStreamMode.generate) + secret.encode()


@_case()
def with_a_broken_table(secret: str) -> bytes:
    data = shown_at_once(secret)
    at = data.rindex(b"startxref")
    return data[:at] + b"startxref\n99999999\n%%EOF"


@_case()
def with_a_lost_end(secret: str) -> bytes:
    data = shown_at_once(secret)
    return data[: data.rindex(b"xref\n0")] + b"\n"  # only the table of objects is gone


@_case()
def with_an_earlier_revision(secret: str) -> bytes:
    first = _line(f"BT /F1 12 Tf 40 100 Td ({secret}) Tj ET")
    sheet = Sheet(pikepdf.open(io.BytesIO(first))) if False else None
    assert sheet is None
    second = _line(f"BT /F1 12 Tf 100 170 Td ({secret}) Tj ET")
    return _updated(first, second)


def _updated(first: bytes, second: bytes) -> bytes:
    """The first file with the second's content appended as an incremental update."""
    with pikepdf.open(io.BytesIO(second)) as pdf:
        content = pdf.pages[0].obj.Contents.read_bytes()
    with pikepdf.open(io.BytesIO(first)) as pdf:
        number = pdf.pages[0].obj.Contents.objgen[0]
        size = int(pdf.trailer.Size)
        root = pdf.trailer.Root.objgen[0]
    previous = int(first[first.rindex(b"startxref") + 9 :].split()[0])
    body = b"%d 0 obj\n<< /Length %d >>\nstream\n%s\nendstream\nendobj\n" % (
        number, len(content), content,
    )  # fmt: skip
    at = len(first)
    table = b"xref\n%d 1\n%010d 00000 n \ntrailer\n<< /Size %d /Root %d 0 R /Prev %d >>\n" % (
        number, at, size, root, previous,
    )  # fmt: skip
    return first + body + table + b"startxref\n%d\n%%%%EOF" % (at + len(body))


# Pictures


def painted(secret: str, mode: str = "RGB", size: tuple[int, int] = (400, 200)) -> Image.Image:
    """A picture with a kept stripe at the top and the secret in its middle, within the area."""
    image = Image.new("RGB", size, (235, 240, 245))
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, size[0], size[1] // 8), fill=(20, 90, 160))
    font = ImageFont.load_default(size=size[1] * 0.17)
    draw.text((size[0] * 0.3, size[1] * 0.4), secret.split()[0], fill=(150, 20, 60), font=font)
    if mode == "1":  # without dithering, which would carry the secret over the picture
        return image.convert("L").point([0] * 128 + [255] * 128).convert("1")
    return image.convert(mode)


def _picture(sheet: Sheet, image: Image.Image, **entries: object) -> Stream:
    bits = 1 if image.mode == "1" else 8
    stream = sheet.pdf.make_stream(image.tobytes())
    stream.Type, stream.Subtype = Name.XObject, Name.Image
    stream.Width, stream.Height, stream.BitsPerComponent = image.width, image.height, bits
    spaces = {"L": Name.DeviceGray, "1": Name.DeviceGray, "CMYK": Name.DeviceCMYK}
    stream.ColorSpace = spaces.get(image.mode, Name.DeviceRGB)
    for key, value in entries.items():
        stream[f"/{key}"] = value
    return stream


def _jpeg(sheet: Sheet, image: Image.Image, **options: object) -> Stream:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=90, **options)
    stream = _picture(sheet, image)
    stream.write(out.getvalue(), filter=Name.DCTDecode)
    return stream


_SHOWN = "q 320 0 0 160 40 70 cm /P Do Q"  # the picture covers 40..360 by 70..230 from the top
_PICTURE: dict[str, object] = {
    "areas": (Rect(104, 112, 296, 192),),
    "kept": ("Report", "visited", "Tuesday", "Nothing", "further", "needed"),
}


def _shown(sheet: Sheet, stream: Stream, content: str = _SHOWN) -> bytes:
    sheet.resources.XObject.P = stream
    return sheet.draw(content, has_line=False).bytes()


@_case(**_PICTURE)
def picture_rgb(secret: str) -> bytes:
    sheet = Sheet()
    return _shown(sheet, _picture(sheet, painted(secret)))


@_case(**_PICTURE)
def picture_grey(secret: str) -> bytes:
    sheet = Sheet()
    return _shown(sheet, _picture(sheet, painted(secret, "L")))


@_case(**_PICTURE)
def picture_cmyk(secret: str) -> bytes:
    sheet = Sheet()
    return _shown(sheet, _picture(sheet, painted(secret, "CMYK")))


@_case(**_PICTURE)
def picture_one_bit(secret: str) -> bytes:
    sheet = Sheet()
    return _shown(sheet, _picture(sheet, painted(secret, "1")))


@_case(**_PICTURE)
def picture_palette(secret: str) -> bytes:
    sheet = Sheet()
    image = painted(secret).quantize(16)
    stream = _picture(sheet, image)
    palette = bytes(image.getpalette() or [])[: 16 * 3]
    stream.ColorSpace = Array(
        [Name.Indexed, Name.DeviceRGB, len(palette) // 3 - 1, String(palette)]
    )
    return _shown(sheet, stream)


@_case(**_PICTURE)
def picture_sixteen_bit(secret: str) -> bytes:
    sheet = Sheet()
    image = painted(secret, "L")
    stream = _picture(sheet, image, BitsPerComponent=16)
    stream.write(b"".join(bytes([value, value]) for value in image.tobytes()))
    return _shown(sheet, stream)


@_case(**_PICTURE)
def picture_stencil(secret: str) -> bytes:
    sheet = Sheet()
    stream = _picture(sheet, painted(secret, "1"), ImageMask=True)
    del stream["/ColorSpace"]
    return _shown(sheet, stream, f"0.2 0.3 0.1 rg {_SHOWN}")


@_case(**_PICTURE)
def picture_inline(secret: str) -> bytes:
    image = painted(secret, "L", (100, 50))
    header = b"q 320 0 0 160 40 70 cm BI /W 100 /H 50 /CS /G /BPC 8 ID "
    return Sheet().draw(header + image.tobytes() + b" EI Q", has_line=False).bytes()


@_case(**_PICTURE)
def photograph_rgb(secret: str) -> bytes:
    sheet = Sheet()
    exif = Image.Exif()
    exif[0x010E] = secret
    return _shown(sheet, _jpeg(sheet, painted(secret), exif=exif, comment=secret))


@_case(**_PICTURE)
def photograph_grey(secret: str) -> bytes:
    sheet = Sheet()
    return _shown(sheet, _jpeg(sheet, painted(secret, "L"), progressive=True))


@_case(**_PICTURE)
def photograph_cmyk(secret: str) -> bytes:
    sheet = Sheet()
    stream = _jpeg(sheet, painted(secret, "CMYK"))
    stream.Decode = Array([1, 0] * 4)
    return _shown(sheet, stream)


@_case(**_PICTURE)
def photograph_jpeg_2000(secret: str) -> bytes:
    sheet = Sheet()
    out = io.BytesIO()
    painted(secret).save(out, "JPEG2000")
    stream = _picture(sheet, painted(secret))
    stream.write(out.getvalue(), filter=Name.JPXDecode)
    return _shown(sheet, stream)


@_case(**_PICTURE)
def fax(secret: str) -> bytes:
    sheet = Sheet()
    out = io.BytesIO()
    painted(secret, "1").save(out, "TIFF", compression="group4")
    image = Image.open(out)
    at, size = image.tag_v2[273][0], image.tag_v2[279][0]
    stream = _picture(sheet, painted(secret, "1"))
    stream.write(
        out.getvalue()[at : at + size],
        filter=Name.CCITTFaxDecode,
        decode_parms=Dictionary(K=-1, Columns=400, Rows=200, BlackIs1=True),
    )
    return _shown(sheet, stream)


@_case(**_PICTURE)
def secret_in_the_mask(secret: str) -> bytes:
    sheet = Sheet()
    mask = _picture(sheet, painted(secret, "L"))
    return _shown(sheet, _picture(sheet, Image.new("RGB", (400, 200), (30, 60, 30)), SMask=mask))


@_case(**_PICTURE)
def secret_in_a_hard_mask(secret: str) -> bytes:
    sheet = Sheet()
    mask = _picture(sheet, painted(secret, "1"), ImageMask=True)
    del mask["/ColorSpace"]
    return _shown(sheet, _picture(sheet, Image.new("RGB", (400, 200), (30, 60, 30)), Mask=mask))


@_case(areas=())
def hidden_by_the_mask(secret: str) -> bytes:
    sheet = Sheet()
    mask = Image.new("L", (400, 200), 255)
    ImageDraw.Draw(mask).rectangle((60, 40, 340, 160), fill=0)
    picture = _picture(sheet, painted(secret), SMask=_picture(sheet, mask))
    return _shown(sheet, picture)


CASES["hidden-by-the-mask"] = Case(
    "hidden-by-the-mask",
    hidden_by_the_mask,
    (),
    _PICTURE["kept"],  # type: ignore[arg-type]
)


@_case(**_PICTURE)
def thumbnail_and_alternate(secret: str) -> bytes:
    sheet = Sheet()
    stream = _picture(sheet, painted(secret))
    stream.Alternates = Array([Dictionary(Image=_picture(sheet, painted(secret, "L")))])
    stream.Metadata = sheet.pdf.make_stream(secret.encode())
    sheet.page.obj.Thumb = _picture(sheet, painted(secret, "RGB", (80, 40)))
    return _shown(sheet, stream)


@_case(**_PICTURE)
def picture_turned(secret: str) -> bytes:
    sheet = Sheet()
    picture = _picture(sheet, painted(secret).rotate(90, expand=True))
    return _shown(sheet, picture, "q 0 160 -320 0 360 70 cm /P Do Q")


@_case(**{**_PICTURE, "areas": ()})
def picture_cropped(secret: str) -> bytes:
    sheet = Sheet()
    content = f"q 40 205 320 30 re W n {_SHOWN} Q"
    return _shown(sheet, _picture(sheet, painted(secret)), content)


@_case(**{**_PICTURE, "areas": ()})
def photograph_cropped(secret: str) -> bytes:
    sheet = Sheet()
    content = f"q 40 210 320 25 re W n {_SHOWN} Q"
    return _shown(sheet, _jpeg(sheet, painted(secret)), content)


@_case(**{**_PICTURE, "areas": ()})
def picture_under_a_box(secret: str) -> bytes:
    sheet = Sheet()
    content = f"{_SHOWN} 1 g 90 100 220 90 re f"
    return _shown(sheet, _picture(sheet, painted(secret)), content)


@_case(**{**_PICTURE, "areas": ()})
def picture_under_a_picture(secret: str) -> bytes:
    sheet = Sheet()
    sheet.resources.XObject.Q = _picture(sheet, Image.new("RGB", (9, 9), (200, 220, 200)))
    content = f"{_SHOWN} q 240 0 0 110 80 90 cm /Q Do Q"
    return _shown(sheet, _picture(sheet, painted(secret)), content)


@_case(**_PICTURE)
def scan_with_a_text_layer(secret: str) -> bytes:
    sheet = Sheet()
    layer = f"BT /F1 20 Tf 3 Tr 140 140 Td ({secret}) Tj 0 -125 Td ({secret}) Tj ET"
    return _shown(sheet, _jpeg(sheet, painted(secret)), _SHOWN + layer)


# Vectors


class _PathPen(BasePen):  # type: ignore[misc]
    def __init__(self, x: float, y: float, scale: float) -> None:
        super().__init__(None)
        self.x, self.y, self.scale = x, y, scale
        self.words: list[str] = []

    def _say(self, operator: str, *points: tuple[float, float]) -> None:
        numbers = (
            f"{self.x + x * self.scale:.3f} {self.y + y * self.scale:.3f}" for x, y in points
        )
        self.words.append(f"{' '.join(numbers)} {operator}")

    def _moveTo(self, point: tuple[float, float]) -> None:  # noqa: N802
        self._say("m", point)

    def _lineTo(self, point: tuple[float, float]) -> None:  # noqa: N802
        self._say("l", point)

    def _curveToOne(self, *points: tuple[float, float]) -> None:  # noqa: N802
        self._say("c", *points)

    def _closePath(self) -> None:  # noqa: N802
        self.words.append("h")


def outlined(text: str, x: float, y: float, size: float) -> str:
    """The text as path operators, every letter drawn by its outline."""
    from importlib.resources import files

    from fontTools.ttLib import TTFont

    font = TTFont(str(files("reportlab") / "fonts" / "Vera.ttf"))
    glyphs, names, scale = font.getGlyphSet(), font.getBestCmap(), size / 2048
    words: list[str] = []
    for char in text:
        pen = _PathPen(x, y, scale)
        glyphs[names[ord(char)]].draw(pen)
        words += pen.words
        x += font["hmtx"][names[ord(char)]][0] * scale
    return " ".join(words)


@_case()
def outlined_text(secret: str) -> bytes:
    return _line(f"{outlined(secret, 100, 170, 12)} f")


@_case()
def outlined_letter_by_letter(secret: str) -> bytes:
    paths = (f"{outlined(char, 100 + 9 * at, 170, 12)} f" for at, char in enumerate(secret))
    return _line("\n".join(paths))


@_case()
def outlined_in_a_form(secret: str) -> bytes:
    sheet = Sheet()
    sheet.resources.XObject.X1 = sheet.form(f"{outlined(secret, 100, 170, 12)} f*")
    return sheet.draw("/X1 Do").bytes()


@_case()
def outlined_as_a_clip(secret: str) -> bytes:
    return _line(f"q {outlined(secret, 100, 170, 12)} W n 0 0.3 0 rg 0 0 400 300 re f Q")


@_case()
def signature_that_runs_out(secret: str) -> bytes:
    bend = sum(secret.encode()) % 12
    return _line(
        f"q 1.5 w 0 0 0.6 RG 98 168 m 120 {169 + bend} 150 {181 - bend} 200 170 c 248 172 l S Q"
        " q 1.5 w 0 0 0.6 RG 100 130 m 120 175 230 175 250 130 c S Q"
    )


@_case()
def stroked_letters(secret: str) -> bytes:
    return _line(f"0.4 w {outlined(secret, 100, 170, 12)} S")


# Annotations and forms


def _annotated(secret: str, subtype: str, has_look: bool = True, **entries: object) -> bytes:
    sheet = Sheet().draw("")
    note = Dictionary(
        Type=Name.Annot, Subtype=Name(f"/{subtype}"), Rect=Array([96, 164, 252, 184]), F=4,
        Contents=String(secret), T=String(secret), NM=String(secret),
    )  # fmt: skip
    for key, value in entries.items():
        note[f"/{key}"] = value
    if has_look:
        look = sheet.form(f"BT /F1 12 Tf 4 6 Td ({secret}) Tj ET")
        look.BBox = Array([0, 0, 156, 20])
        note.AP = Dictionary(N=look)
    sheet.page.obj.Annots = Array([sheet.pdf.make_indirect(note)])
    return sheet.bytes()


@_case()
def free_text(secret: str) -> bytes:
    return _annotated(secret, "FreeText", DA=String("/F1 12 Tf 0 g"))


@_case()
def stamp(secret: str) -> bytes:
    return _annotated(secret, "Stamp")


@_case(areas=())
def sticky_note(secret: str) -> bytes:
    return _annotated(secret, "Text", has_look=False)


@_case(areas=())
def redact_mark_never_applied(secret: str) -> bytes:
    return _annotated(secret, "Redact", OverlayText=String(secret))


@_case(areas=())
def link(secret: str) -> bytes:
    action = Dictionary(S=Name.URI, URI=String(f"https://example.org/{secret}"))
    return _annotated(secret, "Link", has_look=False, A=action)


@_case(areas=())
def hidden_stamp(secret: str) -> bytes:
    return _annotated(secret, "Stamp", F=2)


@_case()
def highlight_with_a_note(secret: str) -> bytes:
    return _annotated(secret, "Highlight", QuadPoints=Array([96, 184, 252, 184, 96, 164, 252, 164]))


@_case()
def filled_field(secret: str) -> bytes:
    return _field(secret)


@_case()
def filled_field_without_a_look(secret: str) -> bytes:
    return _field(secret, has_look=False)


@_case(areas=())
def hidden_field(secret: str) -> bytes:
    return _field(secret, F=2)


def _field(secret: str, *, has_look: bool = True, **entries: object) -> bytes:
    with pikepdf.open(
        io.BytesIO(
            _annotated(
                secret, "Widget", has_look, FT=Name.Tx, V=String(secret), DV=String(secret),
                TU=String(secret), DA=String("/F1 12 Tf 0 g"), **entries,
            )
        )
    ) as pdf:  # fmt: skip
        fields = Array([pdf.pages[0].obj.Annots[0]])
        pdf.Root.AcroForm = Dictionary(
            Fields=fields, NeedAppearances=True, XFA=pdf.make_stream(f"<x>{secret}</x>".encode()),
            DR=Dictionary(Font=Dictionary(F1=pdf.pages[0].obj.Resources.Font.F1)),
            DA=String("/F1 12 Tf 0 g"),
        )  # fmt: skip
        out = io.BytesIO()
        pdf.save(out, static_id=True)
        return out.getvalue()


# Document level


@_case(areas=())
def everywhere_beside_the_page(secret: str) -> bytes:
    sheet = Sheet().draw(
        f"/Span << /ActualText ({secret}) /Alt ({secret}) /E ({secret}) >> BDC EMC"
    )
    pdf = sheet.pdf
    pdf.docinfo = pdf.make_indirect(Dictionary(Title=String(secret), Author=String(secret)))
    with pdf.open_metadata() as metadata:
        metadata["dc:title"] = secret
    root = pdf.Root
    root.Lang = String(secret)
    root.PageLabels = Dictionary(Nums=Array([0, Dictionary(P=String(secret))]))
    root.StructTreeRoot = Dictionary(
        Type=Name.StructTreeRoot, K=Dictionary(S=Name.P, Alt=String(secret), T=String(secret))
    )
    root.Names = Dictionary(
        Dests=Dictionary(Names=Array([String(secret), Array([sheet.page.obj, Name.Fit])])),
        JavaScript=Dictionary(
            Names=Array([String("a"), Dictionary(S=Name.JavaScript, JS=String(secret))])
        ),
    )
    root.OpenAction = Dictionary(S=Name.JavaScript, JS=String(secret))
    root.Threads = Array([Dictionary(I=Dictionary(Title=String(secret)))])
    root.PieceInfo = Dictionary(App=Dictionary(Private=String(secret)))
    sheet.page.obj.PieceInfo = Dictionary(App=Dictionary(Private=String(secret)))
    pdf.attachments[f"{secret}.txt"] = secret.encode()
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem(secret, 0))
    return sheet.bytes()


@_case()
def locked_for_the_owner(secret: str) -> bytes:
    with pikepdf.open(io.BytesIO(shown_at_once(secret))) as pdf:
        out = io.BytesIO()
        pdf.save(out, encryption=pikepdf.Encryption(owner="owner", user="", R=4))
        return out.getvalue()


# Geometry


@_case(areas=(Rect(116, 48, 136, 204),), kept=KEPT)
def turned_by_the_viewer(secret: str) -> bytes:
    sheet = Sheet().draw(f"BT /F1 12 Tf 100 170 Td ({secret}) Tj ET")
    sheet.page.obj.Rotate = 270
    return sheet.bytes()


# Turned a quarter left: displayed x is 300 less... worked out in the case below.
CASES["turned-by-the-viewer"] = Case(
    "turned-by-the-viewer",
    turned_by_the_viewer,
    (Rect(116, 400 - 252, 136, 400 - 96),),
)


@_case(areas=(Rect(2 * 96, 2 * 116, 2 * 252, 2 * 136),))
def in_larger_units(secret: str) -> bytes:
    sheet = Sheet().draw(f"BT /F1 12 Tf 100 170 Td ({secret}) Tj ET")
    sheet.page.obj.UserUnit = 2
    return sheet.bytes()


@_case(areas=(Rect(86, 96, 242, 116),))
def cropped_and_shifted(secret: str) -> bytes:
    sheet = Sheet().draw(f"BT /F1 12 Tf 100 170 Td ({secret}) Tj ET")
    sheet.page.obj.MediaBox = Array([-50, -50, 450, 350])
    sheet.page.obj.CropBox = Array([10, 20, 390, 280])
    return sheet.bytes()


def cases() -> Iterator[Case]:
    """Every case, by name."""
    yield from CASES.values()
