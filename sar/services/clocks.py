"""The clock of a case: its events as rows, its answer from the rules."""

from __future__ import annotations

import uuid
from datetime import date

from sqlalchemy import select

from sar.domain.clock import (
    Clock,
    ClockEvent,
    ClockEventType,
    ClockResult,
    ClockStatus,
    check_event,
    compute,
)
from sar.domain.events import EventName
from sar.domain.permissions import Permission
from sar.domain.rights import ProcessingRegime, request_type_for
from sar.extensions import db
from sar.models.case import Case, ClockEventRow
from sar.services import audit
from sar.services.access import load
from sar.services.actor import Actor
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
    regime = ProcessingRegime.LAW_ENFORCEMENT if case.is_part_3 else ProcessingRegime.UK_GDPR
    return Clock(
        request_type=request_type_for(case.right, regime),
        received=case.received_on,
        events=tuple(
            ClockEvent(row.type, row.on) for row in case.clock_events if row.struck_at is None
        ),
    )


def result_of(case: Case) -> ClockResult:
    """What the clock says now."""
    return compute(clock_of(case))


def refresh(case: Case) -> ClockResult:
    """Keeps on the case what lists are sorted by."""
    result = result_of(case)
    case.due_on = result.effective_due
    case.is_paused = result.status in _STOPPED
    db.session.flush()
    return result


def record_event(case_id: uuid.UUID, event: ClockEvent, reason: str, actor: Actor) -> ClockEventRow:
    """Adds a dated event to a case's clock.

    Raises:
        ClockError: the rules do not allow it, with the sentence that says why.
        RefusedError: an extension or a question without its reason.
    """
    case = load(Case, case_id, actor, Permission.CLOCK_RECORD)
    check_event(clock_of(case), event, actor.today)
    if event.type in _NEEDS_REASON and not reason.strip():
        raise RefusedError("Write down the reason: the requester is owed it.")
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


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
