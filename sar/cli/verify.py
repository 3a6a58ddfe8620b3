"""`sar verify`: the independent check of a finished PDF, alone."""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

import click

from sar.documents import tools
from sar.documents.errors import DocumentError, DocumentFault
from sar.documents.verify.subject import FileKind, OcrPolicy
from sar.domain.errors import PlanError
from sar.domain.redaction import Plan, parse_plan, plan_as_dict

_REFUSED, _UNREADABLE, _BAD_PLAN = 3, 4, 5
_LIMITS = tools.Limits(seconds=3600, memory_mb=4096)
# What can go wrong with the file itself; anything else is the check's own fault, so it refuses.
_FILE_FAULTS = {DocumentFault.CORRUPT, DocumentFault.ENCRYPTED, DocumentFault.EMPTY}


@click.command("verify")
@click.argument("pdf", type=click.Path(path_type=Path), metavar="FILE.pdf")
@click.option(
    "--plan", "plan_path", type=click.Path(path_type=Path), help="The plan it was made by."
)
@click.option(
    "--never", multiple=True, metavar="TEXT", help="Text that must not be anywhere in it."
)
@click.option(
    "--certificate", type=click.Path(path_type=Path), help="The certificate that holds its marks."
)
@click.option(
    "--ocr",
    type=click.Choice([each.value for each in OcrPolicy]),
    default=OcrPolicy.PICTURES.value,
    show_default=True,
    help="Which pages are also read as pictures.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON; the only form there is.")
def command(  # one argument an option
    pdf: Path,
    plan_path: Path | None,
    never: tuple[str, ...],
    certificate: Path | None,
    ocr: str,
    as_json: bool,  # the form is fixed, the option is a promise to scripts
) -> None:
    """Check a PDF for anything that should have been removed.

    Exit 0 when it passes, 3 when something was found or could not be ruled out, 4 when the file
    cannot be read, 5 when the plan or the certificate cannot.
    """
    try:
        plan = _plan(plan_path, never)
        told = None if certificate is None else _certificate(certificate)
    except PlanError as error:
        _stop(_BAD_PLAN, str(error))
    arguments = {
        "plan": plan_as_dict(plan),
        "marks": None if told is None else told["marks"],
        "ocr": ocr,
        "kind": _kind(plan, told),
    }
    result = _checked(pdf, arguments)
    click.echo(json.dumps(result, indent=2))
    sys.exit(0 if result["passed"] else _REFUSED)


def _checked(pdf: Path, arguments: dict[str, Any]) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        try:
            shutil.copyfile(pdf, scratch / "verify.pdf")
            return tools.call("verify", scratch, {"pdf": "verify.pdf", **arguments}, _LIMITS)
        except OSError:
            _stop(_UNREADABLE, "This file cannot be read.")
        except DocumentError as error:
            code = _UNREADABLE if error.fault in _FILE_FAULTS else _REFUSED
            _stop(code, error.sentence)


def _plan(path: Path | None, never: tuple[str, ...]) -> Plan:
    plan = parse_plan({} if path is None else _json(path))
    more = parse_plan({"never": list(never)}).never
    return replace(plan, never=(*plan.never, *more))


def _certificate(path: Path) -> dict[str, Any]:
    data = _json(path)
    marks = data.get("marks") if isinstance(data, dict) else None
    if not isinstance(data, dict) or not isinstance(marks, list) or not all(map(_is_mark, marks)):
        raise PlanError("The certificate does not hold marks.")
    return data


def _kind(plan: Plan, certificate: dict[str, Any] | None) -> FileKind:
    """A plan with areas is that of one document; a bundle's certificate lists its files."""
    if certificate is not None:
        return FileKind.BUNDLE if "output" in certificate else FileKind.DOCUMENT
    is_document = plan.areas or plan.withheld_pages
    return FileKind.DOCUMENT if is_document else FileKind.BUNDLE


def _is_mark(data: object) -> bool:
    return (
        isinstance(data, dict)
        and isinstance(data.get("page"), int)
        and isinstance(data.get("code"), str)
        and isinstance(data.get("rect"), list)
        and len(data["rect"]) == 4
        and all(isinstance(edge, int | float) for edge in data["rect"])
    )


def _json(path: Path) -> object:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise PlanError(f"{path.name} cannot be read as JSON.") from error


def _stop(code: int, sentence: str) -> NoReturn:
    click.echo(json.dumps({"passed": False, "error": sentence}, indent=2))
    click.echo(sentence, err=True)
    sys.exit(code)
