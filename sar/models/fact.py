"""What an officer established on a case by answering set questions."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sar.domain.facts import FactKind
from sar.models.base import Base, UtcDateTime, stored_enum
from sar.models.case import CasePerson
from sar.models.record import Record
from sar.models.user import User


class CaseFact(Base):
    """An exemption's test, a proof, an order: the answers, and the text they make.

    It stands for one mark, for a person (with a code: for every mark of that person under it), or
    for a record. What is put right strikes the row and writes another, so that each can be read.
    """

    __tablename__ = "case_fact"

    controller_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("controller.id"))
    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("case_file.id"), index=True)
    kind: Mapped[FactKind] = mapped_column(stored_enum(FactKind))
    code: Mapped[str] = mapped_column(String(12), default="")
    person_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("case_person.id"))
    record_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("record.id"))
    redaction_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("redaction.id"))
    answers: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    text: Mapped[str] = mapped_column(Text)
    author_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    struck_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    author: Mapped[User] = relationship(lazy="joined")
    person: Mapped[CasePerson | None] = relationship(lazy="joined")
    record: Mapped[Record | None] = relationship(lazy="joined")
