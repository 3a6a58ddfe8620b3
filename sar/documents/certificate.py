"""The certificate that goes with a bundle: what went in, what came out, what was checked."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sar.documents.link import Written
from sar.documents.schedule import AsideRow
from sar.documents.signature import Signer, unsigned
from sar.documents.variants import Variant
from sar.domain.disclosure import PageAccount
from sar.domain.redaction import Mark

KIND = "disclosure bundle"
FORMAT = 1


@dataclass(frozen=True)
class Source:
    """One file that went in, by the name the case gave it."""

    file: str
    sha256: str


@dataclass(frozen=True)
class SegmentProof:
    """One compiled document: the key of its inputs, and the digest of what they gave."""

    key: str
    sha256: str
    pages: int
    picture_pages: tuple[int, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Its form in a certificate."""
        return {
            "key": self.key,
            "sha256": self.sha256,
            "pages": self.pages,
            "picture_pages": list(self.picture_pages),
        }


@dataclass(frozen=True)
class Issue:
    """How a bundle is handed out: when, signed by whom, and in which other forms.

    Without a signer the certificate says that nobody signed it.
    """

    at: datetime | None = None
    signer: Signer | None = None
    variants: tuple[Variant, ...] = ()


UNSIGNED = Issue()


@dataclass(frozen=True)
class Certificate:
    """Everything a third person needs to say of a file: this is what was disclosed.

    `created_on` comes with the case: the same inputs give the same certificate. `program` is the
    digest of the code that compiled and judged.
    """

    reference: str
    council: str
    created_on: date | None
    engine: str
    program: str
    checkers: Mapping[str, str]
    sources: Sequence[Source]
    segments: Sequence[SegmentProof]
    output: Sequence[Written]
    marks: Sequence[Mark]
    pages: PageAccount
    front_pages: int
    checks: Sequence[Mapping[str, Any]]
    warnings: Sequence[Mapping[str, Any]] = ()
    unread: Sequence[Mapping[str, Any]] = ()
    not_included: Sequence[AsideRow] = ()
    reviewers: Sequence[str] = field(default=())
    rationales: Sequence[Mapping[str, str]] = field(default=())
    variants: Sequence[Written] = ()

    def as_dict(self) -> dict[str, Any]:
        """The JSON form without its signature; marks are in pages of the bundle."""
        return {
            "kind": KIND,
            "format": FORMAT,
            "reference": self.reference,
            "council": self.council,
            "created_on": self.created_on.isoformat() if self.created_on else None,
            "engine": self.engine,
            "program": self.program,
            "checkers": dict(self.checkers),
            "sources": [{"file": each.file, "sha256": each.sha256} for each in self.sources],
            "segments": [each.as_dict() for each in self.segments],
            "output": list(self._output()),
            "variants": [
                {"file": each.path.name, "sha256": each.sha256, "bytes": each.size}
                for each in self.variants
            ],
            "marks": [mark.as_dict() for mark in self.marks],
            "pages": {**self.pages.as_dict(), "front": self.front_pages},
            "not_included": [
                {
                    "fate": each.fate.value,
                    "pages": each.pages,
                    "reason": each.reason,
                    "same_as": list(each.same_as),
                }
                for each in self.not_included
            ],
            "checks": [dict(each) for each in self.checks],
            "warnings": [dict(each) for each in self.warnings],
            "unread": [dict(each) for each in self.unread],
            "reviewers": list(self.reviewers),
            "rationales": [dict(each) for each in self.rationales],
        }

    def issued(self, issue: Issue) -> dict[str, Any]:
        """The certificate as it is handed out: with its time, and signed if there is a signer."""
        at = issue.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if issue.at else None
        statement = {**self.as_dict(), "issued_at": at}
        return issue.signer.signed(statement) if issue.signer else unsigned(statement)

    def write(self, out: Path, issue: Issue = UNSIGNED) -> None:
        """Writes the certificate as JSON."""
        text = json.dumps(self.issued(issue), indent=1, ensure_ascii=False)
        out.write_text(text + "\n", "utf-8")

    def _output(self) -> Iterable[dict[str, Any]]:
        first = 1
        for each in self.output:
            yield {
                "file": each.path.name,
                "sha256": each.sha256,
                "bytes": each.size,
                "first_page": first,
                "pages": each.pages,
            }
            first += each.pages


def merged_checks(parts: Iterable[Iterable[Mapping[str, Any]]]) -> list[dict[str, Any]]:
    """Checks of several files as one list: counts of the same check added up, first seen first."""
    result: dict[str, dict[str, Any]] = {}
    for checks in parts:
        for check in checks:
            known = result.setdefault(check["name"], {**check, "count": 0})
            known["count"] += check["count"]
    return list(result.values())
