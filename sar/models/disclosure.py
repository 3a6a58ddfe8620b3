"""The bundle that was built and proved, and its release to a requester."""

from __future__ import annotations

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sar.models.base import Base, UtcDateTime, stored_enum
from sar.models.case import Case


class BundleStatus(StrEnum):
    """How far a bundle has come."""

    BUILDING = "building"
    VERIFIED = "verified"
    REFUSED = "refused"


class DisclosureBundle(Base):
    """One build of a case's bundle, from exactly what a review approved."""

    __tablename__ = "disclosure_bundle"
    __table_args__ = (UniqueConstraint("case_id", "number"),)

    controller_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("controller.id"))
    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("case_file.id"), index=True)
    review_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("review.id"))
    number: Mapped[int]
    status: Mapped[BundleStatus] = mapped_column(
        stored_enum(BundleStatus), default=BundleStatus.BUILDING
    )
    reason: Mapped[str] = mapped_column(Text, default="")
    page_count: Mapped[int] = mapped_column(default=0)
    summary: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    verified_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    case: Mapped[Case] = relationship(lazy="joined")
    files: Mapped[list[BundleFile]] = relationship(order_by="BundleFile.position")


class BundleFile(Base):
    """A file of a verified bundle: a volume, the certificate or the schedule."""

    __tablename__ = "bundle_file"

    controller_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("controller.id"))
    bundle_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("disclosure_bundle.id"), index=True)
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(80))
    media_type: Mapped[str] = mapped_column(String(80))
    byte_count: Mapped[int]
    page_count: Mapped[int] = mapped_column(default=0)
    sha256: Mapped[str] = mapped_column(String(64))
    object_key: Mapped[str] = mapped_column(String(200))


class Disclosure(Base):
    """A release: an unguessable link, kept only as a hash, to one verified bundle."""

    __tablename__ = "disclosure"

    controller_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("controller.id"))
    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("case_file.id"), index=True)
    bundle_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("disclosure_bundle.id"))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    recipient: Mapped[str] = mapped_column(String(254))
    recipient_phone: Mapped[str] = mapped_column(String(40), default="")
    recipient_name: Mapped[str] = mapped_column(String(200))
    released_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    opened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    download_count: Mapped[int] = mapped_column(default=0)

    bundle: Mapped[DisclosureBundle] = relationship(lazy="joined")
    codes: Mapped[list[DisclosureCode]] = relationship(order_by="DisclosureCode.created_at")


class DisclosureCode(Base):
    """A single-use code sent to the requester, kept only as a hash and bound to one release."""

    __tablename__ = "disclosure_code"

    controller_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("controller.id"))
    disclosure_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("disclosure.id"), index=True)
    code_hash: Mapped[str] = mapped_column(String(128))
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    attempt_count: Mapped[int] = mapped_column(default=0)
