"""What would become of a case's dates: a question, its answer, an extension. Changes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sar.domain.clock import Clock, ClockEvent, ClockEventType, ClockResult, check_event, compute
from sar.domain.dates import date_words
from sar.domain.errors import ClockError
from sar.models.case import Case
from sar.services import clocks

_E = ClockEventType


@dataclass(frozen=True)
class Wish:
    """What is supposed: a question today, an answer on a day, an extension notified today."""

    is_asked: bool = False
    answered_on: date | None = None
    is_extended: bool = False

    @property
    def is_empty(self) -> bool:
        """True when nothing is supposed."""
        return not (self.is_asked or self.answered_on or self.is_extended)


@dataclass(frozen=True)
class Outcome:
    """The dates as they would be, or the sentence that says why it cannot be."""

    refusal: str
    result: ClockResult | None
    sentence: str


def suppose(case: Case, wish: Wish, today: date) -> Outcome | None:
    """What the clock would say if this happened; None when nothing is supposed."""
    if wish.is_empty:
        return None
    clock = clocks.clock_of(case)
    now = compute(clock)
    try:
        then = compute(_after(clock, wish, today))
    except ClockError as refusal:
        return Outcome(str(refusal), None, "")
    return Outcome("", then, _sentence(now, then))


def _after(clock: Clock, wish: Wish, today: date) -> Clock:
    events = []
    if wish.is_asked:
        events.append(ClockEvent(_E.CLARIFICATION_REQUESTED, today))
    if wish.is_extended:
        events.append(ClockEvent(_E.EXTENSION_NOTIFIED, today))
    if wish.answered_on is not None:
        events.append(ClockEvent(_E.CLARIFICATION_RECEIVED, wish.answered_on))
    for event in events:
        check_event(clock, event)
        clock = clock.with_event(event)
    return clock


def _sentence(now: ClockResult, then: ClockResult) -> str:
    if then.effective_due is None:
        return f"There would be no due date: {_day(now.effective_due)} would no longer apply."
    if now.effective_due == then.effective_due:
        return f"It would still be due on {_day(then.effective_due)}."
    if now.effective_due is None:
        return f"It would be due on {_day(then.effective_due)}."
    days = (then.effective_due - now.effective_due).days
    count = "1 day" if abs(days) == 1 else f"{abs(days)} days"
    return (
        f"It would be due on {_day(then.effective_due)}, {count} "
        f"{'later' if days > 0 else 'earlier'} than {_day(now.effective_due)}."
    )


def _day(day: date | None) -> str:
    return date_words(day) if day else "the date so far"
