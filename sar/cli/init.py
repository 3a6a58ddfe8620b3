"""`sar init`: folders, keys, tables; and on a first start, the demonstration family."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path

import click

from config import Environment
from sar.adapters.doors import doors
from sar.cli.context import desk, settings
from sar.documents.tools import is_isolated
from sar.extensions import db
from sar.models import migration
from sar.services.councils import ensure_councils
from sar.services.first_start import SignIn, load_demonstration
from sar.services.keys import check_council_keys

SIGN_IN = "sign-in.txt"
NOT_ISOLATED = (
    "Files from outside cannot be opened safely on this machine (bubblewrap may not make "
    "namespaces), so no record will be converted."
)


@click.command("init")
@click.option(
    "--demonstration/--no-demonstration",
    default=True,
    help="Load the invented family where nobody has an account yet (never in production).",
)
@click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON.")
def command(demonstration: bool, as_json: bool) -> None:
    """Prepare the data folder, keys and database; safe to run again."""
    config = settings()
    if not is_isolated():
        click.echo(NOT_ISOLATED, err=True)
    for folder in (config.data_dir, config.keys_dir, config.mail_in_dir, config.mail_out_dir):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    is_demonstration = demonstration and config.environment is Environment.EMBEDDED
    with desk(config):
        before, after = _migrate()
        sign_ins = _fill(is_demonstration)
    if sign_ins:
        _keep(config.keys_dir / SIGN_IN, sign_ins)
    if as_json:
        click.echo(json.dumps({"revision_before": before, "revision": after}))
        return
    click.echo(_sentence(before, after))
    if sign_ins:
        click.echo("The demonstration family is loaded; its records will be converted shortly.")


def _migrate() -> tuple[str | None, str | None]:
    before = migration.current(db.engine)
    migration.upgrade(db.engine)
    return before, migration.current(db.engine)


def _fill(is_demonstration: bool) -> tuple[SignIn, ...]:
    check_council_keys()
    ensure_councils()
    doors().inbox.prepare()
    return load_demonstration(datetime.now(UTC)) if is_demonstration else ()


def _keep(path: Path, sign_ins: tuple[SignIn, ...]) -> None:
    lines = [f"  {each.role:<32}{each.email:<24}{each.password}" for each in sign_ins]
    text = "Sign in (kept in this file only):\n" + "\n".join(lines) + "\n"
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)


def _sentence(before: str | None, after: str | None) -> str:
    if before == after:
        return f"The database has the newest tables ({after})."
    return f"The database was brought from {before or 'nothing'} to {after}."
