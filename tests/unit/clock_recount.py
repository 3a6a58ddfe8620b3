"""The month-long clock counted again, one day at a time, with none of the program's arithmetic.

Walks the calendar from the start. Each day either counts towards the period or is left out because
a question was open during it; the walk ends on the first working day after enough counted days.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

DAY = timedelta(days=1)


def corresponding_day(start: date, months: int) -> date:
    """The same number in a later month, found by walking; its last day where it has none."""
    day, passed = start, 0
    while passed < months:
        day += DAY
        passed += day.day == 1
    while day.day != start.day and (day + DAY).day != 1:
        day += DAY
    return day


def recount(
    start: date,
    months: int,
    questions: Sequence[date],
    answers: Sequence[date],
    is_working: Callable[[date], bool],
    *,
    both_days: bool,
) -> date | None:
    """The due date, or None when a question stays open; both_days leaves the asking day out too."""
    left = (corresponding_day(start, months) - start).days
    waiting = 0
    day = min([start, *questions, *answers])
    while True:
        if left == 0 and waiting == 0 and day > start and is_working(day - DAY):
            return day - DAY
        was_open = waiting > 0
        asked, answered = int(day in questions), int(day in answers)
        if left == 0 and asked and day > start and waiting == 0:
            # The rest of the weekend belongs to the period again: the working day at its end.
            left = _tail(day, is_working)
        waiting = max(0, waiting + asked - answered)
        is_left_out = was_open or (both_days and asked > 0)
        if day > start and left and not is_left_out:
            left -= 1
        if waiting and day > max([start, *questions, *answers]):
            return None
        day += DAY


def _tail(day: date, is_working: Callable[[date], bool]) -> int:
    count = 1
    while not is_working(day):
        day += DAY
        count += 1
    return count
