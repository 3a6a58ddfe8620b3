"""Pages that we set ourselves: mails, cards, tables, text, and the pages of hidden content.

The HTML handed in is ours or has been through `safe_html.py`. Nothing is fetched, and nothing
can be cut off: long words break and pictures shrink.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path

import pikepdf
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from sar.documents.converted import HiddenPart

__all__ = ["append_hidden", "escape", "facts", "join_pdfs", "paragraphs", "render", "table"]

# It reports each unknown style of a foreign page; the log must not repeat what is in a record.
logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
logging.getLogger("fontTools").setLevel(logging.ERROR)

_STYLE = """
@page { size: %(size)s; margin: 15mm; }
html { font: 10.5pt/1.4 "Noto Sans", "DejaVu Sans", sans-serif; color: black; }
body { margin: 0; }
* { overflow-wrap: anywhere; max-width: 100%%; }
img { max-height: 240mm; }
table { border-collapse: collapse; }
td, th { text-align: left; vertical-align: top; padding: 0 6pt 2pt 0; }
pre, .text { white-space: pre-wrap; font-family: "Noto Sans Mono", "DejaVu Sans Mono", monospace;
  font-size: 9.5pt; }
.plain { white-space: pre-wrap; }
blockquote { margin: 0 0 0 4pt; padding-left: 8pt; border-left: 1.5pt solid #888; }
.facts { width: 100%%; table-layout: fixed; margin-bottom: 10pt; border-bottom: 1pt solid black; }
.facts th { width: 28mm; }
.grid { width: 100%%; table-layout: fixed; font-size: 8.5pt; line-height: 1.25; }
.grid td, .grid th { border: 0.5pt solid #999; padding: 1.5pt 3pt; white-space: pre-wrap; }
.grid th { background: #eee; }
.number { text-align: right; }
h1 { font-size: 15pt; } h2 { font-size: 12.5pt; } h3 { font-size: 11pt; }
.hidden { border-top: 3pt double black; }
.apart { break-before: page; }
"""
_LONGEST_LINE = 1000  # signs; breaking longer ones takes the square of their length
PAPER = {"A4": (210, 297), "A4 landscape": (297, 210), "A3 landscape": (420, 297)}


def render(body: str, out: Path, *, size: str = "A4", title: str = "") -> Path:
    """Sets HTML as a PDF; size is a key of PAPER."""
    fonts = FontConfiguration()
    style = CSS(string=_STYLE % {"size": size}, font_config=fonts)
    head = f'<meta charset="utf-8"><title>{escape(title)}</title>'
    page = HTML(
        string=f'<html lang="en"><head>{head}</head><body>{body}</body></html>',
        url_fetcher=URLFetcher(allowed_protocols={"data"}),
        base_url=None,
    )
    page.write_pdf(out, stylesheets=[style], font_config=fonts, presentational_hints=False)
    return out


def facts(rows: Iterable[tuple[str, str]]) -> str:
    """A head of names and values, such as a mail's; values are plain text, empty ones left out."""
    cells = "".join(
        f"<tr><th>{escape(name)}</th><td>{set_lines(value.splitlines(), 'plain')}</td></tr>"
        for name, value in rows
        if value
    )
    return f'<table class="facts">{cells}</table>'


def paragraphs(text: str) -> str:
    """Plain text with its own line breaks."""
    # One block a line lets pages break anywhere without laying out the whole text at once.
    return set_lines(re.split(r"\r\n|\r|\n", text), "plain")


def set_lines(lines: Iterable[str], style: str) -> str:
    """A block a line; very long lines go over several blocks, with nothing lost."""
    pieces = [piece for line in lines for piece in in_pieces(line)]
    return "".join(f'<div class="{style}">{escape(piece) or "&nbsp;"}</div>' for piece in pieces)


def table(rows: Sequence[Sequence[str]], widths: Sequence[float] = (), head: bool = False) -> str:
    """A ruled table; widths are shares of the page's width."""
    whole = sum(widths) or 1
    columns = "".join(f'<col style="width:{100 * each / whole:.2f}%">' for each in widths)
    lines = [_row(row, "th" if head and not number else "td") for number, row in enumerate(rows)]
    if head and lines:
        lines[0] = f"<thead>{lines[0]}</thead>"
    return f'<table class="grid">{columns}{"".join(lines)}</table>'


def append_hidden(pdf: Path, parts: Sequence[HiddenPart], folder: Path) -> list[int]:
    """Adds pages headed "Hidden content" with every part that has lines; gives their numbers."""
    shown = [part for part in parts if part.lines]
    body = (
        '<div class="hidden"><h1>Hidden content</h1><p>A plain print-out of this file leaves '
        "out what follows. It is part of the record.</p>"
    )
    for part in shown:
        body += f"<h2>{escape(part.summary)}</h2>{_lines(part.lines)}"
    extra = render(body + "</div>", folder / "hidden.pdf")
    before, added = join_pdfs(pdf, [pdf, extra], folder)
    return list(range(before + 1, before + added + 1))


def join_pdfs(out: Path, parts: Sequence[Path], folder: Path) -> list[int]:
    """Puts the pages of some PDFs one after the other; out may be one of them.

    Gives the number of pages of each.
    """
    joined, counts = folder / "joined.pdf", []
    with pikepdf.new() as whole:
        for part in parts:
            with pikepdf.open(part) as source:
                counts.append(len(source.pages))
                whole.pages.extend(source.pages)
        whole.save(joined)
    joined.replace(out)
    return counts


def in_pieces(line: str) -> list[str]:
    """A line in pieces that can be set quickly, parted after a space where there is one."""
    pieces = []
    while len(line) > _LONGEST_LINE:
        end = line.rfind(" ", _LONGEST_LINE // 2, _LONGEST_LINE) + 1 or _LONGEST_LINE
        pieces.append(line[:end])
        line = line[end:]
    return [*pieces, line]


def _lines(lines: Sequence[str]) -> str:
    """Lines as paragraphs; lines with tabs as the rows of a table."""
    if not any("\t" in line for line in lines):
        return "".join(f'<p class="plain">{escape(line)}</p>' for line in lines)
    rows = [line.split("\t") for line in lines]
    width = max(map(len, rows))
    columns = [max((len(row[i]) for row in rows if i < len(row)), default=1) for i in range(width)]
    return table(rows, [max(4, min(each, 40)) for each in columns])


def _row(cells: Sequence[str], tag: str) -> str:
    return "<tr>" + "".join(f"<{tag}>{escape(cell)}</{tag}>" for cell in cells) + "</tr>"
