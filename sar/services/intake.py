"""Mail in: taken from the inboxes, triaged by rules, opened, joined or set aside by an officer."""

from __future__ import annotations

import hashlib
import json
import tempfile
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parseaddr
from pathlib import Path

from sqlalchemy import select

from sar.adapters.doors import doors
from sar.adapters.files import OpenKey, StoredFile
from sar.adapters.inbox import Dropped
from sar.adapters.jobs import Report, Stage, Stages
from sar.documents.errors import DocumentError
from sar.documents.tools import call
from sar.domain.events import EventName
from sar.domain.inboxes import INBOXES
from sar.domain.mail import MailFacts, facts_from
from sar.domain.service_entry import ServiceEntry
from sar.domain.triage import Triage, triage
from sar.extensions import db
from sar.models.base import now_utc
from sar.models.controller import Controller
from sar.models.key import DataKey
from sar.models.message import InboundMessage, MessageStatus
from sar.services import audit, register
from sar.services.actor import Actor, system
from sar.services.councils import SERVED, council_named
from sar.services.keys import create_data_key, open_data_key

BATCH = 50
UNREADABLE = "This mail could not be read by the programme. Its bytes are kept as they came."
_COUNCIL_OF = {each.slug: each.council.value for each in INBOXES}


@dataclass(frozen=True)
class Taken:
    """One mail read and stored, not yet a row."""

    dropped: Dropped
    raw: StoredFile
    body: StoredFile
    body_sha256: str
    facts: MailFacts
    triage: Triage
    landed_at: datetime


def poll_inboxes(report: Report) -> Stages:
    """Takes in what waits in the drop folders; a mail leaves its folder only once it is a row."""
    yield Stage.SAVE
    keys = {council.value: open_data_key(_intake_key(council.value)) for council in SERVED}
    registers = {council.value: register.register_of(council.value) for council in SERVED}
    yield Stage.WORK
    waiting = [each for _, each in zip(range(BATCH), doors().inbox.waiting(), strict=False)]
    taken = []
    for number, dropped in enumerate(waiting, start=1):
        code = _COUNCIL_OF[dropped.inbox_slug]
        taken.append(take(dropped, doors().inbox.read(dropped), keys[code], registers[code]))
        report(number, len(waiting), "Reading mail")
    yield Stage.SAVE
    actor = system(now_utc())
    for each in taken:
        receive(each, actor)
    yield Stage.WORK
    for each in taken:
        doors().inbox.finish(each.dropped, each.raw.sha256)


def take(dropped: Dropped, raw: bytes, key: OpenKey, services: tuple[ServiceEntry, ...]) -> Taken:
    """Reads a mail in the sandbox and stores its bytes; an unreadable one is kept all the same."""
    facts = _facts(raw)
    return Taken(
        dropped=dropped,
        raw=doors().files.put(key, raw),
        body=doors().files.put(key, json.dumps(facts.as_dict()).encode()),
        body_sha256=_body_hash(raw),
        facts=facts,
        triage=triage(facts, services),
        landed_at=_landed_at(dropped),
    )


def receive(taken: Taken, actor: Actor) -> InboundMessage | None:
    """The mail as a row that waits for an officer, or None when it is already here."""
    controller = council_named(_COUNCIL_OF[taken.dropped.inbox_slug])
    first = _same_id(taken.facts.message_id, controller.id)
    if _is_here(taken.raw.sha256, controller.id) or (
        first is not None and first.body_sha256 == taken.body_sha256
    ):
        return None
    message = _row(taken, controller, first, actor)
    db.session.add(message)
    db.session.flush()
    audit.record(
        EventName.MESSAGE_RECEIVED,
        actor,
        message,
        controller_id=controller.id,
        inbox=message.inbox_slug,
        sha256=message.sha256,
    )
    return message


def _row(
    taken: Taken, controller: Controller, first: InboundMessage | None, actor: Actor
) -> InboundMessage:
    name, address = parseaddr(taken.facts.from_)
    landed = system(taken.landed_at).today
    return InboundMessage(
        created_at=actor.now,
        controller_id=controller.id,
        data_key_id=_intake_key(controller.code),
        inbox_slug=taken.dropped.inbox_slug,
        message_id=taken.facts.message_id[:998],
        sha256=taken.raw.sha256,
        body_sha256=taken.body_sha256,
        raw_key=taken.raw.object_key,
        body_key=taken.body.object_key,
        sender_name=name or address or taken.facts.from_,
        sender_email=address,
        subject=taken.facts.subject,
        # A sender's own clock may run ahead; nothing is received after it has landed.
        received_on=min(taken.facts.received_on or landed, landed),
        attachment_names=list(taken.facts.attachments),
        problems=list(taken.facts.problems),
        kinds=[str(kind) for kind in taken.triage.kinds],
        service_ids=list(taken.triage.service_ids),
        why=list(taken.triage.why),
        status=MessageStatus.WAITING,
        differs_from_id=first.id if first else None,
    )


def _facts(raw: bytes) -> MailFacts:
    with tempfile.TemporaryDirectory(prefix="mail-") as folder:
        scratch = Path(folder)
        (scratch / "mail.eml").write_bytes(raw)
        try:
            return facts_from(call("mail-facts", scratch, {"mail": "mail.eml"}))
        except DocumentError as error:
            return MailFacts(subject="", problems=(UNREADABLE, error.sentence))


def _body_hash(raw: bytes) -> str:
    """The hash of what follows the headers: the same mail by another route has the same."""
    unix = raw.replace(b"\r\n", b"\n")
    _, _, body = unix.partition(b"\n\n")
    return hashlib.sha256(body.strip()).hexdigest()


def _landed_at(dropped: Dropped) -> datetime:
    return datetime.fromtimestamp(dropped.path.stat().st_mtime, UTC)


def _is_here(sha256: str, controller_id: uuid.UUID) -> bool:
    query = select(InboundMessage.id).where(
        InboundMessage.sha256 == sha256, InboundMessage.controller_id == controller_id
    )
    return db.session.scalar(query) is not None


def _same_id(message_id: str, controller_id: uuid.UUID) -> InboundMessage | None:
    if not message_id:
        return None
    return db.session.scalar(
        select(InboundMessage)
        .where(
            InboundMessage.message_id == message_id,
            InboundMessage.controller_id == controller_id,
        )
        .order_by(InboundMessage.created_at)
        .limit(1)
    )


def _intake_key(controller_code: str) -> uuid.UUID:
    """The key for a council's mail that has no case yet, made when there is none."""
    query = select(DataKey).where(
        DataKey.controller_code == controller_code,
        DataKey.case_id.is_(None),
        DataKey.wrapped.is_not(None),
    )
    found = db.session.scalar(query.order_by(DataKey.created_at).limit(1))
    return (found or create_data_key(controller_code)).id
