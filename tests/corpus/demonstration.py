"""Writes the demonstration family's files from the words beside this module.

A source is named for the file it becomes: `x.pdf.html` is printed, `x.scan.pdf.html` printed and
photographed, `x.locked.pdf.html` printed and locked, `x.docx.html` typed, `x.png.txt` scanned,
`x.jpg.txt` handwritten and photographed, `x.eml.txt` posted with the files its Attach lines name.
Run it as `python -m tests.corpus.demonstration` after changing the words.
"""

from __future__ import annotations

import io
import math
import random
import shutil
import sys
from email.message import EmailMessage
from email.parser import BytesParser, HeaderParser
from email.policy import SMTP
from pathlib import Path
from xml.etree import ElementTree

import docx
import img2pdf
import numpy
import pikepdf
import pypdfium2
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from weasyprint import CSS, HTML

SOURCES = Path(__file__).with_name("demonstration_sources")
SHIPPED = Path(__file__).parents[2] / "sar/adapters/demonstration"
SERIF = "/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf"
HAND = "/usr/share/fonts/opentype/urw-base35/Z003-MediumItalic.otf"
ATTACHED = {
    "identity-letter.pdf",
    "Contact schedule Easter 2017.docx",
    "Carer's log January 2017.pdf",
    "2017-02-07 FW Carer's log.eml",
    "Note from Niamh.jpg",
}
PRINT = CSS(
    string="""
    @page { size: A4; margin: 22mm 20mm; @bottom-right { content: counter(page); } }
    @page landscape { size: A4 landscape; }
    body { font: 11pt/1.45 "Noto Sans", "DejaVu Sans"; }
    h1 { font-size: 17pt; } h2 { font-size: 12.5pt; margin-top: 1.4em; }
    table { border-collapse: collapse; width: 100%; margin: 0.8em 0; }
    td, th { border: 0.5pt solid #555; padding: 3pt 5pt; text-align: left; vertical-align: top; }
    .new-page { break-before: page; }
    .landscape { page: landscape; }
    """
)


def printed(source: Path) -> bytes:
    """A PDF of the source, one page stored turned when it asks for that."""
    html = source.read_text(encoding="utf-8")
    plain = HTML(string=html).write_pdf(stylesheets=[PRINT])
    turned = ElementTree.fromstring(html).get("data-rotate")
    return plain if turned is None else _stored_sideways(plain, int(turned))


def _stored_sideways(data: bytes, number: int) -> bytes:
    # Shown upright, as a scanner that turns pages would store it.
    with pikepdf.open(io.BytesIO(data)) as pdf:
        page = pdf.pages[number - 1]
        _, _, width, height = map(float, page.mediabox)
        page.contents_add(f"q 0 1 -1 0 {height} 0 cm".encode(), prepend=True)
        page.contents_add(b"Q")
        page.mediabox = [0, 0, height, width]
        page.Rotate = 90
        saved = io.BytesIO()
        pdf.save(saved, deterministic_id=True)
    return saved.getvalue()


def locked(source: Path) -> bytes:
    """A PDF that cannot be opened without the password the paediatrician kept."""
    saved = io.BytesIO()
    with pikepdf.open(io.BytesIO(printed(source))) as pdf:
        pdf.save(saved, encryption=pikepdf.Encryption(owner="o-2012", user="u-2012"))
    return saved.getvalue()


def scanned(source: Path) -> bytes:
    """A PDF of pictures of the pages, a little crooked and grey."""
    chance = random.Random(source.name)
    pictures = []
    for page in pypdfium2.PdfDocument(printed(source)):
        picture = page.render(scale=200 / 72, grayscale=True).to_pil()
        pictures.append(_jpeg(_worn(picture, chance.uniform(-0.8, 0.8), 6)))
    return img2pdf.convert(pictures)


def typed(source: Path) -> bytes:
    """A Word document of the source's headings, paragraphs, lists and tables."""
    root = ElementTree.fromstring(source.read_text(encoding="utf-8"))
    document = docx.Document()
    document.core_properties.author = "Children's Services"
    for part in root.find("body") or ():
        if part.tag == "table":
            _add_table(document, part)
        elif part.tag in {"ul", "ol"}:
            style = "List Bullet" if part.tag == "ul" else "List Number"
            for item in part:
                document.add_paragraph("".join(item.itertext()), style)
        elif part.tag in {"h1", "h2"}:
            document.add_heading("".join(part.itertext()), int(part.tag[1]))
        else:
            _add_paragraph(document, part)
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def _add_paragraph(document: docx.document.Document, part: ElementTree.Element) -> None:
    paragraph = document.add_paragraph(part.text or "")
    for child in part:
        run = paragraph.add_run(child.text or "")
        run.bold = child.tag == "b"
        if child.tag == "br":
            run.add_break()
        paragraph.add_run(child.tail or "")


def _add_table(document: docx.document.Document, part: ElementTree.Element) -> None:
    rows = [["".join(cell.itertext()) for cell in row] for row in part]
    table = document.add_table(len(rows), max(map(len, rows)), "Table Grid")
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            table.cell(number, column).text = text


def letter_picture(source: Path) -> bytes:
    """A scan of a typed letter, as PNG."""
    page = Image.new("L", (1240, 1500), 250)
    ImageDraw.Draw(page).multiline_text(
        (110, 110),
        source.read_text(encoding="utf-8"),
        25,
        ImageFont.truetype(SERIF, 31),
        spacing=17,
    )
    saved = io.BytesIO()
    _worn(page, 0.5, 0).quantize(8).save(saved, "PNG", optimize=True)
    return saved.getvalue()


def note_photograph(source: Path) -> bytes:
    """A photograph of a handwritten note on lined paper, as JPEG."""
    text = source.read_text(encoding="utf-8")
    page = Image.new("RGB", (1000, 160 + 64 * text.count("\n")), (246, 241, 224))
    draw = ImageDraw.Draw(page)
    for number, line in enumerate(text.splitlines(), 1):
        draw.line([(0, 64 * number + 62), (1000, 64 * number + 62)], (176, 196, 214), 2)
        draw.text((90, 64 * number + 6), line, (32, 40, 96), ImageFont.truetype(HAND, 50))
    table = Image.new("RGB", (page.width + 160, page.height + 140), (112, 84, 60))
    table.paste(page, (80, 70))
    return _jpeg(_worn(table, -1.4, 7))


def drawing() -> bytes:
    """A child's crayon drawing: a house, a sun, a tall grandmother and two children."""
    picture = Image.new("RGB", (1100, 800), (252, 250, 244))
    draw = ImageDraw.Draw(picture)
    chance = random.Random("hyena")
    crayon = _Crayon(draw, chance)
    crayon.path([(120, 640), (120, 340), (300, 200), (480, 340), (480, 640), (120, 640)], "#b03a2e")
    crayon.path([(260, 640), (260, 500), (340, 500), (340, 640)], "#6e4a2a")
    crayon.ring((960, 130), 70, "#e5a50a")
    for turn in range(12):
        angle = turn * math.tau / 12
        tips = [(960 + r * math.cos(angle), 130 + r * math.sin(angle)) for r in (85, 120)]
        crayon.path(tips, "#e5a50a")
    crayon.path([(0, 660), (300, 650), (700, 668), (1100, 655)], "#3d8b37")
    for left, height, colour in (
        (600, 230, "#1f5fa8"),
        (740, 150, "#8e44ad"),
        (860, 110, "#1e8449"),
    ):
        crayon.person(left, 650, height, colour)
    crayon.path([(560, 470), (640, 470), (650, 520), (550, 520), (560, 470)], "#1f5fa8")
    font = ImageFont.truetype(HAND, 46)
    for left, top, word in ((545, 690, "Ayeeyo"), (715, 690, "me"), (820, 690, "Oisín")):
        draw.text((left, top), word, "#333333", font)
    draw.text((60, 60), "my house   by Niamh age 8", "#333333", font)
    saved = io.BytesIO()
    picture.quantize(64).save(saved, "PNG", optimize=True)
    return saved.getvalue()


class _Crayon:
    def __init__(self, draw: ImageDraw.ImageDraw, chance: random.Random) -> None:
        self._draw = draw
        self._chance = chance

    def path(self, points: list[tuple[float, float]], colour: str) -> None:
        for _ in range(3):
            shaken = [
                (x + self._chance.uniform(-4, 4), y + self._chance.uniform(-4, 4))
                for x, y in points
            ]
            self._draw.line(shaken, colour, 5, "curve")

    def ring(self, centre: tuple[float, float], radius: float, colour: str) -> None:
        angles = [turn * math.tau / 24 for turn in range(25)]
        self.path(
            [(centre[0] + radius * math.cos(a), centre[1] + radius * math.sin(a)) for a in angles],
            colour,
        )

    def person(self, x: float, floor: float, height: float, colour: str) -> None:
        head = height * 0.18
        self.ring((x, floor - height + head), head, colour)
        hip = floor - height * 0.35
        self.path([(x, floor - height + 2 * head), (x, hip)], colour)
        self.path(
            [(x - head * 1.5, floor - height * 0.5), (x + head * 1.5, floor - height * 0.5)], colour
        )
        self.path([(x - head, floor), (x, hip), (x + head, floor)], colour)


def posted(source: Path) -> bytes:
    """A mail with the files its Attach lines name."""
    head, body = source.read_text(encoding="utf-8").split("\n\n", 1)
    headers = HeaderParser(policy=SMTP).parsestr(head)
    message = EmailMessage(SMTP)
    for name, value in headers.items():
        if name != "Attach":
            message[name] = value
    message.set_content(body)
    for name in headers.get_all("Attach", []):
        _attach(message, name, built(_source_of(name)))
    if message.is_multipart():
        message.set_boundary(f"=-={headers['Message-ID'][1:-1]}=-=")
    return message.as_bytes()


def _attach(message: EmailMessage, name: str, data: bytes) -> None:
    if name.endswith(".eml"):
        message.add_attachment(BytesParser(policy=SMTP).parsebytes(data), filename=name)
        return
    kinds = {
        ".pdf": ("application", "pdf"),
        ".jpg": ("image", "jpeg"),
        ".docx": ("application", "vnd.openxmlformats-officedocument.wordprocessingml.document"),
    }
    main, sub = kinds[Path(name).suffix]
    message.add_attachment(data, maintype=main, subtype=sub, filename=name)


BUILDERS = {
    ".scan.pdf.html": scanned,
    ".locked.pdf.html": locked,
    ".pdf.html": printed,
    ".docx.html": typed,
    ".png.txt": letter_picture,
    ".jpg.txt": note_photograph,
    ".eml.txt": posted,
}


def built(source: Path) -> bytes:
    """The file the source becomes."""
    return BUILDERS[_ending(source)](source)


def target_name(source: Path) -> str:
    """What the file the source becomes is called."""
    kind = Path(_ending(source)).stem.rpartition(".")[2]
    return f"{source.name.removesuffix(_ending(source))}.{kind}"


def sources() -> list[Path]:
    """Every source, in the order of their names."""
    return sorted(path for path in SOURCES.iterdir() if path.suffix in {".html", ".txt"})


def write(folder: Path) -> None:
    """Writes request.eml, register.json, plan.json and records into the folder."""
    records = folder / "records"
    records.mkdir(parents=True, exist_ok=True)
    for source in sources():
        name = target_name(source)
        if name not in ATTACHED:
            (folder if name == "request.eml" else records).joinpath(name).write_bytes(built(source))
    first = records / "2010-02-12 Initial assessment.pdf"
    shutil.copyfile(first, records / "Initial assessment copy from school file.pdf")
    (records / "2013-03-08 Drawing by Niamh.png").write_bytes(drawing())
    (records / "2016-03-15 Contact note.docx").write_bytes(b"")
    for name in ("register.json", "plan.json"):
        shutil.copyfile(SOURCES / name, folder / name)


def _ending(source: Path) -> str:
    return next(ending for ending in BUILDERS if source.name.endswith(ending))


def _source_of(name: str) -> Path:
    return next(source for source in sources() if target_name(source) == name)


def _worn(picture: Image.Image, degrees: float, grain: float) -> Image.Image:
    noise = numpy.random.default_rng(len(picture.getbands())).normal(0, grain, picture.size[::-1])
    edge = picture.getpixel((2, 2))
    turned = picture.rotate(degrees, Image.Resampling.BICUBIC, fillcolor=edge)
    pixels = numpy.asarray(turned.filter(ImageFilter.GaussianBlur(0.6)), dtype=float)
    shade = noise if pixels.ndim == 2 else noise[..., None]
    return Image.fromarray(numpy.clip(pixels + shade, 0, 255).astype("uint8"))


def _jpeg(picture: Image.Image) -> bytes:
    saved = io.BytesIO()
    picture.save(saved, "JPEG", quality=55, dpi=(200, 200))
    return saved.getvalue()


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else SHIPPED)
