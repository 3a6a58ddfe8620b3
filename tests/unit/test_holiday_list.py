import json
from datetime import date, timedelta

import pytest

from sar.domain.clock import compute
from sar.domain.errors import ClockError
from sar.domain.holiday_list import read_holidays
from sar.domain.working_days import DIVISION, is_working_day, shipped_holidays
from tests.holiday_file import holidays_of, holidays_with
from tests.unit.clock_cases import D, clock

TODAY = date(2026, 11, 22)
KNOWN = shipped_holidays()


def test_a_holiday_announced_is_added_and_years_outside_the_file_stay() -> None:
    file = [*(day for day in KNOWN if day.year in range(2025, 2029)), date(2028, 6, 5)]
    change = read_holidays(holidays_of(file), KNOWN, TODAY)
    assert (change.added, change.removed) == ((date(2028, 6, 5),), ())
    assert change.days == KNOWN | {date(2028, 6, 5)}


def test_a_holiday_that_is_moved_leaves_its_old_day() -> None:
    text = holidays_with("2028-05-08", without=("2028-05-01",))
    change = read_holidays(text, KNOWN, TODAY)
    assert (change.added, change.removed) == ((date(2028, 5, 8),), (date(2028, 5, 1),))


def test_the_list_that_is_known_changes_nothing() -> None:
    assert read_holidays(holidays_with(), KNOWN, TODAY).is_empty


def _events(*days: object) -> bytes:
    return json.dumps({DIVISION: {"events": [{"date": day} for day in days]}}).encode()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (b"\xff\xfe", "not JSON"),
        (b"<html>", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"[]", "not a list of bank holidays"),
        (b"3", "not a list of bank holidays"),
        (b'{"scotland": {"division": "scotland", "events": []}}', "no bank holidays of england"),
        (b'{"england-and-wales": {"division": "scotland", "events": [1]}}', "no bank holidays of"),
        (b'{"england-and-wales": {"events": []}}', "lists no bank holidays"),
        (b'{"england-and-wales": {"events": 3}}', "lists no bank holidays"),
        (_events("2026-02-30"), "where a date should be"),
        (_events("20261225"), "where a date should be"),
        (_events(3), "where a date should be"),
        (_events(None), "where a date should be"),
        (b'{"england-and-wales": {"events": ["2026-12-25"]}}', "where a date should be"),
        (_events("2026-12-25", "2026-12-25"), "more than once"),
        (_events("2026-12-26"), "at a weekend"),
        (_events("2026-12-25", "2026-12-28"), "lists 2 bank holidays for 2026"),
        (holidays_with(without=("2022-06-03",)), "leaves out Friday 3 June 2022, in the past"),
        (holidays_with("2026-06-15"), "adds Monday 15 June 2026, in the past"),
        (holidays_of([each for each in KNOWN if each.year < 2026]), "it is an old one"),
    ],
)
def test_a_file_that_cannot_be_believed_is_refused_with_the_reason(
    text: bytes, sentence: str
) -> None:
    with pytest.raises(ClockError, match=sentence):
        read_holidays(text, KNOWN, TODAY)


def test_a_clock_is_counted_with_the_holidays_it_holds_and_with_no_others() -> None:
    new = date(2028, 6, 5)
    request = clock("2028-05-05")
    assert compute(request).effective_due == new
    told = compute(type(request)(request.request_type, request.received, holidays=KNOWN | {new}))
    assert told.effective_due == new + timedelta(days=1)
    assert is_working_day(new), "what one clock is counted with must not stay"
    assert compute(request).effective_due == D("2028-06-05")
