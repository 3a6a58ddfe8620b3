"""How far long work is: reads only, for pages that refresh themselves."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from sar.adapters.jobs import JobName
from sar.domain.searching import RecordStatus
from sar.extensions import db
from sar.models.job import Job, JobState
from sar.models.record import Record


@dataclass(frozen=True)
class Progress:
    """So many of so many, and what is being done now."""

    done: int
    total: int
    text: str = ""
    fault: str = ""

    @property
    def is_over(self) -> bool:
        """Whether nothing more will change."""
        return self.done >= self.total or bool(self.fault)

    @property
    def percent(self) -> int:
        """0 to 100."""
        return 100 if not self.total else 100 * self.done // self.total


def of_records(rows: Sequence[Record]) -> Progress:
    """How many files have reached their end, converted or set aside."""
    waiting = [row.id for row in rows if row.status is RecordStatus.RECEIVED]
    return Progress(len(rows) - len(waiting), len(rows), _doing(waiting))


def of_case_records(case_id: uuid.UUID) -> Progress:
    """The same for every file of a case, counted by the database."""
    counted = db.session.execute(
        select(Record.status, func.count()).where(Record.case_id == case_id).group_by(Record.status)
    )
    by_status = {row[0]: row[1] for row in counted}
    waiting, total = by_status.get(RecordStatus.RECEIVED, 0), sum(by_status.values())
    running = select(Job.progress_text).where(
        Job.case_id == case_id, Job.name == JobName.CONVERT_RECORD, Job.state == JobState.RUNNING
    )
    doing = db.session.scalar(running.limit(1)) if waiting else ""
    return Progress(total - waiting, total, doing or "")


def of_subject(subject_id: uuid.UUID) -> Progress | None:
    """The newest job on something, or None when there never was one."""
    job = db.session.scalar(
        select(Job)
        .where(Job.subject_id == subject_id)
        .order_by(Job.created_at.desc(), Job.id)
        .limit(1)
    )
    if job is None:
        return None
    if job.state is JobState.DONE:
        return Progress(1, 1)
    return Progress(job.progress_done, job.progress_total or 1, job.progress_text, job.fault or "")


def _doing(subject_ids: Iterable[uuid.UUID]) -> str:
    running = db.session.scalar(
        select(Job.progress_text)
        .where(Job.subject_id.in_(list(subject_ids)), Job.state == JobState.RUNNING)
        .limit(1)
    )
    return running or ""
