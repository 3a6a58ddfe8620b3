"""What is special about a case or a record: care, adoption, health."""

from __future__ import annotations

import uuid

from sar.domain.events import EventName
from sar.domain.lifecycle import CaseMove
from sar.domain.permissions import Permission
from sar.extensions import db
from sar.models.case import Case
from sar.models.record import Record
from sar.services import audit, records, stages
from sar.services.access import load
from sar.services.actor import Actor


def note(
    case_id: uuid.UUID, *, is_care_experienced: bool, has_adoption_records: bool, actor: Actor
) -> Case:
    """Says what calls for more care with a case."""
    case = load(Case, case_id, actor, Permission.CASE_CREATE)
    case.is_care_experienced = is_care_experienced
    case.has_adoption_records = has_adoption_records
    db.session.flush()
    audit.record(
        EventName.CASE_CIRCUMSTANCES_NOTED,
        actor,
        case,
        controller_id=case.controller_id,
        case_id=case.id,
        care=is_care_experienced,
        adoption=has_adoption_records,
    )
    return case


def record_for(record_id: uuid.UUID, actor: Actor) -> Record:
    """The record, when the actor may judge records of its council."""
    return load(Record, record_id, actor, Permission.REDACTION_MARK)


def judge_health(record_id: uuid.UUID, *, is_health: bool, known: str, actor: Actor) -> Record:
    """Says if a record holds health information, and how we know that the person has seen it.

    Either is part of what is approved, so the case goes back to its officer.
    """
    record = record_for(record_id, actor)
    stages.move(records.case_of(record), CaseMove.START_REDACTION)
    record.is_health, record.health_known = is_health, known.strip() if is_health else ""
    db.session.flush()
    audit.record(
        EventName.RECORD_HEALTH_JUDGED,
        actor,
        record,
        controller_id=record.controller_id,
        case_id=record.case_id,
        is_health=is_health,
        is_known=bool(record.health_known),
    )
    return record
