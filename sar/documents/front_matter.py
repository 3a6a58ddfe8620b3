"""What stands before the records: letter, how to read it, contents, schedule and key.

Page numbers in the lists depend on how many pages the lists take, so the parts are set until the
numbers they show are the numbers they have.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pikepdf

from sar.documents.errors import DocumentError, DocumentFault
from sar.documents.letterhead import Council, LetterContext
from sar.documents.letters import counted, render_page, short_day
from sar.documents.list_pages import list_pdf
from sar.documents.ruled_list import Block, Column, Heading, Paragraph, Setting, Table, can_set
from sar.documents.schedule import AsideRow, ScheduleRow, in_runs, reason_for, schedule_rows
from sar.domain.disclosure import (
    PART_TITLES,
    BundlePart,
    KeyEntry,
    NotIncluded,
    PageAccount,
    PageFate,
    RecordPages,
    account_for,
    first_pages,
    key_entries,
)
from sar.domain.redaction import Plan

FRONT: tuple[BundlePart, ...] = tuple(part for part in BundlePart if part is not BundlePart.RECORDS)
_LISTS = (BundlePart.CONTENTS, BundlePart.SCHEDULE)
_MOST_ROUNDS = 6
_LIKELY = {BundlePart.COVER: 3, BundlePart.READING: 1, BundlePart.KEY: 1}


@dataclass(frozen=True)
class Record:
    """A record of the bundle, before it has a place in it; `number` is its key in the case."""

    title: str
    dated_on: Any
    fates: tuple[PageFate, ...]
    plan: Plan
    volume: int = 1
    number: int = 0


@dataclass(frozen=True)
class Facts:
    """Everything the front matter says; records are in reading order."""

    reference: str
    council: Council
    letter: LetterContext
    records: tuple[Record, ...]
    not_included: tuple[NotIncluded, ...] = ()
    glossary: tuple[tuple[str, str], ...] = ()

    @property
    def volume_count(self) -> int:
        """Files the bundle is in."""
        return max((record.volume for record in self.records), default=1)


@dataclass(frozen=True)
class FrontMatter:
    """The parts as tagged PDFs with their lengths, and the records in their places."""

    parts: Mapping[BundlePart, bytes]
    lengths: Mapping[BundlePart, int]
    records: tuple[RecordPages, ...]
    rows: tuple[ScheduleRow, ...]
    aside: tuple[AsideRow, ...]
    account: PageAccount

    @property
    def pages(self) -> int:
        """Pages before the first record."""
        return sum(self.lengths.values())

    @property
    def total_pages(self) -> int:
        """Pages of the whole bundle."""
        return self.pages + self.account.in_bundle


@dataclass(frozen=True)
class _Reasons:
    """Codes that are put to the requester in the same words, as one line of the key."""

    codes: tuple[str, ...]
    plain_words: str
    citation: str
    gaps: int
    pages: int

    @property
    def times(self) -> str:
        """How often, in words."""
        parts = []
        if self.gaps:
            often = "once" if self.gaps == 1 else f"{self.gaps:,} times"
            parts.append(f"{often} inside a page")
        if self.pages:
            parts.append("for " + counted(self.pages, "whole page", "whole pages"))
        return " and ".join(parts)


def set_front(facts: Facts) -> FrontMatter:
    """Sets the parts.

    Raises:
        DocumentError: the page numbers never settle, or a font or template is missing.
    """
    lengths = _likely(facts)
    for _ in range(_MOST_ROUNDS):
        placed = _placed(facts, lengths)
        context = _context(facts, placed, lengths)
        made = {part: _made(part, context) for part in FRONT}
        found = {part: pages for part, (pages, _) in made.items()}
        if found == lengths:
            parts = {part: write() for part, (_, write) in made.items()}
            return FrontMatter(
                parts,
                lengths,
                placed,
                _rows(facts, placed),
                _aside(facts, placed),
                _account(facts, placed),
            )
        lengths = found
    raise DocumentError(
        DocumentFault.TOOL_FAILED, "The page numbers of the contents page could not be settled."
    )


def _likely(facts: Facts) -> dict[BundlePart, int]:
    """A first guess, mostly right: lists are measured, letters taken for as long as most are."""
    lengths = {part: _LIKELY.get(part, 1) for part in FRONT}
    lengths[BundlePart.READING] += len(facts.glossary) > 3
    context = _context(facts, _placed(facts, lengths), lengths)
    return {**lengths, **{part: _made(part, context)[0] for part in _LISTS}}


def _placed(facts: Facts, lengths: Mapping[BundlePart, int]) -> tuple[RecordPages, ...]:
    starts = first_pages((len(each.fates) for each in facts.records), sum(lengths.values()))
    return tuple(
        RecordPages(each.title, each.dated_on, each.fates, start)
        for each, start in zip(facts.records, starts, strict=True)
    )


def _account(facts: Facts, placed: Sequence[RecordPages]) -> PageAccount:
    return account_for(placed, facts.not_included)


def _rows(facts: Facts, placed: Sequence[RecordPages]) -> tuple[ScheduleRow, ...]:
    plans = [each.plan for each in facts.records]
    return schedule_rows(placed, plans, [each.volume for each in facts.records])


def _aside(facts: Facts, placed: Sequence[RecordPages]) -> tuple[AsideRow, ...]:
    starts = {
        str(record.number): place.first_page
        for record, place in zip(facts.records, placed, strict=True)
    }
    return tuple(
        AsideRow(
            each.fate,
            each.pages,
            each.reason,
            tuple(starts[page.record] + page.number - 1 for page in each.copies_of),
        )
        for each in facts.not_included
        if each.pages
    )


def _made(part: BundlePart, context: Mapping[str, Any]) -> tuple[int, Callable[[], bytes]]:
    """How many pages a part takes, and how to write it; long lists are written only when asked."""
    if part in _LISTS:
        blocks = _contents(context) if part is BundlePart.CONTENTS else _schedule(context)
        if can_set(blocks):
            setting = Setting(blocks)
            return len(setting.sheets), lambda: list_pdf(setting)
    data = render_page(_TEMPLATES[part], context)
    return _length(data), lambda: data


_TEMPLATES = {
    BundlePart.COVER: "cover",
    BundlePart.READING: "reading",
    BundlePart.CONTENTS: "contents",
    BundlePart.SCHEDULE: "schedule",
    BundlePart.KEY: "key",
}


def _context(
    facts: Facts, placed: Sequence[RecordPages], lengths: Mapping[BundlePart, int]
) -> dict[str, Any]:
    account = _account(facts, placed)
    key = _key(key_entries(each.plan for each in facts.records))
    starts = first_pages([lengths[part] for part in FRONT], 0)
    return {
        "reference": facts.reference,
        "council": facts.council,
        "letter": facts.letter,
        "found": account.found,
        "in_bundle": account.in_bundle,
        "fates": [(fate.plain_words, account.count(fate)) for fate in account.counts],
        "records_count": len(facts.records),
        "total_pages": account.in_bundle + sum(lengths.values()),
        "not_included": _aside(facts, placed),
        "key": key,
        "sample_code": key[0].codes[0] if key else "TP16",
        "parts": {part.name.lower(): title for part, title in PART_TITLES.items()},
        "front": [(PART_TITLES[part], at) for part, at in zip(FRONT, starts, strict=True)],
        "rows": _rows(facts, placed),
        "volume_count": facts.volume_count,
        "glossary": facts.glossary,
    }


def _key(entries: Sequence[KeyEntry]) -> list[_Reasons]:
    groups: dict[tuple[str, str], list[KeyEntry]] = {}
    for entry in entries:
        reason = reason_for(entry.code)
        groups.setdefault((reason.plain_words, reason.citation), []).append(entry)
    return [
        _Reasons(
            codes=tuple(entry.code for entry in group),
            plain_words=words,
            citation=citation,
            gaps=sum(entry.gaps for entry in group),
            pages=sum(entry.pages for entry in group),
        )
        for (words, citation), group in groups.items()
    ]


def _contents(context: Mapping[str, Any]) -> list[Block]:
    has_volumes = context["volume_count"] > 1
    columns = [Column("Date", 2.2), Column("Record", 7.5, is_heading=True)]
    columns += [Column("File", 1, is_number=True)] * has_volumes
    columns += [Column("Page", 1.3, is_number=True)]
    rows = tuple(
        (
            short_day(row.dated_on),
            row.title,
            *([str(row.volume)] * has_volumes),
            f"{row.first_page}",
        )
        for row in context["rows"]
    )
    front = tuple((title, str(page)) for title, page in context["front"])
    return [
        Heading(PART_TITLES[BundlePart.CONTENTS]),
        Table((Column("Part", 9, is_heading=True), Column("Page", 1.3, is_number=True)), front),
        Heading(PART_TITLES[BundlePart.RECORDS], 2),
        Table(tuple(columns), rows),
    ]


_SCHEDULE_COLUMNS = (
    Column("No.", 1.0, is_number=True),
    Column("Date", 2.0),
    Column("Record", 5.0, is_heading=True),
    Column("Pages", 1.9, is_number=True),
    Column("In full", 1.3, is_number=True),
    Column("In part", 1.3, is_number=True),
    Column("Left out", 1.5, is_number=True),
    Column("Codes", 1.8),
)
_SCHEDULE_WORDS = (
    "This list has one line for each record. It says how many pages are here in full, how many"
    " have something left out, and how many are left out as a whole."
)


def _schedule(context: Mapping[str, Any]) -> list[Block]:
    rows = tuple(
        (
            str(row.number),
            short_day(row.dated_on),
            row.title,
            in_runs(range(row.first_page, row.last_page + 1)),
            *(str(row.disclosed), str(row.in_part), str(row.withheld)),
            ", ".join(row.codes) or "–",
        )
        for row in context["rows"]
    )
    blocks: list[Block] = [
        Heading(PART_TITLES[BundlePart.SCHEDULE]),
        Paragraph(_SCHEDULE_WORDS),
        Table(_SCHEDULE_COLUMNS, rows),
    ]
    found = counted(context["found"], "page", "pages")
    blocks.insert(2, Paragraph(f"In all we found {found}."))
    left_aside = tuple((f"{each.pages:,}", each.words) for each in context["not_included"])
    if left_aside:
        columns = (Column("Pages", 1.2, is_number=True), Column("Why", 9, is_heading=True))
        blocks += [Heading("Found but not put in", 2), Table(columns, left_aside)]
    return blocks


def _length(pdf: bytes) -> int:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return len(opened.pages)
