"""Turns what a mail holds into text for reading: HTML without its tricks, headers on one line."""

from __future__ import annotations

import re
import unicodedata
from html.parser import HTMLParser

_SILENT = {"script", "style", "head", "title", "template", "noscript"}
_BREAKS = {"p", "br", "div", "tr", "li", "table", "blockquote", "h1", "h2", "h3", "h4", "hr", "ul"}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0", re.IGNORECASE)
_VOID = {"br", "hr", "img", "input", "meta", "link", "area", "base", "col", "wbr", "source"}


def readable(text: str, *, keeps_lines: bool = False) -> str:
    """Drops control characters and invisible marks; joins lines unless they are kept."""
    kept = (
        "\n" if each in "\r\n" else " " if each.isspace() else each
        for each in text.replace("\r\n", "\n")
        if each.isspace() or unicodedata.category(each) not in ("Cc", "Cf", "Cs")
    )
    whole = "".join(kept)
    return whole if keeps_lines else re.sub(r"\s+", " ", whole).strip()


def plain_from_html(markup: str) -> str:
    """What a reader of the page would see, roughly line by line."""
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    lines = (re.sub(r"[ \t\u00a0]+", " ", line).strip() for line in "".join(reader.out).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


class _Reader(HTMLParser):
    """Collects visible text; hidden elements are skipped up to their own closing tag."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self._skipped: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._skipped:
            if tag == self._skipped[0]:
                self._skipped.append(tag)
            return
        style = dict(attrs).get("style") or ""
        if tag not in _VOID and (tag in _SILENT or _HIDDEN.search(style)):
            self._skipped.append(tag)
        elif tag in _BREAKS:
            self.out.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if self._skipped:
            if tag == self._skipped[0]:
                self._skipped.pop()
        elif tag in _BREAKS:
            self.out.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._skipped:
            self.out.append(re.sub(r"\s+", " ", data))
