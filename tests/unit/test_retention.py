"""Retention rules of the register, one test a row, and how long the desk keeps its own files."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sar.domain.register import SERVICES, service
from sar.domain.retention import (
    RetentionFacts,
    SarFileRule,
    SarFileYears,
    academic_year_end,
    retention_of,
    sar_file_until,
    years_after,
)
from sar.domain.service_entry import RetentionTrigger

DAYS = st.dates(date(1950, 1, 1), date(2090, 1, 1))


def not_before(service_id: str, **facts: date) -> date | None:
    return retention_of(service(service_id), RetentionFacts(**facts)).not_before


def test_svc_02_is_a_year_after_the_programme() -> None:
    assert not_before("SVC-02", programme_ended_on=date(2025, 3, 31)) == date(2026, 3, 31)
    assert not_before("SVC-02") is None


def test_svc_03_is_the_twenty_fifth_birthday() -> None:
    assert not_before("SVC-03", born_on=date(2004, 3, 14)) == date(2029, 3, 14)
    assert not_before("SVC-03", born_on=date(2004, 2, 29)) == date(2029, 3, 1)
    assert not_before("SVC-03") is None


def test_svc_04_is_three_years_after_last_contact() -> None:
    assert not_before("SVC-04", last_contact_on=date(2024, 6, 1)) == date(2027, 6, 1)
    assert not_before("SVC-04", last_contact_on=date(2024, 2, 29)) == date(2027, 3, 1)


@pytest.mark.parametrize(
    ("born", "ends"),
    [
        (date(2023, 8, 31), date(2029, 8, 31)),
        (date(2023, 9, 1), date(2030, 8, 31)),
        (date(2023, 1, 1), date(2029, 8, 31)),
        (date(2020, 2, 29), date(2026, 8, 31)),
    ],
)
def test_svc_05_is_the_end_of_the_academic_year_of_the_youngests_sixth_birthday(
    born: date, ends: date
) -> None:
    assert not_before("SVC-05", youngest_born_on=born) == ends


def test_svc_05_says_why_in_a_sentence() -> None:
    told = retention_of(service("SVC-05"), RetentionFacts(youngest_born_on=date(2023, 1, 1)))
    assert told.sentence == (
        "Not before 31 August 2029, because the youngest child turns 6 on 1 January 2029, in the "
        "academic year that ends then."
    )


def test_svc_06_waits_for_the_inquiry_hold() -> None:
    told = retention_of(service("SVC-06"), RetentionFacts(born_on=date(2004, 3, 14)))
    assert told.not_before is None
    assert "inquiry hold" in told.sentence


def test_svc_08_is_the_later_of_25_and_six_years_after_the_last_involvement() -> None:
    young = {"born_on": date(2004, 3, 14)}
    assert not_before("SVC-08", **young, last_involved_on=date(2020, 1, 1)) == date(2029, 3, 14)
    assert not_before("SVC-08", **young, last_involved_on=date(2024, 1, 1)) == date(2030, 1, 1)
    assert not_before("SVC-08", **young) is None
    assert not_before("SVC-08", last_involved_on=date(2024, 1, 1)) is None


def test_svc_09_is_seven_years_after_the_service_closed_its_case() -> None:
    assert not_before("SVC-09", service_closed_on=date(2022, 5, 9)) == date(2029, 5, 9)
    assert not_before("SVC-09") is None


@pytest.mark.parametrize(
    ("service_id", "words"),
    [
        ("SVC-01", "retention schedule"),
        ("SVC-07", "retention schedule"),
        ("SVC-15", "retention schedule"),
        ("SVC-10", "states no time"),
        ("SVC-13", "Not ours"),
        ("SVC-90", "Not ours"),
    ],
)
def test_where_no_day_can_be_computed_the_sentence_says_where_to_look(
    service_id: str, words: str
) -> None:
    told = retention_of(service(service_id), RetentionFacts())
    assert told.not_before is None
    assert words in told.sentence


@pytest.mark.parametrize("trigger", list(RetentionTrigger))
def test_every_trigger_has_a_rule_and_a_fact_not_known_is_named(trigger: RetentionTrigger) -> None:
    told = retention_of(replace(service("SVC-01"), retention_trigger=trigger), RetentionFacts())
    assert told.not_before is None
    assert told.sentence.endswith(".")


def test_every_row_of_the_register_is_answered() -> None:
    assert all(retention_of(each, RetentionFacts()).sentence for each in SERVICES)


@given(DAYS, st.integers(0, 80))
def test_years_later_is_never_an_earlier_day(day: date, years: int) -> None:
    later = years_after(day, years)
    assert later >= day
    assert later.year == day.year + years
    assert abs((later - day.replace(day=min(day.day, 28), year=later.year)).days) <= 3


@given(DAYS)
def test_the_academic_year_ends_within_a_year_on_31_august(day: date) -> None:
    end = academic_year_end(day)
    assert (end.month, end.day) == (8, 31)
    assert timedelta(0) <= end - day < timedelta(days=366)


def test_the_desk_keeps_a_file_three_years_six_when_contested_and_the_copy_one() -> None:
    closed = date(2026, 2, 1)
    assert sar_file_until(SarFileRule.CASE, closed).not_before == date(2029, 2, 1)
    contested = sar_file_until(SarFileRule.CASE_WITH_COMPLAINT, closed)
    assert contested.not_before == date(2032, 2, 1)
    copy = sar_file_until(SarFileRule.BUNDLE, closed)
    assert copy.not_before == date(2027, 2, 1)
    assert (
        copy.sentence == "The copy of what was disclosed is kept for 1 year, until 1 February 2027."
    )


def test_a_council_may_keep_its_files_for_other_years() -> None:
    own = SarFileYears(case=2, case_with_complaint=7, bundle=2)
    closed = date(2024, 2, 29)
    assert sar_file_until(SarFileRule.CASE, closed, own).not_before == date(2026, 3, 1)
    assert sar_file_until(SarFileRule.BUNDLE, closed, own).not_before == date(2026, 3, 1)
