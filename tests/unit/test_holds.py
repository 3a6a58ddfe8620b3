"""Holds: what may not be destroyed, and who looks at the hold again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sar.domain.errors import DomainError
from sar.domain.holds import (
    Disposal,
    Hold,
    HoldKind,
    OpenRequest,
    check_lift,
    check_review_date,
    covers,
    needs_review,
    why_frozen,
)

TODAY = date(2026, 11, 22)
WHOLE = Hold(HoldKind.INQUIRY, "The inquiry", review_on=date(2027, 5, 1))
HERS = Disposal("case-1", frozenset({"SVC-01"}), frozenset({"Niamh O'Brien"}))
HOLDS = st.builds(
    Hold,
    kind=st.sampled_from(HoldKind),
    name=st.just("a hold"),
    case_id=st.sampled_from(["", "case-1", "case-2"]),
    service_id=st.sampled_from(["", "SVC-01", "SVC-02"]),
    person=st.sampled_from(["", "niamh o'brien", "Ben"]),
    is_lifted=st.booleans(),
)


def test_a_hold_without_bounds_covers_everything_until_it_is_lifted() -> None:
    assert covers(WHOLE, HERS)
    assert covers(WHOLE, Disposal())
    assert not covers(replace(WHOLE, is_lifted=True), HERS)


@pytest.mark.parametrize(
    ("bound", "is_covered"),
    [
        ({"case_id": "case-1"}, True),
        ({"case_id": "case-2"}, False),
        ({"service_id": "SVC-01"}, True),
        ({"service_id": "SVC-06"}, False),
        ({"person": "NIAMH O'BRIEN"}, True),
        ({"person": "Ben"}, False),
    ],
)
def test_a_hold_on_a_case_a_service_or_a_person_covers_that_alone(
    bound: dict[str, str], is_covered: bool
) -> None:
    assert covers(replace(WHOLE, **bound), HERS) is is_covered  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", list(HoldKind))
def test_every_kind_says_why_and_by_which_name(kind: HoldKind) -> None:
    (told,) = why_frozen(HERS, [replace(WHOLE, kind=kind)])
    assert told.startswith("Nothing may be erased: ")
    assert "(The inquiry)" in told
    assert kind.label


def test_an_open_request_or_complaint_of_the_same_person_freezes() -> None:
    told = why_frozen(HERS, [], [OpenRequest("WCC-2026-000001"), OpenRequest("X", True)])
    assert "the request WCC-2026-000001 of the same person is open" in told[0]
    assert "the complaint X" in told[1]


def test_without_hold_or_request_it_may_go() -> None:
    assert why_frozen(HERS, []) == ()
    assert why_frozen(HERS, [replace(WHOLE, is_lifted=True)]) == ()


@given(st.lists(HOLDS, max_size=5))
def test_one_more_hold_never_lets_more_go(holds: list[Hold]) -> None:
    assert why_frozen(HERS, [*holds, WHOLE])
    assert bool(why_frozen(HERS, holds)) == any(covers(each, HERS) for each in holds)


def test_a_hold_is_looked_at_when_its_day_comes_or_nobody_owns_it() -> None:
    assert not needs_review(WHOLE, TODAY)
    assert needs_review(WHOLE, date(2027, 5, 1))
    assert needs_review(replace(WHOLE, has_owner=False), TODAY)
    assert needs_review(replace(WHOLE, review_on=None), TODAY)
    assert not needs_review(replace(WHOLE, review_on=None, is_lifted=True), TODAY)


def test_the_day_of_review_is_to_come_and_within_a_year() -> None:
    check_review_date(TODAY + timedelta(days=366), TODAY)
    for wrong in (TODAY, TODAY - timedelta(days=1), TODAY + timedelta(days=367)):
        with pytest.raises(DomainError):
            check_review_date(wrong, TODAY)


def test_a_hold_is_lifted_once_and_with_a_reason() -> None:
    check_lift(WHOLE, "The inquiry wrote to us.")
    with pytest.raises(DomainError, match="why"):
        check_lift(WHOLE, "  ")
    with pytest.raises(DomainError, match="already"):
        check_lift(replace(WHOLE, is_lifted=True), "Again.")
