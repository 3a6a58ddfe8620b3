"""When a case is due, in the words and tone that lists and pages show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sar.domain.clock import ClockEventType, ClockResult, ClockStatus, days_left
from sar.domain.lifecycle import CaseStatus
from sar.models.case import Case
from sar.services import clocks

SOON_DAYS = 5
LATE, SOON, FINE, STOPPED, DONE = "late", "soon", "fine", "stopped", "done"

_WAITS = {
    ClockStatus.PAUSED: "Paused for an answer",
    ClockStatus.AWAITING_ID: "Waiting for identity",
    ClockStatus.AWAITING_AUTHORITY: "Waiting for authority",
    ClockStatus.AWAITING_FEE: "Waiting for the fee",
}


@dataclass(frozen=True)
class Due:
    """The day something is owed, or None, with the words and the tone (late, soon, fine ...)."""

    on: date | None
    words: str
    tone: str


def due_of(case: Case, today: date) -> Due:
    """What is owed next on a case, and when; a closed or answered case owes nothing."""
    if case.closed_on is not None or case.status is CaseStatus.CLOSED:
        return Due(None, "Closed", DONE)
    if case.status is CaseStatus.RELEASED:
        return Due(None, "Answered", DONE)
    result = clocks.result_of(case)
    if result.status in _WAITS:
        return Due(None, _WAITS[result.status], STOPPED)
    if result.status is ClockStatus.ACKNOWLEDGED:
        return _outcome(case, result, today)
    left = days_left(result, today)
    if left is None:
        return Due(None, "No date in law", DONE)
    return Due(result.effective_due, _count(left), _tone(left))


def _outcome(case: Case, result: ClockResult, today: date) -> Due:
    sent = ClockEventType.COMPLAINT_OUTCOME_SENT
    is_sent = any(row.type is sent and row.struck_at is None for row in case.clock_events)
    if is_sent or result.outcome_target is None:
        return Due(None, "Outcome sent", DONE)
    left = (result.outcome_target - today).days
    return Due(result.outcome_target, f"Outcome: {_count(left).lower()}", _tone(left))


def _count(left: int) -> str:
    if left == 0:
        return "Due today"
    days = "1 day" if abs(left) == 1 else f"{abs(left):,} days"
    return f"{days} left" if left > 0 else f"{days} late"


def _tone(left: int) -> str:
    if left < 0:
        return LATE
    return SOON if left <= SOON_DAYS else FINE
