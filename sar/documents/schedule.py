"""The schedule of records: one row a record, for the bundle's list and for `schedule.csv`."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sar.domain.disclosure import PageFate, RecordPages
from sar.domain.exemptions import EXEMPTIONS
from sar.domain.redaction import Plan

HIDDEN_WORDS = "The law says that we may not, or need not, share this."
COLUMNS = (
    *("number", "date", "title", "first_page", "last_page", "pages"),
    *("disclosed", "disclosed_in_part", "withheld", "codes", "volume"),
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")


@dataclass(frozen=True)
class ScheduleRow:
    """One record as the schedule shows it; pages are numbers of the bundle."""

    number: int
    title: str
    dated_on: date | None
    first_page: int
    last_page: int
    disclosed: int
    in_part: int
    withheld: int
    codes: tuple[str, ...]
    volume: int = 1


@dataclass(frozen=True)
class AsideRow:
    """Pages found and not put in; `same_as` are the pages of the bundle that copies repeat."""

    fate: PageFate
    pages: int
    reason: str
    same_as: tuple[int, ...] = ()

    @property
    def words(self) -> str:
        """What the requester reads: why, and for copies where the page is."""
        if not self.same_as:
            return self.reason
        pages = "page" if len(set(self.same_as)) == 1 else "pages"
        return f"{self.reason} See {pages} {in_runs(self.same_as)}."


@dataclass(frozen=True)
class Reason:
    """How a code is put to the requester."""

    plain_words: str
    citation: str


def reason_for(code: str) -> Reason:
    """The words for a code; neutral ones where even saying which would give it away.

    Law: DPA 2018 Sch 2 and 3, where saying that a provision was used would defeat its purpose.
    """
    row = EXEMPTIONS.get(code.strip().upper())
    if row is None or not row.disclose_use_to_requester:
        return Reason(HIDDEN_WORDS, "DPA 2018")
    return Reason(row.plain_words, row.citation)


def gap_words(code: str) -> str:
    """What is said in place of a gap: `Left out: about another person`."""
    words = reason_for(code).plain_words.rstrip(".").removeprefix("This is ")
    return f"Left out: {words[:1].lower()}{words[1:]}"


def in_runs(pages: Iterable[int]) -> str:
    """`3–5, 9`: page numbers in order, each once, neighbours joined."""
    runs: list[list[int]] = []
    for page in sorted(set(pages)):
        if runs and page == runs[-1][1] + 1:
            runs[-1][1] = page
        else:
            runs.append([page, page])
    return ", ".join(f"{low:,}" if low == high else f"{low:,}–{high:,}" for low, high in runs)


def schedule_rows(
    records: Sequence[RecordPages], plans: Sequence[Plan], volumes: Sequence[int]
) -> tuple[ScheduleRow, ...]:
    """A row for each record, in the order of the bundle."""
    return tuple(
        _row(number, record, plan, volume)
        for number, (record, plan, volume) in enumerate(
            zip(records, plans, volumes, strict=True), 1
        )
    )


def schedule_csv(rows: Iterable[ScheduleRow], aside: Iterable[AsideRow] = ()) -> bytes:
    """The schedule as CSV (UTF-8 with its mark, so that spreadsheets read it as such)."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([safe_cell(cell) for cell in _cells(row)])
    for each in aside:
        cells: Mapping[str, object] = {
            "title": each.words,
            "pages": each.pages,
            "codes": each.fate.value,
        }
        writer.writerow([safe_cell(cells.get(column, "")) for column in COLUMNS])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def safe_cell(value: object) -> str:
    """The value as text that no spreadsheet takes for a formula.

    Control characters become spaces; what could start a formula, even after spaces or in its
    full-width form, gets a quote in front.
    """
    text = "".join(
        " " if unicodedata.category(letter) in ("Cc", "Cf") else letter for letter in str(value)
    )
    start = unicodedata.normalize("NFKC", text).lstrip()
    if isinstance(value, str) and start.startswith(_FORMULA):
        return f"'{text}"
    return text


def _row(number: int, record: RecordPages, plan: Plan, volume: int) -> ScheduleRow:
    codes = {area.code for area in plan.areas} | {page.code for page in plan.withheld_pages}
    return ScheduleRow(
        number=number,
        title=record.title,
        dated_on=record.dated_on,
        first_page=record.first_page,
        last_page=record.last_page,
        disclosed=record.fates.count(PageFate.DISCLOSED),
        in_part=record.fates.count(PageFate.IN_PART),
        withheld=record.fates.count(PageFate.WITHHELD),
        codes=tuple(sorted(codes)),
        volume=volume,
    )


def _cells(row: ScheduleRow) -> list[object]:
    return [
        row.number,
        row.dated_on.isoformat() if row.dated_on else "",
        row.title,
        row.first_page,
        row.last_page,
        row.last_page - row.first_page + 1,
        row.disclosed,
        row.in_part,
        row.withheld,
        "; ".join(row.codes),
        row.volume,
    ]
