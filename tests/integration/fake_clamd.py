"""A daemon that speaks ClamAV's INSTREAM, finds the harmless test signature, and can misbehave."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

# In two pieces, so that no scanner takes this file for the test signature itself.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-" + b"STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


@dataclass
class FakeClamd:
    """What it has been sent, and how it behaves: "well", "silent", "hang-up" or "error"."""

    url: str
    behaviour: str = "well"
    largest: int = 10 << 20
    received: list[bytes] = field(default_factory=list)
    chunks: list[int] = field(default_factory=list)

    def serve(self, connection: socket.socket) -> None:
        """Answers one command."""
        if self.behaviour == "hang-up":
            return
        if self.behaviour == "silent":
            time.sleep(1.5)
            return
        command = _until_zero(connection)
        if command == b"zPING":
            connection.sendall(b"PONG\0")
        elif command == b"zINSTREAM":
            connection.sendall(self._scanned(connection) + b"\0")

    def _scanned(self, connection: socket.socket) -> bytes:
        content = b""
        while size := struct.unpack("!I", _exactly(connection, 4))[0]:
            self.chunks.append(size)
            content += _exactly(connection, size)
            if len(content) > self.largest:
                return b"INSTREAM size limit exceeded. ERROR"
        self.received.append(content)
        if self.behaviour == "error":
            return b"stream: Can't allocate memory ERROR"
        return b"stream: Eicar-Test-Signature FOUND" if EICAR in content else b"stream: OK"


@contextlib.contextmanager
def fake_clamd(socket_path: Path | None = None) -> Iterator[FakeClamd]:
    """One that listens on a socket of the file system, or on a port."""
    if socket_path is None:
        server = socket.create_server(("127.0.0.1", 0))
        daemon = FakeClamd(f"tcp://127.0.0.1:{server.getsockname()[1]}")
    else:
        server = socket.socket(socket.AF_UNIX)
        server.bind(str(socket_path))
        server.listen()
        daemon = FakeClamd(f"unix://{socket_path}")

    def listen() -> None:
        while True:
            try:
                connection, _ = server.accept()
            except OSError:
                return
            with connection, contextlib.suppress(OSError):
                daemon.serve(connection)

    threading.Thread(target=listen, daemon=True).start()
    try:
        yield daemon
    finally:
        server.close()


def _until_zero(connection: socket.socket) -> bytes:
    got = b""
    while not got.endswith(b"\0"):
        got += _exactly(connection, 1)
    return got[:-1]


def _exactly(connection: socket.socket, size: int) -> bytes:
    got = b""
    while len(got) < size:
        more = connection.recv(size - len(got))
        if not more:
            raise ConnectionResetError
        got += more
    return got
