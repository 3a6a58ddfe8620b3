"""Messages to the workers: by name, best effort. The job row, not the message, is the truth."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from celery import Celery
from kombu.exceptions import KombuError

QUIET_SECONDS = 5.0  # after a failed send, so that a broker that is away slows nobody down
SOCKET_SECONDS = 2.0
TRY_ONCE = {"max_retries": 1, "interval_start": 0, "interval_step": 0, "interval_max": 0}


class JobName(StrEnum):
    """Everything a worker can be asked to do; a task of the same name in snake case does it."""

    BUILD_BUNDLE = "build-bundle"
    COMPARE_RECORDS = "compare-records"
    CONVERT_RECORD = "convert-record"
    FREE_HELD_RECORDS = "free-held-records"
    POLL_MAIL = "poll-mail"
    RECOUNT_CLOCKS = "recount-clocks"
    SEND_MESSAGE = "send-message"
    VERIFY_AUDIT = "verify-audit"


class Queue(StrEnum):
    """Lines of work that must not wait for each other."""

    DOCUMENTS = "documents"
    MAIL = "mail"
    UPKEEP = "upkeep"


QUEUE_OF = {
    JobName.BUILD_BUNDLE: Queue.DOCUMENTS,
    JobName.COMPARE_RECORDS: Queue.DOCUMENTS,
    JobName.CONVERT_RECORD: Queue.DOCUMENTS,
    JobName.FREE_HELD_RECORDS: Queue.UPKEEP,
    JobName.POLL_MAIL: Queue.MAIL,
    JobName.RECOUNT_CLOCKS: Queue.UPKEEP,
    JobName.SEND_MESSAGE: Queue.MAIL,
    JobName.VERIFY_AUDIT: Queue.UPKEEP,
}


class Stage(StrEnum):
    """What a job's service yields to say how it goes on."""

    WORK = "work"  # no transaction is open; the database must not be touched
    SAVE = "save"  # a write transaction is open, which commits only if the lease still holds


Stages = Iterator[Stage]
Report = Callable[[int, int, str], None]


class JobSender(Protocol):
    """Tells a worker that a job is waiting."""

    def send(self, job_id: UUID, name: JobName) -> bool:
        """Whether the message left; a False is no fault, the sweeper sends again."""
        ...


class BrokerSender:
    """Sends through the broker, never waiting long and never failing the caller."""

    def __init__(self, broker_url: str) -> None:
        self._celery = Celery("desk", broker=broker_url, set_as_current=False)
        self._celery.conf.update(message_settings())
        self._celery.conf.broker_transport_options |= TRY_ONCE
        self._quiet_until = 0.0

    def send(self, job_id: UUID, name: JobName) -> bool:
        """Whether the broker took the message."""
        if time.monotonic() < self._quiet_until:
            return False
        try:
            self._celery.send_task(
                name.value, args=[str(job_id)], queue=QUEUE_OF[name].value, ignore_result=True
            )
        except (KombuError, OSError):
            self._quiet_until = time.monotonic() + QUIET_SECONDS
            return False
        return True


class NoSender:
    """Sends nothing, and remembers what it was asked to send: for tests and the command line."""

    def __init__(self) -> None:
        self.sent: list[tuple[UUID, JobName]] = []

    def send(self, job_id: UUID, name: JobName) -> bool:
        """False: the sweeper will find the row."""
        self.sent.append((job_id, name))
        return False


def message_settings() -> dict[str, object]:
    """Celery settings that sender and worker must agree on."""
    return {
        "task_serializer": "json",
        "accept_content": ["json"],
        "task_publish_retry": False,
        "task_ignore_result": True,
        "task_create_missing_queues": True,
        "broker_transport_options": {
            "socket_timeout": SOCKET_SECONDS,
            "socket_connect_timeout": SOCKET_SECONDS,
            "visibility_timeout": 3600,
            "unacked_restore_throttle": 1,
            "unacked_restore_interval": 5,
        },
    }
