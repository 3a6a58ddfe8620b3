"""Pauses, and a period followed to its end through them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sar.domain.clock_events import Clock, ClockEventType
from sar.domain.clock_rules import MonthRules
from sar.domain.clock_settings import EarlyExtension, OverlappingQuestions, PauseMode
from sar.domain.working_days import working_day_from

ASKED = ClockEventType.CLARIFICATION_REQUESTED
ANSWERED = ClockEventType.CLARIFICATION_RECEIVED


@dataclass(frozen=True)
class Pause:
    """A stop of the clock from asking until the answer; `answered` is None while it is awaited."""

    asked: date
    answered: date | None

    def days_excluded(self, start: date, mode: PauseMode) -> int:
        """How many counted days it takes out of a period that started on `start`.

        Both the asking day and the answering day go (statutory), or only the answering day
        (elapsed); the day of receipt is never counted, so it is never taken out.

        Law: UK GDPR Art 12A(5)(b); Regulation 1182/71 Art 3(1).
        """
        assert self.answered is not None
        eve = self.asked if mode is PauseMode.ELAPSED else self.asked - timedelta(days=1)
        return max(0, (self.answered - max(eve, start)).days)


@dataclass(frozen=True)
class Period:
    """A period followed through its pauses; `end` is before rolling, `open` the pause it is in."""

    nominal_end: date
    end: date
    excluded: int
    taken: tuple[tuple[Pause, int], ...] = ()
    ignored: tuple[Pause, ...] = ()
    open: Pause | None = None

    @property
    def due(self) -> date:
        """The last day rolled forward to a working day; meaningless while a pause is open."""
        return working_day_from(self.end)


@dataclass(frozen=True)
class Standing:
    """The month, the three months it would be if extended, and whether it is.

    `notices` are the days of extension notices that may count, earliest first.
    """

    month: Period
    extended: Period
    notices: tuple[date, ...]
    refused_notices: tuple[date, ...]
    is_extended: bool | None

    @property
    def in_force(self) -> Period:
        """The period that binds the council on these events."""
        return self.extended if self.is_extended else self.month


def pauses_of(clock: Clock) -> tuple[Pause, ...]:
    """The stops of the clock by day; questions open together make one pause to the last answer.

    An answer to no question is not a pause. Only the last pause can still be open.

    Law: UK GDPR Art 12A(5)-(6).
    """
    if clock.settings.overlapping_questions is OverlappingQuestions.FIRST_ANSWER:
        return _to_first_answer(clock)
    found: list[Pause] = []
    asked: date | None = None
    waiting = 0
    for event in clock.in_order((ASKED, ANSWERED)):
        if event.type is ASKED:
            asked = asked or event.on
            waiting += 1
        elif asked is not None:
            waiting -= 1
            if waiting == 0:
                found.append(Pause(asked, event.on))
                asked = None
    return (*found, Pause(asked, None)) if asked else tuple(found)


def stray_answers(clock: Clock) -> tuple[date, ...]:
    """The days of answers that came when no question was open.

    Law: UK GDPR Art 12A(5)-(6) (a pause needs a question).
    """
    strays: list[date] = []
    waiting = 0
    for event in clock.in_order((ASKED, ANSWERED)):
        if event.type is ASKED:
            waiting += 1
        elif waiting:
            waiting -= 1
        else:
            strays.append(event.on)
    return tuple(strays)


def follow(rules: MonthRules, start: date, months: int, pauses: tuple[Pause, ...]) -> Period:
    """The period of one or three months from `start`, lengthened by each pause begun inside it.

    A question asked in the weekend or holiday tail is still in time, and the pause is then added
    to the rolled day. A question asked after that is ignored.

    Law: UK GDPR Art 12A(5); Art 4A with Regulation 1182/71 Art 3(4).
    """
    nominal = end = rules.end(start, months)
    taken: list[tuple[Pause, int]] = []
    ignored: list[Pause] = []
    last = start
    for pause in pauses:
        if pause.asked > working_day_from(end):
            ignored.append(pause)
            continue
        if pause.asked > end:
            end = working_day_from(end)
        if pause.answered is None:
            return Period(nominal, end, _sum(taken), tuple(taken), tuple(ignored), pause)
        days = pause.days_excluded(last, rules.pause_mode)
        last = max(last, pause.answered)
        end += timedelta(days=days)
        taken.append((pause, days))
    return Period(nominal, end, _sum(taken), tuple(taken), tuple(ignored))


def standing(clock: Clock, rules: MonthRules, start: date) -> Standing:
    """Where a started clock stands: the month, the extension, and which of them is in force.

    A notice counts once, and only on or before the due date of the paused month (rolled).

    Law: UK GDPR Art 12A(3)-(5).
    """
    pauses = pauses_of(clock) if rules.is_pausable else ()
    month = follow(rules, start, 1, pauses)
    extended = follow(rules, start, 3, pauses)
    notices = clock.days_of(ClockEventType.EXTENSION_NOTIFIED)
    early: tuple[date, ...] = ()
    if clock.settings.extension_before_start is EarlyExtension.REFUSE:
        early = tuple(each for each in notices if each < start)
    usable = notices[len(early) :]
    is_extended = _is_extended(rules, month, usable) if notices else None
    return Standing(month, extended, usable, early, is_extended)


def _is_extended(rules: MonthRules, month: Period, usable: tuple[date, ...]) -> bool:
    if not rules.is_extendable or not usable:
        return False
    return month.open is not None or usable[0] <= month.due


def _sum(taken: list[tuple[Pause, int]]) -> int:
    return sum(days for _, days in taken)


def _to_first_answer(clock: Clock) -> tuple[Pause, ...]:
    found: list[Pause] = []
    asked: date | None = None
    for day in sorted({*clock.days_of(ASKED), *clock.days_of(ANSWERED)}):
        answers = clock.days_of(ANSWERED).count(day)
        if asked is not None and answers:
            found.append(Pause(asked, day))
            asked, answers = None, answers - 1
        if asked is None and day in clock.days_of(ASKED):
            asked = day
            if answers:
                found.append(Pause(day, day))
                asked = None
    return (*found, Pause(asked, None)) if asked else tuple(found)
