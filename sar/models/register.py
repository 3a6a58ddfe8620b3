"""What a council has changed in the service register; the shipped rows are code."""

from __future__ import annotations

import uuid

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sar.domain.register_fields import RegisterField
from sar.models.base import Base, stored_enum
from sar.models.user import User


class RegisterEditRow(Base):
    """One field of one service as a council has it; without text it is as shipped again.

    Rows are only ever added, so that they are the history too.
    """

    __tablename__ = "register_edit"
    __table_args__ = (Index("ix_register_edit_of_service", "controller_id", "service_id"),)

    controller_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("controller.id"))
    service_id: Mapped[str] = mapped_column(String(12))
    field: Mapped[RegisterField] = mapped_column(stored_enum(RegisterField))
    text: Mapped[str | None] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    author_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))

    author: Mapped[User] = relationship(lazy="joined")
