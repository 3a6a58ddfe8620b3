"""Records and pages that say what another says, and what was decided about each pair."""

from __future__ import annotations

import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sar.models.base import Base, UtcDateTime, stored_enum
from sar.models.record import Page, Record


class LikenessKind(StrEnum):
    """Why two are thought to say the same."""

    SAME_BYTES = "same-bytes"
    SAME_CONTENT = "same-content"
    QUOTED = "quoted"
    ALIKE = "alike"

    @property
    def label(self) -> str:
        """The reason in the words of the screens."""
        return {
            LikenessKind.SAME_BYTES: "The same file, byte for byte",
            LikenessKind.SAME_CONTENT: "The same words and pictures on every page",
            LikenessKind.QUOTED: "Quoted whole in a later email",
            LikenessKind.ALIKE: "Nearly the same words",
        }[self]


class LikenessDecision(StrEnum):
    """What was decided about a pair."""

    PROPOSED = "proposed"
    COPY = "copy"
    DIFFERENT = "different"

    @property
    def label(self) -> str:
        """The decision in the words of the screens."""
        return {
            LikenessDecision.PROPOSED: "To decide",
            LikenessDecision.COPY: "One is kept",
            LikenessDecision.DIFFERENT: "Both are kept",
        }[self]


class Likeness(Base):
    """A pair: `copy` is left out and `kept` stays once decided; pages, where only they agree.

    `share` is how much both have in common, from 0 to 1. Nobody decided what is the same byte for
    byte or in every word and picture: `decided_by_id` is empty until an officer overrules it.
    """

    __tablename__ = "likeness"

    controller_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("controller.id"))
    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("case_file.id"), index=True)
    copy_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("record.id"), index=True)
    copy_page_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("page.id"))
    kept_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("record.id"), index=True)
    kept_page_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("page.id"))
    kind: Mapped[LikenessKind] = mapped_column(stored_enum(LikenessKind))
    share: Mapped[float]
    decision: Mapped[LikenessDecision] = mapped_column(
        stored_enum(LikenessDecision), default=LikenessDecision.PROPOSED
    )
    decided_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user_account.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    copy: Mapped[Record] = relationship(foreign_keys=[copy_id])
    kept: Mapped[Record] = relationship(foreign_keys=[kept_id])
    copy_page: Mapped[Page | None] = relationship(foreign_keys=[copy_page_id])
    kept_page: Mapped[Page | None] = relationship(foreign_keys=[kept_page_id])
