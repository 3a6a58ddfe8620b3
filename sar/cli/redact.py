"""`sar redact IN.pdf OUT.pdf --plan PLAN.json`: removes, sanitises, proves; or writes nothing."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import click

from sar.documents import tools
from sar.documents.errors import DocumentError, LeakFoundError
from sar.documents.redact import Compiled, parse_compiled, sha256_of
from sar.documents.verify import Verification, parse_verification
from sar.domain.errors import PlanError
from sar.domain.redaction import Plan, check_pages, parse_plan, plan_as_dict

_REFUSED, _UNREADABLE, _BAD_PLAN = 3, 4, 5
_LEAST_ROOM = 1 << 16  # bytes
_NO_ROOM = (
    "There is no room left on the disk for work on this file. Nothing was written. "
    "Make room, or set TMPDIR to a folder that has some, and try again."
)
_LIMITS = tools.Limits(seconds=1800, memory_mb=4096, output_mb=4096)


@dataclass(frozen=True)
class Redacted:
    """What one run of the command did."""

    compiled: Compiled
    verification: Verification


@click.command(name="redact")
@click.argument("source", metavar="IN.pdf", type=click.Path(path_type=Path))
@click.argument("out", metavar="OUT.pdf", type=click.Path(path_type=Path))
@click.option("--plan", "plan_file", required=True, type=click.Path(path_type=Path))
@click.option("--certificate", "certificate_file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the certificate.")
def command(
    source: Path, out: Path, plan_file: Path, certificate_file: Path | None, as_json: bool
) -> None:
    """Remove areas and pages from IN.pdf, sanitise it and prove it.

    Exit 0: OUT.pdf is written and verified. 3: verification refused, no OUT.pdf is left.
    4: IN.pdf cannot be read. 5: the plan is bad.
    """
    plan = _plan_for(out, source, plan_file)
    try:
        with tools.scratch_folder("sar-redact-") as scratch:
            redacted = _redacted(source, plan, scratch)
            certificate = _certificate(scratch, redacted)
            _write(certificate_file, as_json, certificate)
            if redacted.verification.passed:
                _put(scratch / "out.pdf", out)
    except OSError as error:
        out.unlink(missing_ok=True)
        _stop(_REFUSED, [f"The result could not be written: {error.strerror}."])
    if not redacted.verification.passed:
        _stop(_REFUSED, _findings(redacted.verification))


def _plan_for(out: Path, source: Path, plan_file: Path) -> Plan:
    """The plan; whatever another run left as OUT is gone, but never a file that is read here."""
    for each in (source, plan_file):
        if out.exists() and each.exists() and out.samefile(each):
            _stop(_BAD_PLAN, [f"{out.name} cannot be both what is read and what is written."])
    try:
        out.unlink(missing_ok=True)
    except OSError as error:
        _stop(_BAD_PLAN, [f"{out.name} cannot be written: {error.strerror}."])
    return _plan(plan_file)


def _write(certificate_file: Path | None, as_json: bool, certificate: dict[str, Any]) -> None:
    text = json.dumps(certificate, indent=2)
    if certificate_file is not None:
        certificate_file.write_text(f"{text}\n", encoding="utf-8")
    if as_json:
        click.echo(text)


def _put(made: Path, out: Path) -> None:
    """Copies the file to its place in one step: nobody ever sees a part of it."""
    waiting = out.with_name(f".{out.name}.{os.getpid()}")
    try:
        shutil.copyfile(made, waiting)
        waiting.replace(out)
    finally:
        waiting.unlink(missing_ok=True)


def _redacted(source: Path, plan: Plan, scratch: Path) -> Redacted:
    try:
        shutil.copyfile(source, scratch / "source.pdf")
    except OSError as error:
        _stop(_UNREADABLE, [f"{source.name} cannot be read: {error.strerror}."])
    try:
        sizes = tools.call(
            "prepare", scratch, {"source": "source.pdf", "out": "prepared.pdf"}, _LIMITS
        )["pages"]
    except DocumentError as error:
        _stop(_UNREADABLE, [_NO_ROOM if _is_full(scratch) else error.sentence])
    try:
        plan = check_pages(plan, [(width, height) for width, height in sizes])
    except PlanError as error:
        _stop(_BAD_PLAN, [str(error)])
    try:
        return _compiled_and_verified(plan, scratch)
    except LeakFoundError as error:
        _stop(_REFUSED, [error.sentence])
    except DocumentError as error:
        why = _NO_ROOM if _is_full(scratch) else error.sentence
        _stop(_REFUSED, [f"The result could not be verified. {why}"])


def _is_full(scratch: Path) -> bool:
    """A full disk looks to most programs like a damaged file."""
    return shutil.disk_usage(scratch).free < _LEAST_ROOM


def _compiled_and_verified(plan: Plan, scratch: Path) -> Redacted:
    as_data = plan_as_dict(plan)
    compiled = parse_compiled(
        tools.call(
            "compile",
            scratch,
            {"prepared": "prepared.pdf", "plan": as_data, "out": "out.pdf"},
            _LIMITS,
        )
    )
    answer = tools.call(
        "verify",
        scratch,
        {
            "pdf": "out.pdf",
            "plan": as_data,
            "marks": [mark.as_dict() for mark in compiled.marks],
            "secrets": [text for text in compiled.removed if text.strip()],
        },
        _LIMITS,
    )
    return Redacted(compiled, parse_verification(answer))


def _certificate(scratch: Path, redacted: Redacted) -> dict[str, Any]:
    compiled, verification = redacted.compiled, redacted.verification
    why = dict(zip(compiled.picture_pages, compiled.reasons, strict=True))
    return {
        "engine": compiled.engine,
        "source_sha256": sha256_of(scratch / "source.pdf"),
        "output_sha256": sha256_of(scratch / "out.pdf") if verification.passed else None,
        "pages": [
            {"page": page, "fate": fate, "picture": page in why, "reason": why.get(page)}
            for page, fate in enumerate(compiled.fates, start=1)
        ],
        "marks": [mark.as_dict() for mark in compiled.marks],
        "verified": verification.passed,
        **{key: value for key, value in verification.as_dict().items() if key != "passed"},
    }


def _findings(verification: Verification) -> list[str]:
    return [
        f"Page {each.page}: {each.sentence}" if each.page else each.sentence
        for each in verification.findings
    ]


def _plan(path: Path) -> Plan:
    try:
        return parse_plan(json.loads(path.read_bytes()))
    except OSError as error:
        _stop(_BAD_PLAN, [f"{path.name} cannot be read: {error.strerror}."])
    except (ValueError, RecursionError):
        _stop(_BAD_PLAN, [f"{path.name} is not JSON."])
    except PlanError as error:
        _stop(_BAD_PLAN, [str(error)])


def _stop(code: int, sentences: Sequence[str]) -> NoReturn:
    for sentence in sentences:
        click.echo(sentence, err=True)
    raise SystemExit(code)
