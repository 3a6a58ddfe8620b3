"""`sar triage`: what intake would make of a mail, as JSON."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

import click

from sar.documents.errors import DocumentError
from sar.documents.tools import call
from sar.domain.mail import MailFacts, duplicates, facts_from
from sar.domain.triage import triage


@click.command(name="triage")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON (it always does).")
def command(files: tuple[Path, ...], as_json: bool) -> None:  # a promise to scripts
    """Say what intake would make of each mail in FILES.

    Prints one object for one file and a list, in the same order, for several. duplicate_of names
    the first file before it that holds the same mail.
    """
    mails = [_facts(file) for file in files]
    repeats = duplicates(mails)
    answers = [
        _answer(file, mail, None if repeat is None else str(files[repeat]))
        for file, mail, repeat in zip(files, mails, repeats, strict=True)
    ]
    shown: Any = answers[0] if len(answers) == 1 else answers
    click.echo(json.dumps(shown, ensure_ascii=False, indent=2))


def _facts(file: Path) -> MailFacts:
    with tempfile.TemporaryDirectory(prefix="sar-") as folder:
        scratch = Path(folder).resolve()
        try:
            shutil.copyfile(file, scratch / "mail.eml")
            return facts_from(call("mail-facts", scratch, {"mail": "mail.eml"}))
        except DocumentError as fault:
            return MailFacts(problems=(fault.sentence,))
        except OSError as fault:
            raise click.ClickException(f"{file} cannot be read: {fault.strerror}.") from fault


def _answer(file: Path, mail: MailFacts, duplicate_of: str | None) -> dict[str, Any]:
    result = triage(mail)
    return {
        "file": str(file),
        "council": str(result.council) if result.council else None,
        "kind": result.kind,
        "kinds": list(result.kinds),
        "is_rights_request": result.is_rights_request,
        "why": list(result.why),
        "service": result.service_ids[0] if result.service_ids else None,
        "services": list(result.service_ids),
        "needs": [{"code": str(need), "sentence": need.sentence} for need in result.needs],
        "duplicate_of": duplicate_of,
        "attachments": list(mail.attachments),
        "received_on": mail.received_on.isoformat() if mail.received_on else None,
        "message_id": mail.message_id or None,
        "problems": list(mail.problems),
    }
