"""A clock as a strip: stretches of time from receipt to the last day, in units of its own width."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sar.domain.clock import Clock, ClockResult, RequestType
from sar.domain.clock_periods import pauses_of
from sar.domain.dates import date_words

WIDTH = 900
_PAUSABLE = frozenset({RequestType.SAR, RequestType.SAR_PART3})


@dataclass(frozen=True)
class Span:
    """A stretch of the strip; x and width in its own units, 900 across."""

    kind: str
    x: int
    width: int
    words: str


@dataclass(frozen=True)
class Mark:
    """A day on the strip."""

    x: int
    words: str
    anchor: str


@dataclass(frozen=True)
class Strip:
    """A picture of the clock: stretches and days, and the same in one sentence."""

    spans: tuple[Span, ...]
    marks: tuple[Mark, ...]
    sentence: str


def strip_of(clock: Clock, result: ClockResult, today: date, word: str = "Today") -> Strip:
    """The strip of a clock as it stands on a day: today, or the day the case was closed."""
    scale = _Scale(clock.received, _last_day(clock, result, today))
    due = result.effective_due
    marks = [Mark(0, f"Received {date_words(clock.received)}", "start")]
    if due:
        marks.append(scale.mark("Due", due))
    marks.append(scale.mark(word, today))
    return Strip(tuple(_spans(clock, result, scale)), tuple(marks), _sentence(clock, result))


@dataclass(frozen=True)
class _Scale:
    first: date
    last: date

    def x(self, day: date) -> int:
        inside = min(max(day, self.first), self.last)
        return round((inside - self.first).days * WIDTH / max(1, (self.last - self.first).days))

    def span(self, kind: str, start: date, end: date, words: str) -> Span:
        return Span(kind, self.x(start), max(2, self.x(end) - self.x(start)), words)

    def mark(self, what: str, day: date) -> Mark:
        x = self.x(day)
        anchor = "start" if x < WIDTH // 4 else "end" if x > WIDTH * 3 // 4 else "middle"
        return Mark(x, f"{what} {date_words(day)}", anchor)


def _last_day(clock: Clock, result: ClockResult, today: date) -> date:
    due = result.effective_due or today
    return max([today, clock.received, due, *(each.on for each in clock.events)])


def _spans(clock: Clock, result: ClockResult, scale: _Scale) -> list[Span]:
    start, due = result.clock_start, result.effective_due
    found = []
    if start is None or start > clock.received:
        found.append(scale.span("waiting", clock.received, start or scale.last, "Not yet started"))
    if start is not None:
        found.append(scale.span("running", start, due or scale.last, "Time counted"))
    if start is not None and clock.request_type in _PAUSABLE:
        found += [
            scale.span("paused", each.asked, each.answered or scale.last, "Paused")
            for each in pauses_of(clock)
        ]
    if due is not None and scale.last > due:
        found.append(scale.span("late", due, scale.last, "After the due date"))
    return found


def _sentence(clock: Clock, result: ClockResult) -> str:
    out = result.excluded_days or 0
    left_out = f", {out} {'day' if out == 1 else 'days'} left out" if out else ""
    due = result.effective_due
    end = f"due {date_words(due)}" if due else "no due date"
    return f"Received {date_words(clock.received)}{left_out}, {end}."
