"""Dates in a text, in whatever order and spelling."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = r"(?P<word>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_GAP = r"[ \n,]{1,2}(?:> )?"
_SHAPES = tuple(
    re.compile(shape, re.IGNORECASE)
    for shape in (
        r"(?<![\d/.-])(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?![\d/-])",
        (
            r"(?<![\d/.-])(?P<day>[\doOl]{1,2})(?P<mark>[/.-])(?P<month>[\doOl]{1,2})(?P=mark)"
            r"(?P<year>[\doOl]{4}|[\doOl]{2})(?![\d/-])"
        ),
        (
            rf"(?<![\d/.-])(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:{_GAP}(?:of )?|-){_MONTH}"
            rf"(?:{_GAP}|-)(?P<year>\d{{4}}|\d{{2}})(?!\d)"
        ),
        rf"\b{_MONTH}{_GAP}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?{_GAP}(?P<year>\d{{4}})(?!\d)",
    )
)
_DIGITS = str.maketrans("oOl", "001")


@dataclass(frozen=True)
class WrittenDate:
    """A date as it stands in the text; a year of two digits is read as the latest before 2030."""

    start: int
    end: int
    day: date


def dates_in(text: str) -> Iterator[WrittenDate]:
    """Every date with a day, a month and a year."""
    for shape in _SHAPES:
        for match in shape.finditer(text):
            if day := _day(match):
                yield WrittenDate(match.start(), match.end(), day)


def _day(match: re.Match[str]) -> date | None:
    parts = match.groupdict()
    word = parts.get("word")
    month = MONTHS.index(word.lower()) + 1 if word else _number(parts["month"])
    year = _number(parts["year"])
    if year < 100:
        year += 2000 if year < 30 else 1900
    try:
        return date(year, month, _number(parts["day"]))
    except ValueError:
        return None


def _number(text: str) -> int:
    digits = text.translate(_DIGITS)
    return int(digits) if digits.isdigit() else 0
