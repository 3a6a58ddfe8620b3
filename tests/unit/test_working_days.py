import json
from datetime import UTC, date, datetime
from importlib.resources import files

import holidays
import pytest

from sar.domain import working_days as days

D = date.fromisoformat


def _published(years: range) -> holidays.HolidayBase:
    return holidays.country_holidays("GB", subdiv="ENG", years=years, observed=True)


def test_the_shipped_holidays_are_those_of_the_holidays_package() -> None:
    years = range(2018, days.holidays_run_out_on().year + 1)
    # The package lists the weekend day itself beside its substitute; GOV.UK lists the substitute.
    published = {day for day in _published(years) if day.weekday() < 5}
    ours = {day for day in days.bank_holidays() if day.weekday() < 5}
    assert ours == published


def test_the_data_covers_every_year_from_2018_with_at_least_eight_holidays() -> None:
    counts = dict.fromkeys(range(2018, 2033), 0)
    for day in days.bank_holidays():
        counts[day.year] = counts.get(day.year, 0) + 1
    assert min(counts.values()) >= 8
    assert days.holidays_run_out_on() >= D("2032-12-31")


def test_the_data_has_the_form_gov_uk_publishes() -> None:
    text = files("sar.domain").joinpath("data", "bank-holidays.json").read_text("utf-8")
    data = json.loads(text)
    assert data["england-and-wales"]["division"] == "england-and-wales"
    listed = [each["date"] for each in data["england-and-wales"]["events"]]
    assert listed == sorted(listed)
    assert len(listed) == len(set(listed))
    for each in data["england-and-wales"]["events"]:
        assert set(each) == {"title", "date", "notes", "bunting"}


@pytest.mark.parametrize(
    "day",
    [
        "2020-05-08",
        "2022-06-02",
        "2022-06-03",
        "2022-09-19",
        "2023-05-08",
        "2027-12-27",
        "2027-12-28",
        "2026-12-28",
        "2022-01-03",
        "2021-12-28",
        "2022-12-27",
    ],
)
def test_one_off_and_substitute_holidays_are_not_working_days(day: str) -> None:
    assert not days.is_working_day(D(day))


@pytest.mark.parametrize(
    "day", ["2020-05-04", "2022-05-30", "2026-12-24", "2026-12-29", "2026-08-03", "2026-03-17"]
)
def test_moved_scottish_and_irish_holidays_and_closure_days_are_working_days(day: str) -> None:
    assert days.is_working_day(D(day))


def test_a_holiday_rolls_forward_over_the_whole_easter_weekend() -> None:
    assert days.working_day_from(D("2026-04-03")) == D("2026-04-07")
    assert days.working_day_from(D("2026-04-07")) == D("2026-04-07")


def test_a_target_rolls_back_over_the_whole_easter_weekend() -> None:
    assert days.working_day_until(D("2026-04-06")) == D("2026-04-02")
    assert days.working_day_until(D("2026-04-02")) == D("2026-04-02")


def test_working_days_after_christmas_eve_skip_the_holidays() -> None:
    assert days.working_days_after(D("2026-12-24"), 1) == D("2026-12-29")
    assert days.working_days_after(D("2026-12-24"), 0) == D("2026-12-24")
    assert days.working_days_between(D("2026-12-24"), D("2026-12-29")) == 1
    assert days.working_days_between(D("2026-12-29"), D("2026-12-24")) == 0


def test_a_month_after_a_long_month_is_the_last_day_of_the_short_one() -> None:
    assert days.months_after(D("2028-01-31"), 1) == D("2028-02-29")
    assert days.months_after(D("2027-01-31"), 1) == D("2027-02-28")
    assert days.months_after(D("2026-12-31"), 2) == D("2027-02-28")
    assert days.months_after(D("2026-11-30"), 13) == D("2027-12-30")


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 7, 31, 22, 59, tzinfo=UTC), "2026-07-31"),
        (datetime(2026, 7, 31, 23, 30, tzinfo=UTC), "2026-08-01"),
        (datetime(2026, 12, 31, 23, 59, tzinfo=UTC), "2026-12-31"),
        (datetime(2026, 7, 31, 23, 30), "2026-07-31"),
    ],
)
def test_a_moment_belongs_to_its_london_day(moment: datetime, day: str) -> None:
    assert days.london_date(moment) == D(day)


def test_the_end_of_the_data_is_announced_a_year_before() -> None:
    end = days.holidays_run_out_on()
    assert not days.holidays_run_out_soon(end.replace(year=end.year - 1))
    assert days.holidays_run_out_soon(end.replace(month=1, day=1))
