"""How dates, sizes and counts read on a page (GOV.UK style)."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from flask import Flask

from sar.domain.dates import date_words

LONDON = ZoneInfo("Europe/London")
_STEP = 1024


def moment_words(value: datetime | None) -> str:
    """5 February 2026 at 2:30pm, London time."""
    if value is None:
        return ""
    local = value.astimezone(LONDON)
    hour = local.hour % 12 or 12
    half = "am" if local.hour < 12 else "pm"
    return f"{date_words(local.date())} at {hour}:{local:%M}{half}"


def size_words(count: int) -> str:
    """1.4 MB; bytes in powers of 1024."""
    size = float(count)
    for unit in ("bytes", "KB", "MB"):
        if size < _STEP:
            return f"{size:.0f} {unit}" if unit == "bytes" else f"{size:.1f} {unit}"
        size /= _STEP
    return f"{size:.1f} GB"


def plural(count: int, one: str, many: str | None = None) -> str:
    """1 page, 2 pages."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def days_words(count: int | None) -> str:
    """Due today, 3 days left, 2 days late."""
    if count is None:
        return "No date"
    if count == 0:
        return "Due today"
    return f"{plural(count, 'day')} left" if count > 0 else f"{plural(-count, 'day')} late"


def register_filters(app: Flask) -> None:
    """Makes these available in templates."""
    for each in (date_words, moment_words, size_words, plural, days_words):
        app.add_template_filter(each)
