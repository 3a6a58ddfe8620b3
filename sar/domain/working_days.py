"""London days, months, and working days in England and Wales.

The holidays are shipped in the form GOV.UK publishes at gov.uk/bank-holidays.json. Both councils
are in London, so the division is always `england-and-wales`, wherever the requester lives.
"""

from __future__ import annotations

import json
from calendar import monthrange
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from importlib.resources import files
from zoneinfo import ZoneInfo

DIVISION = "england-and-wales"
DAY = timedelta(days=1)
LONDON = ZoneInfo("Europe/London")


def london_date(moment: datetime) -> date:
    """The London calendar day of a moment; a moment without a zone is taken as London time.

    Law: Interpretation Act 1978 s.9 and Summer Time Act 1972; a period is counted in local days.
    """
    if moment.tzinfo is None:
        return moment.date()
    return moment.astimezone(LONDON).date()


def months_after(day: date, months: int) -> date:
    """The same day of the month that many months later, or that month's last day if it has none.

    Law: UK GDPR Art 4A, applying Regulation 1182/71 Art 3(2)(c).
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@cache
def shipped_holidays() -> frozenset[date]:
    """Every bank holiday in the data this programme came with.

    Law: Banking and Financial Dealings Act 1971 s.1 and Sch 1, with the proclamations under it.
    """
    text = files("sar.domain").joinpath("data", "bank-holidays.json").read_text("utf-8")
    return frozenset(
        date.fromisoformat(each["date"]) for each in json.loads(text)[DIVISION]["events"]
    )


_counted_with: ContextVar[frozenset[date] | None] = ContextVar("bank_holidays", default=None)


@contextmanager
def counting_with(holidays: frozenset[date] | None) -> Iterator[None]:
    """Inside this block days are counted with these bank holidays; None is those of the shipment.

    Law: Banking and Financial Dealings Act 1971 s.1(3) (a proclamation may add or move a day).
    """
    token = _counted_with.set(holidays)
    try:
        yield
    finally:
        _counted_with.reset(token)


def bank_holidays() -> frozenset[date]:
    """The bank holidays that days are being counted with.

    Law: Banking and Financial Dealings Act 1971 s.1 and Sch 1, with the proclamations under it.
    """
    held = _counted_with.get()
    return shipped_holidays() if held is None else held


def holidays_run_out_on() -> date:
    """The last day whose bank holidays are known: 31 December of the last year in the data.

    Law: Banking and Financial Dealings Act 1971 s.1 (holidays are fixed year by year).
    """
    return _end_of(bank_holidays())


@lru_cache(maxsize=8)
def _end_of(holidays: frozenset[date]) -> date:
    return date(max(holidays).year, 12, 31)


def holidays_run_out_soon(today: date) -> bool:
    """True within twelve months of the end of the data: fetch it from GOV.UK again.

    Law: Banking and Financial Dealings Act 1971 s.1 (holidays are fixed year by year).
    """
    return months_after(today, 12) > holidays_run_out_on()


def is_working_day(day: date) -> bool:
    """False on a Saturday, a Sunday and an England-and-Wales bank holiday; closures do not count.

    Law: Regulation 1182/71 Art 2(2), applied by UK GDPR Art 4A and DPA 2018 s.205(2).
    """
    return day.weekday() < 5 and day not in bank_holidays()


def working_day_from(day: date) -> date:
    """The day itself if it is a working day, else the next one that is.

    Law: Regulation 1182/71 Art 3(4), applied by UK GDPR Art 4A and DPA 2018 s.205(2).
    """
    while not is_working_day(day):
        day += DAY
    return day


def working_day_until(day: date) -> date:
    """The day itself if it is a working day, else the last one before it (for internal targets).

    Law: none; the 28-day target of ICO guidance is rolled back so that it is never the later date.
    """
    while not is_working_day(day):
        day -= DAY
    return day


def working_days_after(start: date, count: int) -> date:
    """The day on which that many working days have passed, the start day not counted.

    Law: Regulation 1182/71 Art 3(1), second paragraph (the day of the event is not counted).
    """
    day = start
    while count > 0:
        day = working_day_from(day + DAY)
        count -= 1
    return day


def working_days_between(start: date, end: date) -> int:
    """How many working days follow start, up to and including end; 0 when end is not later.

    Law: Regulation 1182/71 Art 3(1), second paragraph (the day of the event is not counted).
    """
    days = (end - start).days
    return sum(is_working_day(start + timedelta(days=each)) for each in range(1, days + 1))
