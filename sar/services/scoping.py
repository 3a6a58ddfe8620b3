"""Deciding which records and pages belong in the disclosure: many at a time, page by page."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from sar.domain.events import EventName
from sar.domain.lifecycle import CaseMove
from sar.domain.permissions import Permission
from sar.domain.searching import RecordScope
from sar.extensions import db
from sar.models.case import Case
from sar.models.record import Page, Record
from sar.services import audit, records, stages
from sar.services.access import load
from sar.services.actor import Actor
from sar.services.errors import NotFoundError, RefusedError


@dataclass(frozen=True)
class Decision:
    """Whether it belongs in the disclosure, and why not; None lets a page go with its record."""

    scope: RecordScope | None
    reason: str = ""


def decide_records(
    case_id: uuid.UUID, decisions: Mapping[uuid.UUID, Decision], actor: Actor
) -> int:
    """Decides about records of a case; returns how many changed, each with an event of its own.

    Raises:
        NotFoundError: a record is not of this case.
        RefusedError: a reason is missing, or a record is out for consultation; nothing is changed.
    """
    case = load(Case, case_id, actor, Permission.REDACTION_MARK)
    rows = db.session.scalars(
        select(Record).where(Record.case_id == case.id, Record.id.in_(decisions))
    ).all()
    if len(rows) != len(decisions):
        raise NotFoundError("This case has no such record.")
    changed = [row for row in rows if _differs(row, decisions[row.id])]
    for row in changed:
        decision = decisions[row.id]
        _set(row, decision, row.name)
        _record(EventName.RECORD_SCOPED, row, actor, scope=row.scope.value)
    if changed:
        stages.move(case, CaseMove.CHANGE_RECORDS)
    return len(changed)


def decide_pages(record_id: uuid.UUID, decisions: Mapping[int, Decision], actor: Actor) -> int:
    """Decides about single pages of a record, by number; returns how many changed.

    Raises:
        NotFoundError: the record has no such page.
        RefusedError: a reason is missing, or a page is out for consultation; nothing is changed.
    """
    record = load(Record, record_id, actor, Permission.REDACTION_MARK)
    own = {page.number: page for page in record.pages}
    if decisions.keys() - own.keys():
        raise NotFoundError("The record has no such page.")
    changed = [own[number] for number, each in decisions.items() if _differs(own[number], each)]
    for page in changed:
        _set(page, decisions[page.number], f"Page {page.number}")
    if changed:
        stages.move(records.case_of(record), CaseMove.CHANGE_RECORDS)
        numbers = ", ".join(str(page.number) for page in changed)
        _record(EventName.RECORD_PAGES_SCOPED, record, actor, pages=numbers)
    return len(changed)


def _differs(target: Record | Page, decision: Decision) -> bool:
    return (target.scope, target.scope_reason) != (decision.scope, decision.reason.strip())


def _set(target: Record | Page, decision: Decision, name: str) -> None:
    try:
        records.set_scope(target, decision.scope, decision.reason)
    except RefusedError as refusal:
        raise RefusedError(f"{name}: {refusal}") from None


def _record(name: EventName, record: Record, actor: Actor, **details: str) -> None:
    db.session.flush()
    audit.record(
        name,
        actor,
        record,
        controller_id=record.controller_id,
        case_id=record.case_id,
        **details,
    )
