from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sar.domain.disclosure import DisclosureError, PageFate, PageRef
from sar.domain.page_account import PlacedPage, account_pages, placed_as

NAMES = {"a": "“Home visit”", "b": "“School report”"}
STANDING_ALONE = [fate for fate in PageFate if fate is not PageFate.DUPLICATE]


def copy(record: str, page: int, of: PageRef | None) -> PlacedPage:
    return PlacedPage(PageRef(record, page), PageFate.DUPLICATE, of)


@settings(deadline=None)  # what is slow here is the machine
@given(
    st.lists(st.lists(st.sampled_from(STANDING_ALONE), min_size=1, max_size=9), max_size=9),
    st.data(),
)
def test_the_fates_add_up_to_the_pages_found_and_losing_any_one_page_is_noticed(
    records: list[list[PageFate]], data: st.DataObject
) -> None:
    found = {f"record {at}": len(fates) for at, fates in enumerate(records)}
    placed = [each for at, fates in enumerate(records) for each in placed_as(f"record {at}", fates)]
    account = account_pages(found, placed)
    assert account.found == sum(found.values())
    for fate in PageFate:
        assert account.count(fate) == sum(fates.count(fate) for fates in records)
    if placed:
        lost = data.draw(st.sampled_from(placed))
        with pytest.raises(DisclosureError, match=f"{lost.at.number} of {lost.at.record}"):
            account_pages(found, [each for each in placed if each is not lost])
        with pytest.raises(DisclosureError, match="two places"):
            account_pages(found, [*placed, lost])


def test_the_sentence_names_the_record_and_the_pages_without_a_place() -> None:
    with pytest.raises(DisclosureError) as caught:
        account_pages({"a": 4, "b": 2}, placed_as("a", [PageFate.DISCLOSED]), NAMES)
    assert str(caught.value) == (
        "The pages do not add up. Nobody has said what becomes of pages 2, 3, 4 of"
        " “Home visit” and 2 more."
    )


def test_a_page_that_was_never_found_cannot_have_a_place() -> None:
    for page in (PageRef("a", 2), PageRef("a", 0), PageRef("x", 1)):
        placed = [*placed_as("a", [PageFate.DISCLOSED]), PlacedPage(page, PageFate.WITHHELD)]
        with pytest.raises(DisclosureError, match="not one of the pages found"):
            account_pages({"a": 1}, placed, NAMES)


def test_a_copy_is_counted_once_its_original_is_in_the_bundle() -> None:
    placed = [*placed_as("a", [PageFate.IN_PART]), copy("b", 1, PageRef("a", 1))]
    account = account_pages({"a": 1, "b": 1}, placed)
    assert (account.found, account.in_bundle, account.count(PageFate.DUPLICATE)) == (2, 1, 1)


@pytest.mark.parametrize("fate", [PageFate.OUT_OF_SCOPE, PageFate.CONSULTATION])
def test_a_copy_of_a_page_that_is_not_in_the_bundle_would_be_lost_and_is_refused(
    fate: PageFate,
) -> None:
    placed = [*placed_as("a", [fate]), copy("b", 1, PageRef("a", 1))]
    with pytest.raises(DisclosureError) as caught:
        account_pages({"a": 1, "b": 1}, placed, NAMES)
    assert str(caught.value) == (
        "Page 1 of “School report” is left out as a copy of page 1 of “Home visit”, which is not"
        " in the bundle."
    )


def test_two_copies_cannot_vouch_for_each_other() -> None:
    placed = [copy("a", 1, PageRef("b", 1)), copy("b", 1, PageRef("a", 1))]
    with pytest.raises(DisclosureError, match="not in the bundle"):
        account_pages({"a": 1, "b": 1}, placed)


def test_a_copy_says_of_which_page_and_nothing_else_may_claim_to_be_one() -> None:
    with pytest.raises(DisclosureError, match="Say of which page"):
        account_pages({"a": 1}, [copy("a", 1, None)], NAMES)
    stays = PlacedPage(PageRef("a", 1), PageFate.DISCLOSED, PageRef("b", 1))
    with pytest.raises(DisclosureError, match="but stays in"):
        account_pages({"a": 1}, [stays], NAMES)


def test_every_fate_has_words_for_staff_and_for_the_requester() -> None:
    for words in ({each.label for each in PageFate}, {each.plain_words for each in PageFate}):
        assert len(words) == len(PageFate)
