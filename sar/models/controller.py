"""The councils, and the service teams that hold their records."""

from __future__ import annotations

import uuid

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from sar.models.base import Base


class Controller(Base):
    """A council that decides why and how personal data is used (UK GDPR Art 4(7))."""

    __tablename__ = "controller"

    code: Mapped[str] = mapped_column(String(8), unique=True)
    name: Mapped[str] = mapped_column(String(200))


class CaseNumber(Base):
    """The last reference number a council gave out in a year."""

    __tablename__ = "case_number"
    __table_args__ = (UniqueConstraint("controller_id", "year"),)

    controller_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("controller.id"))
    year: Mapped[int]
    last: Mapped[int]


class ServiceTeam(Base):
    """A team of one council that searches for records; slug is that of the register."""

    __tablename__ = "service_team"
    __table_args__ = (UniqueConstraint("controller_id", "slug"),)

    controller_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("controller.id"))
    slug: Mapped[str] = mapped_column(String(60))
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str | None] = mapped_column(String(254))
