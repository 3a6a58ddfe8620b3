"""Letters to requesters and recipients, and the texts a council keeps for them."""

from __future__ import annotations

import uuid
from datetime import date
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sar.domain.letter import LetterKind
from sar.models.base import Base, stored_enum
from sar.models.user import User


class LetterStatus(StrEnum):
    """How far a letter has come."""

    DRAFT = "draft"
    LEAVING = "leaving"
    SENT = "sent"
    POSTED = "posted"
    NOT_SENT = "not-sent"
    THROWN_AWAY = "thrown-away"

    @property
    def label(self) -> str:
        """The status in the words of the screens."""
        return {
            LetterStatus.DRAFT: "Draft",
            LetterStatus.LEAVING: "Being sent",
            LetterStatus.SENT: "Sent by email",
            LetterStatus.POSTED: "Sent by post",
            LetterStatus.NOT_SENT: "Could not be sent",
            LetterStatus.THROWN_AWAY: "Thrown away",
        }[self]


class Letter(Base):
    """One letter, kept as it was looked at and left: `object_key` names its PDF in the store.

    `answers` is what the officer typed, by the gap it fills; `text` is the same letter as plain
    text. `clock_event_id` is the event of the case's clock that sending it made.
    """

    __tablename__ = "letter"

    controller_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("controller.id"), index=True)
    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("case_file.id"), index=True)
    kind: Mapped[LetterKind] = mapped_column(stored_enum(LetterKind))
    status: Mapped[LetterStatus] = mapped_column(
        stored_enum(LetterStatus), default=LetterStatus.DRAFT, index=True
    )
    author_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    answers: Mapped[dict[str, str]] = mapped_column(JSON)
    addressee: Mapped[str] = mapped_column(String(200))
    address: Mapped[str] = mapped_column(Text, default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    dated_on: Mapped[date]
    title: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    object_key: Mapped[str] = mapped_column(String(200))
    sha256: Mapped[str] = mapped_column(String(64))
    byte_count: Mapped[int]
    page_count: Mapped[int]
    left_on: Mapped[date | None]
    message_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("outbound_message.id"), index=True
    )
    clock_event_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("clock_event.id"))
    fault: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  # the name is SQLAlchemy's

    author: Mapped[User] = relationship(lazy="joined")

    # As a file: its name says nothing of what is inside.
    name = "letter.pdf"
    media_type = "application/pdf"


class LetterText(Base):
    """A text a council put in place of a letter's own; the highest number is in force.

    `text` is None where the council went back to the text that is shipped.
    """

    __tablename__ = "letter_text"
    __table_args__ = (UniqueConstraint("controller_id", "kind", "number"),)

    controller_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("controller.id"), index=True)
    kind: Mapped[LetterKind] = mapped_column(stored_enum(LetterKind))
    number: Mapped[int]
    text: Mapped[str | None] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text, default="")
    author_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))

    author: Mapped[User] = relationship(lazy="joined")
