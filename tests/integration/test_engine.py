import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from enum import StrEnum
from pathlib import Path

import pytest
from sqlalchemy import Column, Engine, Integer, MetaData, Table, create_engine, insert, select, text
from sqlalchemy.exc import IntegrityError, StatementError

from sar.models.base import UtcDateTime, stored_enum
from sar.models.engine import NoTransactionError, Transactions, prepare_engine, transactions


class Colour(StrEnum):
    DARK_RED = "dark-red"


tables = MetaData()
moment = Table("moment", tables, Column("id", Integer, primary_key=True), Column("at", UtcDateTime))
counter = Table("counter", tables, Column("id", Integer, primary_key=True), Column("n", Integer))
paint = Table(
    "paint", tables, Column("id", Integer, primary_key=True), Column("c", stored_enum(Colour))
)


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = create_engine(database_url)
    prepare_engine(engine)
    tables.create_all(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def sqlite(tmp_path: Path) -> Iterator[Engine]:
    engine = create_engine(f"sqlite:///{tmp_path / 'test.sqlite3'}", connect_args={"timeout": 0.1})
    prepare_engine(engine)
    tables.create_all(engine)
    yield engine
    engine.dispose()


def test_a_moment_comes_back_aware_and_in_utc(engine: Engine) -> None:
    at = datetime(2026, 7, 1, 12, 30, tzinfo=timezone(timedelta(hours=1)))
    with engine.begin() as connection:
        connection.execute(insert(moment).values(id=1, at=at))
        kept = connection.execute(select(moment.c.at)).scalar_one()
    assert kept == at
    assert kept.tzinfo is UTC


def test_a_moment_without_a_time_zone_is_refused(engine: Engine) -> None:
    with engine.connect() as connection, pytest.raises(StatementError, match="time zone"):
        connection.execute(insert(moment).values(id=1, at=datetime(2026, 7, 1, 12)))


def test_an_enum_is_kept_by_its_value(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(insert(paint).values(id=1, c=Colour.DARK_RED))
        assert connection.execute(text("SELECT c FROM paint")).scalar_one() == "dark-red"
        assert connection.execute(select(paint.c.c)).scalar_one() is Colour.DARK_RED


def test_a_value_that_is_not_of_the_enum_is_refused(engine: Engine) -> None:
    with engine.connect() as connection, pytest.raises(StatementError):
        connection.execute(insert(paint).values(id=1, c="pale-blue"))


def test_no_update_is_lost_when_many_read_then_write(sqlite: Engine) -> None:
    with sqlite.begin() as connection:
        connection.execute(insert(counter).values(id=1, n=0))

    def add() -> None:
        for _ in range(25):
            with sqlite.begin() as connection:
                n = connection.execute(select(counter.c.n)).scalar_one()
                connection.execute(counter.update().values(n=n + 1))

    threads = [threading.Thread(target=add) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with sqlite.begin() as connection:
        assert connection.execute(select(counter.c.n)).scalar_one() == 100


def test_a_reader_does_not_wait_for_a_writer(sqlite: Engine) -> None:
    with sqlite.begin() as writer:
        writer.execute(insert(counter).values(id=1, n=0))
        with transactions(Transactions.READ), sqlite.begin() as reader:
            assert reader.execute(select(counter.c.n)).all() == []


def test_a_request_that_reads_is_asked_for_each_transaction(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'test.sqlite3'}")
    said: list[bool] = []
    prepare_engine(engine, lambda: bool(said.append(True)) or True)
    with engine.connect() as one, engine.connect() as two:
        assert one.execute(text("SELECT 1")).scalar_one() == 1
        assert two.execute(text("SELECT 1")).scalar_one() == 1, "two readers at once"
    engine.dispose()
    assert len(said) == 2


def test_no_transaction_may_begin_where_none_is_declared(engine: Engine) -> None:
    refused = pytest.raises(NoTransactionError)
    with transactions(Transactions.NONE), engine.connect() as connection, refused:
        connection.execute(select(counter.c.n))


def test_a_declaration_ends_with_its_block(sqlite: Engine) -> None:
    with transactions(Transactions.NONE), transactions(Transactions.WRITE), sqlite.begin() as held:
        held.execute(insert(counter).values(id=1, n=5))
    with sqlite.begin() as connection:
        assert connection.execute(select(counter.c.n)).scalar_one() == 5


def test_sqlite_keeps_its_promises(sqlite: Engine) -> None:
    wanted = {"journal_mode": "wal", "foreign_keys": 1, "synchronous": 2, "secure_delete": 1}
    with sqlite.connect() as connection:
        for name, value in wanted.items():
            assert connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() == value, name


def test_a_row_that_points_at_nothing_is_refused(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE p (id INTEGER PRIMARY KEY)"))
        connection.execute(text("CREATE TABLE q (p_id INTEGER REFERENCES p (id))"))
    with engine.connect() as connection, pytest.raises(IntegrityError):
        connection.execute(text("INSERT INTO q VALUES (7)"))
