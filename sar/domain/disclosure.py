"""What a complete disclosure bundle contains, in what order, and whether its pages add up.

Every page the searches found has exactly one fate. The bundle is complete only when the fates
together account for every page, and every page of the bundle has a number of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from sar.domain.errors import DomainError
from sar.domain.redaction import Plan


class DisclosureError(DomainError):
    """A bundle is not complete: its pages do not add up, or a part it must have is missing."""


class PageFate(StrEnum):
    """What became of one page of one record."""

    DISCLOSED = "disclosed"
    IN_PART = "disclosed-in-part"
    WITHHELD = "withheld"
    DUPLICATE = "duplicate"
    OUT_OF_SCOPE = "out-of-scope"
    CONSULTATION = "out-for-consultation"
    QUARANTINED = "quarantined"

    @property
    def label(self) -> str:
        """The fate in the words of screens and certificates."""
        return {
            PageFate.DISCLOSED: "disclosed",
            PageFate.IN_PART: "disclosed in part",
            PageFate.WITHHELD: "withheld",
            PageFate.DUPLICATE: "copy of another page",
            PageFate.OUT_OF_SCOPE: "out of scope",
            PageFate.CONSULTATION: "out for consultation",
            PageFate.QUARANTINED: "in quarantine",
        }[self]

    @property
    def plain_words(self) -> str:
        """What the requester reads of pages with this fate, after their number."""
        return {
            PageFate.DISCLOSED: "here in full",
            PageFate.IN_PART: "here, with something left out",
            PageFate.WITHHELD: "left out as a whole, with a sheet in its place",
            PageFate.DUPLICATE: "not here, because the same page is here already",
            PageFate.OUT_OF_SCOPE: "not here, because it is not part of what you asked for",
            PageFate.CONSULTATION: "not here yet, because we must ask somebody about it first",
            PageFate.QUARANTINED: "not here, because we could not open the file",
        }[self]


class BundlePart(StrEnum):
    """The parts of a bundle, in the order a reader meets them."""

    COVER = "cover"
    READING = "how-to-read"
    CONTENTS = "contents"
    SCHEDULE = "schedule"
    KEY = "key"
    RECORDS = "records"


IN_BUNDLE = (PageFate.DISCLOSED, PageFate.IN_PART, PageFate.WITHHELD)
PART_TITLES: Mapping[BundlePart, str] = {
    BundlePart.COVER: "Our letter to you",
    BundlePart.READING: "How to read this",
    BundlePart.CONTENTS: "What is inside",
    BundlePart.SCHEDULE: "List of records",
    BundlePart.KEY: "What we left out and why",
    BundlePart.RECORDS: "Your records",
}


@dataclass(frozen=True, order=True)
class PageRef:
    """One page of one record, counted from 1; the record by a key of the caller's."""

    record: str
    number: int


@dataclass(frozen=True)
class NotIncluded:
    """Pages found but kept out of the bundle as a whole, and the reason the requester reads.

    Copies name, for each page in order, the page of the bundle's records that it repeats.
    """

    fate: PageFate
    pages: int
    reason: str
    copies_of: tuple[PageRef, ...] = ()


@dataclass(frozen=True)
class RecordPages:
    """One record of the bundle: the fate of each of its pages, and where its first page stands."""

    title: str
    dated_on: date | None
    fates: tuple[PageFate, ...]
    first_page: int

    @property
    def last_page(self) -> int:
        """The bundle page of the record's last page."""
        return self.first_page + len(self.fates) - 1


@dataclass(frozen=True)
class PageAccount:
    """How many pages met each fate."""

    counts: Mapping[PageFate, int] = field(default_factory=dict)

    def count(self, fate: PageFate) -> int:
        """Pages with this fate."""
        return self.counts.get(fate, 0)

    @property
    def found(self) -> int:
        """Every page the searches found."""
        return sum(self.counts.values())

    @property
    def in_bundle(self) -> int:
        """Pages of records that stand in the bundle, whole, in part or as a withheld sheet."""
        return sum(self.count(fate) for fate in IN_BUNDLE)

    def as_dict(self) -> dict[str, int]:
        """The form a certificate holds: every fate, zero where there is none."""
        named = {fate.value.replace("-", "_"): self.count(fate) for fate in PageFate}
        return {"found": self.found, **named}


@dataclass(frozen=True)
class KeyEntry:
    """One reason used in the bundle: how many gaps inside pages, and how many whole pages."""

    code: str
    gaps: int
    pages: int


def reading_order(dated: Sequence[tuple[date | None, str]]) -> tuple[int, ...]:
    """Positions of the records as a reader meets them: oldest first, undated last.

    Records of one day keep the order they were given in.
    """
    return tuple(
        sorted(
            range(len(dated)),
            key=lambda at: (dated[at][0] is None, dated[at][0] or date.max, at),
        )
    )


def first_pages(lengths: Iterable[int], front_pages: int) -> tuple[int, ...]:
    """The bundle page each record starts on, when front_pages stand before the first."""
    result = []
    page = front_pages + 1
    for length in lengths:
        result.append(page)
        page += length
    return tuple(result)


def fates_of(plan: Plan, page_count: int) -> tuple[PageFate, ...]:
    """What the plan asks for each page of a document of page_count pages."""
    withheld = {each.page for each in plan.withheld_pages}
    touched = {each.page for each in plan.areas}
    return tuple(_fate(page, withheld, touched) for page in range(1, page_count + 1))


def account_for(
    records: Iterable[RecordPages], not_included: Iterable[NotIncluded] = ()
) -> PageAccount:
    """Counts every page once.

    Raises:
        DisclosureError: a count is negative, or something left aside claims a fate that only a
            page inside the bundle can have.
    """
    counts: Counter[PageFate] = Counter()
    for record in records:
        counts.update(record.fates)
    for each in not_included:
        if each.pages < 0 or each.fate in IN_BUNDLE:
            raise DisclosureError("Pages kept out of the bundle need a count and a reason.")
        counts[each.fate] += each.pages
    return PageAccount({fate: counts[fate] for fate in PageFate if counts[fate]})


def check_complete(
    records: Sequence[RecordPages],
    account: PageAccount,
    parts: Mapping[BundlePart, int],
    total_pages: int,
) -> None:
    """Refuses a bundle that lost a page, gave a page two numbers, or lacks a part.

    Law: UK GDPR Art 15(1), 15(3): a copy of the data, with the information that goes with it.

    Raises:
        DisclosureError: with the first thing that does not add up.
    """
    for part in BundlePart:
        if part is not BundlePart.RECORDS and parts.get(part, 0) < 1:
            raise DisclosureError(f"The bundle has no page for “{PART_TITLES[part]}”.")
    front = sum(pages for part, pages in parts.items() if part is not BundlePart.RECORDS)
    expected = front + 1
    for record in records:
        if not record.fates:
            raise DisclosureError(f"“{record.title}” has no pages.")
        if record.first_page != expected:
            raise DisclosureError(f"Page numbers are not in one unbroken line at page {expected}.")
        expected = record.last_page + 1
    if expected - 1 != total_pages or account.in_bundle != total_pages - front:
        raise DisclosureError(
            f"The pages do not add up: {account.in_bundle} pages of records and {front} pages"
            f" before them do not make {total_pages}."
        )


def key_entries(plans: Iterable[Plan]) -> tuple[KeyEntry, ...]:
    """The reasons used, most used first; an area on a page withheld whole is not counted twice."""
    gaps: Counter[str] = Counter()
    pages: Counter[str] = Counter()
    for plan in plans:
        whole = {each.page: each.code for each in plan.withheld_pages}
        pages.update(whole.values())
        gaps.update(area.code for area in plan.areas if area.page not in whole)
    codes = sorted(gaps.keys() | pages.keys(), key=lambda code: (-gaps[code] - pages[code], code))
    return tuple(KeyEntry(code, gaps[code], pages[code]) for code in codes)


def split_by_size(sizes: Sequence[int], limit: int) -> tuple[range, ...]:
    """Runs of consecutive items whose sizes add up to at most limit; an item over it stands alone.

    Sizes and limit are bytes. The first item is the front matter, so the first run holds it.
    """
    runs = []
    start = total = 0
    for at, size in enumerate(sizes):
        if at > start and total + size > limit:
            runs.append(range(start, at))
            start, total = at, 0
        total += size
    runs.append(range(start, len(sizes)))
    return tuple(runs)


def _fate(page: int, withheld: set[int], touched: set[int]) -> PageFate:
    if page in withheld:
        return PageFate.WITHHELD
    return PageFate.IN_PART if page in touched else PageFate.DISCLOSED
