"""The virus scanner: ClamAV's daemon, over its socket. It sees a file before any parser does."""

from __future__ import annotations

import socket
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

_CHUNK = 64 << 10
_LONGEST_ANSWER = 4096
_PORT = 3310


class ScannerAwayError(OSError):
    """The scanner could not be reached, did not answer, or could not do its work."""


class TooBigToScanError(Exception):
    """The file is larger than the scanner has been set to take."""


class Scanner(Protocol):
    """Says what harm is in a file."""

    def is_ready(self) -> bool:
        """Whether it answers."""

    def harm_in(self, path: Path) -> str | None:
        """The name of what it found, or None when it found nothing.

        Raises:
            ScannerAwayError: nobody can say.
            TooBigToScanError: it does not take files of this size.
        """


@dataclass(frozen=True, slots=True)
class Clamd:
    """ClamAV's INSTREAM over `unix:///run/clamav/clamd.ctl` or `tcp://127.0.0.1:3310`."""

    url: str
    connect_seconds: float = 5.0
    answer_seconds: float = 120.0

    def is_ready(self) -> bool:
        """Whether it answers a PING."""
        try:
            with self._connection() as connection:
                connection.sendall(b"zPING\0")
                return _answer(connection) == "PONG"
        except OSError:
            return False

    def harm_in(self, path: Path) -> str | None:
        """Sends the file in chunks, each with its length before it; an empty one ends it."""
        try:
            with self._connection() as connection, path.open("rb") as file:
                try:
                    connection.sendall(b"zINSTREAM\0")
                    while chunk := file.read(_CHUNK):
                        connection.sendall(struct.pack("!I", len(chunk)) + chunk)
                    connection.sendall(struct.pack("!I", 0))
                except (BrokenPipeError, ConnectionResetError):
                    pass  # it hangs up on a file that is too large; its answer says so
                return _meaning(_answer(connection))
        except ScannerAwayError:
            raise
        except OSError as error:
            raise ScannerAwayError("The virus scanner does not answer.") from error

    def _connection(self) -> socket.socket:
        where = urlsplit(self.url)
        if where.scheme == "unix":
            connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            connection.settimeout(self.connect_seconds)
            try:
                connection.connect(where.path)
            except OSError:
                connection.close()
                raise
        else:
            place = (where.hostname or "", where.port or _PORT)
            connection = socket.create_connection(place, self.connect_seconds)
        connection.settimeout(self.answer_seconds)
        return connection


def _answer(connection: socket.socket) -> str:
    """One answer, which ends with a zero."""
    got = b""
    while b"\0" not in got and len(got) < _LONGEST_ANSWER:
        more = connection.recv(_LONGEST_ANSWER)
        if not more:
            break
        got += more
    return got.partition(b"\0")[0].decode("utf-8", "replace").strip()


def _meaning(answer: str) -> str | None:
    """Only the one good answer counts as good."""
    if answer == "stream: OK":
        return None
    if answer.endswith(" FOUND"):
        return answer.removeprefix("stream: ").removesuffix(" FOUND")
    if "size limit exceeded" in answer:
        raise TooBigToScanError
    raise ScannerAwayError("The virus scanner could not scan the file.")
