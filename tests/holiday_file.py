"""A file of bank holidays as GOV.UK publishes it, made from the shipped one."""

from __future__ import annotations

import json
from datetime import date

from sar.domain.working_days import DIVISION, shipped_holidays


def holidays_with(*added: str, without: tuple[str, ...] = ()) -> bytes:
    """The shipped list with these days more and those less, as bytes of JSON."""
    days = {day.isoformat() for day in shipped_holidays()} | set(added)
    events = [{"title": "A holiday", "date": day} for day in sorted(days - set(without))]
    return json.dumps({DIVISION: {"division": DIVISION, "events": events}}).encode()


def holidays_of(days: list[date]) -> bytes:
    """A list of exactly these days."""
    events = [{"title": "A holiday", "date": day.isoformat()} for day in days]
    return json.dumps({DIVISION: {"division": DIVISION, "events": events}}).encode()
