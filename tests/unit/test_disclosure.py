from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sar.domain.disclosure import (
    BundlePart,
    DisclosureError,
    NotIncluded,
    PageFate,
    RecordPages,
    account_for,
    check_complete,
    fates_of,
    first_pages,
    key_entries,
    reading_order,
    split_by_size,
)
from sar.domain.redaction import Area, Plan, Rect, WithheldPage

PLACE = Rect(10, 10, 90, 22)
FRONT = {
    BundlePart.COVER: 3,
    BundlePart.READING: 1,
    BundlePart.CONTENTS: 2,
    BundlePart.SCHEDULE: 2,
    BundlePart.KEY: 1,
}

lengths = st.lists(st.integers(1, 40), min_size=1, max_size=30)
plans = st.builds(
    Plan,
    areas=st.lists(
        st.builds(Area, st.integers(1, 40), st.just(PLACE), st.sampled_from(["TP16", "SW11"])),
        max_size=8,
    ).map(tuple),
    withheld_pages=st.lists(
        st.builds(WithheldPage, st.integers(1, 40), st.sampled_from(["TP16", "LPP19"])),
        max_size=8,
        unique_by=lambda each: each.page,
    ).map(tuple),
)


def record(fates: tuple[PageFate, ...], first_page: int, title: str = "Visit") -> RecordPages:
    return RecordPages(title, None, fates, first_page)


def test_the_oldest_record_comes_first_and_the_undated_come_last() -> None:
    dated = [(None, "a"), (date(2012, 1, 1), "b"), (date(1999, 5, 5), "c"), (None, "d")]
    assert reading_order(dated) == (2, 1, 0, 3)


def test_records_of_one_day_keep_the_order_they_were_given_in() -> None:
    same = date(2012, 1, 1)
    assert reading_order([(same, "z"), (same, "a"), (same, "m")]) == (0, 1, 2)


@given(lengths, st.integers(0, 50))
def test_every_page_of_the_bundle_has_one_number_and_none_is_skipped(
    pages: list[int], front: int
) -> None:
    starts = first_pages(pages, front)
    taken = [
        at
        for start, length in zip(starts, pages, strict=True)
        for at in range(start, start + length)
    ]
    assert taken == list(range(front + 1, front + 1 + sum(pages)))


@given(lengths, plans, st.integers(0, 30), st.integers(0, 30))
def test_every_page_found_is_counted_once(
    pages: list[int], plan: Plan, duplicates: int, aside: int
) -> None:
    starts = first_pages(pages, 9)
    records = [
        record(fates_of(plan, length), start) for length, start in zip(pages, starts, strict=True)
    ]
    left = [
        NotIncluded(PageFate.DUPLICATE, duplicates, "copies"),
        NotIncluded(PageFate.OUT_OF_SCOPE, aside, "about someone else"),
    ]
    account = account_for(records, left)
    assert account.found == sum(pages) + duplicates + aside
    assert account.in_bundle == sum(pages)
    check_complete(records, account, FRONT, 9 + sum(pages))


@given(plans, st.integers(1, 40))
def test_a_page_is_withheld_or_in_part_exactly_when_the_plan_says_so(
    plan: Plan, count: int
) -> None:
    withheld = {each.page for each in plan.withheld_pages}
    touched = {each.page for each in plan.areas} - withheld
    for page, fate in enumerate(fates_of(plan, count), 1):
        assert (fate is PageFate.WITHHELD) == (page in withheld)
        assert (fate is PageFate.IN_PART) == (page in touched)


def test_a_lost_page_stops_the_bundle() -> None:
    records = [record((PageFate.DISCLOSED,) * 3, 10)]
    account = account_for(records)
    with pytest.raises(DisclosureError, match="do not add up"):
        check_complete(records, account, FRONT, 9 + 4)


def test_a_page_with_two_numbers_stops_the_bundle() -> None:
    records = [record((PageFate.DISCLOSED,) * 3, 10), record((PageFate.DISCLOSED,), 12)]
    with pytest.raises(DisclosureError, match="unbroken line at page 13"):
        check_complete(records, account_for(records), FRONT, 13)


def test_a_record_without_pages_stops_the_bundle() -> None:
    records = [record((), 10, "Empty letter")]
    with pytest.raises(DisclosureError, match="Empty letter"):
        check_complete(records, account_for(records), FRONT, 9)


@pytest.mark.parametrize("part", [part for part in BundlePart if part is not BundlePart.RECORDS])
def test_a_bundle_without_one_of_its_parts_is_refused(part: BundlePart) -> None:
    records = [record((PageFate.DISCLOSED,), 10)]
    with pytest.raises(DisclosureError, match="has no page for"):
        check_complete(records, account_for(records), {**FRONT, part: 0}, 10)


@pytest.mark.parametrize("fate", [PageFate.DISCLOSED, PageFate.IN_PART, PageFate.WITHHELD])
def test_pages_left_aside_cannot_claim_to_be_in_the_bundle(fate: PageFate) -> None:
    with pytest.raises(DisclosureError):
        account_for([], [NotIncluded(fate, 3, "why")])


def test_a_negative_count_is_refused() -> None:
    with pytest.raises(DisclosureError):
        account_for([], [NotIncluded(PageFate.DUPLICATE, -1, "why")])


def test_an_account_names_every_fate_even_those_that_did_not_occur() -> None:
    told = account_for([record((PageFate.IN_PART,), 1)]).as_dict()
    assert told == {
        "found": 1,
        "disclosed": 0,
        "disclosed_in_part": 1,
        "withheld": 0,
        "duplicate": 0,
        "out_of_scope": 0,
        "out_for_consultation": 0,
        "quarantined": 0,
    }


def test_the_key_lists_each_reason_once_with_the_most_used_first() -> None:
    one = Plan(areas=(Area(1, PLACE, "SW11"), Area(1, PLACE, "TP16"), Area(2, PLACE, "TP16")))
    other = Plan(withheld_pages=(WithheldPage(3, "LPP19"),))
    entries = [(each.code, each.gaps, each.pages) for each in key_entries([one, other])]
    assert entries == [("TP16", 2, 0), ("LPP19", 0, 1), ("SW11", 1, 0)]


def test_an_area_on_a_page_withheld_whole_is_not_counted_twice() -> None:
    plan = Plan(areas=(Area(1, PLACE, "TP16"),), withheld_pages=(WithheldPage(1, "SW11"),))
    assert [(each.code, each.gaps, each.pages) for each in key_entries([plan])] == [("SW11", 0, 1)]


@given(st.lists(st.integers(1, 500), min_size=1, max_size=60), st.integers(1, 600))
def test_volumes_hold_every_record_once_in_order_and_stay_within_the_limit(
    sizes: list[int], limit: int
) -> None:
    runs = split_by_size(sizes, limit)
    assert [at for run in runs for at in run] == list(range(len(sizes)))
    for run in runs:
        assert len(run) == 1 or sum(sizes[at] for at in run) <= limit


def test_a_new_volume_starts_only_when_the_next_record_does_not_fit() -> None:
    assert split_by_size([40, 60, 1], 100) == (range(2), range(2, 3))
