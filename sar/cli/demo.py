"""`sar demo`: one case from mail to collected bundle, on the same services as the screens."""

from __future__ import annotations

import json
import secrets
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from importlib.resources import as_file
from pathlib import Path

import click
from flask import Flask

from config import Config
from sar.adapters.demonstration import demonstration_folder
from sar.adapters.jobs import NoSender
from sar.app import create_app
from sar.cli.context import transaction
from sar.cli.demo_case import DemoCase, Given
from sar.extensions import db
from sar.models import migration
from sar.services.councils import ensure_councils


class Steps:
    """Prints each step as it ends, with its time, and remembers them for the summary."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def step(self, name: str) -> Iterator[list[str]]:
        """What the block appends is printed after the name."""
        said: list[str] = []
        start = time.perf_counter()
        yield said
        self.seconds[name] = round(time.perf_counter() - start, 2)
        click.echo(f"{self.seconds[name]:7.2f} s  {name}{': ' + '; '.join(said) if said else ''}")


@click.command("demo")
@click.option("--out", type=click.Path(path_type=Path), help="Where the results go.")
@click.option("--mail", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--records", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON at the end.")
def command(out: Path | None, mail: Path | None, records: Path | None, as_json: bool) -> None:
    """Walk one case from mail to collected bundle.

    Without options it is the invented family shipped with the project. With --mail and --records
    it is any mail and any folder of files: what is left out is then what the suggestion engine
    proposes, which nobody but a demonstration would accept unread.
    """
    out = out or Path("demo-" + datetime.now(UTC).strftime("%Y%m%d-%H%M%S"))
    out.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        work = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="sar-demo-")))
        shipped = stack.enter_context(as_file(demonstration_folder()))
        plan = shipped / "plan.json" if records is None else None
        given = Given(mail or shipped / "request.eml", records or shipped / "records", plan)
        app = _desk(work)
        summary = _journey(app, given, out)
    if as_json:
        click.echo(json.dumps(summary, indent=1))
    click.echo(
        f"The results are in {out}: {', '.join(sorted(each.name for each in out.iterdir()))}"
    )


def _desk(work: Path) -> Flask:
    """A desk of its own in a folder that goes away: nobody's real data is touched."""
    config = Config.for_test(work, SAR_SECRET_KEY=secrets.token_urlsafe(48))
    config.data_dir.mkdir(parents=True)
    app = create_app(config, NoSender())
    with app.app_context():
        migration.upgrade(db.engine)
    with transaction(app):
        ensure_councils()
    return app


def _journey(app: Flask, given: Given, out: Path) -> dict[str, object]:
    steps = Steps()
    case = DemoCase(app, given)
    with steps.step("Mail arrives and is triaged") as said:
        said += case.receive()
    with steps.step("An officer opens the case and asks a team to search") as said:
        said += case.open()
    with steps.step("The team supplies records") as said:
        said += case.supply()
    with steps.step("Workers convert them") as said:
        said += case.convert()
    with steps.step("The officer looks at every page and redacts") as said:
        said += case.redact()
    with steps.step("A second person approves") as said:
        said += case.approve()
    with steps.step("A worker builds and proves the bundle") as said:
        said += case.build()
    with steps.step("It is released, and the requester collects it") as said:
        said += case.collect(out)
    with steps.step("The audit chain is checked") as said:
        said += case.check_audit()
    summary = {**case.summary, "seconds": steps.seconds}
    (out / "summary.json").write_text(json.dumps(summary, indent=1) + "\n", encoding="utf-8")
    return summary
