"""`sar sweep`: send again whatever work the database says is owed."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import click

from sar.cli.context import desk, settings
from sar.services import jobs


@click.command("sweep")
@click.option("--json", "as_json", is_flag=True, help="Print the count as JSON.")
def command(as_json: bool) -> None:
    """Send again whatever work the database says is owed, and free what nobody holds."""
    with desk(settings()):
        count = jobs.sweep(datetime.now(UTC))
    click.echo(json.dumps({"sent": count}) if as_json else f"Sent {count} jobs again.")
