"""Who may work on a job, and until when: claims, heartbeats, and the fence before a write."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, and_, or_, update
from sqlalchemy.exc import SQLAlchemyError

from sar.adapters.jobs import JobName
from sar.extensions import db
from sar.models.engine import Transactions, transactions
from sar.models.job import Job, JobState

LEASE = timedelta(seconds=30)
NOBODY = UUID(int=0)  # the subject of a job that comes round by the clock


class LeaseLostError(Exception):
    """The worker was silent for too long, and the job is no longer its own."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One worker's hold on one job. `attempt` is 1 for the first who ever held it."""

    job_id: UUID
    name: JobName
    subject_id: UUID
    attempt: int


class Leases:
    """Claims jobs and writes their rows, always by attempt, so that only the holder can."""

    def __init__(
        self, engine: Engine, lease: timedelta = LEASE, clock: Callable[[], datetime] | None = None
    ) -> None:
        self.engine = engine
        self.lease = lease
        self.clock = clock or (lambda: datetime.now(UTC))

    def claim(self, job_id: UUID) -> Claim | None:
        """The hold on a job that is waiting, or whose holder's lease is over; else None."""
        now = self.clock()
        is_waiting = and_(Job.state == JobState.QUEUED, Job.available_at <= now)
        is_abandoned = and_(Job.state == JobState.RUNNING, Job.lease_until < now)
        statement = (
            update(Job)
            .where(Job.id == job_id, or_(is_waiting, is_abandoned))
            .values(state=JobState.RUNNING, attempt=Job.attempt + 1, lease_until=now + self.lease)
            .returning(Job.name, Job.subject_id, Job.attempt)
        )
        with transactions(Transactions.WRITE), self.engine.begin() as connection:
            row = connection.execute(statement).one_or_none()
        if row is None:
            return None
        return Claim(job_id, JobName(row.name), row.subject_id or NOBODY, row.attempt)

    def extend(self, claim: Claim, **progress: Any) -> bool:  # noqa: ANN401  # column values
        """Whether the job is still held; if so, for another full lease, with this progress."""
        until = self.clock() + self.lease
        statement = _held(claim).values(lease_until=until, **progress)
        with transactions(Transactions.WRITE), self.engine.begin() as connection:
            return connection.execute(statement).rowcount == 1

    def fence(self, claim: Claim) -> None:
        """Makes the open transaction the holder's; raises LeaseLostError for one who is not."""
        self._write(claim, lease_until=self.clock() + self.lease)

    def finish(self, claim: Claim) -> None:
        """Writes `done` into the open transaction."""
        now = self.clock()
        self._write(claim, state=JobState.DONE, lease_until=None, finished_at=now, fault=None)

    def fail(self, claim: Claim, sentence: str) -> None:
        """Writes `failed`, and the sentence that says why, into the open transaction."""
        now = self.clock()
        self._write(claim, state=JobState.FAILED, lease_until=None, finished_at=now, fault=sentence)

    def give_back(self, claim: Claim, pause: timedelta) -> None:
        """Lets the job be tried again after the pause, in the open transaction."""
        at = self.clock() + pause
        queued = JobState.QUEUED
        self._write(claim, state=queued, lease_until=None, available_at=at, sent_at=None)

    @contextmanager
    def heartbeat(self, claim: Claim) -> Iterator[None]:
        """Extends the lease from a thread of its own for as long as the block runs."""
        is_over = threading.Event()

        def beat() -> None:
            while not is_over.wait(self.lease.total_seconds() / 3):
                try:
                    self.extend(claim)
                except SQLAlchemyError:
                    continue  # a database that is away now may be back before the lease ends

        thread = threading.Thread(target=beat, name=f"lease {claim.job_id}", daemon=True)
        thread.start()
        try:
            yield
        finally:
            is_over.set()
            thread.join()

    def _write(self, claim: Claim, **values: Any) -> None:  # noqa: ANN401  # column values
        statement = _held(claim).values(**values).execution_options(synchronize_session=False)
        result: Any = db.session.execute(statement)
        if result.rowcount != 1:
            raise LeaseLostError(str(claim.job_id))


def _held(claim: Claim) -> Any:  # noqa: ANN401  # an update, whose type depends on the table
    return update(Job).where(
        Job.id == claim.job_id, Job.attempt == claim.attempt, Job.state == JobState.RUNNING
    )
