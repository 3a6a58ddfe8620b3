"""Counting every open case again when what clocks are counted by has changed."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from sar.adapters.doors import doors
from sar.adapters.jobs import Report
from sar.domain.clock_choices import choice
from sar.domain.dates import date_words
from sar.domain.events import EventName
from sar.domain.lifecycle import CaseStatus
from sar.extensions import db
from sar.models.audit import AuditEvent
from sar.models.base import now_utc
from sar.models.case import Case
from sar.models.clock import ClockChoice, HolidayList, SchoolClosure
from sar.models.user import User
from sar.services import audit, clocks
from sar.services.actor import Actor, system
from sar.services.correspondence import Letter, write

MOVED = "dates-moved"
TOLD_FOR = timedelta(days=14)  # how long a moved date stands on its owner's work page


@dataclass(frozen=True)
class Moved:
    """A case whose date moved, from when to when, and why."""

    case: Case
    before: str
    after: str
    cause: str


def recount_clocks(subject_id: uuid.UUID, report: Report) -> None:
    """Refreshes each open case whose date is another now: one event a case, one mail an owner.

    The subject is what changed: a list of bank holidays, a setting, or a school's closure. Doing it
    again changes nothing, as every date is then what the rules say.
    """
    cause, controller_id = _cause(subject_id)
    actor = system(now_utc())
    owners: dict[tuple[uuid.UUID, uuid.UUID], int] = {}
    cases = _open_cases(controller_id)
    for number, case in enumerate(cases, start=1):
        if _recount(case, cause, actor) and case.officer_id is not None:
            key = (case.officer_id, case.controller_id)
            owners[key] = owners.get(key, 0) + 1
        report(number, len(cases), "Counting the open cases again")
    for (officer_id, council_id), count in owners.items():
        _tell(officer_id, council_id, count, cause)


def moved_for(actor: Actor) -> list[Moved]:
    """The actor's open cases whose dates were moved lately, newest first, each once."""
    rows = db.session.execute(
        select(AuditEvent, Case)
        .join(Case, Case.id == AuditEvent.case_id)
        .where(
            AuditEvent.name == EventName.CLOCK_RECOUNTED,
            AuditEvent.created_at > actor.now - TOLD_FOR,
            Case.officer_id == actor.user_id,
            Case.closed_on.is_(None),
        )
        .order_by(AuditEvent.sequence.desc())
    ).unique()
    found: dict[uuid.UUID, Moved] = {}
    for event, case in rows:
        told = event.details
        found.setdefault(
            case.id, Moved(case, _words(told["due_before"]), _words(told["due"]), told["cause"])
        )
    return list(found.values())


def _recount(case: Case, cause: str, actor: Actor) -> bool:
    before, was_paused = case.due_on, case.is_paused
    result = clocks.refresh(case)
    if (before, was_paused) == (case.due_on, case.is_paused):
        return False
    audit.record(
        EventName.CLOCK_RECOUNTED,
        actor,
        case,
        controller_id=case.controller_id,
        case_id=case.id,
        cause=cause,
        due_before=before.isoformat() if before else None,
        due=result.effective_due.isoformat() if result.effective_due else None,
    )
    return True


def _tell(officer_id: uuid.UUID, controller_id: uuid.UUID, count: int, cause: str) -> None:
    officer = db.session.get_one(User, officer_id)
    cases = (
        "1 case of yours has a new date" if count == 1 else f"{count} cases of yours have new dates"
    )
    body = f"{cases}: {cause}.\n\nSign in to see which, and why:\n{doors().base_url}/officer/work\n"
    write(Letter(officer.email, "Dates of your cases have moved", body, MOVED), controller_id, None)


def _open_cases(controller_id: uuid.UUID | None) -> Sequence[Case]:
    query = (
        select(Case)
        .where(Case.closed_on.is_(None), Case.status != CaseStatus.RELEASED)
        .options(selectinload(Case.clock_events))
    )
    if controller_id is not None:
        query = query.where(Case.controller_id == controller_id)
    return db.session.scalars(query.order_by(Case.reference)).unique().all()


def _cause(subject_id: uuid.UUID) -> tuple[str, uuid.UUID | None]:
    """Why dates move, in words that name nobody, and the council it concerns; None is every one."""
    holidays = db.session.get(HolidayList, subject_id)
    if holidays is not None:
        return holidays.cause, None
    closure = db.session.get(SchoolClosure, subject_id)
    if closure is not None:
        days = date_words(closure.first_day)
        return f"the calendar of a school changed for {days}", closure.controller_id
    setting = db.session.get_one(ClockChoice, subject_id)
    known = choice(setting.name)
    question = known.question if known else setting.name
    return f"the council's setting “{question}” changed", setting.controller_id


def _words(iso: str | None) -> str:
    return date_words(date.fromisoformat(iso)) if iso else "no date"
