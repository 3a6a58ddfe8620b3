"""Bringing a database to the tables this program knows, and back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, Enum

from sar.extensions import db
from sar.models.base import UtcDateTime
from sar.models.engine import Transactions, transactions
from sar.models.page_words import INDEX_TABLES

SCRIPTS = Path(__file__).parents[2] / "migrations"


class MigrationError(Exception):
    """A revision would leave rows that point at nothing; it was not carried out."""


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Runs every revision up to `revision`; raises MigrationError rather than orphan a row."""
    _run(engine, lambda config: command.upgrade(config, revision))


def downgrade(engine: Engine, revision: str) -> None:
    """Takes revisions back to `revision`, or to nothing with `base`."""
    _run(engine, lambda config: command.downgrade(config, revision))


def draft(engine: Engine, message: str, number: str) -> None:
    """Writes a revision file from what tables and database differ in, for a person to edit."""
    _run(
        engine,
        lambda config: command.revision(config, message, autogenerate=True, rev_id=number),
    )


def differences(engine: Engine) -> list[Any]:
    """What autogenerate would change; empty when database and tables agree."""
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "include_object": is_ours}
        )
        found: list[Any] = compare_metadata(context, db.metadata)
    return found


def current(engine: Engine) -> str | None:
    """The revision the database is at, or None before the first."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def head() -> str | None:
    """The newest revision this program knows."""
    return ScriptDirectory(str(SCRIPTS)).get_current_head()


def is_ours(item: object, name: str | None, kind: str, *_: object) -> bool:
    """Whether the program describes a table; an index for text is the database's own."""
    return not (kind == "table" and (name or "").startswith(INDEX_TABLES))


def rendered_item(kind: str, item: object, autogen: object) -> str | Literal[False]:
    """Our own column types as plain ones, so that a revision never changes with the program."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, Enum):
        return f"sa.String(length={item.length})"
    return False


def _run(engine: Engine, act: Callable[[Config], object]) -> None:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.set_main_option("path_separator", "os")
    with (
        transactions(Transactions.WRITE),
        _foreign_keys_off(engine) as connection,
        connection.begin(),
    ):
        config.attributes["connection"] = connection
        act(config)
        _refuse_orphans(connection)


@contextmanager
def _foreign_keys_off(engine: Engine) -> Iterator[Connection]:
    """On SQLite a table is altered by replacing it, which would delete every child row."""
    with engine.connect() as connection:
        if engine.dialect.name != "sqlite":
            yield connection
            return
        raw: Any = connection.connection.driver_connection
        raw.execute("PRAGMA foreign_keys = OFF")
        try:
            yield connection
        finally:
            raw.execute("PRAGMA foreign_keys = ON")


def _refuse_orphans(connection: Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    tables = {row[0] for row in connection.exec_driver_sql("PRAGMA foreign_key_check")}
    if tables:
        names = ", ".join(sorted(tables))
        raise MigrationError(f"The migration would leave rows that point at nothing, in {names}.")
