"""Owing work: a row in the same transaction as its cause, a message after the commit."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import event
from sqlalchemy.orm import Session

from sar.adapters.doors import doors
from sar.adapters.jobs import JobName
from sar.extensions import db
from sar.models.job import Job

WAITING = "jobs-to-send"


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
    db.session().info.setdefault(WAITING, []).append((job.id, name))
    return job


@event.listens_for(db.session, "after_commit")
def _send(session: Session) -> None:
    if session.in_nested_transaction():
        return  # a savepoint was released; the rows are not there for anybody else yet
    for job_id, name in session.info.pop(WAITING, []):
        doors().jobs.send(job_id, name)


@event.listens_for(db.session, "after_rollback")
def _drop(session: Session) -> None:
    session.info.pop(WAITING, None)
