"""The `sar` command: each subcommand lives in a file of its own, loaded when it is called."""

from __future__ import annotations

from importlib import import_module

import click

COMMANDS = {
    "assemble": "Compile, verify and join the documents of one case into a bundle.",
    "certificate": "Set a bundle's certificate on pages to print.",
    "clock": "Work out statutory dates from dated events.",
    "convert": "Convert files as an upload would, offline, without a database.",
    "create-user": "Add a member of staff.",
    "demo": "Walk one case from mail to released bundle, without a browser.",
    "holidays": "Take a new list of bank holidays from GOV.UK.",
    "init": "Prepare the data folder, keys and database.",
    "public-key": "Print the public key a council's certificates are checked with.",
    "redact": "Remove areas and pages from a PDF, sanitise it and prove it.",
    "suggest": "Suggest redactions in text from a people register.",
    "sweep": "Send again whatever work the database says is owed.",
    "triage": "Say what intake would make of a mail.",
    "verify": "Check a PDF for anything that should have been removed.",
    "verify-audit": "Check that the audit chain is whole.",
}


class Commands(click.Group):
    """Finds `sar some-name` in the module `sar.cli.some_name`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names in alphabetical order."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, or None for a name that is not ours."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"sar.cli.{cmd_name.replace('-', '_')}")
        command = module.command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Lists commands without loading them all."""
        with formatter.section("Commands"):
            formatter.write_dl(sorted(COMMANDS.items()))


@click.command(cls=Commands)
def main() -> None:
    """The councils' data-rights desk."""
