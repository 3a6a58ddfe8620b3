"""Carrying a job through: claim, stages, outcome. The one broad handler outside the web."""

from __future__ import annotations

import inspect
import traceback
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import structlog
from flask import Flask

from sar.adapters.jobs import JobName, Report, Stage
from sar.documents.errors import DocumentError
from sar.domain.errors import DomainError
from sar.extensions import db
from sar.models.engine import Transactions, transactions
from sar.services.errors import ServiceError
from workers.lease import Claim, LeaseLostError, Leases

TRIES = 3
PAUSES = (timedelta(seconds=5), timedelta(seconds=60))
REFUSALS = (DomainError, DocumentError, ServiceError)
INTERRUPTED = f"This was interrupted {TRIES} times and has been stopped. Try it again, or tell IT."
UNEXPECTED = f"This went wrong {TRIES} times and has been stopped. Try it again, or tell IT."

Run = Callable[[UUID, Report], object]
WhenFailed = Callable[[UUID, str], None]
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Task:
    """What does a job: `run`, a plain function or a generator of stages; and whom to tell."""

    run: Run
    when_failed: WhenFailed | None = None


@contextmanager
def saving() -> Iterator[None]:
    """A write transaction, committed at the end: the workers' one door to a commit."""
    with transactions(Transactions.WRITE):
        try:
            yield
            db.session.commit()
        except BaseException:
            db.session.rollback()
            raise
        finally:
            db.session.close()


class Carrier:
    """Does jobs, each at most once to the end, whatever becomes of messages and workers."""

    def __init__(self, app: Flask, tasks: Mapping[JobName, Task], leases: Leases) -> None:
        self.app = app
        self.tasks = tasks
        self.leases = leases

    def carry(self, job_id: UUID) -> None:
        """Does the job if it is still owed; never raises for what the job's own work does."""
        claim = self.leases.claim(job_id)
        if claim is None:
            return
        with self.app.app_context(), self.leases.heartbeat(claim):
            try:
                self._carry(claim)
            except LeaseLostError:
                log.warning("job.lease_lost", job_id=str(job_id), job=claim.name)

    def _carry(self, claim: Claim) -> None:
        if claim.attempt > TRIES:
            self._fail(claim, INTERRUPTED)
            return
        try:
            self._run(claim)
        except LeaseLostError:
            raise
        except REFUSALS as refusal:
            self._fail(claim, str(refusal))
        except Exception as fault:
            _note(claim, fault)
            self._try_again(claim)

    def _run(self, claim: Claim) -> None:
        run = self.tasks[claim.name].run
        current = _Stages(claim, self.leases)
        if inspect.isgeneratorfunction(run):
            with closing(run(claim.subject_id, current.report)) as stages:
                current.walk(stages)
            return
        with current.fenced():
            outcome = run(claim.subject_id, current.report)
            if outcome is not None:
                raise TypeError(f"{claim.name} has stages: its task must be a generator itself")
            self.leases.finish(claim)

    def _try_again(self, claim: Claim) -> None:
        if claim.attempt >= TRIES:
            self._fail(claim, UNEXPECTED)
            return
        with saving():
            self.leases.give_back(claim, PAUSES[claim.attempt - 1])

    def _fail(self, claim: Claim, sentence: str) -> None:
        with saving():
            self.leases.fail(claim, sentence)
        log.warning("job.failed", job_id=str(claim.job_id), job=claim.name)
        tell = self.tasks[claim.name].when_failed
        if tell is not None:
            with saving():
                tell(claim.subject_id, sentence)


class _Stages:
    """One run of one job: which stage it is in, and the transaction that stage may have."""

    def __init__(self, claim: Claim, leases: Leases) -> None:
        self.claim = claim
        self.leases = leases
        self.is_saving = False

    def report(self, done: int, total: int, text: str) -> None:
        """Says how far the job is; raises LeaseLostError when it is somebody else's by now."""
        if self.is_saving:
            return  # it would wait for the transaction that it is called from
        progress = {"progress_done": done, "progress_total": total, "progress_text": text[:200]}
        if not self.leases.extend(self.claim, **progress):
            raise LeaseLostError(str(self.claim.job_id))

    @contextmanager
    def fenced(self) -> Iterator[None]:
        """A write transaction that commits only if the job is still held."""
        self.is_saving = True
        try:
            with saving():
                self.leases.fence(self.claim)
                yield
        finally:
            self.is_saving = False

    def walk(self, stages: Generator[Stage, None, None]) -> None:
        """Runs each stage in its own kind of transaction; the last one writes `done`."""
        stage = self._step(stages, Transactions.READ)
        while stage is not None:
            is_save = stage is Stage.SAVE
            stage = self._save(stages) if is_save else self._step(stages, Transactions.NONE)

    def _step(self, stages: Generator[Stage, None, None], kind: Transactions) -> Stage | None:
        with transactions(kind):
            try:
                stage = next(stages, None)
            finally:
                db.session.close()
        if stage is None:
            with self.fenced():
                self.leases.finish(self.claim)
        return stage

    def _save(self, stages: Generator[Stage, None, None]) -> Stage | None:
        with self.fenced():
            stage = next(stages, None)
            if stage is None:
                self.leases.finish(self.claim)
        return stage


def _note(claim: Claim, fault: Exception) -> None:
    frames = [f"{frame.name}:{frame.lineno}" for frame in traceback.extract_tb(fault.__traceback__)]
    log.error(  # never the message: it may quote a record
        "job.fault",
        job_id=str(claim.job_id),
        job=claim.name,
        attempt=claim.attempt,
        kind=type(fault).__name__,
        frames=frames[-6:],
    )
