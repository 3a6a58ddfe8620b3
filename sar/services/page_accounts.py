"""Where every page of a case's records goes, put to the one rule that they must add up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sar.domain.disclosure import (
    NotIncluded,
    PageAccount,
    PageFate,
    PageRef,
    fates_of,
)
from sar.domain.page_account import PlacedPage, account_pages, placed_as
from sar.domain.reconciliation import PageFacts, Place, place_of
from sar.domain.searching import RecordStatus
from sar.models.case import Case
from sar.models.record import Record
from sar.models.redaction import Redaction
from sar.services import records, redactions
from sar.services.messages import REQUEST_ITSELF

_ASIDE = {
    Place.DUPLICATE: PageFate.DUPLICATE,
    Place.OUT_OF_SCOPE: PageFate.OUT_OF_SCOPE,
    Place.CONSULT: PageFate.CONSULTATION,
    Place.QUARANTINED: PageFate.QUARANTINED,
}
_REASONS = {
    PageFate.DUPLICATE: "The same page is here already.",
    PageFate.OUT_OF_SCOPE: "They are not part of what you asked for.",
    PageFate.CONSULTATION: "We must ask somebody about them first. We will write to you.",
    PageFate.QUARANTINED: "We could not open these files. Each one counts as one page here.",
}


@dataclass(frozen=True)
class PagesFound:
    """Pages by record, the place of each, and how a person knows the record."""

    found: Mapping[str, int]
    placed: tuple[PlacedPage, ...]
    names: Mapping[str, str]

    def account(self) -> PageAccount:
        """The count of each fate.

        Raises:
            DisclosureError: a page has no place, or two; the sentence names it.
        """
        return account_pages(self.found, self.placed, self.names)


def pages_found(case: Case) -> PagesFound:
    """Every page the searches found, and what becomes of it as the case stands."""
    rows = [row for row in records.records_of(case) if row.scope_reason != REQUEST_ITSELF]
    standing = redactions.of_case(case)
    return PagesFound(
        found={str(row.id): _page_count(row) for row in rows},
        placed=tuple(each for row in rows for each in _placed(row, standing)),
        names={str(row.id): f"“{row.name}”" for row in rows},
    )


def left_aside(case: Case, numbers: Mapping[str, int]) -> Iterator[NotIncluded]:
    """What is kept out of the bundle, by fate; `numbers` has the place in it of each record.

    Raises:
        DisclosureError: the pages do not add up.
    """
    pages = pages_found(case)
    pages.account()
    for fate, reason in _REASONS.items():
        those = [each for each in pages.placed if each.fate is fate]
        if those:
            copies = [each.copy_of for each in those if each.copy_of is not None]
            yield NotIncluded(
                fate,
                len(those),
                reason,
                tuple(PageRef(str(numbers[each.record]), each.number) for each in copies),
            )


def _page_count(row: Record) -> int:
    """A file that is not open counts as one page; an archive is only its files."""
    return len(row.pages) if row.status is RecordStatus.CONVERTED else 1


def _placed(row: Record, standing: Sequence[Redaction]) -> Iterator[PlacedPage]:
    """A page without a decision gets no place, so that the account refuses and names it.

    A record with a page in the bundle is there as a whole: a sheet stands for a page taken out.
    """
    key, count = str(row.id), _page_count(row)
    places = [_place(row, at) for at in range(count)]
    if Place.UNDECIDED not in places and {Place.IN_SCOPE, Place.WITHHELD} & set(places):
        yield from placed_as(key, fates_of(redactions.plan_of(row, standing), count))
        return
    for number, place in enumerate(places, 1):
        fate = _ASIDE.get(place)
        if fate is not None:
            original = str(row.duplicate_of_id) if fate is PageFate.DUPLICATE else None
            copy_of = PageRef(original, number) if original else None
            yield PlacedPage(PageRef(key, number), fate, copy_of)


def _place(row: Record, at: int) -> Place:
    own = row.pages[at].scope if at < len(row.pages) else None
    return place_of(PageFacts(row.status, row.scope, own))
