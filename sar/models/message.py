"""Mail in and mail out."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from sar.models.base import Base, UtcDateTime, stored_enum


class MessageStatus(StrEnum):
    """What became of a message that came in."""

    WAITING = "waiting"
    OPENED_CASE = "opened-case"
    JOINED_CASE = "joined-case"
    SET_ASIDE = "set-aside"

    @property
    def label(self) -> str:
        """The status in the words of the screens."""
        return self.value.replace("-", " ").capitalize()


class InboundMessage(Base):
    """A mail as it arrived; its raw bytes are kept under `raw_key` and never altered.

    The same Message-ID with the same body is one message, whatever route it came by. With another
    body it is kept, and `differs_from_id` names the first.
    """

    __tablename__ = "inbound_message"
    __table_args__ = (UniqueConstraint("controller_id", "sha256"),)

    controller_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("controller.id"), index=True)
    data_key_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("data_key.id"))
    inbox_slug: Mapped[str] = mapped_column(String(80))
    message_id: Mapped[str] = mapped_column(String(998), default="", index=True)
    sha256: Mapped[str] = mapped_column(String(64))
    body_sha256: Mapped[str] = mapped_column(String(64))
    raw_key: Mapped[str] = mapped_column(String(200))
    body_key: Mapped[str] = mapped_column(String(200))
    sender_name: Mapped[str] = mapped_column(Text, default="")
    sender_email: Mapped[str] = mapped_column(Text, default="")
    subject: Mapped[str] = mapped_column(Text, default="")
    received_on: Mapped[date]
    attachment_names: Mapped[list[str]] = mapped_column(JSON, default=list)
    problems: Mapped[list[str]] = mapped_column(JSON, default=list)
    kinds: Mapped[list[str]] = mapped_column(JSON, default=list)
    service_ids: Mapped[list[str]] = mapped_column(JSON, default=list)
    why: Mapped[list[str]] = mapped_column(JSON, default=list)
    status: Mapped[MessageStatus] = mapped_column(
        stored_enum(MessageStatus), default=MessageStatus.WAITING, index=True
    )
    reason: Mapped[str] = mapped_column(Text, default="")
    differs_from_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("inbound_message.id"))


class MessageCase(Base):
    """A message that opened or joined a case; one mail that asks for two rights has two cases."""

    __tablename__ = "message_case"
    __table_args__ = (UniqueConstraint("message_id", "case_id"),)

    controller_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("controller.id"))
    message_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("inbound_message.id"), index=True)
    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("case_file.id"), index=True)


class OutboundMessage(Base):
    """One mail to one person, never a second; the letter it may carry is a row of `letter`."""

    __tablename__ = "outbound_message"

    controller_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("controller.id"), index=True)
    case_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("case_file.id"), index=True)
    recipient: Mapped[str] = mapped_column(String(254))
    subject: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(String(40))
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
