"""Records supplied by teams, and the pages they become."""

from __future__ import annotations

import uuid
from datetime import date

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sar.domain.chronology import DateSource
from sar.domain.reconciliation import scope_of
from sar.domain.rights import ProcessingRegime
from sar.domain.searching import RecordScope, RecordStatus, ScanResult
from sar.models.base import Base, stored_enum


class Record(Base):
    """A file as it was supplied, or an attachment found inside one.

    `regime` is the law it answers to where that is not the law of its case.
    `is_health` says if it holds health information (None: nobody has said), `health_known` how we
    know that the person has seen it already.

    `original_key` holds the bytes as they came; `prepared_key` the distilled PDF officers mark.
    Records sorted by `order_key` are in the order they are read: `services/record_order.py`.
    """

    __tablename__ = "record"
    __table_args__ = (Index(None, "case_id", "order_key"),)

    controller_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("controller.id"))
    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("case_file.id"), index=True)
    search_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("search.id"), index=True)
    parent_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("record.id"), index=True)
    name: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(Text, default="")
    media_type: Mapped[str] = mapped_column(String(120), default="")
    byte_count: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    original_key: Mapped[str] = mapped_column(String(200))
    prepared_key: Mapped[str | None] = mapped_column(String(200))
    prepared_sha256: Mapped[str | None] = mapped_column(String(64))
    status: Mapped[RecordStatus] = mapped_column(
        stored_enum(RecordStatus), default=RecordStatus.RECEIVED
    )
    reason: Mapped[str] = mapped_column(Text, default="")
    scan: Mapped[ScanResult] = mapped_column(
        stored_enum(ScanResult), default=ScanResult.NOT_SCANNED
    )
    hidden: Mapped[list[str]] = mapped_column(JSON, default=list)
    dated_on: Mapped[date | None]
    dated_from: Mapped[DateSource | None] = mapped_column(stored_enum(DateSource))
    order_key: Mapped[str] = mapped_column(String(400), default="")
    scope: Mapped[RecordScope] = mapped_column(stored_enum(RecordScope), default=RecordScope.IN)
    regime: Mapped[ProcessingRegime | None] = mapped_column(stored_enum(ProcessingRegime))
    is_health: Mapped[bool | None]
    health_known: Mapped[str] = mapped_column(Text, default="")
    scope_reason: Mapped[str] = mapped_column(Text, default="")
    duplicate_of_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("record.id"))
    added_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user_account.id"))

    pages: Mapped[list[Page]] = relationship(order_by="Page.number", back_populates="record")


class Page(Base):
    """One page of a prepared record; sizes in points; `seen_by_id` once an officer has seen it.

    `is_hidden` marks a page that a print-out of its file leaves out: somebody must decide it, in
    `hidden_kept_by_id` or by withholding it. `needs_reading` marks a page no machine could read.
    `scope` is what was decided for this page alone, None where it goes with its record.
    """

    __tablename__ = "page"
    __table_args__ = (UniqueConstraint("record_id", "number"),)

    controller_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("controller.id"))
    record_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("record.id"), index=True)
    number: Mapped[int]
    width: Mapped[float]
    height: Mapped[float]
    picture_key: Mapped[str] = mapped_column(String(200))
    layout_key: Mapped[str] = mapped_column(String(200))
    is_ocr: Mapped[bool] = mapped_column(default=False)
    confidence: Mapped[float | None]
    is_hidden: Mapped[bool] = mapped_column(default=False)
    needs_reading: Mapped[bool] = mapped_column(default=False)
    seen_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user_account.id"))
    read_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user_account.id"))
    hidden_kept_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user_account.id"))
    scope: Mapped[RecordScope | None] = mapped_column(stored_enum(RecordScope))
    scope_reason: Mapped[str] = mapped_column(Text, default="")

    record: Mapped[Record] = relationship(back_populates="pages")

    @property
    def standing_scope(self) -> RecordScope:
        """What holds for this page, decided for it alone or with its record."""
        return scope_of(self.record.scope, self.scope)
