"""What a case has settled about a service of the register: regime, lead, dates of retention."""

from __future__ import annotations

import uuid

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from sar.domain.service_entry import ServiceQuestion
from sar.models.base import Base, stored_enum


class ServiceAnswer(Base):
    """One answer; a day is kept as 2025-03-31. Given again, it stands in the place of the last."""

    __tablename__ = "service_answer"
    __table_args__ = (UniqueConstraint("case_id", "service_id", "question"),)

    controller_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("controller.id"))
    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("case_file.id"), index=True)
    service_id: Mapped[str] = mapped_column(String(12))
    question: Mapped[ServiceQuestion] = mapped_column(stored_enum(ServiceQuestion))
    answer: Mapped[str] = mapped_column(String(40))
    author_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
