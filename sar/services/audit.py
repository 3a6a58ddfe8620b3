"""The audit chain: one event per change, in the same transaction, each hashed with the last."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC
from typing import Any, Protocol

from sqlalchemy import select, text

from sar.domain.events import EventName
from sar.extensions import db
from sar.models.audit import AuditEvent
from sar.services.actor import Actor

FIRST_HASH = "0" * 64
_LOCK_ID = 7_314_001  # an arbitrary number that only the audit chain locks on PostgreSQL


class Subject(Protocol):
    """Any row of ours."""

    id: Any
    __tablename__: Any


def record(
    name: EventName,
    actor: Actor,
    subject: Subject,
    *,
    controller_id: uuid.UUID | None,
    case_id: uuid.UUID | None = None,
    **details: str | int | float | bool | None,
) -> AuditEvent:
    """Adds one event to the chain and flushes; details must hold no personal data."""
    if db.session.get_bind().dialect.name == "postgresql":
        # One writer at a time, so that no two events name the same predecessor.
        db.session.execute(text("SELECT pg_advisory_xact_lock(:id)"), {"id": _LOCK_ID})
    db.session.flush()
    last = db.session.scalar(select(AuditEvent).order_by(AuditEvent.sequence.desc()).limit(1))
    event = AuditEvent(
        id=uuid.uuid4(),
        created_at=actor.now,
        sequence=(last.sequence if last else 0) + 1,
        name=name,
        actor=actor.label,
        controller_id=controller_id,
        case_id=case_id,
        subject_type=subject.__tablename__,
        subject_id=subject.id,
        details=details,
        previous_hash=last.hash if last else FIRST_HASH,
    )
    event.hash = digest(event)
    db.session.add(event)
    db.session.flush()
    return event


def digest(event: AuditEvent) -> str:
    """The SHA-256, in hex, of everything an event says and of the hash before it."""
    content = [
        event.previous_hash,
        event.sequence,
        str(event.id),
        event.created_at.astimezone(UTC).isoformat(),
        event.name.value,
        event.actor,
        str(event.controller_id),
        str(event.case_id),
        event.subject_type,
        str(event.subject_id),
        event.details,
    ]
    return hashlib.sha256(
        json.dumps(content, sort_keys=True, separators=(",", ":")).encode()
    ).hexdigest()


@dataclass(frozen=True)
class ChainReport:
    """How many events the chain has, its last hash, and each fault found, as a sentence."""

    count: int
    last_hash: str
    faults: tuple[str, ...]


def check_chain() -> ChainReport:
    """Reads the whole chain and recomputes every hash."""
    previous, count, faults = FIRST_HASH, 0, []
    for event in _in_order():
        count += 1
        if event.sequence != count:
            faults.append(f"Event {count} is missing: the next one is number {event.sequence}.")
            count = event.sequence
        if event.previous_hash != previous:
            faults.append(f"Event {event.sequence} does not follow the event before it.")
        if digest(event) != event.hash:
            faults.append(f"Event {event.sequence} was changed after it was written.")
        previous = event.hash
    return ChainReport(count, previous, tuple(faults))


def _in_order() -> Iterator[AuditEvent]:
    query = select(AuditEvent).order_by(AuditEvent.sequence).execution_options(yield_per=500)
    yield from db.session.scalars(query)
