"""The clock of a case: its events as rows, its answer from the rules."""

from __future__ import annotations

import uuid
from datetime import date

from sqlalchemy import select

from sar.domain.clock import (
    Clock,
    ClockEvent,
    ClockEventType,
    ClockFlag,
    ClockResult,
    ClockStatus,
    check_event,
    compute,
)
from sar.domain.events import EventName
from sar.domain.permissions import Permission
from sar.domain.rights import request_type_for
from sar.extensions import db
from sar.models.case import Case, ClockEventRow
from sar.services import audit
from sar.services.access import load
from sar.services.actor import Actor
from sar.services.clock_facts import facts
from sar.services.errors import NotFoundError, RefusedError

_STOPPED = frozenset(
    {
        ClockStatus.PAUSED,
        ClockStatus.AWAITING_ID,
        ClockStatus.AWAITING_AUTHORITY,
        ClockStatus.AWAITING_FEE,
    }
)


def clock_of(case: Case) -> Clock:
    """The domain's clock of a case, from the events that were not struck out."""
    known = facts()
    return Clock(
        request_type=request_type_for(
            case.right,
            case.regime,
            is_direct_marketing=case.is_direct_marketing,
            access_kind=case.access_kind,
        ),
        received=case.received_on,
        events=tuple(
            ClockEvent(row.type, row.on) for row in case.clock_events if row.struck_at is None
        ),
        settings=known.settings_of(case.controller_id),
        school_closed=known.closures_of(case.school_id),
        holidays=known.holidays,
    )


def result_of(case: Case) -> ClockResult:
    """What the clock says now."""
    return compute(clock_of(case))


def is_asked(case: Case) -> bool:
    """Whether a question to the person is waiting for its answer."""
    return result_of(case).status is ClockStatus.PAUSED


def refresh(case: Case) -> ClockResult:
    """Keeps on the case what lists are sorted by."""
    result = result_of(case)
    case.due_on = _owed_on(result)
    case.is_paused = result.status in _STOPPED
    db.session.flush()
    return result


def _owed_on(result: ClockResult) -> date | None:
    """The day of what is owed next: once a complaint is acknowledged, that of its outcome."""
    if result.status is not ClockStatus.ACKNOWLEDGED:
        return result.effective_due
    return result.outcome_target if result.progress_update_by else None


def record_event(case_id: uuid.UUID, event: ClockEvent, reason: str, actor: Actor) -> ClockEventRow:
    """Adds a dated event to a case's clock.

    Raises:
        ClockError: the rules do not allow it, with the sentence that says why.
        RefusedError: an extension or a question without its reason.
    """
    case = load(Case, case_id, actor, Permission.CLOCK_RECORD)
    clock = clock_of(case)
    check_event(clock, event, actor.today)
    _check_reason(clock, event, reason)
    row = ClockEventRow(
        created_at=actor.now,
        controller_id=case.controller_id,
        type=event.type,
        on=event.on,
        reason=reason.strip(),
        actor_id=actor.staff_id,
    )
    case.clock_events.append(row)
    db.session.flush()
    result = refresh(case)
    audit.record(
        EventName.CLOCK_RECORDED,
        actor,
        row,
        controller_id=case.controller_id,
        case_id=case.id,
        type=event.type.value,
        on=event.on.isoformat(),
        due=_iso(result.effective_due),
    )
    return row


def strike_event(case_id: uuid.UUID, event_id: uuid.UUID, actor: Actor) -> None:
    """Takes a mistaken event out of the count; the row stays to be seen."""
    case = load(Case, case_id, actor, Permission.CLOCK_RECORD)
    row = db.session.scalar(
        select(ClockEventRow).where(
            ClockEventRow.id == event_id,
            ClockEventRow.case_id == case.id,
            ClockEventRow.struck_at.is_(None),
        )
    )
    if row is None:
        raise NotFoundError("There is no such event on this clock.")
    row.struck_at = actor.now
    db.session.flush()
    result = refresh(case)
    audit.record(
        EventName.CLOCK_CORRECTED,
        actor,
        row,
        controller_id=case.controller_id,
        case_id=case.id,
        type=row.type.value,
        due=_iso(result.effective_due),
    )


_NEEDS_REASON = frozenset(
    {ClockEventType.EXTENSION_NOTIFIED, ClockEventType.CLARIFICATION_REQUESTED}
)


def _check_reason(clock: Clock, event: ClockEvent, reason: str) -> None:
    if reason.strip():
        return
    if event.type in _NEEDS_REASON:
        raise RefusedError("Write down the reason: the requester is owed it.")
    before, after = compute(clock).flags, compute(clock.with_event(event)).flags
    if ClockFlag.ID_REQUESTED_LATE in after and ClockFlag.ID_REQUESTED_LATE not in before:
        days = clock.settings.id_late_after_working_days
        raise RefusedError(
            f"Identity should be asked for within {days} working days of receipt. Write down the "
            "reason for the delay that a manager has agreed to."
        )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
