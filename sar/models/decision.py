"""Decisions on rights other than access, restrictions, and who was told of a change."""

from __future__ import annotations

import uuid
from datetime import date

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sar.domain.article19 import NoticeState, NoticeWay
from sar.domain.decisions import Outcome
from sar.models.base import Base, stored_enum
from sar.models.case import Case
from sar.models.user import User


class Decision(Base):
    """What was decided on a case, and on which ground; a later one stands in the place of it."""

    __tablename__ = "decision"

    controller_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("controller.id"))
    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("case_file.id"), index=True)
    outcome: Mapped[Outcome] = mapped_column(stored_enum(Outcome))
    grounds: Mapped[list[str]] = mapped_column(JSON, default=list)
    articles: Mapped[str] = mapped_column(Text)
    reasons: Mapped[str] = mapped_column(Text, default="")
    offers_statement: Mapped[bool] = mapped_column(default=False)
    is_direct_marketing: Mapped[bool] = mapped_column(default=False)
    decided_on: Mapped[date]
    author_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))

    author: Mapped[User] = relationship(lazy="joined")


class Restriction(Base):
    """A time during which data is only stored; lifted once the person has been told (Art 18(3))."""

    __tablename__ = "restriction"

    controller_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("controller.id"))
    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("case_file.id"), index=True)
    what: Mapped[str] = mapped_column(Text)
    began_on: Mapped[date]
    told_on: Mapped[date | None]
    lifted_on: Mapped[date | None]
    author_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))


class RecipientNotice(Base):
    """One body to be told of a correction, erasure or restriction (Art 19)."""

    __tablename__ = "recipient_notice"
    __table_args__ = (UniqueConstraint("case_id", "recipient"),)

    controller_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("controller.id"))
    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("case_file.id"), index=True)
    recipient: Mapped[str] = mapped_column(String(400))
    formerly: Mapped[str] = mapped_column(String(400), default="")
    state: Mapped[NoticeState] = mapped_column(stored_enum(NoticeState), default=NoticeState.OWED)
    way: Mapped[NoticeWay | None] = mapped_column(stored_enum(NoticeWay))
    told_on: Mapped[date | None]
    reason: Mapped[str] = mapped_column(Text, default="")
    author_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user_account.id"))

    case: Mapped[Case] = relationship(lazy="joined")
    author: Mapped[User | None] = relationship(lazy="joined")


class RecipientList(Base):
    """That the person asked who was told of a change, and when they were answered (Art 19)."""

    __tablename__ = "recipient_list"

    controller_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("controller.id"))
    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("case_file.id"), unique=True)
    asked_on: Mapped[date]
    answered_on: Mapped[date | None]
