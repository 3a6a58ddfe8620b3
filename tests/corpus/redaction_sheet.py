"""What every file of the redaction corpus is made with: a sheet, a case, outlines, pictures.

Every page is 400 by 300 points. Above and below the place of the secret stand words that must
survive. Two files of one kind with different secrets differ in nothing that may be seen after
redaction, so their redacted forms must be the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib.resources import files

import pikepdf
from fontTools.pens.basePen import BasePen
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, Pdf, Stream
from PIL import Image, ImageDraw, ImageFont

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


def case(**options: object) -> Callable[[Build], Build]:
    def keep(build: Build) -> Build:
        name = build.__name__.strip("_").replace("_", "-")
        CASES[name] = Case(name, build, **options)  # type: ignore[arg-type]
        return build

    return keep


def line(content: str) -> bytes:
    return Sheet().draw(content).bytes()


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
    font = TTFont(io.BytesIO((files("reportlab") / "fonts" / "Vera.ttf").read_bytes()))
    glyphs, names, scale = font.getGlyphSet(), font.getBestCmap(), size / 2048
    words: list[str] = []
    for char in text:
        pen = _PathPen(x, y, scale)
        glyphs[names[ord(char)]].draw(pen)
        words += pen.words
        x += font["hmtx"][names[ord(char)]][0] * scale
    return " ".join(words)


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


def picture(sheet: Sheet, image: Image.Image, **entries: object) -> Stream:
    bits = 1 if image.mode == "1" else 8
    stream = sheet.pdf.make_stream(image.tobytes())
    stream.Type, stream.Subtype = Name.XObject, Name.Image
    stream.Width, stream.Height, stream.BitsPerComponent = image.width, image.height, bits
    spaces = {"L": Name.DeviceGray, "1": Name.DeviceGray, "CMYK": Name.DeviceCMYK}
    stream.ColorSpace = spaces.get(image.mode, Name.DeviceRGB)
    for key, value in entries.items():
        stream[f"/{key}"] = value
    return stream


def jpeg(sheet: Sheet, image: Image.Image, **options: object) -> Stream:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=90, **options)
    stream = picture(sheet, image)
    stream.write(out.getvalue(), filter=Name.DCTDecode)
    return stream


SHOWN = "q 320 0 0 160 40 70 cm /P Do Q"  # the picture covers 40..360 by 70..230 from the top
PICTURE: dict[str, object] = {
    "areas": (Rect(104, 112, 296, 192),),
    "kept": ("Report", "visited", "Tuesday", "Nothing", "further", "needed"),
}


def shown(sheet: Sheet, stream: Stream, content: str = SHOWN) -> bytes:
    sheet.resources.XObject.P = stream
    return sheet.draw(content, has_line=False).bytes()
