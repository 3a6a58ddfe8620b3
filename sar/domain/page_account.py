"""The account of a bundle: every page that was found has one fate, and only one.

A page is disclosed, disclosed in part, withheld, a copy of a page that is in the bundle, out of
scope, out for consultation, or in quarantine. A bundle cannot be built while a page has no place.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sar.domain.disclosure import IN_BUNDLE, DisclosureError, PageAccount, PageFate, PageRef


@dataclass(frozen=True)
class PlacedPage:
    """What became of one page; a copy names the page it repeats."""

    at: PageRef
    fate: PageFate
    copy_of: PageRef | None = None


def account_pages(
    found: Mapping[str, int], placed: Iterable[PlacedPage], names: Mapping[str, str] | None = None
) -> PageAccount:
    """Counts every page of every record once.

    Law: UK GDPR Arts 5(2), 15(3): what was found is accounted for, page by page.

    Args:
        found: pages of each record, by a key of the caller's. A file that could not be opened
            counts as one page until it can.
        placed: the place of each page.
        names: how a person knows a record; its key where there is none.

    Raises:
        DisclosureError: a page has no place, two, or was never found; or a copy does not name a
            page that is in the bundle. The sentence says which.
    """
    named = names or {}
    places: dict[PageRef, PlacedPage] = {}
    for each in placed:
        name = _name(each.at, named)
        if not 1 <= each.at.number <= found.get(each.at.record, 0):
            raise DisclosureError(f"{name} has a place but is not one of the pages found.")
        if each.at in places:
            first = places[each.at].fate.label
            raise DisclosureError(f"{name} has two places: {first}, and {each.fate.label}.")
        places[each.at] = each
    _check_all_placed(found, places, named)
    for each in places.values():
        _check_copy(each, places, named)
    counts = Counter(each.fate for each in places.values())
    return PageAccount({fate: counts[fate] for fate in PageFate if counts[fate]})


def placed_as(record: str, fates: Sequence[PageFate]) -> list[PlacedPage]:
    """The places of a record's pages, from the fate of each in order."""
    return [PlacedPage(PageRef(record, at), fate) for at, fate in enumerate(fates, 1)]


def _check_all_placed(
    found: Mapping[str, int], places: Mapping[PageRef, PlacedPage], names: Mapping[str, str]
) -> None:
    missing = [
        ref
        for record, count in found.items()
        for ref in (PageRef(record, number) for number in range(1, count + 1))
        if ref not in places
    ]
    if not missing:
        return
    first = missing[0]
    same = [ref.number for ref in missing if ref.record == first.record]
    pages = f"page {same[0]}" if len(same) == 1 else f"pages {', '.join(map(str, same[:5]))}"
    more = f" and {len(missing) - len(same[:5])} more" if len(missing) > len(same[:5]) else ""
    raise DisclosureError(
        f"The pages do not add up. Nobody has said what becomes of {pages} of"
        f" {names.get(first.record, first.record)}{more}."
    )


def _check_copy(
    page: PlacedPage, places: Mapping[PageRef, PlacedPage], names: Mapping[str, str]
) -> None:
    if page.fate is not PageFate.DUPLICATE:
        if page.copy_of is not None:
            raise DisclosureError(f"{_name(page.at, names)} names a page it repeats, but stays in.")
        return
    if page.copy_of is None:
        raise DisclosureError(
            f"{_name(page.at, names)} is left out as a copy. Say of which page it is a copy."
        )
    original = places.get(page.copy_of)
    if original is None or original.fate not in IN_BUNDLE:
        raise DisclosureError(
            f"{_name(page.at, names)} is left out as a copy of"
            f" {_name(page.copy_of, names, is_first=False)}, which is not in the bundle."
        )


def _name(page: PageRef, names: Mapping[str, str], *, is_first: bool = True) -> str:
    word = "Page" if is_first else "page"
    return f"{word} {page.number} of {names.get(page.record, page.record)}"
