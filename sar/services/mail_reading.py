"""A message as an officer reads it: what it says, what triage makes of it, what is still open."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select

from sar.domain.inboxes import Inbox
from sar.domain.mail import MailFacts
from sar.domain.rights import Right
from sar.domain.service_entry import ServiceEntry
from sar.domain.triage import triage
from sar.domain.triage_needs import Need
from sar.extensions import db
from sar.models.case import Case
from sar.models.message import InboundMessage
from sar.services import messages, register
from sar.services.actor import Actor

EDUCATIONAL = "educational-record"
_LABELS = {**{str(right): right.label for right in Right}, EDUCATIONAL: "School record"}


@dataclass(frozen=True)
class Reading:
    """A message, its facts, and what is proposed for it."""

    message: InboundMessage
    facts: MailFacts
    inbox: Inbox
    kinds: tuple[str, ...]
    services: tuple[ServiceEntry, ...]
    needs: tuple[Need, ...]
    cases: Sequence[Case]
    same_id: Sequence[InboundMessage]

    @property
    def council_code(self) -> str:
        """The council it came to."""
        return str(self.inbox.council)

    @property
    def kind_labels(self) -> tuple[str, ...]:
        """What it seems to ask for, in words."""
        return tuple(kind_label(each) for each in self.kinds)

    @property
    def rights_to_open(self) -> tuple[Right, ...]:
        """The rights it seems to use that have no case from it yet."""
        opened = {case.right for case in self.cases}
        return tuple(each for each in Right if str(each) in self.kinds and each not in opened)

    @property
    def is_for_another(self) -> bool:
        """Whether the writer seems to act for somebody else."""
        return Need.AUTHORITY in self.needs or Need.CHILD in self.needs


def reading_of(message_id: uuid.UUID, actor: Actor) -> Reading:
    """The message, read.

    Raises:
        NotFoundError: there is no such message, or it came to another council.
    """
    message = messages.message_for(message_id, actor)
    facts = messages.facts_of(message)
    inbox = messages.inbox_of(message)
    theirs = register.register_of(inbox.council.value)
    return Reading(
        message=message,
        facts=facts,
        inbox=inbox,
        kinds=tuple(message.kinds),
        services=tuple(each for each in theirs if each.id in message.service_ids),
        needs=triage(facts, theirs).needs,
        cases=messages.cases_of(message),
        same_id=_same_id(message),
    )


def kind_label(kind: str) -> str:
    """A kind of triage in the words of the screens."""
    return _LABELS.get(kind, kind.replace("-", " ").capitalize())


def _same_id(message: InboundMessage) -> Sequence[InboundMessage]:
    """Other messages that carry the same Message-ID and another text."""
    return db.session.scalars(
        select(InboundMessage)
        .where(
            InboundMessage.controller_id == message.controller_id,
            or_(
                InboundMessage.id == message.differs_from_id,
                InboundMessage.differs_from_id == message.id,
            ),
        )
        .order_by(InboundMessage.created_at)
    ).all()
