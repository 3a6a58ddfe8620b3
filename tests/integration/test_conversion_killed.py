"""A worker killed with kill -9 at each step of a conversion: the record ends converted, once."""

from __future__ import annotations

import os
import signal
import uuid
from collections.abc import Callable
from datetime import timedelta
from multiprocessing import get_context
from pathlib import Path
from typing import Any, NoReturn

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from config import Config
from sar.adapters.files import FileStore
from sar.adapters.jobs import NoSender
from sar.app import create_app
from sar.domain.events import EventName
from sar.domain.searching import RecordStatus
from sar.extensions import db
from sar.models.audit import AuditEvent
from sar.models.base import now_utc
from sar.models.job import Job, JobState
from sar.models.record import Page, Record
from sar.services import conversion, jobs, page_index, scans
from sar.services.records import NewRecord, upload
from tests.corpus import records as corpus
from tests.integration.carrying import carry_all
from tests.integration.conftest import ActorOf, Desk


def die(*_: object, **__: object) -> NoReturn:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("nobody survives this")


def after(done: Callable[..., Any], times: int = 1) -> Callable[..., Any]:
    """Does it so many times, and dies when it has been done the last time."""
    left = [times]

    def doing(*given: Any, **named: Any) -> Any:
        result = done(*given, **named)
        left[0] -= 1
        return die() if left[0] == 0 else result

    return doing


STEPS: dict[str, tuple[Any, str, Callable[..., Any]]] = {
    "before the file is fetched": (FileStore, "fetch", die),
    "after the file was fetched": (FileStore, "fetch", after(FileStore.fetch)),
    "after the virus scan": (scans, "verdict_on", after(scans.verdict_on)),
    "before the conversion": (conversion, "ingest", die),
    "after the conversion": (conversion, "ingest", after(conversion.ingest)),
    "after the first page was kept": (FileStore, "put", after(FileStore.put, 2)),
    "half-way through keeping pages": (FileStore, "put", after(FileStore.put, 4)),
    "after the pages became rows": (page_index, "add", after(page_index.add, 2)),
    "before the commit": (conversion, "_add_children", die),
}


@pytest.fixture
def record_id(desk: Desk, case_id: uuid.UUID, actor_of: ActorOf) -> uuid.UUID:
    """A file of two pages, just uploaded."""
    actor = actor_of("officer")
    with desk():
        (record,) = upload(case_id, [NewRecord("two.pdf", corpus.pdf("one", "two"))], actor)
        return record.id


def work(folder: Path, step: str) -> None:
    """What the process that is killed does: its job, with this step made deadly."""
    owner, name, instead = STEPS[step]
    app = create_app(Config.for_test(folder), NoSender())
    setattr(owner, name, instead)
    carry_all(app)


def killed_at(folder: Path, step: str) -> None:
    """A process of its own does the job and is killed at this step."""
    process = get_context("spawn").Process(target=work, args=(folder, step))
    process.start()
    process.join(120)
    assert process.exitcode == -signal.SIGKILL


@pytest.mark.parametrize("step", STEPS)
def test_a_record_whose_worker_was_killed_is_converted_once(
    app: Flask, desk: Desk, record_id: uuid.UUID, tmp_path: Path, step: str
) -> None:
    killed_at(tmp_path, step)
    with desk():
        assert db.session.get_one(Record, record_id).status is RecordStatus.RECEIVED
        db.session.execute(update(Job).values(lease_until=now_utc() - timedelta(minutes=2)))
    with desk():
        jobs.sweep(now_utc())
    carry_all(app)
    with desk():
        record = db.session.get_one(Record, record_id)
        assert record.status is RecordStatus.CONVERTED
        assert [page.number for page in record.pages] == [1, 2]
        assert db.session.scalar(select(func.count()).select_from(Page)) == 2
        told = select(func.count()).where(AuditEvent.name == EventName.RECORD_CONVERTED)
        assert db.session.scalar(told) == 1
        assert set(db.session.scalars(select(Job.state))) == {JobState.DONE}
