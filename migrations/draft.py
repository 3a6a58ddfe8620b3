"""Drafts a revision against the database of this environment: `make migration`."""

import sys

from sqlalchemy import create_engine

import sar.models  # noqa: F401  # makes every table known
from config import Config
from sar.models import migration
from sar.models.engine import prepare_engine


def main() -> None:
    """Takes a number and a message; writes `migrations/versions/NUMBER_message.py`."""
    number, message = sys.argv[1:]
    engine = create_engine(Config.from_env().database_url)
    prepare_engine(engine)
    migration.upgrade(engine)
    migration.draft(engine, message, number)


if __name__ == "__main__":
    main()
