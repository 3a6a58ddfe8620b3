"""`sar verify`: the independent check of a finished PDF, alone."""

from __future__ import annotations

import json
import shutil
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

import click
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from sar.documents import tools
from sar.documents.certified import Certified, held_against
from sar.documents.errors import DocumentError, DocumentFault
from sar.documents.signature import SignatureError, read_certificate, read_public_key
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
    "--certificate",
    type=click.Path(path_type=Path),
    help="The certificate that came with it: the file must be the one it is about.",
)
@click.option(
    "--key",
    "key_path",
    type=click.Path(path_type=Path),
    help="The council's public key (PEM): the certificate must be signed with it.",
)
@click.option(
    "--ocr",
    type=click.Choice([each.value for each in OcrPolicy]),
    default=OcrPolicy.PICTURES.value,
    show_default=True,
    help="Which pages are also read as pictures.",
)
@click.option(
    "--json", is_flag=True, expose_value=False, help="Print JSON; the only form there is."
)
def command(  # one argument an option
    pdf: Path,
    plan_path: Path | None,
    never: tuple[str, ...],
    certificate: Path | None,
    key_path: Path | None,
    ocr: str,
) -> None:
    """Check a PDF for anything that should have been removed.

    With its certificate, also check that the file is the one the certificate is about, that the
    certificate was not changed, and with --key that the council signed it: years later too.

    Exit 0 when it passes, 3 when something was found or could not be ruled out, 4 when the file
    cannot be read, 5 when the plan or the certificate cannot.
    """
    with tools.scratch_folder("sar-verify-") as scratch:
        try:
            plan = _plan(plan_path, never)
            _copy(pdf, scratch / "verify.pdf")
            certified = _certified(scratch / "verify.pdf", certificate, key_path)
        except PlanError as error:
            _stop(_BAD_PLAN, str(error))
        arguments = {
            "plan": plan_as_dict(plan),
            "marks": certified and certified.marks,
            "ocr": ocr,
            "kind": _kind(plan, certified),
        }
        result = _joined(_checked(scratch, arguments), certified)
    click.echo(json.dumps(result, indent=2))
    sys.exit(0 if result["passed"] else _REFUSED)


def _copy(pdf: Path, out: Path) -> None:
    try:
        shutil.copyfile(pdf, out)
    except OSError:
        _stop(_UNREADABLE, "This file cannot be read.")


def _checked(scratch: Path, arguments: dict[str, Any]) -> dict[str, Any]:
    try:
        return tools.call("verify", scratch, {"pdf": "verify.pdf", **arguments}, _LIMITS)
    except DocumentError as error:
        code = _UNREADABLE if error.fault in _FILE_FAULTS else _REFUSED
        _stop(code, error.sentence)


def _plan(path: Path | None, never: tuple[str, ...]) -> Plan:
    plan = parse_plan({} if path is None else _json(path))
    more = parse_plan({"never": list(never)}).never
    return replace(plan, never=(*plan.never, *more))


def _certified(pdf: Path, path: Path | None, key_path: Path | None) -> Certified | None:
    """What the certificate says of the file; a certificate nobody can trust is a finding."""
    if path is None:
        if key_path is not None:
            raise PlanError("--key needs the --certificate that was signed with it.")
        return None
    trusted = None if key_path is None else _key(key_path)
    try:
        return held_against(read_certificate(_bytes(path)), pdf, trusted)
    except SignatureError as error:
        return Certified((str(error),))


def _key(path: Path) -> Ed25519PublicKey:
    try:
        return read_public_key(_bytes(path))
    except SignatureError as error:
        raise PlanError(str(error)) from error


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise PlanError(f"{path.name} cannot be read: {error.strerror}.") from error


def _kind(plan: Plan, certified: Certified | None) -> FileKind:
    """A plan with areas is that of one document; a bundle's certificate lists its files."""
    if certified is not None and certified.marks is not None:
        return FileKind.BUNDLE if certified.is_bundle else FileKind.DOCUMENT
    is_document = plan.areas or plan.withheld_pages
    return FileKind.DOCUMENT if is_document else FileKind.BUNDLE


def _joined(result: dict[str, Any], certified: Certified | None) -> dict[str, Any]:
    """The result of the check with what the certificate adds to it."""
    if certified is None:
        return result

    def told(sentences: tuple[str, ...]) -> list[dict[str, Any]]:
        return [{"page": None, "channel": "certificate", "sentence": each} for each in sentences]

    return {
        **result,
        "passed": bool(result["passed"]) and not certified.findings,
        "findings": [*told(certified.findings), *result["findings"]],
        "warnings": [*told(certified.warnings), *result["warnings"]],
        "certificate": certified.as_dict(),
    }


def _json(path: Path) -> object:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise PlanError(f"{path.name} cannot be read as JSON.") from error


def _stop(code: int, sentence: str) -> NoReturn:
    click.echo(json.dumps({"passed": False, "error": sentence}, indent=2))
    click.echo(sentence, err=True)
    sys.exit(code)
