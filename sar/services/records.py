"""Records of a case: adding files, their scope, what is known of them."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import select

from sar.adapters.doors import doors
from sar.adapters.files import StoredFile
from sar.adapters.jobs import JobName
from sar.domain.chronology import DateSource
from sar.domain.events import EventName
from sar.domain.lifecycle import CaseMove, status_after
from sar.domain.permissions import Permission
from sar.domain.rights import ProcessingRegime
from sar.domain.searching import RecordScope, RecordStatus
from sar.extensions import db
from sar.models.case import Case
from sar.models.record import Page, Record
from sar.services import audit, record_order, stages
from sar.services.access import load
from sar.services.actor import Actor
from sar.services.errors import NotFoundError, RefusedError
from sar.services.jobs import enqueue
from sar.services.keys import open_data_key

NAME_LENGTH = 400
CONSULTED = "This is out for consultation. Record the answer first."
CONSULT_FIRST = "Say whom you asked, and when."
SAME_BYTES = "The same file was already supplied."


@dataclass(frozen=True)
class NewRecord:
    """A file as supplied: its name as the sender gave it, its bytes or where they lie."""

    name: str
    content: bytes | Path
    scope: RecordScope = RecordScope.IN
    scope_reason: str = ""
    search_id: uuid.UUID | None = None
    parent_id: uuid.UUID | None = None


def add(case: Case, new: NewRecord, actor: Actor) -> Record:
    """Keeps a file, whatever it is, and owes its conversion; the same bytes twice are noticed."""
    if new.scope is RecordScope.IN:
        stages.move(case, CaseMove.CHANGE_RECORDS)
    else:  # what is left out changes nothing that was approved; a closed case still refuses it
        status_after(case.status, CaseMove.CHANGE_RECORDS)
    kept = doors().files.put(open_data_key(case.data_key_id), new.content)
    return add_stored(case, new, kept, actor)


def add_stored(case: Case, new: NewRecord, kept: StoredFile, actor: Actor) -> Record:
    """The row of a file that is in the store already."""
    first = _same_bytes(case.id, kept.sha256)
    is_double = first is not None and new.scope is RecordScope.IN
    record = Record(
        created_at=actor.now,
        controller_id=case.controller_id,
        case_id=case.id,
        search_id=new.search_id,
        parent_id=new.parent_id,
        name=plain_name(new.name),
        byte_count=kept.size,
        sha256=kept.sha256,
        original_key=kept.object_key,
        status=RecordStatus.RECEIVED,
        scope=RecordScope.DUPLICATE if is_double else new.scope,
        scope_reason=SAME_BYTES if is_double else new.scope_reason,
        duplicate_of_id=first.id if first and is_double else None,
        added_by_id=actor.user_id,
    )
    db.session.add(record)
    db.session.flush()
    record_order.place(record)
    audit.record(
        EventName.RECORD_RECEIVED,
        actor,
        record,
        controller_id=case.controller_id,
        case_id=case.id,
        sha256=record.sha256,
        bytes=record.byte_count,
    )
    enqueue(JobName.CONVERT_RECORD, record.id, controller_id=case.controller_id, case_id=case.id)
    return record


def upload(case_id: uuid.UUID, files: Sequence[NewRecord], actor: Actor) -> list[Record]:
    """Adds files an officer has to a case; returns those that were not here yet."""
    case = load(Case, case_id, actor, Permission.RECORD_ADD)
    if not files:
        raise RefusedError("Choose at least one file.")
    return add_new(case, files, actor)


def add_new(case: Case, files: Sequence[NewRecord], actor: Actor) -> list[Record]:
    """Adds the files that are not here yet, and returns those: the same upload again adds nothing.

    A file of the same bytes by another name, or from another team, is added, as a copy that is
    known for one.
    """
    return [add(case, each, actor) for each in files if not _is_held(case, each)]


def _is_held(case: Case, new: NewRecord) -> bool:
    return (
        db.session.scalar(
            select(Record.id)
            .where(
                Record.case_id == case.id,
                Record.search_id == new.search_id,
                Record.parent_id.is_(None),
                Record.name == plain_name(new.name),
                Record.sha256 == _digest(new.content),
            )
            .limit(1)
        )
        is not None
    )


def _digest(content: bytes | Path) -> str:
    if isinstance(content, bytes):
        return hashlib.sha256(content).hexdigest()
    with content.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def record_for(record_id: uuid.UUID, actor: Actor, permission: Permission) -> Record:
    """The record, when the actor has this permission for its council."""
    return load(Record, record_id, actor, permission)


def records_of(case: Case) -> Sequence[Record]:
    """Every record, oldest first, undated last, attachments after what they came with."""
    return db.session.scalars(
        select(Record).where(Record.case_id == case.id).order_by(*record_order.IN_ORDER)
    ).all()


def inside(record: Record) -> Sequence[Record]:
    """What was found directly inside a record, in order."""
    return db.session.scalars(
        select(Record).where(Record.parent_id == record.id).order_by(*record_order.IN_ORDER)
    ).all()


@dataclass(frozen=True)
class Described:
    """What an officer says of a record: title for the requester, date, scope and why."""

    title: str
    scope: RecordScope
    reason: str = ""
    dated_on: date | None = None


def describe(record_id: uuid.UUID, described: Described, actor: Actor) -> Record:
    """Says what a record is called for the requester, and whether it belongs in the disclosure.

    Raises:
        RefusedError: it is taken out without a reason, or called a copy and is none.
    """
    record = load(Record, record_id, actor, Permission.REDACTION_MARK)
    if described.dated_on is not None and described.dated_on > actor.today:
        raise RefusedError("A record cannot be of the future.")
    set_scope(record, described.scope, described.reason)
    stages.move(case_of(record), CaseMove.CHANGE_RECORDS)
    if record.dated_on != described.dated_on:
        record.dated_from = DateSource.OFFICER if described.dated_on else None
    record.dated_on = described.dated_on
    record.title = plain_name(described.title) if described.title.strip() else ""
    record_order.place(record)
    db.session.flush()
    audit.record(
        EventName.RECORD_DESCRIBED,
        actor,
        record,
        controller_id=record.controller_id,
        case_id=record.case_id,
        scope=record.scope.value,
    )
    return record


def say_regime(record_id: uuid.UUID, regime: ProcessingRegime | None, actor: Actor) -> Record:
    """Says which law a record answers to, None for that of its case; voids what was approved."""
    record = load(Record, record_id, actor, Permission.REDACTION_MARK)
    stages.move(case_of(record), CaseMove.CHANGE_RECORDS)
    record.regime = regime
    db.session.flush()
    audit.record(
        EventName.RECORD_DESCRIBED,
        actor,
        record,
        controller_id=record.controller_id,
        case_id=record.case_id,
        regime=regime.value if regime else "",
    )
    return record


def regime_of(record: Record) -> ProcessingRegime:
    """The law a record answers to: its own, or that of its case."""
    return record.regime or case_of(record).regime


def set_scope(target: Record | Page, scope: RecordScope | None, reason: str) -> None:
    """Says whether a record, or one page of it, belongs in the disclosure; a page's None undoes it.

    Raises:
        RefusedError: it is left out without a reason, is out for consultation, or is no known copy.
    """
    record = target if isinstance(target, Record) else target.record
    if RecordScope.CONSULT in {record.scope, target.scope} and scope is not target.scope:
        raise RefusedError(CONSULTED)
    if scope is RecordScope.CONSULT and scope is not target.scope:
        raise RefusedError(CONSULT_FIRST)
    if scope not in {None, RecordScope.IN} and not reason.strip():
        raise RefusedError("Say why this is left out.")
    if scope is RecordScope.DUPLICATE and record.duplicate_of_id is None:
        raise RefusedError("This record is not known to be a copy of another.")
    target.scope, target.scope_reason = scope, reason.strip()


def case_of(record: Record) -> Case:
    """The case a record belongs to."""
    case = db.session.get(Case, record.case_id)
    if case is None:
        raise NotFoundError("The record's case is gone.")
    return case


def plain_name(name: str) -> str:
    """A name fit to show: no path, no control or direction characters, 400 characters at most."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(char for char in last if char.isprintable()).strip(" .")
    return shown[:NAME_LENGTH] or "Unnamed file"


def _same_bytes(case_id: uuid.UUID, sha256: str) -> Record | None:
    return db.session.scalar(
        select(Record)
        .where(
            Record.case_id == case_id,
            Record.sha256 == sha256,
            Record.scope == RecordScope.IN,
            Record.status != RecordStatus.QUARANTINED,
        )
        .order_by(Record.created_at)
        .limit(1)
    )
