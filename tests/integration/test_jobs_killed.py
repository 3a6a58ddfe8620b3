"""Real workers, a real broker, and nothing that stops in an orderly way."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from flask import Flask
from redis import Redis

from config import Config
from sar.adapters.jobs import BrokerSender, JobName
from sar.extensions import db
from sar.models.job import JobState
from sar.services import jobs
from tests.integration.workplace import effect_counts, join, lay_tables, settings, states
from workers import broker
from workers.carrier import saving

ROOT = Path(__file__).parents[2]
JOBS = 40
SECONDS = 60


class Workers:
    """A worker with two processes, and the broker between it and the test."""

    def __init__(self, config: Config, env: dict[str, str]) -> None:
        self.env = {**os.environ, **env}
        assert config.broker_socket is not None
        self.socket = config.broker_socket
        self.folder = config.data_dir / "broker"
        broker.prepare(self.socket, self.folder)
        self.running: list[subprocess.Popen[bytes]] = []

    def start(self, command: list[str]) -> subprocess.Popen[bytes]:
        log = (self.folder / "workers.log").open("ab")
        process = subprocess.Popen(
            command, cwd=ROOT, env=self.env, stdout=log, stderr=log, start_new_session=True
        )
        log.close()
        self.running.append(process)
        return process

    def start_broker(self) -> subprocess.Popen[bytes]:
        process = self.start(broker.command(self.socket, self.folder))
        until(lambda: broker.is_ready(self.socket))
        return process

    def start_worker(self) -> subprocess.Popen[bytes]:
        celery = [sys.executable, "-m", "celery", "-A", "tests.integration.worker_main"]
        queues = ["-Q", "documents,mail,upkeep"]
        return self.start([*celery, "worker", "-c", "2", "--without-gossip", *queues])

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        self.running.remove(process)


def until(holds: object, seconds: float = SECONDS) -> None:
    deadline = time.monotonic() + seconds
    while not holds():  # type: ignore[operator]
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)


@pytest.fixture
def desk(tmp_path: Path, database_url: str) -> Iterator[tuple[Flask, Workers]]:
    env = settings(tmp_path, database_url)
    config = Config.from_env(env)
    app = join(config, BrokerSender(config.broker_url))
    lay_tables(app)
    workers = Workers(config, env)
    workers.start_broker()
    yield app, workers
    for process in list(workers.running):
        workers.kill(process)
    with app.app_context():
        db.engine.dispose()


def owe(app: Flask, count: int) -> set[UUID]:
    subjects = {uuid4() for _ in range(count)}
    with app.app_context(), saving():
        for number, subject_id in enumerate(subjects):
            is_quick = number % 4 == 0
            name = JobName.SEND_MESSAGE if is_quick else JobName.CONVERT_RECORD
            jobs.enqueue(name, subject_id)
    return subjects


def sweep(app: Flask) -> None:
    with app.app_context(), saving():
        jobs.sweep(datetime.now(UTC))


def done(app: Flask) -> int:
    return states(app).get(JobState.DONE, 0)


def finish(app: Flask, count: int) -> None:
    def is_finished() -> bool:
        sweep(app)
        return done(app) == count

    until(is_finished)


def test_a_worker_killed_again_and_again_loses_nothing_and_doubles_nothing(
    desk: tuple[Flask, Workers],
) -> None:
    app, workers = desk
    subjects = owe(app, JOBS)
    for round_number in range(3):
        worker = workers.start_worker()
        goal = (round_number + 1) * 5
        until(lambda goal=goal: done(app) >= goal)
        workers.kill(worker)
    assert done(app) < JOBS, "the work was over before the worker was killed"
    workers.start_worker()
    finish(app, JOBS)
    assert effect_counts(app) == dict.fromkeys(subjects, 1)


def test_a_broker_that_forgets_everything_loses_nothing(desk: tuple[Flask, Workers]) -> None:
    app, workers = desk
    subjects = owe(app, 8)
    with Redis(unix_socket_path=str(workers.socket)) as client:
        assert client.llen("documents") + client.llen("mail") == 8
        client.flushall()
    workers.start_worker()
    with app.app_context(), saving():
        jobs.sweep(datetime.fromtimestamp(time.time() + 60, UTC))
    finish(app, 8)
    assert effect_counts(app) == dict.fromkeys(subjects, 1)


def test_messages_outlive_a_broker_that_is_killed(desk: tuple[Flask, Workers]) -> None:
    app, workers = desk
    owe(app, 3)
    time.sleep(1.2)  # the log of messages reaches the disk every second
    workers.kill(workers.running[0])
    workers.start_broker()
    with Redis(unix_socket_path=str(workers.socket)) as client:
        assert client.llen("documents") + client.llen("mail") == 3


def test_a_broker_that_is_away_neither_stops_nor_slows_the_business(
    desk: tuple[Flask, Workers],
) -> None:
    app, workers = desk
    workers.kill(workers.running[0])
    begun = time.monotonic()
    owe(app, 5)
    assert time.monotonic() - begun < 5
    assert states(app) == {JobState.QUEUED: 5}
