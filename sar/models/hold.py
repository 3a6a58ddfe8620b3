"""Holds on what a council keeps: placed, looked at again, and lifted, never erased."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sar.domain.holds import Hold, HoldKind
from sar.models.base import Base, UtcDateTime, stored_enum
from sar.models.case import Case
from sar.models.controller import Controller
from sar.models.user import User


class HoldRow(Base):
    """One hold; without case, service and person it covers everything of its council."""

    __tablename__ = "hold"

    controller_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("controller.id"), index=True)
    kind: Mapped[HoldKind] = mapped_column(stored_enum(HoldKind))
    name: Mapped[str] = mapped_column(String(200))
    reason: Mapped[str] = mapped_column(Text, default="")
    case_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("case_file.id"), index=True)
    service_id: Mapped[str] = mapped_column(String(12), default="")
    person: Mapped[str] = mapped_column(String(200), default="")
    owner_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user_account.id"))
    review_on: Mapped[date | None]
    placed_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user_account.id"))
    lifted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    lifted_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user_account.id"))
    lift_reason: Mapped[str] = mapped_column(Text, default="")

    controller: Mapped[Controller] = relationship(lazy="joined")
    case: Mapped[Case | None] = relationship(lazy="joined")
    owner: Mapped[User | None] = relationship(lazy="joined", foreign_keys=[owner_id])
    lifted_by: Mapped[User | None] = relationship(lazy="joined", foreign_keys=[lifted_by_id])

    @property
    def hold(self) -> Hold:
        """The row as the rules take it."""
        return Hold(
            kind=self.kind,
            name=self.name,
            case_id=str(self.case_id or ""),
            service_id=self.service_id,
            person=self.person,
            has_owner=self.owner_id is not None,
            review_on=self.review_on,
            is_lifted=self.lifted_at is not None,
        )
