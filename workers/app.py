"""Celery, bound to the application: every job is one task of the same name, carried by its row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from celery import Celery, signals
from flask import Flask

from sar.adapters.jobs import JobName, message_settings
from sar.extensions import db
from sar.services import jobs
from workers.carrier import Carrier, Task, saving
from workers.lease import LEASE, Leases
from workers.schedule import OWE, SWEEP, beat_entries

if TYPE_CHECKING:
    from config import Config

MEMORY_KB = 1_500_000  # a process that grew past this is replaced after its job


class Workplace:
    """The application inside one worker process, joined there, after the fork."""

    def __init__(
        self, join: Callable[[], Flask], tasks: Mapping[JobName, Task], lease: timedelta
    ) -> None:
        self._join = join
        self._tasks = tasks
        self._lease = lease
        self._carrier: Carrier | None = None

    def carrier(self) -> Carrier:
        """This process's carrier."""
        if self._carrier is None:
            app = self._join()
            with app.app_context():
                self._carrier = Carrier(app, self._tasks, Leases(db.engine, self._lease))
        return self._carrier

    def leave_parents_connections(self) -> None:
        """Forgets, without closing them, connections that belong to the process we forked from."""
        if self._carrier is not None:
            self._carrier.leases.engine.dispose(close=False)


def make_clock(config: Config) -> Celery:
    """What says that it is time, and does nothing itself: it needs no application."""
    celery = Celery("desk", broker=config.broker_url)
    celery.conf.update(message_settings())
    celery.conf.update(
        beat_schedule=beat_entries(),
        broker_connection_retry_on_startup=True,
        enable_utc=True,
        timezone="Europe/London",
    )
    return celery


def make_celery(
    config: Config,
    join: Callable[[], Flask],
    tasks: Mapping[JobName, Task],
    lease: timedelta = LEASE,
) -> Celery:
    """The Celery application: `join` makes the Flask one when a process first needs it."""
    celery = make_clock(config)
    celery.conf.update(
        worker_cancel_long_running_tasks_on_connection_loss=False,
        worker_hijack_root_logger=False,
        worker_max_memory_per_child=MEMORY_KB,
        worker_prefetch_multiplier=1,
    )
    workplace = Workplace(join, tasks, lease)
    for name in tasks:
        celery.task(_carrying(workplace), name=name.value)
    celery.task(_sweeping(workplace), name=SWEEP)
    celery.task(_owing(workplace), name=OWE)
    signals.worker_process_init.connect(_starting(workplace), weak=False)
    return celery


def _carrying(workplace: Workplace) -> Callable[[str], None]:
    def carry(job_id: str) -> None:
        workplace.carrier().carry(UUID(job_id))

    return carry


def _sweeping(workplace: Workplace) -> Callable[[], None]:
    def sweep() -> None:
        with workplace.carrier().app.app_context(), saving():
            jobs.sweep(datetime.now(UTC))

    return sweep


def _owing(workplace: Workplace) -> Callable[[str], None]:
    def owe(name: str) -> None:
        with workplace.carrier().app.app_context(), saving():
            jobs.enqueue_periodic(JobName(name))

    return owe


def _starting(workplace: Workplace) -> Callable[..., None]:
    def start(**_: Any) -> None:  # noqa: ANN401  # whatever Celery tells
        workplace.leave_parents_connections()
        workplace.carrier()

    return start
