"""The statutory clock: dated events in, dates and the reasons for them out. Nothing is remembered.

`compute` is the one door; the rules live in the `clock_*` modules beside this one.
"""

from __future__ import annotations

from dataclasses import replace

from sar.domain.clock_events import Clock, ClockEvent, ClockEventType, Gate, RequestType
from sar.domain.clock_explanation import explain_started, explain_waiting
from sar.domain.clock_faults import fault_sentences, faults_of, known_today
from sar.domain.clock_gates import settle_gates
from sar.domain.clock_guards import check_event
from sar.domain.clock_months import compute_started, compute_waiting, sorted_flags, started
from sar.domain.clock_other import compute_complaint, compute_educational_record, no_clock
from sar.domain.clock_result import ClockFlag, ClockResult, ClockStatus, days_left, is_late
from sar.domain.clock_rules import ClockRegime
from sar.domain.clock_settings import ClockSettings
from sar.domain.working_days import counting_with

__all__ = [
    "Clock",
    "ClockEvent",
    "ClockEventType",
    "ClockFlag",
    "ClockRegime",
    "ClockResult",
    "ClockSettings",
    "ClockStatus",
    "Gate",
    "RequestType",
    "check_event",
    "compute",
    "days_left",
    "is_late",
]


def compute(clock: Clock) -> ClockResult:
    """What the law says of these events; the same events always give the same answer.

    Raises:
        ClockError: a school calendar that leaves no school days, or a receipt after `today`.

    Law: UK GDPR Arts 4A, 12, 12A; DPA 2018 s.54, s.164A, Sch 2 para 25; SI 2005/1437 reg 5.
    """
    with counting_with(clock.holidays):
        result = _computed(known_today(clock))
        return replace(
            result,
            flags=sorted_flags({*result.flags, *faults_of(clock)}),
            explanation=(*result.explanation, *fault_sentences(clock)),
        )


def _computed(clock: Clock) -> ClockResult:
    if clock.request_type is RequestType.COMPLAINT:
        return compute_complaint(clock)
    if clock.request_type is RequestType.EDUCATIONAL_RECORD:
        return compute_educational_record(clock)
    is_automated = clock.request_type is RequestType.AUTOMATED_DECISION
    if is_automated and not clock.settings.automated_decision_month:
        return no_clock(
            clock,
            ClockRegime.UK_GDPR_12A,
            "The council has chosen not to apply the month to automated decisions; an answer is "
            "owed without undue delay (UK GDPR Arts 22A-22D).",
        )
    gates = settle_gates(clock)
    if gates.start is None:
        result = compute_waiting(clock, gates)
        return replace(result, explanation=explain_waiting(clock, gates, result))
    working = started(clock, gates)
    result = compute_started(working)
    return replace(result, explanation=explain_started(working, result))
