"""Plain text, Markdown, tables of text (CSV) and web pages set as pages."""

from __future__ import annotations

import csv
import io
import re
from email import message_from_bytes
from email.message import Message
from itertools import islice

from markdown_it import MarkdownIt

from sar.documents.converted import HiddenPart, Made, Material
from sar.documents.encoding import readable
from sar.documents.errors import DocumentError, DocumentFault
from sar.documents.mail_parts import read_letter
from sar.documents.own_pages import escape, facts, render, set_lines
from sar.documents.ruled import Grid, paper_for, print_grids
from sar.documents.safe_html import safe_html

_LONGEST = 8 << 20
_MOST_LINES = 60_000
_LONGEST_FIELD = 1 << 20


def convert_text(material: Material) -> Made:
    """A text file as it stands, in a type of even width."""
    text = readable(_content(material))
    lines = re.split(r"\r\n|\r|\n", text.replace("\f", "\n"))
    if len(lines) > _MOST_LINES:
        raise _too_long()
    return Made(render(set_lines(lines, "text"), material.folder / "text.pdf", title=material.name))


def convert_markdown(material: Material) -> Made:
    """A Markdown file, set as it is meant to look."""
    markup = (
        MarkdownIt("commonmark", {"html": True})
        .enable("table")
        .render(readable(_content(material)))
    )
    return _page(markup, material, {})


def convert_table(material: Material) -> Made:
    """A CSV file as a ruled table with every cell whole."""
    text = readable(_content(material))
    csv.field_size_limit(_LONGEST_FIELD)
    reader = csv.reader(io.StringIO(text, newline=""), _dialect(text))
    try:
        rows = list(islice(reader, _MOST_LINES + 1))
    except csv.Error:
        return convert_text(material)
    if len(rows) > _MOST_LINES:
        raise _too_long()
    grids = [Grid.of_rows(rows)]
    work = material.folder / "ruled"
    return Made(print_grids(grids, material.folder / "table.pdf", work, paper_for(grids)))


def convert_html(material: Material) -> Made:
    """A web page, or one saved with its pictures in a single file (MHTML)."""
    content = _content(material)
    if material.media.ending == "mhtml":
        return _saved_page(content, material)
    return _page(readable(content, _declared(content)), material, {})


def _page(markup: str, material: Material, pictures: dict[str, bytes], head: str = "") -> Made:
    page = safe_html(markup, pictures.get)
    title = f"<p><small>{escape(page.title)}</small></p>" if page.title else ""
    pdf = render(head + title + page.markup, material.folder / "page.pdf", title=page.title)
    return Made(pdf, hidden=list(page.hidden), title=page.title or None)


def _saved_page(content: bytes, material: Material) -> Made:
    letter = read_letter(content)
    pages = [body for kind, body in letter.bodies if kind == "html"]
    if not pages:
        raise DocumentError(
            DocumentFault.CORRUPT,
            "This saved web page holds no page. Open it in a browser, print it to a PDF and "
            "upload that.",
        )
    pictures = letter.pictures | _by_location(message_from_bytes(content))
    made = _page(pages[0], material, pictures, facts(letter.facts))
    made.dated_on = letter.sent_at.date() if letter.sent_at else None
    for extra in pages[1:]:
        text = safe_html(extra, letter.pictures.get).text
        made.hidden.append(HiddenPart("Another page in this file", (" ".join(text.split()),)))
    return made


def _by_location(message: Message) -> dict[str, bytes]:
    """Pictures by every form in which a page may name them: whole address or its last part."""
    found: dict[str, bytes] = {}
    for part in message.walk():
        location, payload = part.get("Content-Location"), None
        if location and part.get_content_maintype() == "image":
            payload = part.get_payload(decode=True)
        if isinstance(payload, bytes):
            found[str(location)] = payload
            found.setdefault(str(location).rpartition("/")[2], payload)
    return found


def _declared(content: bytes) -> str | None:
    match = re.search(rb"""(?i)<meta[^>]+charset=["']?([\w-]+)""", content[:4096])
    return match.group(1).decode() if match else None


def _dialect(text: str) -> type[csv.Dialect]:
    first = text[:8192]
    try:
        return csv.Sniffer().sniff(first, ",;\t|")
    except csv.Error:
        return csv.excel_tab if "\t" in first and "," not in first else csv.excel


def _content(material: Material) -> bytes:
    if material.path.stat().st_size > _LONGEST:
        raise _too_long()
    return material.path.read_bytes()


def _too_long() -> DocumentError:
    return DocumentError(
        DocumentFault.TOO_BIG,
        "This file would fill thousands of pages. Upload only the part about the person.",
    )
