"""`sar convert`: files to PDFs and a report, as an upload would, without a database."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from sar.documents.errors import DocumentFault
from sar.documents.ingest import Ingested, ingest
from sar.documents.names import clean_name, unlike

_DEEPEST = 12
_MOST_RECORDS = 5000
_TOO_DEEP = (
    "This file lies too deep inside other files, or among too many, to be opened. "
    "Take it out yourself and upload it."
)


@dataclass
class _Report:
    """Collects one entry a record; names of written files never clash."""

    out: Path
    password: str | None
    entries: list[dict[str, Any]] = field(default_factory=list)
    taken: list[str] = field(default_factory=list)

    def add(self, source: Path, name: str, parent: str | None = None, depth: int = 0) -> None:
        """Converts a file and all files in it."""
        with tempfile.TemporaryDirectory(prefix="sar-") as folder:
            if depth > _DEEPEST or len(self.entries) >= _MOST_RECORDS:
                record = Ingested("application/octet-stream", DocumentFault.TOO_BIG, _TOO_DEEP)
            else:
                scratch = Path(folder).resolve()
                record = ingest(source, name, scratch, self.password, is_drawn=False)
            self._enter(source, name, parent, record)
            for child in record.children:
                self.add(child.path, child.name, name, depth + 1)

    def _enter(self, source: Path, name: str, parent: str | None, record: Ingested) -> None:
        stem = self._stem(name) if record.prepared else None
        self.entries.append(
            {
                "name": name,
                "parent": parent,
                "media_type": record.media_type,
                "status": "quarantined" if record.prepared is None else "converted",
                "reason": record.sentence,
                "sha256": _sha256(source),
                "pdf": stem and f"{stem}.pdf",
                "pages": len(record.layouts),
                "text": stem and f"{stem}.txt",
                "hidden": [*record.hidden, *_pages_for_people(record)],
            }
        )
        if record.prepared is not None:
            shutil.copyfile(record.prepared, self.out / f"{stem}.pdf")
            text = "\f".join(layout.text for layout in record.layouts)
            (self.out / f"{stem}.txt").write_text(text, encoding="utf-8")

    def _stem(self, name: str) -> str:
        stem = unlike(clean_name(name.replace("/", " - ")), self.taken)
        self.taken.append(stem)
        return stem


@click.command()
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option(
    "--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="Where to write."
)
@click.option("--password", help="For files that need one.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as well.")
def command(files: tuple[Path, ...], out: Path, password: str | None, as_json: bool) -> None:
    """Convert FILES as an upload would; write PDFs, texts and report.json to the folder."""
    out.mkdir(parents=True, exist_ok=True)
    report = _Report(out, password)
    for file in files:
        report.add(file, file.name)
    text = json.dumps(report.entries, ensure_ascii=False, indent=2)
    (out / "report.json").write_text(text + "\n", encoding="utf-8")
    click.echo(text if as_json else "\n".join(_lines(report.entries)))


def _lines(entries: list[dict[str, Any]]) -> Iterator[str]:
    for entry in entries:
        told = entry["reason"] or f"{entry['pages']} pages"
        yield f"{entry['status']:11}  {entry['name']}: {told}"


def _pages_for_people(record: Ingested) -> Iterator[str]:
    """The pages that somebody must decide or read, as lines of the report."""
    for what, numbers in (
        ("Pages of hidden content", [each.number for each in record.layouts if each.is_hidden]),
        (
            "Pages a person must read",
            [each.number for each in record.layouts if each.needs_reading],
        ),
    ):
        if numbers:
            yield f"{what}: {', '.join(map(str, numbers))}"


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
