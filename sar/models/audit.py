"""The audit chain: append only, each row hashed with the one before."""

from __future__ import annotations

import uuid
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from sar.domain.events import EventName
from sar.models.base import Base, stored_enum


class AuditEvent(Base):
    """One change: who, what, to what. Details hold ids, codes and counts, never personal data."""

    __tablename__ = "audit_event"

    sequence: Mapped[int] = mapped_column(unique=True)
    name: Mapped[EventName] = mapped_column(stored_enum(EventName))
    actor: Mapped[str] = mapped_column(String(80))
    controller_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("controller.id"))
    case_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("case_file.id"), index=True)
    subject_type: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[uuid.UUID]
    details: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64), unique=True)
