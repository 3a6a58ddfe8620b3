"""The clock of a case as a page tells it: its days with their reasons, and what may come next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from sar.domain.clock import (
    Clock,
    ClockEventType,
    ClockFlag,
    ClockResult,
    ClockStatus,
    RequestType,
    compute,
)
from sar.domain.dates import date_words
from sar.domain.lifecycle import CaseStatus
from sar.extensions import db
from sar.models.case import Case, ClockEventRow
from sar.models.user import User
from sar.services import clocks
from sar.services.clock_strip import Strip, strip_of

_E = ClockEventType
EVENT_WORDS = {
    _E.ID_REQUESTED: "Proof of identity asked for",
    _E.ID_RECEIVED_IN_PART: "Proof of identity received, but not enough",
    _E.ID_RECEIVED: "Proof of identity received",
    _E.ID_REQUEST_WITHDRAWN: "Proof of identity no longer asked for",
    _E.AUTHORITY_REQUESTED: "Proof of authority to act asked for",
    _E.AUTHORITY_RECEIVED_IN_PART: "Proof of authority to act received, but not enough",
    _E.AUTHORITY_RECEIVED: "Proof of authority to act received",
    _E.AUTHORITY_REQUEST_WITHDRAWN: "Proof of authority no longer asked for",
    _E.FEE_REQUESTED: "Fee asked for",
    _E.FEE_RECEIVED: "Fee received",
    _E.FEE_REQUEST_WITHDRAWN: "Fee no longer asked for",
    _E.FURTHER_COPY_FEE_REQUESTED: "Fee for further copies asked for",
    _E.FURTHER_COPY_FEE_RECEIVED: "Fee for further copies received",
    _E.CLARIFICATION_REQUESTED: "Question sent to the person",
    _E.CLARIFICATION_REMINDED: "Person reminded of the question",
    _E.CLARIFICATION_RECEIVED: "Answer to the question received",
    _E.EXTENSION_NOTIFIED: "Person told of an extension",
    _E.RESULTS_ANNOUNCED: "Exam results announced",
    _E.COMPLAINT_ACKNOWLEDGED: "Complaint acknowledged",
    _E.COMPLAINT_PROGRESS_SENT: "Person told how the complaint is going",
    _E.COMPLAINT_OUTCOME_SENT: "Outcome of the complaint sent",
}
STATUS_WORDS = {
    ClockStatus.RUNNING: "Running",
    ClockStatus.PAUSED: "Paused: waiting for an answer",
    ClockStatus.AWAITING_ID: "Not started: waiting for proof of identity",
    ClockStatus.AWAITING_AUTHORITY: "Not started: waiting for proof of authority",
    ClockStatus.AWAITING_FEE: "Not started: waiting for the fee",
    ClockStatus.ACKNOWLEDGED: "Acknowledged",
    ClockStatus.NO_STATUTORY_CLOCK: "No period in law",
}
FLAG_WORDS = {
    ClockFlag.ID_REQUESTED_LATE: "Proof of identity was asked for late. A manager's reason is kept "
    "with the event.",
    ClockFlag.ID_REQUESTED_AFTER_DUE: "Proof of identity was asked for after the due date: it does "
    "not count.",
    ClockFlag.AUTHORITY_REQUESTED_AFTER_DUE: "Proof of authority was asked for after the due date: "
    "it does not count.",
    ClockFlag.FEE_REQUESTED_AFTER_DUE: "A fee was asked for after the due date: it does not count.",
    ClockFlag.PAUSE_AFTER_EXPIRY: "A question was asked after the due date: it does not pause.",
    ClockFlag.PAUSE_NOT_AVAILABLE: "A question does not pause this kind of request.",
    ClockFlag.EXTENSION_LATE: "The extension was notified too late: it changes nothing, and the "
    "case is reported as late.",
    ClockFlag.EXTENSION_EARLY: "The extension was notified before the clock started. Note why.",
    ClockFlag.EXTENSION_USED: "An extension was notified twice: only the first counts.",
    ClockFlag.EXTENSION_NOT_AVAILABLE: "This kind of request cannot be extended.",
    ClockFlag.STOP_PROCESSING: "Direct marketing must stop at once; the month is for the reply.",
    ClockFlag.EVENT_BEFORE_RECEIPT: "An event is dated before the day of receipt.",
    ClockFlag.EVENT_IN_FUTURE: "An event is dated in the future: it is not counted yet.",
    ClockFlag.EVENT_REPEATED: "An event is entered twice for one day: it counts once.",
    ClockFlag.ANSWER_WITHOUT_QUESTION: "An answer is recorded without an open question.",
    ClockFlag.HOLIDAYS_UNKNOWN: "A date lies beyond the bank holidays that are known.",
}
OWN_DATE = "The council's own working date; it is not a date in law."
_ACCESS_ONLY = frozenset(
    {
        _E.CLARIFICATION_REQUESTED,
        _E.CLARIFICATION_REMINDED,
        _E.CLARIFICATION_RECEIVED,
        _E.FURTHER_COPY_FEE_REQUESTED,
        _E.FURTHER_COPY_FEE_RECEIVED,
    }
)
_COMPLAINT_ONLY = frozenset(
    {_E.COMPLAINT_ACKNOWLEDGED, _E.COMPLAINT_PROGRESS_SENT, _E.COMPLAINT_OUTCOME_SENT}
)
_ACCESS = frozenset({RequestType.SAR, RequestType.SAR_PART3, RequestType.EXAM_SAR})
# What only makes sense once something was asked for.
_AFTER = {
    _E.ID_RECEIVED_IN_PART: _E.ID_REQUESTED,
    _E.ID_RECEIVED: _E.ID_REQUESTED,
    _E.ID_REQUEST_WITHDRAWN: _E.ID_REQUESTED,
    _E.AUTHORITY_RECEIVED_IN_PART: _E.AUTHORITY_REQUESTED,
    _E.AUTHORITY_RECEIVED: _E.AUTHORITY_REQUESTED,
    _E.AUTHORITY_REQUEST_WITHDRAWN: _E.AUTHORITY_REQUESTED,
    _E.FEE_RECEIVED: _E.FEE_REQUESTED,
    _E.FEE_REQUEST_WITHDRAWN: _E.FEE_REQUESTED,
    _E.FURTHER_COPY_FEE_RECEIVED: _E.FURTHER_COPY_FEE_REQUESTED,
    _E.CLARIFICATION_REMINDED: _E.CLARIFICATION_REQUESTED,
    _E.CLARIFICATION_RECEIVED: _E.CLARIFICATION_REQUESTED,
}

# How the sentence begins or goes on that gives the last day of a period.
_LAST_DAY = (
    "The last day of",
    "so the last day",
    "acknowledged within",
    "must answer within",
    "owed by the earlier",
)


@dataclass(frozen=True)
class Step:
    """One date or count of a clock, and the engine's sentence for it."""

    what: str
    answer: str
    why: str


@dataclass(frozen=True)
class Happened:
    """A recorded event, and who recorded it."""

    row: ClockEventRow
    words: str
    by: str


@dataclass(frozen=True)
class Story:
    """Everything the clock page shows; `flags` are what somebody should check, in words."""

    result: ClockResult
    flags: tuple[str, ...]
    status: str
    steps: tuple[Step, ...]
    events: tuple[Happened, ...]
    strip: Strip


def story_of(case: Case, today: date) -> Story:
    """The clock of a case, told."""
    clock = clocks.clock_of(case)
    result = compute(clock)
    return Story(
        result=result,
        flags=tuple(FLAG_WORDS[each] for each in result.flags),
        status=status_words(case, result),
        steps=_steps(clock, result),
        events=_events(case),
        strip=strip_of(
            clock, result, case.closed_on or today, "Closed" if case.closed_on else "Today"
        ),
    )


def status_words(case: Case, result: ClockResult) -> str:
    """Whether time runs; a case that is closed or answered no longer needs its clock."""
    if case.closed_on is not None:
        return f"Closed on {date_words(case.closed_on)}"
    if case.status is CaseStatus.RELEASED:
        return "Answered"
    return STATUS_WORDS[result.status]


def choices_for(case: Case) -> list[tuple[str, str]]:
    """(value, words) of the events this right has and that could come next."""
    clock = clocks.clock_of(case)
    return [(str(kind), EVENT_WORDS[kind]) for kind in ClockEventType if _is_open(clock, kind)]


def _is_open(clock: Clock, kind: ClockEventType) -> bool:
    if clock.request_type is RequestType.COMPLAINT:
        is_open = kind is _E.COMPLAINT_PROGRESS_SENT or not clock.days_of(kind)
        return kind in _COMPLAINT_ONLY and is_open
    if kind in _COMPLAINT_ONLY or clock.request_type is RequestType.EDUCATIONAL_RECORD:
        return False
    if kind is _E.RESULTS_ANNOUNCED:
        return clock.request_type is RequestType.EXAM_SAR and not clock.days_of(kind)
    if kind in _ACCESS_ONLY and clock.request_type not in _ACCESS:
        return False
    return kind not in _AFTER or bool(clock.days_of(_AFTER[kind]))


def _steps(clock: Clock, result: ClockResult) -> tuple[Step, ...]:
    dated = (
        ("Received", clock.received, ("received on",)),
        ("Clock started", _started(clock, result), ("starts on",)),
        ("Extension can be notified until", _notify_by(result), ("extension",)),
        ("Extension notified", _notified_on(clock, result), ("extension notice",)),
        ("Due without the extension", _unextended(result), _LAST_DAY),
        (_due_name(clock), result.effective_due, _LAST_DAY),
        ("Work to", _earlier_target(result), ("Work to",)),
        ("Remind the person on", result.remind_on, ("Remind",)),
        ("May be closed from", result.closable_from, ("may be closed",)),
        ("Acknowledged", result.acknowledged_on, ("cknowledged on",)),
        ("Outcome target", result.outcome_target, ("target for the outcome",)),
        ("Progress update by", result.progress_update_by, ("how it is going",)),
        ("Internal 28-day target", result.policy_28_due, ("28-day",)),
    )
    steps = [
        Step(what, date_words(day), _why(result, day, words) or OWN_DATE)
        for what, day, words in dated
        if day
    ]
    if result.excluded_days:
        days = "1 day" if result.excluded_days == 1 else f"{result.excluded_days} days"
        steps.insert(2, Step("Left out of the count", days, _said(result, "left out")))
    if result.remaining_days is not None:
        left = "1 day" if result.remaining_days == 1 else f"{result.remaining_days} days"
        steps.append(Step("Left once they answer", left, _said(result, "runs on")))
    if result.effective_due is None:
        why = _said(result, "no due date") or result.explanation[-1]
        steps.append(Step("Due", "No date", why))
    return tuple(steps)


def _notify_by(result: ClockResult) -> date | None:
    return None if result.extension_valid else result.extension_notify_by


def _notified_on(clock: Clock, result: ClockResult) -> date | None:
    notices = clock.days_of(_E.EXTENSION_NOTIFIED)
    return notices[0] if notices and result.extension_valid else None


def _started(clock: Clock, result: ClockResult) -> date | None:
    return None if clock.request_type is RequestType.COMPLAINT else result.clock_start


def _due_name(clock: Clock) -> str:
    return "Acknowledge by" if clock.request_type is RequestType.COMPLAINT else "Due"


def _unextended(result: ClockResult) -> date | None:
    return result.due if result.extension_valid and result.due != result.effective_due else None


def _earlier_target(result: ClockResult) -> date | None:
    is_other = result.due_conservative not in {result.due, result.effective_due}
    return result.due_conservative if is_other else None


def _why(result: ClockResult, day: date, words: tuple[str, ...]) -> str:
    for word in words:
        for sentence in result.explanation:
            if word in sentence and date_words(day) in sentence:
                return sentence
    return ""


def _said(result: ClockResult, word: str) -> str:
    return next((sentence for sentence in result.explanation if word in sentence), "")


def _events(case: Case) -> tuple[Happened, ...]:
    ids = {row.actor_id for row in case.clock_events}
    people = db.session.scalars(select(User).where(User.id.in_(ids)))
    names = {user.id: user.name for user in people}
    return tuple(
        Happened(row, EVENT_WORDS[row.type], names.get(row.actor_id, "Somebody"))
        for row in case.clock_events
    )
