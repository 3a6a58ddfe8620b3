"""Invented social-care cases of any size: reports, mails, scans, tables, drawings, and their areas.

Every area on a page of text lies over one word that stands nowhere else, so that what is left of it
in an output can be counted.
"""

from __future__ import annotations

import io
import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pikepdf
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

PAGES = {"S": 200, "M": 2_000, "L": 10_000, "XL": 20_000}
KINDS = {"report": 60, "mail": 20, "scan": 15, "table": 3, "drawing": 2}  # per cent of the pages
LENGTHS = {"report": (6, 12), "mail": (1, 3), "scan": (2, 8), "table": (1, 4), "drawing": (1, 3)}
CODES = ("TP16", "SW11", "LPP19", "NPD")
WIDTH, HEIGHT = A4
WORDS = [
    "the",
    "family",
    "visit",
    "was",
    "arranged",
    "for",
    "the",
    "morning",
    "and",
    "the",
    "worker",
    "noted",
    "that",
    "school",
    "attendance",
    "had",
    "improved",
    "since",
    "the",
    "last",
    "meeting",
    "although",
    "some",
    "concern",
    "remained",
    "about",
    "sleep",
    "and",
    "meals",
    "at",
    "home",
    "health",
    "visitor",
    "reported",
    "that",
    "both",
    "children",
    "were",
    "settled",
    "and",
    "speaking",
    "freely",
    "during",
    "play",
    "while",
    "the",
    "plan",
    "agreed",
    "in",
    "spring",
    "will",
    "be",
    "reviewed",
    "again",
    "after",
    "the",
    "summer",
    "with",
    "housing",
    "and",
    "the",
    "school",
]


@dataclass
class Document:
    """One document: its areas in displayed points, the words under them, and words to keep."""

    name: str
    areas: list[dict[str, Any]] = field(default_factory=list)
    withheld: list[dict[str, Any]] = field(default_factory=list)
    secrets: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)


def make_case(size: str, folder: Path) -> None:
    """Writes `case.json`, its PDFs, and `truth.json` (secrets and kept words) into folder."""
    chance = random.Random(f"case {size}")
    folder.mkdir(parents=True)
    documents = list(_documents(PAGES[size], chance, folder))
    case = {
        "reference": "RBKC-2026-0001",
        "council": "RBKC",
        "title": "Case file",
        "documents": [
            {
                "file": each.name,
                "title": f"Record {number}",
                "date": f"{2001 + number % 24}-{1 + number % 12:02}-{1 + number % 28:02}",
                "areas": each.areas,
                "withheld_pages": each.withheld,
            }
            for number, each in enumerate(documents, 1)
        ],
        "never": [],
    }
    (folder / "case.json").write_text(json.dumps(case))
    truth = {
        "secrets": [word for each in documents for word in each.secrets],
        "kept": [word for each in documents for word in each.kept],
    }
    (folder / "truth.json").write_text(json.dumps(truth))


def _documents(pages: int, chance: random.Random, folder: Path) -> Iterator[Document]:
    left = {kind: pages * share // 100 for kind, share in KINDS.items()}
    number = 0
    while any(left.values()):
        kind = chance.choices(list(left), weights=list(left.values()))[0]
        count = min(left[kind], chance.randint(*LENGTHS[kind]))
        left[kind] -= count
        number += 1
        yield _document(kind, number, count, chance, folder)


def _document(kind: str, number: int, pages: int, chance: random.Random, folder: Path) -> Document:
    document = Document(f"{number:05}-{kind}.pdf")
    path = folder / document.name
    if kind == "scan":
        _scans(path, document, pages, chance)
    else:
        canvas = Canvas(str(path), pagesize=A4, invariant=1)
        for page in range(1, pages + 1):
            DRAW[kind](canvas, document, page, chance)
            canvas.showPage()
        canvas.save()
    if pages > 2 and chance.random() < 0.05:
        document.withheld.append({"page": pages, "code": "SW11"})
    if number % 50 == 0:
        _burden(path)
    return document


def _burden(path: Path) -> None:
    """An attachment, a script and a note, such as one document in fifty carries."""
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.attachments["notes.txt"] = b"Notes of an earlier version"
        pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert('x')")
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Text,
            Rect=[20, 20, 40, 40],
            Contents="Ask the manager",
        )
        pdf.pages[0].Annots = pikepdf.Array([pdf.make_indirect(note)])
        pdf.save(path)


def _areas_on(page: int, chance: random.Random) -> int:
    """How many areas a page carries: a quarter of the pages carry 1 to 12."""
    return chance.randint(1, 12) if chance.random() < 0.25 else 0


def _words(chance: random.Random, many: int) -> list[str]:
    return chance.choices(WORDS, k=many)


def _token(chance: random.Random, start: str) -> str:
    return (
        start + "".join(chance.choices("bcdfghklmnprstvz", k=2)) + f"{chance.randrange(10**7):07}"
    )


def _text_page(
    canvas: Canvas, document: Document, page: int, chance: random.Random, *, lines: int
) -> None:
    """Lines of text with one word of their own each; some of these words are under an area."""
    canvas.setFont("Helvetica-Bold", 14)
    canvas.drawString(60, HEIGHT - 60, f"{' '.join(_words(chance, 3)).title()}, page {page}")
    canvas.setFont("Helvetica", 10)
    covered = set(chance.sample(range(lines), min(lines, _areas_on(page, chance))))
    for line in range(lines):
        token = _token(chance, "S" if line in covered else "K")
        before, after = " ".join(_words(chance, 5)), " ".join(_words(chance, 6))
        top = 90 + line * 14.5
        canvas.drawString(60, HEIGHT - top, f"{before} {token} {after}")
        if line not in covered:
            document.kept.append(token)
            continue
        start = 60 + stringWidth(before + " ", "Helvetica", 10)
        width = stringWidth(token, "Helvetica", 10)
        rect = [round(value, 2) for value in (start, top - 9, start + width, top + 3)]
        document.areas.append({"page": page, "rect": rect, "code": chance.choice(CODES)})
        document.secrets.append(token)


def _report(canvas: Canvas, document: Document, page: int, chance: random.Random) -> None:
    _text_page(canvas, document, page, chance, lines=46)
    canvas.setLineWidth(0.5)
    canvas.line(60, 50, WIDTH - 60, 50)


def _mail(canvas: Canvas, document: Document, page: int, chance: random.Random) -> None:
    _text_page(canvas, document, page, chance, lines=chance.randint(12, 40))


def _table(canvas: Canvas, document: Document, page: int, chance: random.Random) -> None:
    _text_page(canvas, document, page, chance, lines=10)
    canvas.setFont("Helvetica", 8)
    for row in range(30):
        for column in range(6):
            x, y = 60 + column * 80, HEIGHT - 260 - row * 15
            canvas.rect(x, y - 4, 80, 15)
            canvas.drawString(x + 3, y, chance.choice(WORDS))


def _drawing(canvas: Canvas, document: Document, page: int, chance: random.Random) -> None:
    _text_page(canvas, document, page, chance, lines=8)
    for _ in range(120):
        x, y = chance.uniform(60, 500), chance.uniform(80, 500)
        canvas.bezier(x, y, x + 30, y + 40, x + 50, y - 20, x + 80, y + 5)


def _scans(path: Path, document: Document, pages: int, chance: random.Random) -> None:
    """Pictures of pages with the words that OCR laid behind them; one in five is a fax picture."""
    with pikepdf.new() as pdf:
        font = pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
            )
        )
        for number in range(1, pages + 1):
            picture, lines = _picture(chance.choice((150, 200)), chance)
            drawn = _fax(pdf, picture) if chance.random() < 0.2 else _jpeg(pdf, picture)
            pdf.add_blank_page(page_size=(WIDTH, HEIGHT))
            page = pdf.pages[-1]
            page.Resources = pikepdf.Dictionary(
                XObject=pikepdf.Dictionary(Im=drawn), Font=pikepdf.Dictionary(F=font)
            )
            words = "".join(
                f"1 0 0 1 60 {HEIGHT - top:.2f} Tm ({line}) Tj\n" for top, line in lines
            )
            page.Contents = pdf.make_stream(
                f"q {WIDTH:.3f} 0 0 {HEIGHT:.3f} 0 0 cm /Im Do Q\n"
                f"BT 3 Tr /F 10 Tf\n{words}ET\n".encode()
            )
            if chance.random() < 0.1:
                page.Rotate = 180
            for _ in range(_areas_on(number, chance)):
                top, start = chance.choice(lines)[0], chance.uniform(60, 350)
                rect = [round(value, 2) for value in (start, top - 9, start + 90, top + 3)]
                area = {"page": number, "rect": rect, "code": chance.choice(CODES)}
                document.areas.append(area)
        pdf.save(path, deterministic_id=True)


def _jpeg(pdf: pikepdf.Pdf, picture: Image.Image) -> pikepdf.Stream:
    data = io.BytesIO()
    picture.save(data, "JPEG", quality=60)
    return _image(pdf, picture, data.getvalue(), BitsPerComponent=8, Filter=pikepdf.Name.DCTDecode)


def _fax(pdf: pikepdf.Pdf, picture: Image.Image) -> pikepdf.Stream:
    data = io.BytesIO()
    rows = {278: picture.height}  # one strip
    ink = picture.point(lambda value: 255 if value > 128 else 0)
    ink.convert("1").save(data, "TIFF", compression="group4", tiffinfo=rows)
    with Image.open(data) as tiff:
        start, length = tiff.tag_v2[273][0], tiff.tag_v2[279][0]
    white = tiff.tag_v2[262] == 0
    how = pikepdf.Dictionary(K=-1, Columns=picture.width, Rows=picture.height, BlackIs1=not white)
    fax = data.getvalue()[start : start + length]
    kind = pikepdf.Name.CCITTFaxDecode
    return _image(pdf, picture, fax, BitsPerComponent=1, Filter=kind, DecodeParms=how)


def _image(
    pdf: pikepdf.Pdf, picture: Image.Image, data: bytes, **entries: object
) -> pikepdf.Stream:
    stream = pdf.make_stream(data)
    entries |= {
        "Type": pikepdf.Name.XObject,
        "Subtype": pikepdf.Name.Image,
        "Width": picture.width,
        "Height": picture.height,
        "ColorSpace": pikepdf.Name.DeviceGray,
    }
    for name, value in entries.items():
        stream[f"/{name}"] = value
    return stream


def _picture(dots: int, chance: random.Random) -> tuple[Image.Image, list[tuple[float, str]]]:
    scale = dots / 72
    picture = Image.new("L", (round(WIDTH * scale), round(HEIGHT * scale)), 244)
    draw = ImageDraw.Draw(picture)
    font = ImageFont.load_default(size=10 * scale)
    lines = [(90 + number * 16.0, " ".join(_words(chance, 10))) for number in range(40)]
    for top, line in lines:
        draw.text((60 * scale, (top - 9) * scale), line, fill=30, font=font)
    return picture, lines


Draw = Callable[[Canvas, Document, int, random.Random], None]
DRAW: dict[str, Draw] = {
    "report": _report,
    "mail": _mail,
    "table": _table,
    "drawing": _drawing,
}
