"""`sar verify-audit`: reads the whole audit chain and recomputes every hash."""

from __future__ import annotations

import json

import click

from sar.cli.context import desk, settings
from sar.models.engine import Transactions, transactions
from sar.services.audit import check_chain

BROKEN = 3


@click.command("verify-audit")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def command(as_json: bool) -> None:
    """Check that no event was changed, moved or taken out; exit 0, or 3 when the chain is broken.

    An end that was cut off cannot be seen from the chain alone: keep the count and the last hash
    somewhere else, and compare.
    """
    with transactions(Transactions.READ), desk(settings()):
        chain = check_chain()
    if as_json:
        click.echo(
            json.dumps(
                {"events": chain.count, "last_hash": chain.last_hash, "faults": list(chain.faults)}
            )
        )
    else:
        for fault in chain.faults:
            click.echo(fault)
        state = "is broken" if chain.faults else "is whole"
        click.echo(f"The chain of {chain.count} events {state}. Its last hash is {chain.last_hash}")
    if chain.faults:
        raise click.exceptions.Exit(BROKEN)
