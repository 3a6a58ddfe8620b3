"""`sar create-user`: adds a member of staff with a fresh password, shown once."""

from __future__ import annotations

import json
import secrets
from datetime import UTC, datetime

import click

from sar.cli.context import desk, settings
from sar.domain.permissions import Role
from sar.services.actor import system
from sar.services.councils import SERVED
from sar.services.users import NewMember, add_staff

PASSWORD_BYTES = 18


@click.command("create-user")
@click.argument("email")
@click.option("--name", required=True, help="How screens and letters name them.")
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True)
@click.option(
    "--council",
    "councils",
    type=click.Choice([each.value for each in SERVED]),
    multiple=True,
    required=True,
    help="Once for each council they work for.",
)
@click.option("--team", help="For a team member: the team's slug, such as children-social-care.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def command(
    email: str, name: str, role: str, councils: tuple[str, ...], team: str | None, as_json: bool
) -> None:
    """Add a member of staff. Their password is random and is printed this once."""
    new = NewMember(name, email, secrets.token_urlsafe(PASSWORD_BYTES), Role(role), councils, team)
    with desk(settings()):
        add_staff(new, system(datetime.now(UTC)))
    if as_json:
        click.echo(json.dumps({"email": email, "role": role, "password": new.password}))
        return
    click.echo(f"{name} can sign in as {email} with the password {new.password}")
    click.echo("It is shown only now: give it to them by a safe way.")
