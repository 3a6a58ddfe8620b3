"""Large files on their way: what has arrived of each, so that a broken upload goes on."""

from __future__ import annotations

import uuid

from sqlalchemy import BigInteger, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sar.models.base import Base


class Upload(Base):
    """A file that arrives in parts, until it is whole and becomes a record.

    `mark` is what the sender's browser tells one file from another by: where it lies, when it was
    changed. `received` counts the bytes that are here.
    """

    __tablename__ = "upload"

    controller_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("controller.id"))
    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("case_file.id"), index=True)
    search_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("search.id"))
    added_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    name: Mapped[str] = mapped_column(Text)
    mark: Mapped[str] = mapped_column(Text)
    byte_count: Mapped[int] = mapped_column(BigInteger)
    received: Mapped[int] = mapped_column(BigInteger, default=0)

    parts: Mapped[list[UploadPart]] = relationship(
        order_by="UploadPart.start", cascade="all, delete-orphan"
    )


class UploadPart(Base):
    """Bytes of an upload from `start` on, encrypted in the store like any file."""

    __tablename__ = "upload_part"
    __table_args__ = (UniqueConstraint("upload_id", "start"),)

    controller_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("controller.id"))
    upload_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("upload.id"))
    start: Mapped[int] = mapped_column(BigInteger)
    object_key: Mapped[str] = mapped_column(String(200))
