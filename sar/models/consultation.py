"""Asking somebody outside what they say to a disclosure, before it is decided."""

from __future__ import annotations

import uuid
from datetime import date

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sar.models.base import Base
from sar.models.record import Page, Record


class Consultation(Base):
    """A record, or one page of it, that somebody was asked about; over once it has an answer."""

    __tablename__ = "consultation"

    controller_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("controller.id"))
    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("case_file.id"), index=True)
    record_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("record.id"), index=True)
    page_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("page.id"))
    whom: Mapped[str] = mapped_column(String(200))
    asked_on: Mapped[date]
    reply_by: Mapped[date | None]
    asked_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    answered_on: Mapped[date | None]
    answer: Mapped[str] = mapped_column(Text, default="")

    record: Mapped[Record] = relationship(lazy="joined")
    page: Mapped[Page | None] = relationship(lazy="joined")
