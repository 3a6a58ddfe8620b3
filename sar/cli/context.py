"""The command line's one door to the application and to a commit."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click
from flask import Flask

from config import Config, ConfigError
from sar.adapters.files import FileStoreError
from sar.adapters.keys import CouncilKeyError
from sar.app import create_app
from sar.domain.errors import DomainError
from sar.extensions import db
from sar.models.migration import MigrationError
from sar.services.errors import ServiceError

REFUSALS = (DomainError, ServiceError, FileStoreError, CouncilKeyError, MigrationError)


def settings() -> Config:
    """The settings of this environment; ends the command with a sentence for each fault."""
    try:
        return Config.from_env()
    except ConfigError as fault:
        raise click.ClickException(str(fault)) from None


@contextmanager
def desk(config: Config) -> Iterator[Flask]:
    """The application, for one transaction that commits if the block ends well."""
    app = create_app(config)
    try:
        with transaction(app):
            yield app
    finally:
        with app.app_context():
            db.engine.dispose()


@contextmanager
def transaction(app: Flask) -> Iterator[None]:
    """One transaction of an application; a refusal ends the command with its sentence."""
    with app.app_context():
        try:
            yield
            db.session.commit()
        except REFUSALS as refusal:
            db.session.rollback()
            raise click.ClickException(str(refusal)) from None
        except BaseException:
            db.session.rollback()
            raise
