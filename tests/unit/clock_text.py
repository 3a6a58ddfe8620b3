"""The clock as the specification's own few lines write it, with none of the program's code.

Receipt, one asking for identity, questions one after another, one notice: what a day-by-day
count cannot easily say of all of them together.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

DAY = timedelta(days=1)


@dataclass(frozen=True)
class History:
    """What happened; `identity` is asked and received, `questions` are asked and answered."""

    received: date
    identity: tuple[date, date | None] | None
    questions: tuple[tuple[date, date | None], ...]
    notice: date | None
    both_days: bool


class Text:
    """Reads a history; `is_working` says which days are working days."""

    def __init__(self, history: History, is_working: Callable[[date], bool]) -> None:
        self.history = history
        self.is_working = is_working

    def answer(self) -> tuple[date | None, date | None, int | None]:
        """Start, date in force, and days left out of the first month; None where there is none."""
        start = self.start()
        if start is None:
            return None, None, None
        end, out, is_open = self.period(start, 1)
        if self.is_extended(start, date.max):
            end, _, is_open = self.period(start, 3)
        return start, None if is_open else self.roll(end), out

    def start(self) -> date | None:
        """R: receipt, or the day identity came, unless it was asked for after the due date."""
        received = self.history.received
        if self.history.identity is None:
            return received
        asked, satisfied = self.history.identity
        months = 3 if self.is_extended(received, asked) else 1
        end, _, is_open = self.period(received, months, known=asked)
        if not is_open and asked > self.roll(end):
            return received
        return max(received, satisfied) if satisfied else None

    def is_extended(self, start: date, known: date) -> bool:
        """Whether a notice was given, by the day known, before the end of the paused month."""
        notice = self.history.notice
        if notice is None or notice > known:
            return False
        end, _, is_open = self.period(start, 1, known)
        return is_open or notice <= self.roll(end)

    def period(self, start: date, months: int, known: date = date.max) -> tuple[date, int, bool]:
        """End before rolling, days left out, and whether a question is open, as of a day."""
        end, out = self.base(start, months), 0
        for asked, answered in self.history.questions:
            if asked > known or asked > self.roll(end):
                continue
            end = self.roll(end) if asked > end else end
            if answered is None or answered > known:
                return end, out, True
            first = asked if self.history.both_days else asked + DAY
            days = [first + DAY * n for n in range((answered - first).days + 1)]
            left_out = sum(day > start for day in days)
            end, out = end + DAY * left_out, out + left_out
        return end, out, False

    def roll(self, day: date) -> date:
        """The day, or the next working day."""
        return day if self.is_working(day) else self.roll(day + DAY)

    @staticmethod
    def base(start: date, months: int) -> date:
        """The corresponding day, or the last of its month."""
        year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
        return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))
