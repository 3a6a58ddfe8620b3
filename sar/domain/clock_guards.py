"""May this event be recorded? Asked before it is, so that a mistake never enters a clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from sar.domain.clock_dates import written
from sar.domain.clock_events import Clock, ClockEvent, ClockEventType, Gate, RequestType
from sar.domain.clock_gates import NOUNS, settle_gates
from sar.domain.clock_periods import pauses_of, standing
from sar.domain.clock_rules import rules_for
from sar.domain.clock_settings import EarlyExtension
from sar.domain.errors import ClockError
from sar.domain.working_days import counting_with

_NO_GATES = frozenset({RequestType.COMPLAINT, RequestType.EDUCATIONAL_RECORD})
_COMPLAINT_EVENTS = frozenset(
    {ClockEventType.COMPLAINT_ACKNOWLEDGED, ClockEventType.COMPLAINT_OUTCOME_SENT}
)


def check_event(clock: Clock, event: ClockEvent, today: date | None = None) -> None:
    """Passes when the event may be recorded on this clock; later events do not count against it.

    Raises:
        ClockError: it is dated before receipt or after today, the right does not have it, it comes
            too late, it repeats what can happen only once, or it answers nothing that was asked.

    Law: UK GDPR Art 12(5)-(6), 12A(2)-(6); DPA 2018 s.54, s.164A, Sch 2 para 25.
    """
    is_results = event.type is ClockEventType.RESULTS_ANNOUNCED  # their day is known beforehand
    if today is not None and event.on > today and not is_results:
        raise ClockError(f"{written(event.on)} is in the future: record it when it has happened.")
    if event.on < clock.received and not is_results:
        raise ClockError(
            f"{written(event.on)} is before the request was received on {written(clock.received)}."
        )
    if event in clock.events:
        raise ClockError(f"This is recorded already for {written(event.on)}.")
    check = _CHECKS.get(event.type)
    if check is not None:
        with counting_with(clock.holidays):
            check(clock.until(event.on), event)


def _check_question(clock: Clock, event: ClockEvent) -> None:
    if clock.request_type in _NO_GATES or not rules_for(clock, _start(clock)).is_pausable:
        raise ClockError(
            "Only a request for access can be paused to ask a question (UK GDPR Art 12A(5))."
        )
    due = _expired_due(clock, event.on)
    if due:
        raise ClockError(
            f"The clock ran out on {written(due)}: a question asked after that cannot pause it."
        )


def _check_answer(clock: Clock, event: ClockEvent) -> None:
    pauses = pauses_of(clock)
    if not pauses or pauses[-1].answered is not None:
        raise ClockError(f"On {written(event.on)} no question was waiting for an answer.")


def _check_extension(clock: Clock, event: ClockEvent) -> None:
    if clock.request_type in _NO_GATES or not rules_for(clock, _start(clock)).is_extendable:
        raise ClockError("This kind of request cannot be extended.")
    gates = settle_gates(clock)
    _check_early_notice(clock, event, gates.start)
    if gates.start is None:
        now = clock.days_of(ClockEventType.EXTENSION_NOTIFIED)
        is_used, last_day = bool(now), None
    else:
        state = standing(clock, rules_for(clock, gates.start), gates.start)
        is_used = bool(state.is_extended)
        last_day = None if state.month.open else state.month.due
    if is_used:
        raise ClockError("This request has been extended already; it can be extended only once.")
    if last_day is not None and event.on > last_day:
        raise ClockError(
            f"The last day to notify an extension was {written(last_day)} (UK GDPR Art 12A(4))."
        )


def _check_early_notice(clock: Clock, event: ClockEvent, start: date | None) -> None:
    is_early = start is None or event.on < start
    if is_early and clock.settings.extension_before_start is EarlyExtension.REFUSE:
        raise ClockError(
            "The council has chosen not to count an extension notice given before the clock starts."
        )


def _check_asking(clock: Clock, event: ClockEvent) -> None:
    gate = _gate_of(event.type)
    if clock.request_type in _NO_GATES:
        raise ClockError(f"Asking for {NOUNS[gate]} does not hold the clock of this request.")
    due = _expired_due(clock, event.on)
    if due:
        raise ClockError(
            f"The clock ran out on {written(due)}: asking for {NOUNS[gate]} now cannot revive it."
        )


def _check_gate_open(clock: Clock, event: ClockEvent) -> None:
    gate = _gate_of(event.type)
    last = {gate.asked: False, gate.satisfied: False, gate.withdrawn: False}
    is_open = False
    for each in clock.in_order(last):
        is_open = each.type is gate.asked
    if not is_open:
        raise ClockError(f"On {written(event.on)} the council was not waiting for {NOUNS[gate]}.")


def _check_copy_fee(clock: Clock, event: ClockEvent) -> None:
    asked = clock.days_of(ClockEventType.FURTHER_COPY_FEE_REQUESTED)
    paid = clock.days_of(ClockEventType.FURTHER_COPY_FEE_RECEIVED)
    if len(paid) >= len(asked):
        raise ClockError(f"On {written(event.on)} no fee for further copies was being asked for.")


def _check_results(clock: Clock, event: ClockEvent) -> None:
    if clock.request_type is not RequestType.EXAM_SAR:
        raise ClockError("Exam results matter only to a request for exam marks.")
    if clock.days_of(ClockEventType.RESULTS_ANNOUNCED):
        raise ClockError("The announcement of the results is recorded already.")


def _check_complaint(clock: Clock, event: ClockEvent) -> None:
    if clock.request_type is not RequestType.COMPLAINT:
        raise ClockError("Only a complaint is acknowledged and given an outcome on this clock.")
    if clock.days_of(event.type):
        raise ClockError("This step of the complaint is recorded already.")


def _check_progress(clock: Clock, event: ClockEvent) -> None:
    if clock.request_type is not RequestType.COMPLAINT:
        raise ClockError("Only a complaint has progress to tell of on this clock.")
    if clock.days_of(ClockEventType.COMPLAINT_OUTCOME_SENT):
        raise ClockError("The outcome has been sent: there is no more progress to tell of.")


def _start(clock: Clock) -> date:
    return settle_gates(clock).start or clock.received


def _expired_due(clock: Clock, day: date) -> date | None:
    """The due date that had passed by that day; None while the clock waits, is paused or runs."""
    gates = settle_gates(clock)
    if gates.start is None:
        return None
    period = standing(clock, rules_for(clock, gates.start), gates.start).in_force
    return period.due if period.open is None and day > period.due else None


def _gate_of(kind: ClockEventType) -> Gate:
    return next(gate for gate in Gate if kind in {gate.asked, gate.satisfied, gate.withdrawn})


_CHECKS: dict[ClockEventType, Callable[[Clock, ClockEvent], None]] = {
    ClockEventType.CLARIFICATION_REQUESTED: _check_question,
    ClockEventType.CLARIFICATION_RECEIVED: _check_answer,
    ClockEventType.CLARIFICATION_REMINDED: _check_answer,
    ClockEventType.COMPLAINT_PROGRESS_SENT: _check_progress,
    ClockEventType.EXTENSION_NOTIFIED: _check_extension,
    ClockEventType.FURTHER_COPY_FEE_RECEIVED: _check_copy_fee,
    ClockEventType.RESULTS_ANNOUNCED: _check_results,
    **{gate.asked: _check_asking for gate in Gate},
    **{gate.satisfied: _check_gate_open for gate in Gate},
    **{gate.withdrawn: _check_gate_open for gate in Gate},
    **dict.fromkeys(_COMPLAINT_EVENTS, _check_complaint),
}
