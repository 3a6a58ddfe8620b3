"""Work that is owed. The row is the truth; the message that carries it may be lost or doubled."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from sar.models.base import Base, now_utc


class JobState(StrEnum):
    """How far a job has come."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Job(Base):
    """One piece of work on one subject.

    The ids carry no foreign key: a job must outlive what it speaks of, to say that it is gone.
    `attempt` counts claims and fences them: only the latest claimant may write its outcome.
    `sent_at` is when the sweeper last sent the message again.
    """

    __table_args__ = (Index(None, "state", "available_at"), Index(None, "subject_id"))

    name: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[UUID | None]
    controller_id: Mapped[UUID | None]
    case_id: Mapped[UUID | None] = mapped_column(index=True)
    state: Mapped[JobState] = mapped_column(default=JobState.QUEUED)
    attempt: Mapped[int] = mapped_column(default=0)
    available_at: Mapped[datetime] = mapped_column(default=now_utc)
    sent_at: Mapped[datetime | None]
    lease_until: Mapped[datetime | None]
    progress_done: Mapped[int] = mapped_column(default=0)
    progress_total: Mapped[int] = mapped_column(default=0)
    progress_text: Mapped[str] = mapped_column(String(200), default="")
    fault: Mapped[str | None] = mapped_column(Text)
    finished_at: Mapped[datetime | None]
