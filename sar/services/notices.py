"""Recipients to be told of a correction, erasure or restriction (UK GDPR Art 19)."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from sar.domain.article19 import NoticeState, NoticeWay, check_notice, may_close
from sar.domain.events import EventName
from sar.domain.permissions import Permission
from sar.domain.register import recipients_of
from sar.extensions import db
from sar.models.case import Case
from sar.models.decision import RecipientList, RecipientNotice
from sar.services import audit, register
from sar.services.access import load
from sar.services.actor import Actor
from sar.services.errors import RefusedError


@dataclass(frozen=True)
class Notified:
    """What became of telling one recipient."""

    state: NoticeState
    way: NoticeWay | None = None
    told_on: date | None = None
    reason: str = ""


def owe(case: Case, actor: Actor) -> int:
    """Makes a task for each recipient of the case's services that has none yet; how many.

    Part of a decision, which records it.
    """
    known = {each.recipient for each in of_case(case)}
    entries = register.services_named(case.service_ids, case.controller.code)
    new = [each for each in recipients_of(entries) if each.name not in known]
    db.session.add_all(
        RecipientNotice(
            created_at=actor.now,
            controller_id=case.controller_id,
            case_id=case.id,
            recipient=each.name,
            formerly="; ".join(each.successor_of),
            state=NoticeState.OWED,
        )
        for each in new
    )
    return len(new)


def settle(notice_id: uuid.UUID, told: Notified, actor: Actor) -> RecipientNotice:
    """Notes that a recipient was told, or why it cannot be.

    Raises:
        DomainError: how, or why not, is missing.
        RefusedError: the day it was told is still to come.
    """
    row = load(RecipientNotice, notice_id, actor, Permission.DECISION_MAKE)
    check_notice(told.state, told.way, told.reason)
    told_on = (told.told_on or actor.today) if told.state is NoticeState.TOLD else None
    if told_on is not None and told_on > actor.today:
        raise RefusedError("They cannot have been told on a day to come.")
    row.state, row.reason, row.told_on = told.state, told.reason.strip(), told_on
    row.way = told.way if told.state is NoticeState.TOLD else None
    row.author_id = actor.staff_id
    _record(EventName.RECIPIENT_NOTED, row, actor, state=told.state.value)
    return row


def ask_for_list(case_id: uuid.UUID, actor: Actor) -> RecipientList:
    """Notes that the person asked who was told.

    Raises:
        RefusedError: it is noted already.
    """
    case = load(Case, case_id, actor, Permission.DECISION_MAKE)
    if list_of(case) is not None:
        raise RefusedError("It is noted already that the person asked.")
    row = RecipientList(
        created_at=actor.now,
        controller_id=case.controller_id,
        case_id=case.id,
        asked_on=actor.today,
    )
    db.session.add(row)
    _record(EventName.RECIPIENT_LIST_ASKED, row, actor)
    return row


def answer_list(case_id: uuid.UUID, actor: Actor) -> RecipientList:
    """Notes that the person was told who the recipients are.

    Raises:
        RefusedError: nobody asked, or it is answered already.
    """
    case = load(Case, case_id, actor, Permission.DECISION_MAKE)
    row = list_of(case)
    if row is None or row.answered_on is not None:
        raise RefusedError("No question about the recipients is open.")
    row.answered_on = actor.today
    _record(EventName.RECIPIENT_LIST_ANSWERED, row, actor)
    return row


def of_case(case: Case) -> Sequence[RecipientNotice]:
    """The notices of a case, those still owed first."""
    rows = db.session.scalars(
        select(RecipientNotice)
        .where(RecipientNotice.case_id == case.id)
        .order_by(RecipientNotice.recipient)
    ).all()
    return sorted(rows, key=lambda row: row.state is not NoticeState.OWED)


def notice_for(notice_id: uuid.UUID, actor: Actor) -> RecipientNotice:
    """The notice, when the actor may decide for its council."""
    return load(RecipientNotice, notice_id, actor, Permission.DECISION_MAKE)


def list_of(case: Case) -> RecipientList | None:
    """Whether and when the person asked who was told."""
    return db.session.scalar(select(RecipientList).where(RecipientList.case_id == case.id))


def check_may_close(case: Case) -> None:
    """Lets a case be closed, or refuses while a recipient is still to be told.

    Raises:
        RefusedError: the sentence says what is owed.
    """
    asked = list_of(case)
    is_list_owed = asked is not None and asked.answered_on is None
    why = may_close((row.state for row in of_case(case)), is_list_owed=is_list_owed)
    if why:
        raise RefusedError(why)


def _record(
    name: EventName, row: RecipientNotice | RecipientList, actor: Actor, **details: str
) -> None:
    db.session.flush()
    audit.record(name, actor, row, controller_id=row.controller_id, case_id=row.case_id, **details)
