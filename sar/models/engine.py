"""How SQLite is made to keep its promises: write-ahead log, foreign keys, honest transactions."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum
from sqlite3 import Connection as SqliteConnection
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

BUSY_MILLISECONDS = 15_000


class Transactions(StrEnum):
    """What a transaction that begins now may do."""

    READ = "read"
    WRITE = "write"
    NONE = "none"


class NoTransactionError(RuntimeError):
    """A job touched the database in its work stage, where no transaction may be open."""


_declared: ContextVar[Transactions | None] = ContextVar("transactions", default=None)


@contextmanager
def transactions(kind: Transactions) -> Iterator[None]:
    """Declares what transactions begun inside may do, whatever the web request says."""
    token = _declared.set(kind)
    try:
        yield
    finally:
        _declared.reset(token)


def prepare_engine(engine: Engine, is_reading: Callable[[], bool] = lambda: False) -> None:
    """Sets the connection and transaction rules; to be called once for each engine made.

    A transaction that writes must say so when it begins: SQLite cannot turn one that has read
    into one that writes once another process has written, and the update would be lost. What
    nobody declared with `transactions` reads when `is_reading()` (a web request by GET), and
    writes otherwise.
    """

    def begin(connection: Connection) -> None:
        kind = _declared.get() or (Transactions.READ if is_reading() else Transactions.WRITE)
        if kind is Transactions.NONE:
            raise NoTransactionError("A job's work stage must not touch the database.")
        if connection.dialect.name == "sqlite":
            is_read = kind is Transactions.READ
            connection.exec_driver_sql("BEGIN" if is_read else "BEGIN IMMEDIATE")

    event.listen(engine, "begin", begin)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _connect_sqlite)


def _connect_sqlite(connection: DBAPIConnection, record: ConnectionPoolEntry) -> None:
    raw: Any = connection
    assert isinstance(raw, SqliteConnection)
    raw.isolation_level = None  # the driver would begin by itself, late, and only for some words
    for pragma in (
        f"busy_timeout = {BUSY_MILLISECONDS}",
        "journal_mode = WAL",
        "synchronous = FULL",  # a released bundle must survive a power cut
        "foreign_keys = ON",
        "secure_delete = ON",  # what retention destroys is overwritten, not only unlinked
    ):
        raw.execute(f"PRAGMA {pragma}")
