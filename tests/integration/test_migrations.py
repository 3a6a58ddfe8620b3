from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, inspect, text

import sar.models
from sar.models import migration
from sar.models.engine import Transactions, prepare_engine, transactions

assert sar.models  # every table is known
SCRIPTS = ScriptDirectory(str(migration.SCRIPTS))
REVISIONS = [script.revision for script in reversed(list(SCRIPTS.walk_revisions()))]

PARENT_AND_CHILD = """
import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "0001", None, None, None

def upgrade():
    op.create_table("parent", sa.Column("id", sa.Integer, primary_key=True))
    op.create_table(
        "child",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("parent_id", sa.Integer, sa.ForeignKey("parent.id", ondelete="CASCADE")),
    )
    op.execute("INSERT INTO parent VALUES (1)")
    op.execute("INSERT INTO child VALUES (1, 1), (2, 1)")

def downgrade():
    op.drop_table("child")
    op.drop_table("parent")
"""
ADDS_A_COLUMN = """
import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "0002", "0001", None, None

def upgrade():
    with op.batch_alter_table("parent", recreate="always") as table:
        table.add_column(sa.Column("name", sa.String(10)))

def downgrade():
    with op.batch_alter_table("parent", recreate="always") as table:
        table.drop_column("name")
"""
ORPHANS_THE_CHILDREN = """
from alembic import op

revision, down_revision, branch_labels, depends_on = "0002", "0001", None, None

def upgrade():
    op.execute("DELETE FROM parent")

def downgrade():
    pass
"""


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = create_engine(database_url)
    prepare_engine(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def sqlite(tmp_path: Path) -> Iterator[Engine]:
    engine = create_engine(f"sqlite:///{tmp_path / 'test.sqlite3'}")
    prepare_engine(engine)
    yield engine
    engine.dispose()


def tables(engine: Engine) -> set[str]:
    with transactions(Transactions.READ):
        return set(inspect(engine).get_table_names()) - {"alembic_version"}


def test_there_is_one_newest_revision() -> None:
    assert len(SCRIPTS.get_heads()) == 1


def test_revisions_are_numbered_in_order() -> None:
    numbers = range(1, len(REVISIONS) + 1)
    assert [f"{number:04}" for number in numbers] == REVISIONS


def test_every_revision_goes_up_and_down_and_up_again(engine: Engine) -> None:
    for revision in REVISIONS:
        migration.upgrade(engine, revision)
        before = tables(engine)
        migration.downgrade(engine, "-1")
        migration.upgrade(engine, revision)
        assert tables(engine) == before
    migration.downgrade(engine, "base")
    assert tables(engine) == set()


def test_the_newest_revision_makes_exactly_the_tables_of_the_programme(engine: Engine) -> None:
    migration.upgrade(engine)
    assert migration.differences(engine) == []
    assert migration.current(engine) == migration.head()


def test_going_up_twice_changes_nothing(engine: Engine) -> None:
    migration.upgrade(engine)
    migration.upgrade(engine)
    assert migration.current(engine) == migration.head()


def scripts(folder: Path, second: str, monkeypatch: pytest.MonkeyPatch) -> None:
    versions = folder / "migrations" / "versions"
    versions.mkdir(parents=True)
    (versions / "0001_first.py").write_text(PARENT_AND_CHILD)
    (versions / "0002_second.py").write_text(second)
    env = (migration.SCRIPTS / "env.py").read_text(encoding="utf-8")
    (folder / "migrations" / "env.py").write_text(env, encoding="utf-8")
    monkeypatch.setattr(migration, "SCRIPTS", folder / "migrations")


def children(engine: Engine) -> int:
    with transactions(Transactions.READ), engine.connect() as connection:
        return int(connection.execute(text("SELECT count(*) FROM child")).scalar_one())


def test_replacing_a_table_keeps_its_children(
    sqlite: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scripts(tmp_path, ADDS_A_COLUMN, monkeypatch)
    migration.upgrade(sqlite)
    assert children(sqlite) == 2
    migration.downgrade(sqlite, "0001")
    assert children(sqlite) == 2


def test_a_revision_that_orphans_rows_is_refused_and_undone(
    sqlite: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scripts(tmp_path, ORPHANS_THE_CHILDREN, monkeypatch)
    with pytest.raises(migration.MigrationError, match="in child"):
        migration.upgrade(sqlite)
    assert migration.current(sqlite) is None, "one transaction holds them all"


def test_foreign_keys_hold_again_after_a_migration(sqlite: Engine) -> None:
    migration.upgrade(sqlite)
    with transactions(Transactions.READ), sqlite.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1
