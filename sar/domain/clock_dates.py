"""Days as a file writes them and as an officer reads them."""

from __future__ import annotations

import re
from datetime import date, datetime

from sar.domain.errors import ClockError
from sar.domain.working_days import london_date

EARLIEST = date(2018, 5, 25)  # the day the GDPR and the Data Protection Act 2018 began to apply
_CALENDAR_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")  # not week or ordinal dates
LATEST = date(2150, 12, 31)  # beyond any case; keeps arithmetic inside what dates can hold


def parse_day(value: object, what: str) -> date:
    """The London day written as an ISO date ("2026-09-01") or moment ("2026-09-01T23:30:00Z").

    Raises:
        ClockError: not text, not an ISO date, or before 25 May 2018 or after 2150.

    Law: Interpretation Act 1978 s.9 (a day is a London day).
    """
    if not isinstance(value, str):
        raise ClockError(f"{what} must be a date written like 2026-09-01.")
    try:
        day = _day_of(value.strip())
    except (ValueError, OverflowError) as fault:
        raise ClockError(f"{what} is not a date: {value[:40]!r}.") from fault
    if day < EARLIEST:
        raise ClockError(f"{what} is before 25 May 2018, when these rights began: {value[:40]!r}.")
    if day > LATEST:
        raise ClockError(f"{what} is too far in the future: {value[:40]!r}.")
    return day


def written(day: date) -> str:
    """The day as an officer reads it: "Friday 9 October 2026".

    Law: none.
    """
    return f"{day:%A} {day.day} {day:%B %Y}"


def _day_of(text: str) -> date:
    if not _CALENDAR_DATE.match(text):
        raise ValueError(text)
    if len(text) == len("2026-09-01"):
        return date.fromisoformat(text)
    return london_date(datetime.fromisoformat(text))
