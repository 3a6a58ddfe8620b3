"""Fixtures every kind of test may use."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

UNIT = Path(__file__).parent / "unit"
NO_POSTGRES = "TEST_POSTGRES_URL is not set, so this ran on SQLite only"


@pytest.fixture(autouse=True)
def _unit_tests_reach_no_network(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not request.path.is_relative_to(UNIT):
        return

    def refuse(*_: object) -> None:
        raise AssertionError("a unit test must not reach the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database of each kind; PostgreSQL only where TEST_POSTGRES_URL names a server."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'test.sqlite3'}"
        return
    server = os.environ.get("TEST_POSTGRES_URL")
    if not server:
        pytest.skip(NO_POSTGRES)
    yield from _schema_of_its_own(server.replace("postgresql://", "postgresql+psycopg://", 1))


def _schema_of_its_own(server: str) -> Iterator[str]:
    schema = f"test_{os.getpid()}"
    engine = create_engine(server)
    with engine.begin() as connection:
        connection.execute(text(f"DROP SCHEMA IF EXISTS {schema} CASCADE"))
        connection.execute(text(f"CREATE SCHEMA {schema}"))
    joint = "&" if "?" in server else "?"
    yield f"{server}{joint}options=-csearch_path%3D{schema}"
    with engine.begin() as connection:
        connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
    engine.dispose()
