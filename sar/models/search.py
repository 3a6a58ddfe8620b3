"""Searches asked of service teams."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sar.domain.searching import SearchResult
from sar.models.base import Base, UtcDateTime, stored_enum
from sar.models.case import Case
from sar.models.controller import ServiceTeam


class Search(Base):
    """One team's task: look in these places for this person, and say what was found."""

    __tablename__ = "search"

    controller_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("controller.id"))
    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("case_file.id"), index=True)
    team_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("service_team.id"), index=True)
    instructions: Mapped[str] = mapped_column(Text)
    places: Mapped[list[str]] = mapped_column(JSON, default=list)
    due_on: Mapped[date]
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime)
    result: Mapped[SearchResult | None] = mapped_column(stored_enum(SearchResult))
    statement: Mapped[str] = mapped_column(Text, default="")
    places_searched: Mapped[list[str]] = mapped_column(JSON, default=list)
    held_where: Mapped[str] = mapped_column(Text, default="")
    returned_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    returned_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user_account.id"))

    case: Mapped[Case] = relationship(lazy="joined")
    team: Mapped[ServiceTeam] = relationship(lazy="joined")
