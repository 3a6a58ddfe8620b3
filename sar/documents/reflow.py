"""A bundle as a web page that stands alone: its words in order, each gap with its reason.

Made from what the proved pages say (`reading`) and nothing else. No script, no picture, no address
outside; the same page set in large type becomes the large-print bundle.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from sar.documents.reading import Node

_BLOCKS = {
    "P": "p",
    "L": "ul",
    "LI": "li",
    "Table": "table",
    "TR": "tr",
    "BlockQuote": "blockquote",
}
_STYLE = """
html { font-family: "Noto Sans", Arial, sans-serif; font-size: 112.5%; line-height: 1.5;
  color: #111; }
body { max-width: 40em; margin: 1em auto; padding: 0 1em; overflow-wrap: anywhere; }
h1, h2, h3, h4 { line-height: 1.25; margin: 1.5em 0 .5em; }
section { border-top: 4px solid #1d3c6e; margin-top: 3em; }
a { color: #1d3c6e; }
.page { color: #444; border-top: 1px solid #888; margin-top: 2em; font-size: .9em; }
.gap { background: #111; color: #fff; padding: .1em .4em; font-weight: normal; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .3em .5em .3em 0;
  border-bottom: 1px solid #888; }
"""
_LARGE = """
@page { size: 210mm 280mm; margin: 18mm 18mm 8mm; }
html { font-size: 20pt; line-height: 1.4; }
body { max-width: none; margin: 0; padding: 0; }
h1 { font-size: 28pt; } h2 { font-size: 25pt; } h3, h4 { font-size: 22pt; }
h1, h2, h3, h4 { break-after: avoid; }
section { border: 0; margin: 0; }
.page, .row span { font-size: 20pt; }
"""
_SPACED = re.compile(r" (?=[.,;:!?)])")  # a space that joining put before a mark
_WIDE = 3  # columns; in large type a wider table is read line by line


@dataclass(frozen=True)
class Chapter:
    """A part or record: its heading, its node, and for a page left out whole the reason."""

    title: str
    node: Node
    is_record: bool
    left_out: Mapping[int, str]


def web_page(title: str, chapters: Sequence[Chapter], total_pages: int) -> str:
    """The whole bundle as one page, with a list of what is inside that leads to each part."""
    links = "".join(
        f'<li><a href="#part-{at}">{escape(each.title)}</a></li>'
        for at, each in enumerate(chapters, 1)
    )
    body = "".join(
        f'<section id="part-{at}">{_Writing(total_pages).chapter(each)}</section>\n'
        for at, each in enumerate(chapters, 1)
    )
    nav = f'<nav aria-label="What is inside"><ul>{links}</ul></nav>'
    return _document(title, _STYLE, f"<h1>{escape(title)}</h1>\n{nav}\n<main>\n{body}</main>")


def large_page(chapter: Chapter, total_pages: int) -> str:
    """One part or record for setting in large type."""
    body = _Writing(total_pages, is_large=True).chapter(chapter)
    return _document(chapter.title, _STYLE + _LARGE, f"<section>{body}</section>")


def _document(title: str, style: str, body: str) -> str:
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    return (
        '<!doctype html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{escape(title)}</title>\n<style>{style}</style>\n</head>\n<body>\n{body}\n</body>\n"
        "</html>\n"
    )


class _Writing:
    """Writes one chapter; remembers the page it is on, to say where the next begins."""

    def __init__(self, total_pages: int, *, is_large: bool = False) -> None:
        self.total = total_pages
        self.is_large = is_large
        self.below = 0 if is_large else 1  # levels under the one heading of the whole page
        self.page = 0
        self.chapter_of: Chapter | None = None

    def chapter(self, chapter: Chapter) -> str:
        self.chapter_of = chapter
        kids = [kid for kid in chapter.node["kids"] if not isinstance(kid, str)]
        body = "".join(self._turned(kid) + self._top(kid) for kid in kids)
        first = 1 + self.below
        return f"<h{first}>{escape(chapter.title)}</h{first}>\n{body}"

    def _top(self, node: Node) -> str:
        """A block of a page; a page left out as a whole says only that, and why."""
        assert self.chapter_of is not None
        if node["page"] in self.chapter_of.left_out:
            return ""
        if node["tag"] == "H1" and not self.chapter_of.is_record:
            return ""  # it is the heading of the chapter
        return self._block(node) + "\n"

    def _turned(self, node: Node) -> str:
        """Says where a page begins."""
        assert self.chapter_of is not None
        if node["page"] == self.page:
            return ""
        self.page = node["page"]
        anchor = "" if self.is_large else f' id="page-{self.page}"'
        said = f'<p class="page"{anchor}>Page {self.page:,} of {self.total:,}</p>\n'
        why = self.chapter_of.left_out.get(self.page)
        if why is None:
            return said
        words = escape(why).replace("Left out:", "The whole page is left out:")
        return f'{said}<p><span class="gap">{words}</span></p>\n'

    def _block(self, node: Node) -> str:
        tag = node["tag"]
        if tag == "Figure":
            return f"<p>{self._figure(node)}</p>"
        if tag == "Table" and self.is_large and _width(node) > _WIDE:
            return self._rows(node)
        inner = self._inner(node)
        if tag[:1] == "H" and tag[1:].isdigit():
            level = min(int(tag[1:]) + self.below, 4)
            return f"<h{level}>{inner}</h{level}>" if inner.strip() else ""
        if tag in {"TH", "TD"}:
            return self._cell(node, inner)
        if tag in _BLOCKS:
            name = _BLOCKS[tag]
            return f"<{name}>{inner}</{name}>" if inner.strip() else ""
        return "" if tag == "Lbl" else inner

    def _inner(self, node: Node) -> str:
        parts = []
        for kid in node["kids"]:
            if isinstance(kid, str):
                parts.append(escape(kid))
            elif kid["tag"] == "Figure" and node["tag"] == "P":
                parts.append(self._figure(kid))
            else:
                parts.append(self._block(kid))
        return _SPACED.sub("", " ".join(filter(None, parts)))

    def _cell(self, node: Node, inner: str) -> str:
        if node["tag"] == "TD":
            return f"<td>{inner}</td>"
        scope = "col" if node.get("is_head") else "row"
        return f'<th scope="{scope}">{inner}</th>'

    def _figure(self, node: Node) -> str:
        words = escape(node["alt"] or "A picture")
        if words.startswith("Left out"):
            return f'<span class="gap">{words}</span>'
        return f"[{words}, on page {node['page']:,} of the PDF]"

    def _rows(self, table: Node) -> str:
        """A wide table line by line, each cell after the heading of its column."""
        rows = [[self._inner(cell) for cell in row["kids"]] for row in _table_rows(table)]
        heads, *lines = rows
        return "".join(
            '<p class="row">'
            + "<br>".join(f"{head}: {cell}" for head, cell in zip(heads, line, strict=False))
            + "</p>\n"
            for line in lines
        )


def _table_rows(node: Node) -> list[Node]:
    rows: list[Node] = []
    for kid in node["kids"]:
        if not isinstance(kid, str):
            rows += [kid] if kid["tag"] == "TR" else _table_rows(kid)
    return rows


def _width(table: Node) -> int:
    return max((len(row["kids"]) for row in _table_rows(table)), default=0)


def heads_marked(node: Node, *, is_head: bool = False) -> Node:
    """The tree with each header cell knowing whether it heads a column."""
    is_head = is_head or node["tag"] == "THead"
    kids: list[Any] = [
        kid if isinstance(kid, str) else heads_marked(kid, is_head=is_head) for kid in node["kids"]
    ]
    return {**node, "kids": kids, "is_head": is_head}
