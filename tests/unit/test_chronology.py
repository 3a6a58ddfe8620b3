from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sar.domain.chronology import (
    ReviewKind,
    mentions_attachment,
    missing_reviews,
    missing_years,
    review_kind,
    undated,
)
from sar.domain.working_days import months_after

LOOKED_AFTER, PROTECTION = ReviewKind.LOOKED_AFTER, ReviewKind.CHILD_PROTECTION


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("lac review minutes 2014", LOOKED_AFTER),
        ("cla review", LOOKED_AFTER),
        ("looked after child review", LOOKED_AFTER),
        ("looked after children statutory review", LOOKED_AFTER),
        ("review of arrangements for a child", LOOKED_AFTER),
        ("child protection conference", PROTECTION),
        ("review child protection conference", PROTECTION),
        ("rcpc minutes", PROTECTION),
        ("initial case conference", PROTECTION),
        ("send annual review", None),
        ("placement review of contact", None),
        ("black lace preview", None),
    ],
)
def test_a_review_is_known_by_what_it_is_called(text: str, kind: ReviewKind | None) -> None:
    assert review_kind(text) is kind


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("please find attached the report", True),
        ("please see the enclosed letter", True),
        ("the minutes are attached", True),
        ("ive attached his plan", True),
        ("she is very attached to her carer", False),
        ("an attachment disorder was found", False),
    ],
)
def test_a_mail_says_whether_something_came_with_it(text: str, says: bool) -> None:
    assert mentions_attachment(text) is says


def test_years_without_a_record_are_told_once_for_each_stretch() -> None:
    days = [
        date(2010, 1, 1),
        date(2012, 5, 1),
        date(2012, 6, 1),
        date(2016, 1, 1),
        date(2017, 1, 1),
    ]
    assert [gap.sentence for gap in missing_years(days)] == [
        "No record is dated 2011.",
        "No record is dated from 2013 to 2015.",
    ]
    assert missing_years([]) == ()


@given(st.lists(st.dates(date(1950, 1, 1), date(2026, 1, 1)), max_size=30))
def test_every_year_between_has_a_record_or_is_in_a_gap(days: list[date]) -> None:
    years = {day.year for day in days}
    told: set[int] = set()
    for gap in missing_years(days):
        numbers = [int(word.strip(".")) for word in gap.sentence.split() if word[:4].isdigit()]
        told |= set(range(numbers[0], numbers[-1] + 1))
    assert not told & years
    if years:
        assert told | years == set(range(min(years), max(years) + 1))


def test_a_review_that_was_due_and_is_not_held_is_told() -> None:
    held = [date(2014, 1, 10), date(2014, 4, 8), date(2015, 4, 1), date(2015, 9, 30)]
    assert [gap.sentence for gap in missing_reviews(LOOKED_AFTER, held)] == [
        (
            "A looked after child review was due by 8 October 2014; none is held between"
            " 8 April 2014 and 1 April 2015."
        )
    ]


def test_the_second_review_is_due_within_three_months() -> None:
    first = date(2014, 1, 10)
    on_time, late = months_after(first, 3), months_after(first, 3) + timedelta(days=8)
    assert missing_reviews(PROTECTION, [first, on_time]) == ()
    (gap,) = missing_reviews(PROTECTION, [first, late])
    assert "child protection conference was due by 10 April 2014" in gap.sentence


@given(st.dates(date(1990, 1, 1), date(2020, 1, 1)), st.integers(1, 20))
def test_reviews_held_when_they_were_due_leave_no_gap(first: date, count: int) -> None:
    held = [first, months_after(first, 3)]
    while len(held) < count:
        held.append(months_after(held[-1], 6))
    assert missing_reviews(LOOKED_AFTER, held[:count]) == ()


def test_records_without_a_date_are_counted() -> None:
    assert [gap.sentence for gap in undated(1)] == ["1 record has no date and stands last."]
    assert [gap.sentence for gap in undated(2)] == ["2 records have no date and stand last."]
    assert undated(0) == ()
