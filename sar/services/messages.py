"""What an officer does with a message: open a case from it, join it to one, set it aside."""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence

from sqlalchemy import and_, or_, select

from sar.adapters.doors import doors
from sar.domain.events import EventName
from sar.domain.inboxes import INBOXES, Inbox
from sar.domain.mail import MailFacts, facts_from
from sar.domain.permissions import Permission
from sar.domain.searching import RecordScope
from sar.extensions import db
from sar.models.case import Case
from sar.models.message import InboundMessage, MessageCase, MessageStatus
from sar.services import audit, cases, records
from sar.services.access import load
from sar.services.actor import Actor
from sar.services.errors import RefusedError
from sar.services.keys import open_data_key

_INBOX = {each.slug: each for each in INBOXES}
REQUEST_ITSELF = "This is the request itself, not a record about the person."


def waiting(actor: Actor) -> Sequence[InboundMessage]:
    """Messages nobody has dealt with, oldest first."""
    return db.session.scalars(
        select(InboundMessage)
        .where(
            InboundMessage.controller_id.in_(actor.councils_with(Permission.MESSAGE_READ)),
            InboundMessage.status == MessageStatus.WAITING,
        )
        .order_by(InboundMessage.received_on, InboundMessage.created_at)
    ).all()


def message_for(message_id: uuid.UUID, actor: Actor) -> InboundMessage:
    """The message, when it came to a council the actor works for."""
    return load(InboundMessage, message_id, actor, Permission.MESSAGE_READ)


def facts_of(message: InboundMessage) -> MailFacts:
    """What the mail says, from the encrypted store."""
    key = open_data_key(message.data_key_id)
    return facts_from(json.loads(doors().files.read(key, message.body_key)))


def raw_of(message: InboundMessage) -> bytes:
    """The mail exactly as it came."""
    return doors().files.read(open_data_key(message.data_key_id), message.raw_key)


def inbox_of(message: InboundMessage) -> Inbox:
    """Where it arrived, with what is odd about that place."""
    return _INBOX[message.inbox_slug]


def cases_of(message: InboundMessage) -> Sequence[Case]:
    """Cases the message opened or joined."""
    return db.session.scalars(
        select(Case)
        .join(MessageCase, MessageCase.case_id == Case.id)
        .where(MessageCase.message_id == message.id)
        .order_by(Case.reference)
    ).all()


def of_case(case: Case) -> Sequence[InboundMessage]:
    """The mails that opened or joined a case, the oldest first."""
    return db.session.scalars(
        select(InboundMessage)
        .join(MessageCase, MessageCase.message_id == InboundMessage.id)
        .where(MessageCase.case_id == case.id)
        .order_by(InboundMessage.received_on, InboundMessage.created_at)
    ).all()


def related_cases(case: Case) -> Sequence[Case]:
    """Other cases that came of the same request: one for each right it asked for.

    Those of the same mail; without one, those that were opened in the same moment by one form.
    """
    mails = select(MessageCase.message_id).where(MessageCase.case_id == case.id)
    of_mail = select(MessageCase.case_id).where(MessageCase.message_id.in_(mails))
    of_form = and_(Case.logged_at == case.logged_at, Case.controller_id == case.controller_id)
    return (
        db.session.scalars(
            select(Case)
            .where(or_(Case.id.in_(of_mail), of_form), Case.id != case.id)
            .order_by(Case.reference)
        )
        .unique()
        .all()
    )


def open_case(message_id: uuid.UUID, new: cases.NewCase, actor: Actor) -> Case:
    """Opens a case from a message; a mail that asks for two rights may open two."""
    message = load(InboundMessage, message_id, actor, Permission.MESSAGE_TRIAGE)
    if message.status is MessageStatus.SET_ASIDE:
        raise RefusedError("This message was set aside. Bring it back first.")
    case = cases.open_case(new, actor)
    if case.controller_id != message.controller_id:
        raise RefusedError("The message came to the other council. Open the case for that one.")
    _join(message, case, actor)
    message.status = MessageStatus.OPENED_CASE
    db.session.flush()
    return case


def join_case(message_id: uuid.UUID, reference: str, actor: Actor) -> Case:
    """Joins a message to a case that is already open."""
    message = load(InboundMessage, message_id, actor, Permission.MESSAGE_TRIAGE)
    case = db.session.scalar(
        select(Case).where(
            Case.reference == reference.strip().upper(),
            Case.controller_id == message.controller_id,
        )
    )
    if case is None:
        raise RefusedError("This council has no case with that reference.")
    _join(message, case, actor)
    if message.status is not MessageStatus.OPENED_CASE:
        message.status = MessageStatus.JOINED_CASE
    db.session.flush()
    return case


def set_aside(message_id: uuid.UUID, reason: str, actor: Actor) -> InboundMessage:
    """Says, with a reason, that nothing need be done with a message; it can be brought back."""
    message = load(InboundMessage, message_id, actor, Permission.MESSAGE_TRIAGE)
    if message.status is not MessageStatus.WAITING:
        raise RefusedError("Somebody has already dealt with this message.")
    if not reason.strip():
        raise RefusedError("Say why the message is set aside.")
    message.status, message.reason = MessageStatus.SET_ASIDE, reason.strip()
    _record(EventName.MESSAGE_SET_ASIDE, message, None, actor)
    return message


def bring_back(message_id: uuid.UUID, actor: Actor) -> InboundMessage:
    """Puts a message that was set aside back in triage."""
    message = load(InboundMessage, message_id, actor, Permission.MESSAGE_TRIAGE)
    if message.status is not MessageStatus.SET_ASIDE:
        raise RefusedError("This message was not set aside.")
    message.status = MessageStatus.WAITING
    _record(EventName.MESSAGE_BROUGHT_BACK, message, None, actor)
    return message


def _join(message: InboundMessage, case: Case, actor: Actor) -> None:
    if case in cases_of(message):
        raise RefusedError("This message is already part of that case.")
    db.session.add(
        MessageCase(controller_id=case.controller_id, message_id=message.id, case_id=case.id)
    )
    records.add(
        case,
        records.NewRecord("Request.eml", raw_of(message), RecordScope.OUT, REQUEST_ITSELF),
        actor,
    )
    _record(EventName.MESSAGE_JOINED, message, case, actor)


def _record(name: EventName, message: InboundMessage, case: Case | None, actor: Actor) -> None:
    db.session.flush()
    audit.record(
        name,
        actor,
        message,
        controller_id=message.controller_id,
        case_id=case.id if case else None,
    )
