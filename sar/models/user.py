"""Members of staff, and what each may do for which council."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sar.domain.permissions import Role
from sar.models.base import Base, UtcDateTime, stored_enum
from sar.models.controller import ServiceTeam


class User(Base):
    """A member of staff; `sign_in_stamp` changes to end every session of theirs at once."""

    __tablename__ = "user_account"

    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str] = mapped_column(String(254), unique=True)
    password_hash: Mapped[str] = mapped_column(String(300))
    sign_in_stamp: Mapped[str] = mapped_column(String(64))
    is_active: Mapped[bool] = mapped_column(default=True)
    last_signed_in_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    memberships: Mapped[list[Membership]] = relationship(
        back_populates="user", cascade="all, delete-orphan", lazy="selectin"
    )


class Membership(Base):
    """One role a person has for one council; a team member's names the team."""

    __tablename__ = "membership"
    __table_args__ = (UniqueConstraint("user_id", "controller_id", "role", "team_id"),)

    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    controller_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("controller.id"))
    role: Mapped[Role] = mapped_column(stored_enum(Role))
    team_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("service_team.id"))

    user: Mapped[User] = relationship(back_populates="memberships")
    team: Mapped[ServiceTeam | None] = relationship(lazy="joined")
