"""A case: one right exercised by one person against one council, with its clock."""

from __future__ import annotations

import re
import uuid
from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sar.domain.clock import ClockEventType
from sar.domain.lifecycle import CaseStatus
from sar.domain.people import Role
from sar.domain.persons import Employer, PersonPart, Share, presumption_of
from sar.domain.requesters import Capacity
from sar.domain.rights import AccessKind, ProcessingRegime, Right
from sar.models.base import Base, UtcDateTime, stored_enum
from sar.models.clock import School
from sar.models.controller import Controller
from sar.models.user import User


class Case(Base):
    """One right exercised by one person against one council.

    `received_on` is the day the council received the request, by `received_by`; `logged_at` is when
    staff opened the case, and the gap is reported. `due_on` and `is_paused` are what the clock said
    when what it is counted by last changed, kept so that lists can be sorted.
    """

    __tablename__ = "case_file"

    controller_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("controller.id"), index=True)
    data_key_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("data_key.id"))
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    right: Mapped[Right] = mapped_column(stored_enum(Right))
    is_part_3: Mapped[bool] = mapped_column(default=False)
    is_direct_marketing: Mapped[bool] = mapped_column(default=False)
    access_kind: Mapped[AccessKind] = mapped_column(
        stored_enum(AccessKind), default=AccessKind.PERSONAL_DATA
    )
    school_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("school.id"))
    status: Mapped[CaseStatus] = mapped_column(
        stored_enum(CaseStatus), default=CaseStatus.RECEIVED, index=True
    )
    origin: Mapped[str] = mapped_column(String(20))
    received_on: Mapped[date]
    logged_at: Mapped[datetime] = mapped_column(UtcDateTime)
    received_by: Mapped[str] = mapped_column(String(120), default="")
    summary: Mapped[str] = mapped_column(Text)
    service_ids: Mapped[list[str]] = mapped_column(JSON, default=list)
    officer_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    is_care_experienced: Mapped[bool] = mapped_column(default=False)
    has_adoption_records: Mapped[bool] = mapped_column(default=False)
    due_on: Mapped[date | None] = mapped_column(index=True)
    is_paused: Mapped[bool] = mapped_column(default=False)
    closed_on: Mapped[date | None]
    outcome: Mapped[str | None] = mapped_column(Text)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  # the name is SQLAlchemy's

    controller: Mapped[Controller] = relationship(lazy="joined")
    school: Mapped[School | None] = relationship(lazy="joined")
    officer: Mapped[User | None] = relationship(lazy="joined")
    people: Mapped[list[CasePerson]] = relationship(
        order_by="CasePerson.created_at", cascade="all, delete-orphan"
    )
    clock_events: Mapped[list[ClockEventRow]] = relationship(
        order_by="ClockEventRow.on, ClockEventRow.created_at", cascade="all, delete-orphan"
    )
    notes: Mapped[list[Note]] = relationship(
        order_by="Note.created_at", cascade="all, delete-orphan"
    )

    @property
    def regime(self) -> ProcessingRegime:
        """The law the records of the case answer to."""
        return ProcessingRegime.LAW_ENFORCEMENT if self.is_part_3 else ProcessingRegime.UK_GDPR


class CasePerson(Base):
    """Somebody's part in a case or in its records, and what is decided about them.

    `role` is what they are in the records, `part` what they are to the request. What is in
    `protected_details` must not stand in anything that leaves.
    """

    __tablename__ = "case_person"

    controller_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("controller.id"))
    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("case_file.id"), index=True)
    part: Mapped[PersonPart] = mapped_column(stored_enum(PersonPart))
    full_name: Mapped[str] = mapped_column(String(200))
    other_names: Mapped[str] = mapped_column(String(400), default="")
    born_on: Mapped[date | None]
    email: Mapped[str] = mapped_column(String(254), default="")
    phone: Mapped[str] = mapped_column(String(40), default="")
    address: Mapped[str] = mapped_column(Text, default="")
    authority: Mapped[str] = mapped_column(String(200), default="")
    role: Mapped[Role] = mapped_column(stored_enum(Role), default=Role.UNKNOWN)
    relation: Mapped[str] = mapped_column(String(100), default="")
    acts_in_role: Mapped[bool] = mapped_column(default=False)
    employer: Mapped[Employer | None] = mapped_column(stored_enum(Employer))
    is_deceased: Mapped[bool] = mapped_column(default=False)
    capacity: Mapped[Capacity | None] = mapped_column(stored_enum(Capacity))
    is_reply_direct: Mapped[bool] = mapped_column(default=False)
    share: Mapped[Share] = mapped_column(stored_enum(Share), default=Share.UNDECIDED)
    share_reason: Mapped[str] = mapped_column(Text, default="")
    protected_details: Mapped[list[str]] = mapped_column(JSON, default=list)
    ended_on: Mapped[date | None]
    ended_reason: Mapped[str] = mapped_column(Text, default="")

    @property
    def names(self) -> tuple[str, ...]:
        """Every name they are known by, the full one first."""
        others = (name.strip() for name in re.split(r"[;,\n]", self.other_names))
        return (self.full_name, *(name for name in others if name))

    @property
    def presumption(self) -> str | None:
        """The code under which their name is presumed given, or None."""
        return presumption_of(self.employer, acts_in_role=self.acts_in_role)


class ClockEventRow(Base):
    """A dated event of a case's clock; a mistake is struck out, never erased."""

    __tablename__ = "clock_event"

    controller_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("controller.id"))
    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("case_file.id"), index=True)
    type: Mapped[ClockEventType] = mapped_column(stored_enum(ClockEventType))
    on: Mapped[date] = mapped_column("happened_on")
    reason: Mapped[str] = mapped_column(Text, default="")
    actor_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    struck_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Note(Base):
    """Something an officer wrote on a case."""

    __tablename__ = "note"

    controller_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("controller.id"))
    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("case_file.id"), index=True)
    author_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    text: Mapped[str] = mapped_column(Text)

    author: Mapped[User] = relationship(lazy="joined")
