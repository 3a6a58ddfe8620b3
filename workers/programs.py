"""The programs of a running desk: how each is started, and how one can tell that it is ready."""

from __future__ import annotations

import http.client
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from celery import Celery
from kombu.exceptions import KombuError

from config import Config
from sar.adapters.jobs import Queue, message_settings
from workers import broker

THREADS = 8
CONVERSIONS = 10  # nobody waits for a page because somebody else's scan is being read
# Celery warns whoever runs as root; what protects us from a file's parser is the sandbox.
QUIET = {"PYTHONWARNINGS": "ignore:You're running the worker with superuser"}
QUEUES = {
    "documents": (Queue.DOCUMENTS,),
    "mail": (Queue.MAIL, Queue.UPKEEP),  # never behind a scan of a thousand pages
}


@dataclass(frozen=True, slots=True)
class Program:
    """One program: its name before every line it prints, and the seconds it gets to stop.

    The higher its niceness, the more it lets the others go first.
    """

    name: str
    command: list[str]
    is_ready: Callable[[], bool]
    grace: float = 10.0
    niceness: int = 0
    env: dict[str, str] = field(default_factory=dict)


def broker_of(config: Config) -> Program | None:
    """The broker, unless the settings name one that is already running."""
    socket = config.broker_socket
    if socket is None:
        return None
    folder = config.data_dir / "broker"
    broker.prepare(socket, folder)
    return Program("broker", broker.command(socket, folder), lambda: broker.is_ready(socket))


def programs_of(config: Config) -> list[Program]:
    """Web, workers and scheduler, in the order they are started; they are stopped in reverse."""
    control = Celery("desk", broker=config.broker_url, set_as_current=False)
    control.conf.update(message_settings())
    processes = {"documents": config.worker_processes, "mail": 1}
    workers = [_worker(name, count, control) for name, count in processes.items()]
    return [_web(config), *workers, _scheduler(config)]


def _web(config: Config) -> Program:
    command = [
        *(sys.executable, "-m", "gunicorn", "wsgi:app", "--no-control-socket"),
        *("--bind", f"{config.host}:{config.port}", "--worker-class", "gthread"),
        *("--workers", str(config.web_processes), "--threads", str(THREADS), "--preload"),
        *("--graceful-timeout", "8", "--timeout", "120", "--log-level", "warning"),
    ]
    return Program("web", command, lambda: _answers(config.host, config.port))


def _worker(name: str, processes: int, control: Celery) -> Program:
    node = f"{name}-{os.getpid()}@desk"
    command = [
        *(sys.executable, "-m", "celery", "-A", "workers.main", "--quiet", "worker"),
        *("-n", node, "-Q", ",".join(QUEUES[name]), "-c", str(processes), "-l", "warning"),
        *("--without-gossip", "--without-mingle"),
    ]
    niceness = CONVERSIONS if name == "documents" else 0
    ready = partial(_pongs, control, node)
    return Program(name, command, ready, grace=5.0, niceness=niceness, env=QUIET)


def _scheduler(config: Config) -> Program:
    command = [
        *(sys.executable, "-m", "celery", "-A", "workers.clock", "--quiet", "beat"),
        *("-s", str(config.data_dir / "broker" / "schedule"), "--pidfile=", "-l", "warning"),
    ]
    return Program("scheduler", command, lambda: True)


def _answers(host: str, port: int) -> bool:
    connection = http.client.HTTPConnection(host, port, timeout=5)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status < 500
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _pongs(control: Celery, node: str) -> bool:
    try:
        return bool(control.control.ping(destination=[node], timeout=0.5))
    except (KombuError, OSError):
        return False
