"""How revisions run: one set for SQLite and PostgreSQL, each in one transaction."""

from alembic import context
from sqlalchemy import Connection, text

import sar.models  # noqa: F401  # makes every table known
from sar.extensions import db
from sar.models.migration import is_ours, rendered_item

ADVISORY_LOCK = 7_301_120


def migrate(connection: Connection) -> None:
    """Runs what the caller asked for; the caller opened the connection and its transaction."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SELECT pg_advisory_xact_lock({ADVISORY_LOCK})"))
    context.configure(
        connection=connection,
        target_metadata=db.metadata,
        render_as_batch=True,
        compare_type=True,
        render_item=rendered_item,
        include_object=is_ours,
        user_module_prefix="sa.",
    )
    context.run_migrations()


migrate(context.config.attributes["connection"])
