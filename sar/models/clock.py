"""What clocks are counted by: each council's choices, school calendars, and bank holidays."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sar.models.base import Base, UtcDateTime


class ClockChoice(Base):
    """A setting of the clock as a council set it once; the latest of a name is in force."""

    __tablename__ = "clock_choice"

    controller_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("controller.id"), index=True)
    name: Mapped[str] = mapped_column(String(60))
    value: Mapped[Any] = mapped_column(JSON)
    reason: Mapped[str] = mapped_column(Text)
    actor_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))


class School(Base):
    """A school whose calendar decides the 15 school days of an educational record."""

    __tablename__ = "school"

    controller_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("controller.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))

    closures: Mapped[list[SchoolClosure]] = relationship(
        order_by="SchoolClosure.first_day", cascade="all, delete-orphan"
    )


class SchoolClosure(Base):
    """Days a school is closed, first to last; a mistake is struck out, never erased."""

    __tablename__ = "school_closure"

    controller_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("controller.id"))
    school_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("school.id"), index=True)
    first_day: Mapped[date]
    last_day: Mapped[date]
    why: Mapped[str] = mapped_column(String(120))
    struck_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class HolidayList(Base):
    """A whole list of bank holidays that was taken; the latest is in force, before it the shipped.

    `days` are ISO dates; `cause` is the sentence that timelines and owners are told.
    """

    __tablename__ = "holiday_list"

    days: Mapped[list[str]] = mapped_column(JSON)
    cause: Mapped[str] = mapped_column(Text)
    taken_by: Mapped[str] = mapped_column(String(80))
