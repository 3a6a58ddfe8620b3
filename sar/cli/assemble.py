"""`sar assemble`: the bundle of one case, from a folder with `case.json` and its documents."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import click

from sar.documents.bundle import Built, build, clear
from sar.documents.case_file import read_case
from sar.documents.certificate import UNSIGNED, Issue
from sar.documents.errors import DocumentError, LeakFoundError
from sar.documents.signature import SignatureError, Signer, read_private_key
from sar.documents.variants import Variant
from sar.domain.errors import DomainError, PlanError

REFUSED, UNREADABLE, BAD_PLAN = 3, 4, 5
_ALSO = {"html": Variant.WEB_PAGE, "large-print": Variant.LARGE_PRINT}


@click.command()
@click.argument("case_dir", type=click.Path(path_type=Path))
@click.argument("out_dir", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--workers", type=click.IntRange(1, 64), default=1, help="Documents compiled at once."
)
@click.option(
    "--cache",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder that keeps compiled documents. It holds personal data.",
)
@click.option(
    "--sign-key",
    type=click.Path(path_type=Path),
    help="Ed25519 private key (PEM) that signs the certificate. Without one it is unsigned.",
)
@click.option(
    "--also",
    type=click.Choice(list(_ALSO)),
    multiple=True,
    help="Also the bundle as a web page, or in large print. May be given twice.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def command(  # noqa: PLR0913  # one argument an option
    case_dir: Path,
    out_dir: Path,
    workers: int,
    cache: Path | None,
    sign_key: Path | None,
    also: tuple[str, ...],
    *,
    as_json: bool,
) -> None:
    """Compile, verify and join the documents of CASE_DIR/case.json into OUT_DIR.

    Exit status: 0 when the bundle was verified, 3 when verification refused it, 4 when a document
    cannot be read, 5 when the case or a plan cannot be used. Unless it is 0, OUT_DIR holds no
    bundle.
    """
    try:
        out_dir.mkdir(parents=True, exist_ok=True)
        clear(out_dir)
        case = read_case(case_dir)
        issue = replace(
            _issue(sign_key, case.council), variants=tuple(_ALSO[each] for each in also)
        )
        built = build(case, out_dir, workers=workers, cache=cache, issue=issue)
    except LeakFoundError as error:
        _stop(error.sentence, REFUSED, as_json=as_json)
    except DocumentError as error:
        _stop(error.sentence, UNREADABLE, as_json=as_json)
    except DomainError as error:
        _stop(str(error), BAD_PLAN, as_json=as_json)
    else:
        _tell(built, as_json=as_json)


def _issue(sign_key: Path | None, council: str) -> Issue:
    """A signed certificate says when it was made; an unsigned one is the same at any time."""
    if sign_key is None:
        return UNSIGNED
    try:
        return Issue(datetime.now(UTC), Signer(council, read_private_key(sign_key.read_bytes())))
    except OSError as error:
        raise PlanError(f"{sign_key.name} cannot be read: {error.strerror}.") from error
    except SignatureError as error:
        raise PlanError(str(error)) from error


def _tell(built: Built, *, as_json: bool) -> None:
    summary = built.summary
    if as_json:
        files = [path.name for path in (*built.volumes, *built.variants)]
        click.echo(json.dumps({"status": "assembled", "files": files, **summary}))
        return
    names = ", ".join(path.name for path in (*built.volumes, *built.variants))
    click.echo(
        f"{names}: {summary['pages']} pages, {summary['bytes']} bytes,"
        f" {summary['cached_documents']} of {summary['documents']} documents from the cache,"
        f" {summary['seconds']['total']} seconds."
    )


def _stop(sentence: str, status: int, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps({"status": "refused", "exit": status, "sentence": sentence}))
    else:
        click.echo(sentence, err=True)
    sys.exit(status)
