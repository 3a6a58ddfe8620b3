"""Forms already handled, so that a form posted twice does its work once."""

from __future__ import annotations

import uuid

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from sar.models.base import Base


class Submission(Base):
    """The key of a form that was handled, and where its sender was sent."""

    __tablename__ = "submission"

    key: Mapped[uuid.UUID] = mapped_column(unique=True)
    endpoint: Mapped[str] = mapped_column(String(120))
    location: Mapped[str] = mapped_column(String(500))
