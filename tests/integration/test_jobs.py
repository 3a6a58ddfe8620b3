import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from config import Config
from sar.adapters.jobs import JobName, NoSender, Report, Stage, Stages
from sar.documents.errors import DocumentError, DocumentFault
from sar.domain.errors import DomainError
from sar.extensions import db
from sar.models.job import Job, JobState
from sar.services import jobs
from tests.integration.workplace import (
    TASKS,
    effect_counts,
    join,
    lay_tables,
    leave_effect,
    owe,
    settings,
    states,
)
from workers.carrier import TRIES, Carrier, Task, saving
from workers.lease import Leases


class Clock:
    def __init__(self) -> None:
        self.now = datetime.now(UTC) + timedelta(seconds=1)

    def __call__(self) -> datetime:
        return self.now

    def move(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


class Desk:
    """One application with its sender and a clock that the test moves."""

    def __init__(self, app: Flask, sender: NoSender) -> None:
        self.app = app
        self.sender = sender
        self.clock = Clock()
        with app.app_context():
            self.leases = Leases(db.engine, clock=self.clock)

    def carrier(self, run: Callable[..., object] | None = None, **parts: object) -> Carrier:
        tasks = dict(TASKS)
        if run is not None:
            tasks[JobName.CONVERT_RECORD] = Task(run, **parts)  # type: ignore[arg-type]
        return Carrier(self.app, tasks, self.leases)

    def owe(self, name: JobName = JobName.CONVERT_RECORD) -> tuple[UUID, UUID]:
        subject_id = uuid4()
        return owe(self.app, name, subject_id), subject_id

    def job(self, job_id: UUID) -> Job:
        with self.app.app_context():
            job = db.session.scalars(select(Job).where(Job.id == job_id)).one()
            db.session.expunge(job)
            db.session.rollback()
            return job

    def effects(self) -> dict[UUID, int]:
        return effect_counts(self.app)

    def sweep(self) -> int:
        with self.app.app_context(), saving():
            return jobs.sweep(self.clock())


@pytest.fixture
def desk(tmp_path: Path, database_url: str) -> Iterator[Desk]:
    sender = NoSender()
    app = join(Config.from_env(settings(tmp_path, database_url)), sender)
    lay_tables(app)
    yield Desk(app, sender)
    with app.app_context():
        db.engine.dispose()


def failing(fault: Exception) -> Callable[[UUID, Report], Stages]:
    def run(subject_id: UUID, report: Report) -> Stages:
        yield Stage.SAVE
        leave_effect(subject_id)
        raise fault

    return run


@pytest.mark.parametrize("name", [JobName.CONVERT_RECORD, JobName.SEND_MESSAGE])
def test_a_job_is_done_once_however_often_it_is_sent(desk: Desk, name: JobName) -> None:
    job_id, subject_id = desk.owe(name)
    for _ in range(3):
        desk.carrier().carry(job_id)
    assert desk.effects() == {subject_id: 1}
    job = desk.job(job_id)
    assert (job.state, job.attempt, job.fault) == (JobState.DONE, 1, None)
    assert job.finished_at == desk.clock.now


def test_progress_can_be_read_while_the_job_runs(desk: Desk) -> None:
    seen: list[tuple[int, int, str]] = []
    job_id, _ = desk.owe()

    def run(subject_id: UUID, report: Report) -> Stages:
        yield Stage.WORK
        report(3, 10, "Reading page 3")
        with ThreadPoolExecutor(1) as elsewhere:
            job = elsewhere.submit(desk.job, job_id).result()
        seen.append((job.progress_done, job.progress_total, job.progress_text))
        yield Stage.SAVE

    desk.carrier(run).carry(job_id)
    assert seen == [(3, 10, "Reading page 3")]


def test_the_work_stage_cannot_touch_the_database(desk: Desk) -> None:
    def run(subject_id: UUID, report: Report) -> Stages:
        yield Stage.WORK
        leave_effect(subject_id)
        yield Stage.SAVE

    job_id, _ = desk.owe()
    desk.carrier(run).carry(job_id)
    assert desk.effects() == {}
    assert desk.job(job_id).state is JobState.QUEUED


def test_a_save_before_the_work_stands_even_when_the_work_fails(desk: Desk) -> None:
    def run(subject_id: UUID, report: Report) -> Stages:
        yield Stage.SAVE
        leave_effect(subject_id)
        yield Stage.WORK
        raise OSError("the mail server hung up")

    job_id, subject_id = desk.owe()
    desk.carrier(run).carry(job_id)
    assert desk.effects() == {subject_id: 1}
    assert desk.job(job_id).state is JobState.QUEUED


def test_a_job_that_ends_in_its_work_stage_is_done(desk: Desk) -> None:
    def run(subject_id: UUID, report: Report) -> Stages:
        yield Stage.WORK

    job_id, _ = desk.owe()
    desk.carrier(run).carry(job_id)
    assert desk.job(job_id).state is JobState.DONE


@pytest.mark.parametrize(
    "fault",
    [DomainError("The case is closed."), DocumentError(DocumentFault.CORRUPT, "It is damaged.")],
)
def test_a_refusal_fails_at_once_with_its_own_sentence(desk: Desk, fault: Exception) -> None:
    told: list[tuple[UUID, str]] = []
    job_id, subject_id = desk.owe()
    carrier = desk.carrier(failing(fault), when_failed=lambda *heard: told.append(heard))
    carrier.carry(job_id)
    assert (desk.job(job_id).state, desk.job(job_id).fault) == (JobState.FAILED, str(fault))
    assert told == [(subject_id, str(fault))]
    assert desk.effects() == {}


def test_anything_else_is_tried_three_times_and_then_a_person_is_told(desk: Desk) -> None:
    told: list[str] = []
    carrier = desk.carrier(
        failing(OSError("Anna Bell's record is broken")),
        when_failed=lambda _, sentence: told.append(sentence),
    )
    job_id, _ = desk.owe()
    for attempt in range(1, TRIES):
        carrier.carry(job_id)
        assert (desk.job(job_id).state, desk.job(job_id).attempt) == (JobState.QUEUED, attempt)
        carrier.carry(job_id)
        assert desk.job(job_id).attempt == attempt, "it must wait before it is tried again"
        desk.clock.move(100)
    assert told == []
    carrier.carry(job_id)
    job = desk.job(job_id)
    assert job.state is JobState.FAILED
    assert told == [job.fault]
    assert job.fault is not None
    assert "Anna" not in job.fault
    assert desk.effects() == {}


def test_a_worker_that_lost_its_lease_cannot_write(desk: Desk) -> None:
    late = desk.carrier()

    def slow_one(subject_id: UUID, report: Report) -> Stages:
        yield Stage.WORK
        desk.clock.move(60)
        late.carry(job_id)
        yield Stage.SAVE
        leave_effect(subject_id)

    job_id, subject_id = desk.owe()
    desk.carrier(slow_one).carry(job_id)
    assert desk.effects() == {subject_id: 1}
    job = desk.job(job_id)
    assert (job.state, job.attempt) == (JobState.DONE, 2)


def test_a_worker_that_lost_its_lease_is_told_when_it_reports(desk: Desk) -> None:
    went_on: list[bool] = []

    def slow_one(subject_id: UUID, report: Report) -> Stages:
        yield Stage.WORK
        desk.clock.move(60)
        desk.sweep()
        report(1, 2, "Still here")
        went_on.append(True)
        yield Stage.SAVE

    job_id, _ = desk.owe()
    desk.carrier(slow_one).carry(job_id)
    assert went_on == []
    assert desk.job(job_id).state is JobState.QUEUED


def test_a_heartbeat_keeps_the_lease_of_a_slow_job(desk: Desk) -> None:
    leases = Leases(desk.leases.engine, lease=timedelta(seconds=0.3))
    job_id, _ = desk.owe()
    over = threading.Event()

    def run(subject_id: UUID, report: Report) -> Stages:
        yield Stage.WORK
        over.wait(1.0)
        assert leases.claim(job_id) is None
        yield Stage.SAVE
        leave_effect(subject_id)

    Carrier(desk.app, {JobName.CONVERT_RECORD: Task(run)}, leases).carry(job_id)
    assert desk.job(job_id).attempt == 1
    assert list(desk.effects().values()) == [1]


def test_a_job_whose_workers_keep_dying_is_stopped_and_a_person_told(desk: Desk) -> None:
    told: list[str] = []
    job_id, _ = desk.owe()
    for _ in range(TRIES):
        assert desk.leases.claim(job_id) is not None
        desk.clock.move(60)
        desk.sweep()
    desk.carrier(failing(OSError()), when_failed=lambda _, said: told.append(said)).carry(job_id)
    assert desk.job(job_id).state is JobState.FAILED
    assert "interrupted" in told[0]


def test_two_workers_that_race_for_one_job_do_it_once(desk: Desk) -> None:
    job_id, subject_id = desk.owe()
    start = threading.Barrier(6)

    def carry() -> None:
        start.wait()
        desk.carrier().carry(job_id)

    threads = [threading.Thread(target=carry) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert desk.effects() == {subject_id: 1}
    assert desk.job(job_id).attempt == 1


def test_a_task_that_hides_its_stages_is_a_fault(desk: Desk) -> None:
    job_id, _ = desk.owe()
    desk.carrier(lambda subject_id, report: iter(())).carry(job_id)
    assert desk.job(job_id).state is JobState.QUEUED


def test_a_message_leaves_after_the_commit_and_never_after_a_rollback(desk: Desk) -> None:
    with desk.app.app_context():
        job = jobs.enqueue(JobName.SEND_MESSAGE, uuid4())
        job_id = job.id
        assert desk.sender.sent == []
        db.session.commit()
        assert desk.sender.sent == [(job_id, JobName.SEND_MESSAGE)]
        jobs.enqueue(JobName.SEND_MESSAGE, uuid4())
        db.session.rollback()
        db.session.commit()
    assert len(desk.sender.sent) == 1
    assert states(desk.app) == {JobState.QUEUED: 1}


def test_a_savepoint_sends_nothing_before_the_whole_is_committed(desk: Desk) -> None:
    with desk.app.app_context():
        with db.session.begin_nested():
            jobs.enqueue(JobName.SEND_MESSAGE, uuid4())
        assert desk.sender.sent == []
        db.session.commit()
    assert len(desk.sender.sent) == 1


def test_the_sweeper_sends_again_what_nobody_took_but_not_at_every_sweep(desk: Desk) -> None:
    job_id, _ = desk.owe()
    assert desk.sweep() == 0, "the first message is still given its time"
    desk.clock.move(20)
    assert [desk.sweep() for _ in range(3)] == [1, 0, 0]
    assert desk.sender.sent == [(job_id, JobName.CONVERT_RECORD)]
    desk.clock.move(400)
    assert desk.sweep() == 1


def test_the_sweeper_leaves_a_living_worker_alone(desk: Desk) -> None:
    job_id, _ = desk.owe()
    desk.leases.claim(job_id)
    desk.clock.move(20)
    assert desk.sweep() == 0
    assert desk.job(job_id).state is JobState.RUNNING


def test_a_round_is_not_owed_twice_and_old_rounds_are_forgotten(desk: Desk) -> None:
    carrier = Carrier(desk.app, {JobName.POLL_MAIL: Task(lambda *_: None)}, desk.leases)
    with desk.app.app_context(), saving():
        job = jobs.enqueue_periodic(JobName.POLL_MAIL)
        assert job is not None
        job_id = job.id
        assert jobs.enqueue_periodic(JobName.POLL_MAIL) is None
    carrier.carry(job_id)
    desk.clock.move(timedelta(days=8).total_seconds())
    with desk.app.app_context(), saving():
        assert jobs.enqueue_periodic(JobName.POLL_MAIL) is not None
    desk.sweep()
    assert states(desk.app) == {JobState.QUEUED: 1}
