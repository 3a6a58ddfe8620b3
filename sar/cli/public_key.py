"""`sar public-key COUNCIL`: the key others check a council's certificates with."""

from __future__ import annotations

import click

from sar.adapters.keys import CouncilKeyError, KeyRing
from sar.cli.context import settings
from sar.documents.signature import fingerprint, public_pem
from sar.services.councils import SERVED


@click.command("public-key")
@click.argument("council", type=click.Choice([each.value for each in SERVED]))
def command(council: str) -> None:
    """Print the public key (PEM) that the certificates of COUNCIL are checked with.

    Its fingerprint goes to the error stream, so that the key alone can be written to a file.
    """
    try:
        key = KeyRing(settings().keys_dir).signing_key(council).public_key()
    except CouncilKeyError as error:
        raise click.ClickException(str(error)) from None
    click.echo(public_pem(key).decode("ascii"), nl=False)
    click.echo(f"SHA-256 fingerprint: {fingerprint(key)}", err=True)
