"""Owing work: a row in the same transaction as its cause, a message after the commit."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, event, or_, select, update
from sqlalchemy.orm import Session

from sar.adapters.doors import doors
from sar.adapters.jobs import JobName
from sar.extensions import db
from sar.models.job import Job, JobState

WAITING = "jobs-to-send"
GRACE = timedelta(seconds=10)  # the message sent after the commit has this long to arrive
SEND_AGAIN = timedelta(minutes=5)
SENT_AT_ONCE = 500
KEPT_FOR = timedelta(days=7)  # rows of jobs without a subject, once they are done


def enqueue(
    name: JobName,
    subject_id: UUID | None,
    *,
    controller_id: UUID | None = None,
    case_id: UUID | None = None,
) -> Job:
    """Owes the work; it is sent when the surrounding transaction commits, and only then."""
    job = Job(name=name, subject_id=subject_id, controller_id=controller_id, case_id=case_id)
    db.session.add(job)
    db.session.flush()
    _send_after_commit(job.id, name)
    return job


def enqueue_periodic(name: JobName) -> Job | None:
    """Owes work that comes round by the clock, unless the last round is not over: then None."""
    is_open = Job.state.in_([JobState.QUEUED, JobState.RUNNING])
    open_id = db.session.scalar(
        select(Job.id).where(Job.name == name, Job.subject_id.is_(None), is_open).limit(1)
    )
    return None if open_id else enqueue(name, None)


def sweep(now: datetime) -> int:
    """Frees jobs whose worker went silent, sends again what is owed; returns how many it sent.

    Sending a job twice is harmless: only one worker can claim it.
    """
    db.session.execute(
        update(Job)
        .where(Job.state == JobState.RUNNING, Job.lease_until < now)
        .values(state=JobState.QUEUED, lease_until=None, available_at=now - GRACE, sent_at=None)
    )
    owed = db.session.scalars(
        select(Job)
        .where(
            Job.state == JobState.QUEUED,
            Job.available_at <= now - GRACE,
            or_(Job.sent_at.is_(None), Job.sent_at < now - SEND_AGAIN),
        )
        .order_by(Job.available_at)
        .limit(SENT_AT_ONCE)
    ).all()
    for job in owed:
        job.sent_at = now
        _send_after_commit(job.id, JobName(job.name))
    _forget_rounds(now)
    db.session.flush()
    return len(owed)


def _forget_rounds(now: datetime) -> None:
    db.session.execute(
        delete(Job).where(
            Job.state == JobState.DONE,
            Job.subject_id.is_(None),
            Job.finished_at < now - KEPT_FOR,
        )
    )


def _send_after_commit(job_id: UUID, name: JobName) -> None:
    db.session().info.setdefault(WAITING, []).append((job_id, name))


@event.listens_for(db.session, "after_commit")
def _send(session: Session) -> None:
    if session.in_nested_transaction():
        return  # a savepoint was released; the rows are not there for anybody else yet
    for job_id, name in session.info.pop(WAITING, []):
        doors().jobs.send(job_id, name)


@event.listens_for(db.session, "after_rollback")
def _drop(session: Session) -> None:
    session.info.pop(WAITING, None)
