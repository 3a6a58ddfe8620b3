"""What is wrong with events as they were entered: repeated, too early, not yet, out of turn."""

from __future__ import annotations

from sar.domain.clock_dates import written
from sar.domain.clock_events import Clock, ClockEventType
from sar.domain.clock_periods import stray_answers
from sar.domain.clock_result import ClockFlag
from sar.domain.errors import ClockError

_WORDS = {
    ClockFlag.EVENT_BEFORE_RECEIPT: "An event is dated before the request was received: check it.",
    ClockFlag.EVENT_REPEATED: "An event is entered twice or more for one day: it counts once.",
}


def faults_of(clock: Clock) -> frozenset[ClockFlag]:
    """The flags of events that cannot be right as they were entered.

    Law: UK GDPR Art 12A(2) (nothing precedes receipt), Art 12A(5)-(6) (an answer needs a question).
    """
    found = {
        ClockFlag.EVENT_BEFORE_RECEIPT: _is_before_receipt(clock),
        ClockFlag.EVENT_IN_FUTURE: known_today(clock) != clock,
        ClockFlag.EVENT_REPEATED: clock.has_repeats(),
        ClockFlag.ANSWER_WITHOUT_QUESTION: bool(stray_answers(clock)),
    }
    return frozenset(flag for flag, is_found in found.items() if is_found)


def fault_sentences(clock: Clock) -> tuple[str, ...]:
    """One sentence for each fault, with its days.

    Law: UK GDPR Art 12A(2), 12A(5)-(6).
    """
    flags = faults_of(clock)
    known = known_today(clock)
    later = sorted({each.on for each in clock.events if each not in known.events})
    return (
        *(words for flag, words in _WORDS.items() if flag in flags),
        *(f"The event of {written(day)} has not happened yet: it is not counted." for day in later),
        *(
            f"An answer on {written(day)} has no open question: the clock is not affected."
            for day in stray_answers(clock)
        ),
    )


def known_today(clock: Clock) -> Clock:
    """The clock without what has not happened yet; the day of exam results is known beforehand.

    Raises:
        ClockError: the request itself has not been received yet.

    Law: UK GDPR Art 12A(2) (a period runs from what has happened).
    """
    today = clock.today
    if today is None:
        return clock
    if clock.received > today:
        raise ClockError(f"The day received, {written(clock.received)}, is in the future.")
    return clock.without(
        each
        for each in clock.events
        if each.on > today and each.type is not ClockEventType.RESULTS_ANNOUNCED
    )


def _is_before_receipt(clock: Clock) -> bool:
    return any(
        each.on < clock.received
        for each in clock.events
        if each.type is not ClockEventType.RESULTS_ANNOUNCED
    )
