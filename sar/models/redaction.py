"""Redactions an officer marked, and the review of them by a second person."""

from __future__ import annotations

import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sar.domain.exemption import NEUTRAL_CODE
from sar.domain.redaction import Area, Rect
from sar.models.base import Base, UtcDateTime, stored_enum
from sar.models.record import Page
from sar.models.user import User


class RedactionKind(StrEnum):
    """How much of a page a redaction covers."""

    AREA = "area"
    PAGE = "page"


class Redaction(Base):
    """An area of a page, or the whole of it, that is left out, and the exemption behind it.

    Undoing keeps the row and sets `undone_at`, so that the history of a decision can be read.
    `person_id` is whom it is about, where one person is; `covers_worker` that a worker in role is
    named under it; `is_use_told` whether the requester reads the code.
    """

    __tablename__ = "redaction"

    controller_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("controller.id"))
    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("case_file.id"), index=True)
    page_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("page.id"), index=True)
    kind: Mapped[RedactionKind] = mapped_column(stored_enum(RedactionKind))
    x0: Mapped[float] = mapped_column(default=0.0)
    y0: Mapped[float] = mapped_column(default=0.0)
    x1: Mapped[float] = mapped_column(default=0.0)
    y1: Mapped[float] = mapped_column(default=0.0)
    code: Mapped[str] = mapped_column(String(12))
    comment: Mapped[str] = mapped_column(Text, default="")
    person_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("case_person.id"))
    covers_worker: Mapped[bool] = mapped_column(default=False)
    override_reason: Mapped[str] = mapped_column(Text, default="")
    is_use_told: Mapped[bool] = mapped_column(default=True)
    batch: Mapped[uuid.UUID]
    author_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    undone_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user_account.id"))

    page: Mapped[Page] = relationship(lazy="joined")
    author: Mapped[User] = relationship(foreign_keys=[author_id], lazy="joined")

    @property
    def area(self) -> Area:
        """The domain's view of an area redaction, with the code the requester is told."""
        return Area(self.page.number, Rect(self.x0, self.y0, self.x1, self.y1), self.told_code)

    @property
    def told_code(self) -> str:
        """The code, or the neutral one where saying which would itself do the harm."""
        return self.code if self.is_use_told else NEUTRAL_CODE


class ReviewDecision(StrEnum):
    """What the second person decided."""

    WAITING = "waiting"
    APPROVED = "approved"
    RETURNED = "returned"
    VOIDED = "voided"


class Review(Base):
    """One submission for approval, bound to the hash of exactly what was submitted."""

    __tablename__ = "review"

    controller_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("controller.id"))
    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("case_file.id"), index=True)
    content_hash: Mapped[str] = mapped_column(String(64))
    submitted_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    decision: Mapped[ReviewDecision] = mapped_column(
        stored_enum(ReviewDecision), default=ReviewDecision.WAITING
    )
    decided_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user_account.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    comment: Mapped[str] = mapped_column(Text, default="")

    submitted_by: Mapped[User] = relationship(foreign_keys=[submitted_by_id], lazy="joined")
    decided_by: Mapped[User | None] = relationship(foreign_keys=[decided_by_id], lazy="joined")
