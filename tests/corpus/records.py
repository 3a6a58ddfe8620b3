"""Small records of every kind, made on the spot; all names and numbers in them are invented."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from email.message import EmailMessage

import docx
import docx.document
import docx.text.paragraph
import openpyxl
import pillow_heif
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from openpyxl.comments import Comment
from PIL import Image, ImageDraw, ImageFont
from reportlab.pdfgen import canvas

pillow_heif.register_heif_opener()
A4 = (595, 842)


def pdf(*pages: str, encrypt: str | None = None) -> bytes:
    """A PDF with a line of text on each page."""
    out = io.BytesIO()
    drawing = canvas.Canvas(out, pagesize=A4, encrypt=encrypt)
    for text in pages or ("A page",):
        drawing.drawString(72, 720, text)
        drawing.showPage()
    drawing.save()
    return out.getvalue()


def picture(text: str = "", size: tuple[int, int] = (1240, 600), kind: str = "PNG") -> bytes:
    """A picture with a line of large black words on white."""
    out = io.BytesIO()
    page = Image.new("RGB", size, "white")
    font = ImageFont.load_default(48)
    ImageDraw.Draw(page).text((80, 120), text, "black", font=font)
    page.save(out, kind)
    return out.getvalue()


def scan(*lines: str, turn: int = 0, size: tuple[int, int] = (1654, 2339)) -> Image.Image:
    """A scanned page of typed lines at 200 dots an inch, turned clockwise by quarter turns."""
    page = Image.new("L", size, 255)
    font = ImageFont.load_default(40)
    for number, line in enumerate(lines):
        ImageDraw.Draw(page).text((150, 200 + 80 * number), line, 0, font=font)
    return page.rotate(-turn, expand=True)


def mail(subject: str = "Visit", body: str = "We met on Monday.", **headers: str) -> EmailMessage:
    """A plain mail between two invented workers."""
    message = EmailMessage()
    message["From"] = headers.pop("sender", "Ada Obi <ada.obi@example.org>")
    message["To"] = headers.pop("to", "Ben Marsh <ben.marsh@example.org>")
    message["Date"] = headers.pop("date", "Tue, 04 Jun 2024 23:30:00 +0000")
    message["Subject"] = subject
    for name, value in headers.items():
        message[name] = value
    message.set_content(body)
    return message


def word(*paragraphs: str) -> docx.document.Document:
    """A Word document of plain paragraphs."""
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    return document


def saved(document: docx.document.Document | openpyxl.Workbook) -> bytes:
    """The bytes of a document or workbook."""
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def word_with_hidden_things() -> bytes:
    """A Word document with a comment, tracked changes, hidden text and a nested letterhead."""
    document = word("The family lives in Elm Road.")
    paragraph = document.add_paragraph("Seen: ")
    document.add_comment(paragraph.runs, text="Check the aunt's account", author="Ada")
    _append(paragraph, "ins", "t", "a late addition")
    _append(paragraph, "del", "delText", "a struck sentence")
    hidden = document.add_paragraph().add_run("a vanished remark")
    hidden.font.hidden = True
    outer = document.add_table(1, 1)
    inner = outer.cell(0, 0).add_table(1, 1)
    inner.cell(0, 0).text = "Letterhead of Juniper House"
    for table in (outer, inner):
        table._tbl.tblPr.append(
            parse_xml(
                f'<w:tblpPr {nsdecls("w")} w:vertAnchor="text" w:horzAnchor="margin" w:tblpY="1"/>'
            )
        )
    return saved(document)


def _append(paragraph: docx.text.paragraph.Paragraph, change: str, tag: str, text: str) -> None:
    paragraph._p.append(
        parse_xml(
            f'<w:{change} {nsdecls("w")} w:id="9" w:author="Ben" w:date="2024-05-01T09:00:00Z">'
            f'<w:r><w:{tag} xml:space="preserve">{text}</w:{tag}></w:r></w:{change}>'
        )
    )


def workbook_with_hidden_things() -> bytes:
    """A workbook with a hidden sheet, row and column, a comment and a narrow column."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Contacts"
    sheet.append(["Name", "Phone", "Secret column"])
    sheet.append(["Cara Lunt", "07700 900123 and 07700 900456", "column gold"])
    sheet.append(["Dan Pike", "07700 900789", ""])
    sheet.append(["row silver", "", ""])
    sheet.column_dimensions["B"].width = 4
    sheet.column_dimensions["C"].hidden = True
    sheet.row_dimensions[4].hidden = True
    sheet["A2"].comment = Comment("comment copper", "Ada")
    sheet["A6"] = "formatted away"
    sheet["A6"].number_format = ";;;"
    unseen = book.create_sheet("Unseen")
    unseen["A1"] = "sheet bronze"
    unseen.sheet_state = "hidden"
    deeper = book.create_sheet("Deeper")
    deeper["A1"] = "sheet iron"
    deeper.sheet_state = "veryHidden"
    return saved(book)


def archive(files: Mapping[str, bytes]) -> bytes:
    """A zip of these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in files.items():
            zipped.writestr(name, content)
    return out.getvalue()


def with_part(office_file: bytes, name: str, content: bytes) -> bytes:
    """An office file with one part replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(office_file)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.namelist():
            if entry != name:
                new.writestr(entry, old.read(entry))
        new.writestr(name, content)
    return out.getvalue()
