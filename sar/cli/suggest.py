"""`sar suggest`: suggested redactions for texts, from a people register."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from sar.documents.find import Suggestion, suggest_all
from sar.documents.people_register import PeopleRegister, parse_registers
from sar.domain.people import RegisterError


@dataclass(frozen=True)
class _Document:
    doc_id: str
    case_id: str
    text: str


@click.command()
@click.option(
    "--register",
    "register_path",
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The people of each case, as JSON.",
)
@click.argument("documents", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def command(register_path: Path, documents: Path) -> None:
    """Suggest redactions in DOCUMENTS, a JSON line each with doc_id, case_id and text.

    Prints a JSON line for each document with its spans: start, end, type, person, decision, score
    and why. Documents of one case are read together, so that somebody introduced in one is known
    in all.
    """
    registers = _registers(register_path)
    read = list(_documents(documents, registers))
    by_case: dict[str, list[_Document]] = {}
    for document in read:
        by_case.setdefault(document.case_id, []).append(document)
    found: dict[int, tuple[Suggestion, ...]] = {}
    for case_id, of_case in by_case.items():
        suggested = suggest_all([each.text for each in of_case], registers[case_id])
        found |= dict(zip(map(id, of_case), suggested, strict=True))
    for document in read:
        spans = [_span(each) for each in found[id(document)]]
        click.echo(json.dumps({"doc_id": document.doc_id, "spans": spans}, ensure_ascii=False))


def _span(suggestion: Suggestion) -> dict[str, object]:
    return {
        "start": suggestion.start,
        "end": suggestion.end,
        "type": suggestion.type,
        "person": suggestion.person,
        "decision": suggestion.decision,
        "score": suggestion.score,
        "why": suggestion.why,
    }


def _registers(path: Path) -> dict[str, PeopleRegister]:
    try:
        return parse_registers(json.loads(path.read_text(encoding="utf-8-sig")))
    except UnicodeDecodeError:
        raise click.ClickException(f"{path.name} is not UTF-8 text.") from None
    except json.JSONDecodeError as error:
        message = f"{path.name} is not JSON: line {error.lineno}, {error.msg}."
        raise click.ClickException(message) from None
    except RegisterError as error:
        raise click.ClickException(str(error)) from None


def _documents(path: Path, registers: dict[str, PeopleRegister]) -> Iterator[_Document]:
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except UnicodeDecodeError:
        raise click.ClickException(f"{path.name} is not UTF-8 text.") from None
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _document(line, f"Line {number} of {path.name}", registers)


def _document(line: str, place: str, registers: dict[str, PeopleRegister]) -> _Document:
    try:
        data = json.loads(line)
    except json.JSONDecodeError as error:
        raise click.ClickException(f"{place} is not JSON: {error.msg}.") from None
    if not isinstance(data, dict):
        raise click.ClickException(f"{place} must be an object with doc_id, case_id and text.")
    for name in ("doc_id", "text"):
        if not isinstance(data.get(name), str):
            raise click.ClickException(f"{place} needs {name}, a text.")
    only = next(iter(registers)) if len(registers) == 1 else ""
    case_id = str(data.get("case_id") or only)
    if case_id not in registers:
        raise click.ClickException(f"{place} is of case {case_id!r}, which is not in the register.")
    return _Document(data["doc_id"], case_id, data["text"])
