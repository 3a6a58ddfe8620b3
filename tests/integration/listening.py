"""A port on this machine that counts who knocks, to show that nobody does."""

import socket
import threading
from collections.abc import Iterator

import pytest


@pytest.fixture
def listener() -> Iterator[tuple[int, list[object]]]:
    """A port on this machine that counts who knocks."""
    hits: list[object] = []
    server = socket.create_server(("127.0.0.1", 0))

    def listen() -> None:
        while True:
            try:
                connection, knocker = server.accept()
            except OSError:
                return
            connection.close()
            hits.append(knocker)

    threading.Thread(target=listen, daemon=True).start()
    yield server.getsockname()[1], hits
    server.close()
