"""The bundle in other forms, for people who cannot or would rather not read the PDF.

Both are made from the words of the finished files after these have been proved, and are held
against everything that must not be disclosed before they leave.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from html import unescape
from pathlib import Path

from weasyprint import HTML
from weasyprint.urls import URLFetcher

from sar.documents import tools
from sar.documents.bookmarks import Bookmark
from sar.documents.compilation import Section
from sar.documents.errors import LeakFoundError
from sar.documents.final_check import check_set_pages, check_volume
from sar.documents.front_matter import FRONT, FrontMatter
from sar.documents.letters import short_day
from sar.documents.link import Volume, Written, link
from sar.documents.reading import Node
from sar.documents.reflow import Chapter, heads_marked, large_page, web_page
from sar.documents.schedule import gap_words
from sar.documents.segment import digest_of, read_segment
from sar.documents.tagging import make_segment
from sar.documents.verify.needles import Haystack, NeedleIndex, haystack, needles
from sar.domain.disclosure import PART_TITLES
from sar.domain.redaction import Plan

_TAG = re.compile(r"<[^>]*>")
_STRIP = 48.0  # points below a page in large type, so that its number is large too
_LIMITS = tools.Limits(seconds=1800, memory_mb=4096)
_LEAK = "The bundle as a web page holds something that must not be disclosed. It was not made."


class Variant(StrEnum):
    """A form in which a bundle can be had beside the PDF; its value is the name of the file."""

    WEB_PAGE = "bundle.html"
    LARGE_PRINT = "bundle-large-print.pdf"

    @property
    def kind(self) -> str:
        """A short name for tables and options."""
        return self.name.lower().replace("_", "-")

    @property
    def media_type(self) -> str:
        """What kind of file it is."""
        return "text/html" if self is Variant.WEB_PAGE else "application/pdf"


@dataclass(frozen=True)
class Proved:
    """A bundle whose files have been proved, and all that was left out of it."""

    reference: str
    title: str
    volumes: Sequence[Written]
    front: FrontMatter
    sections: Sequence[Section]
    plans: Sequence[Plan]
    never: Sequence[str]


def make_variants(kinds: Sequence[Variant], proved: Proved, folder: Path) -> list[Written]:
    """Writes these forms of the bundle into the folder, each proved.

    Raises:
        LeakFoundError: a form holds what must not be disclosed.
        DocumentError: a form cannot be made.
    """
    if not kinds:
        return []
    chapters = _chapters(proved)
    page = web_page(proved.title, chapters, proved.front.total_pages)
    _check(page, chapters, proved)
    makers = {
        Variant.WEB_PAGE: lambda out: _write_page(page, out),
        Variant.LARGE_PRINT: lambda out: _write_large(chapters, proved, out),
    }
    return [makers[kind](folder / kind.value) for kind in dict.fromkeys(kinds)]


def _chapters(proved: Proved) -> list[Chapter]:
    """Parts and records in order, read from the finished files, with pages of the bundle."""
    nodes = []
    first = 0
    for written in proved.volumes:
        arguments = {"pdf": written.path.name}
        answer = tools.call("reading", written.path.parent, arguments, _LIMITS)
        nodes += [_numbered(heads_marked(each), first) for each in answer["sections"]]
        first += written.pages
    front = [
        Chapter(PART_TITLES[part], node, False, {})
        for part, node in zip(FRONT, nodes, strict=False)
    ]
    records = [
        Chapter(
            f"{row.title} ({_dated(row.dated_on)})",
            node,
            True,
            {each.page + row.first_page - 1: gap_words(each.code) for each in plan.withheld_pages},
        )
        for row, plan, node in zip(
            proved.front.rows, proved.plans, nodes[len(FRONT) :], strict=True
        )
    ]
    return [*front, *records]


def _dated(value: date | None) -> str:
    return short_day(value) if value else "no date"


def _numbered(node: Node, before: int) -> Node:
    """The node with its pages counted through the whole bundle."""
    kids = [kid if isinstance(kid, str) else _numbered(kid, before) for kid in node["kids"]]
    return {**node, "page": node["page"] + before, "kids": kids}


def _check(page: str, chapters: Sequence[Chapter], proved: Proved) -> None:
    """Nothing that may be nowhere, and nothing left out of a record that its own pages do not show.

    The pages were proved against what was left out of them, so words they show may be shown here.
    """
    if NeedleIndex(needles(proved.never, ())).in_text(_seen(page)):
        raise LeakFoundError(_LEAK)
    for chapter, section in zip(chapters[len(FRONT) :], proved.sections, strict=True):
        index = NeedleIndex(needles((), section.removed))
        shown = {each.label for each in index.in_text(haystack(" ".join(section.texts)))}
        told = index.in_text(_seen(web_page(chapter.title, [chapter], 0)))
        if {each.label for each in told} - shown:
            raise LeakFoundError(_LEAK)


def _seen(page: str) -> Haystack:
    """The words of a web page, without its tags."""
    return haystack(unescape(_TAG.sub(" ", page)))


def _write_page(page: str, out: Path) -> Written:
    out.write_text(page, "utf-8")
    return Written(out, digest_of(out), out.stat().st_size, 0)


def _write_large(chapters: Sequence[Chapter], proved: Proved, out: Path) -> Written:
    """Each part and record set by itself, so that memory stays small, then linked and proved."""
    segments, bookmarks, page = [], [], 1
    fetcher = URLFetcher(allowed_protocols={"data"}, fail_on_errors=True)
    for number, chapter in enumerate(chapters):
        source = out.with_name(f"large-{number}.pdf")
        markup = large_page(chapter, proved.front.total_pages)
        HTML(string=markup, url_fetcher=fetcher).write_pdf(source, pdf_variant="pdf/ua-1")
        make_segment(source, source.with_suffix(".segment"), strip=_STRIP)
        segment = read_segment(source.with_suffix(".segment"))
        source.unlink()
        segments.append(segment)
        bookmarks.append(Bookmark(chapter.title, page))
        page += len(segment.plan.pages)
    volume = Volume(
        title=f"{proved.title} (large print)",
        reference=f"{proved.reference} large print",
        segments=tuple(segments),
        first_page=1,
        total_pages=page - 1,
        bookmarks=tuple(bookmarks),
    )
    check_set_pages(segments, out.parent, proved.never)
    written = link(volume, out)
    check_volume(volume, written, (), proved.never)
    return written
