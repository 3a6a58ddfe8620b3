"""`sar holidays FILE`: takes a new list of bank holidays, once it was checked."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import click

from sar.cli.context import desk, settings
from sar.services.actor import system
from sar.services.holidays import cause_of, known_holidays, take_holidays


@click.command("holidays")
@click.argument("source", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def command(source: Path, as_json: bool) -> None:
    """Take FILE, which is bank-holidays.json as GOV.UK publishes it, as the bank holidays in force.

    Refused, with the reason, when it is not England and Wales, leaves out or adds a past day, names
    a day twice or at a weekend, or has too few. Every open case is then counted again by a worker.
    """
    try:
        text = source.read_bytes()
    except OSError as fault:
        raise click.ClickException(f"{source} cannot be read: {fault.strerror}.") from None
    actor = system(datetime.now(UTC))
    with desk(settings()):
        change = take_holidays(text, actor)
        end = known_holidays(actor.today).end
    if as_json:
        days = {"added": change.added, "removed": change.removed}
        plain = {name: [day.isoformat() for day in found] for name, found in days.items()}
        click.echo(json.dumps({**plain, "known_to": end.isoformat()}))
        return
    click.echo(f"The list is in force: {cause_of(change)}. Bank holidays are known to {end}.")
