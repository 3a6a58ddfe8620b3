"""Mail out: owed as a row, sent by a worker, once, to one person; a letter carries its PDF."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace

from sqlalchemy import select

from sar.adapters.doors import doors
from sar.adapters.files import OpenKey
from sar.adapters.jobs import JobName, Report, Stage, Stages
from sar.adapters.outbox import AddressError, Mail, check_recipient, is_phone
from sar.domain.dates import date_words
from sar.domain.events import EventName
from sar.domain.inboxes import can_send_to
from sar.extensions import db
from sar.models.base import now_utc
from sar.models.case import Case
from sar.models.controller import Controller, ServiceTeam
from sar.models.letter import Letter as LetterRow
from sar.models.letter import LetterStatus
from sar.models.message import OutboundMessage
from sar.models.search import Search
from sar.models.user import Membership, User
from sar.services import audit
from sar.services.actor import Actor, system
from sar.services.errors import RefusedError
from sar.services.jobs import enqueue
from sar.services.keys import open_data_key

LINK, CODE, LETTER = "release-link", "release-code", "letter"
NEVER = (
    "That address is a misprint or no address: it may belong to a stranger. Nothing is ever sent "
    "to it."
)
SECRET_KINDS = frozenset({LINK, CODE})  # their words are forgotten once they have left
SENDERS = {"RBKC": "dataprotectionact@rbkc.gov.uk", "WCC": "dataprotection@westminster.gov.uk"}


@dataclass(frozen=True)
class Letter:
    """What to write to whom; a subject never holds a name or a reference."""

    recipient: str
    subject: str
    body: str
    kind: str


def write(letter: Letter, controller_id: uuid.UUID, case_id: uuid.UUID | None) -> OutboundMessage:
    """Owes a mail, or a text to a phone; it leaves after the surrounding transaction commits.

    Raises:
        RefusedError: the recipient is not one e-mail address or phone number, or is one of the
            misprinted addresses that belong to strangers.
    """
    try:
        check_recipient(letter.recipient)
    except AddressError as error:
        raise RefusedError(str(error)) from None
    if not is_phone(letter.recipient) and not can_send_to(letter.recipient):
        raise RefusedError(NEVER)
    message = OutboundMessage(
        controller_id=controller_id,
        case_id=case_id,
        recipient=letter.recipient,
        subject=letter.subject,
        body=letter.body,
        kind=letter.kind,
    )
    db.session.add(message)
    db.session.flush()
    enqueue(JobName.SEND_MESSAGE, message.id, controller_id=controller_id, case_id=case_id)
    return message


def tell_team(case: Case, team: ServiceTeam, search: Search, actor: Actor) -> None:
    """Tells each member of a team that a search waits; the mail names nobody."""
    address = f"{doors().base_url}/team/searches/{search.id}"
    members = db.session.scalars(
        select(User)
        .join(Membership)
        .where(Membership.team_id == team.id, User.is_active)
        .order_by(User.email)
    ).unique()
    for member in members:
        body = (
            f"{team.name} has been asked to search for records.\n\n"
            f"Please answer by {date_words(search.due_on)}.\n\n"
            f"Sign in to see what to look for and to upload what you find:\n{address}\n"
        )
        write(
            Letter(member.email, "Search request", body, "search-request"),
            case.controller_id,
            case.id,
        )


def send_message(message_id: uuid.UUID, report: Report) -> Stages:
    """Sends one owed mail; the id it carries lets a second sending be recognised."""
    message = db.session.get(OutboundMessage, message_id)
    if message is None or message.sent_at is not None:
        return
    controller = db.session.get(Controller, message.controller_id)
    assert controller is not None
    kept = _kept(letter_of(message))
    mail = Mail(
        id=str(message.id),
        sender=SENDERS[controller.code],
        recipient=message.recipient,
        subject=message.subject,
        body=message.body,
        on=message.created_at,
    )
    yield Stage.WORK
    if kept is not None:
        mail = replace(mail, letter=doors().files.read(*kept))
    doors().outbox.send(mail)
    yield Stage.SAVE
    message = db.session.get(OutboundMessage, message_id)
    assert message is not None
    actor = system(now_utc())
    message.sent_at = actor.now
    letter = letter_of(message)
    if letter is not None:
        letter.status, letter.fault = LetterStatus.SENT, ""
    if message.kind in SECRET_KINDS:
        message.body = ""
    db.session.flush()
    audit.record(
        EventName.MESSAGE_SENT,
        actor,
        message,
        controller_id=message.controller_id,
        case_id=message.case_id,
        kind=message.kind,
    )


def letter_of(message: OutboundMessage) -> LetterRow | None:
    """The letter that a message carries, or None for one that is only words."""
    return db.session.scalar(select(LetterRow).where(LetterRow.message_id == message.id))


def _kept(letter: LetterRow | None) -> tuple[OpenKey, str] | None:
    """What opens the PDF of a letter, taken before the transaction ends."""
    if letter is None:
        return None
    case = db.session.get_one(Case, letter.case_id)
    return open_data_key(case.data_key_id), letter.object_key


def sending_failed(message_id: uuid.UUID, sentence: str) -> None:
    """Notes on the case that a mail could not be sent; the job keeps the sentence that says why."""
    message = db.session.get(OutboundMessage, message_id)
    if message is None or message.sent_at is not None:
        return
    letter = letter_of(message)
    if letter is not None:
        letter.status, letter.fault = LetterStatus.NOT_SENT, sentence
    audit.record(
        EventName.MESSAGE_NOT_SENT,
        system(now_utc()),
        message,
        controller_id=message.controller_id,
        case_id=message.case_id,
        kind=message.kind,
    )
