"""Records and pages that somebody outside is asked about before they are decided."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from sar.domain.events import EventName
from sar.domain.lifecycle import CaseMove
from sar.domain.permissions import Permission
from sar.domain.searching import RecordScope
from sar.extensions import db
from sar.models.case import Case
from sar.models.consultation import Consultation
from sar.models.record import Page, Record
from sar.services import audit, records, stages
from sar.services.access import load
from sar.services.actor import Actor
from sar.services.errors import NotFoundError, RefusedError


@dataclass(frozen=True)
class Question:
    """Who is asked, when, and by when an answer is hoped for; no pages means the whole record."""

    whom: str
    asked_on: date
    reply_by: date | None = None
    pages: tuple[int, ...] = ()


def of_case(case: Case) -> Sequence[Consultation]:
    """Every consultation of a case: open ones first, the longest waiting first."""
    return db.session.scalars(
        select(Consultation)
        .where(Consultation.case_id == case.id)
        .order_by(
            Consultation.answered_on.is_not(None), Consultation.asked_on, Consultation.created_at
        )
    ).all()


def consultation_for(consultation_id: uuid.UUID, actor: Actor) -> Consultation:
    """The consultation, when the actor may decide about records of its council."""
    return load(Consultation, consultation_id, actor, Permission.REDACTION_MARK)


def ask(record_id: uuid.UUID, question: Question, actor: Actor) -> list[Consultation]:
    """Notes that somebody was asked; until the answer is recorded nothing of it is disclosed.

    Raises:
        NotFoundError: the record has no such page.
        RefusedError: nobody is named, a date cannot be, or it is out for consultation already.
    """
    record = load(Record, record_id, actor, Permission.REDACTION_MARK)
    _check(question, actor)
    asked = [_ask_one(target, record, question, actor) for target in _targets(record, question)]
    stages.move(records.case_of(record), CaseMove.CHANGE_RECORDS)
    _record(EventName.CONSULTATION_ASKED, asked[0], actor, count=len(asked))
    return asked


def answer(consultation_id: uuid.UUID, answered_on: date, words: str, actor: Actor) -> Consultation:
    """Records what they said; the record or page is in scope again, to be decided in their light.

    Raises:
        RefusedError: it has been answered, nothing was said, or the day cannot be.
    """
    row = consultation_for(consultation_id, actor)
    if row.answered_on is not None:
        raise RefusedError("The answer has been recorded already.")
    if not words.strip():
        raise RefusedError("Say what they answered, or that they did not.")
    if not row.asked_on <= answered_on <= actor.today:
        raise RefusedError("The day of the answer must be between the question and today.")
    row.answered_on, row.answer = answered_on, words.strip()
    target = row.page or row.record
    target.scope, target.scope_reason = RecordScope.IN, ""
    stages.move(records.case_of(row.record), CaseMove.CHANGE_RECORDS)
    _record(EventName.CONSULTATION_ANSWERED, row, actor)
    return row


def _check(question: Question, actor: Actor) -> None:
    if not question.whom.strip():
        raise RefusedError("Say whom you asked.")
    if question.asked_on > actor.today:
        raise RefusedError("The day you asked cannot be in the future.")
    if question.reply_by is not None and question.reply_by < question.asked_on:
        raise RefusedError("An answer cannot be due before the question.")


def _targets(record: Record, question: Question) -> list[Record | Page]:
    own = {page.number: page for page in record.pages}
    if set(question.pages) - own.keys():
        raise NotFoundError("The record has no such page.")
    return [own[number] for number in dict.fromkeys(question.pages)] or [record]


def _ask_one(
    target: Record | Page, record: Record, question: Question, actor: Actor
) -> Consultation:
    if target.scope is RecordScope.CONSULT:
        raise RefusedError(records.CONSULTED)
    target.scope, target.scope_reason = RecordScope.CONSULT, f"Asked {question.whom.strip()}"
    if target is record:
        for page in record.pages:  # a page that was let in by itself waits with the others
            page.scope = None if page.scope is RecordScope.IN else page.scope
    row = Consultation(
        created_at=actor.now,
        controller_id=record.controller_id,
        case_id=record.case_id,
        record_id=record.id,
        page_id=target.id if isinstance(target, Page) else None,
        whom=question.whom.strip()[:200],
        asked_on=question.asked_on,
        reply_by=question.reply_by,
        asked_by_id=actor.staff_id,
    )
    db.session.add(row)
    return row


def _record(name: EventName, row: Consultation, actor: Actor, **details: int) -> None:
    db.session.flush()
    audit.record(name, actor, row, controller_id=row.controller_id, case_id=row.case_id, **details)
