"""A new list of bank holidays, in the form GOV.UK publishes, checked before it is believed."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sar.domain.clock_dates import written
from sar.domain.errors import ClockError
from sar.domain.working_days import DIVISION

FEWEST_IN_A_YEAR = 8
_SHOWN = 5


@dataclass(frozen=True)
class HolidayChange:
    """The whole list once the file is taken, and how it differs from the list before."""

    days: frozenset[date]
    added: tuple[date, ...]
    removed: tuple[date, ...]

    @property
    def is_empty(self) -> bool:
        """True when the file says nothing new."""
        return not self.added and not self.removed


def read_holidays(text: bytes, known: frozenset[date], today: date) -> HolidayChange:
    """The change a GOV.UK bank-holidays file makes to the days that are known.

    The file decides the years it covers; what is known of other years stays.

    Raises:
        ClockError: not such a file, not England and Wales, days twice or at a weekend, a year with
            too few, a past day gone or new, or an end before this year's.

    Law: Banking and Financial Dealings Act 1971 s.1 and Sch 1 (England and Wales).
    """
    listed = _days_of(_division(text))
    years = range(min(listed).year, max(listed).year + 1)
    _check_whole(listed, years, today)
    covered = frozenset(day for day in known if day.year in years)
    change = HolidayChange(
        days=(known - covered) | listed,
        added=tuple(sorted(listed - covered)),
        removed=tuple(sorted(covered - listed)),
    )
    _check_past(change, known, today)
    return change


def _division(text: bytes) -> list[object]:
    try:
        data = json.loads(text.decode("utf-8-sig"))
    except (ValueError, RecursionError) as fault:
        raise ClockError("The file is not JSON: use bank-holidays.json from GOV.UK.") from fault
    if not isinstance(data, Mapping):
        raise ClockError("The file is not a list of bank holidays from GOV.UK.")
    part = data.get(DIVISION, data if data.get("division") == DIVISION else None)
    events = part.get("events") if isinstance(part, Mapping) else None
    if not isinstance(part, Mapping) or part.get("division", DIVISION) != DIVISION:
        raise ClockError(f"The file has no bank holidays of {DIVISION}.")
    if not isinstance(events, list) or not events:
        raise ClockError(f"The file lists no bank holidays for {DIVISION}.")
    return events


def _days_of(events: list[object]) -> frozenset[date]:
    days = [_day_of(each) for each in events]
    twice = sorted(day for day, count in Counter(days).items() if count > 1)
    if twice:
        raise ClockError(f"The file lists {_listed(twice)} more than once.")
    weekend = sorted(day for day in days if day.weekday() >= 5)
    if weekend:
        raise ClockError(
            f"The file lists {_listed(weekend)}, at a weekend; GOV.UK lists the weekday instead."
        )
    return frozenset(days)


def _day_of(event: object) -> date:
    value = event.get("date") if isinstance(event, Mapping) else None
    try:
        if not isinstance(value, str) or len(value) != len("2026-12-25"):
            raise ValueError
        return date.fromisoformat(value)
    except ValueError:
        raise ClockError(f"The file holds {str(value)[:20]!r} where a date should be.") from None


def _check_whole(listed: frozenset[date], years: range, today: date) -> None:
    counts = Counter(day.year for day in listed)
    thin = [year for year in years if counts[year] < FEWEST_IN_A_YEAR]
    if thin:
        raise ClockError(
            f"The file lists {counts[thin[0]]} bank holidays for {thin[0]}; "
            f"no year has fewer than {FEWEST_IN_A_YEAR}."
        )
    if years[-1] < today.year:
        raise ClockError(f"The file ends in {years[-1]}: it is an old one.")


def _check_past(change: HolidayChange, known: frozenset[date], today: date) -> None:
    gone = [day for day in change.removed if day < today]
    if gone:
        raise ClockError(
            f"The file leaves out {_listed(gone)}, in the past: dates already told to people "
            "were counted with it."
        )
    first = min(known)
    new = [day for day in change.added if first <= day < today]
    if new:
        raise ClockError(f"The file adds {_listed(new)}, in the past: no holiday is made after it.")


def _listed(days: list[date]) -> str:
    more = f" and {len(days) - _SHOWN} more" if len(days) > _SHOWN else ""
    return ", ".join(written(day) for day in days[:_SHOWN]) + more
