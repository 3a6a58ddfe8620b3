"""The certificate that goes with a bundle: what went in, what came out, what was checked."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from sar.documents.link import Written
from sar.domain.disclosure import PageAccount
from sar.domain.redaction import Mark


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


@dataclass(frozen=True)
class Certificate:
    """Everything a third person needs to say of a file: this is what was disclosed.

    `created_on` comes with the case: the same inputs give the same certificate.
    """

    reference: str
    created_on: date | None
    engine: str
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
    reviewers: Sequence[str] = field(default=())

    def as_dict(self) -> dict[str, Any]:
        """The JSON form; marks are in pages of the bundle."""
        return {
            "reference": self.reference,
            "created_on": self.created_on.isoformat() if self.created_on else None,
            "engine": self.engine,
            "checkers": dict(self.checkers),
            "sources": [{"file": each.file, "sha256": each.sha256} for each in self.sources],
            "segments": [
                {
                    "key": each.key,
                    "sha256": each.sha256,
                    "pages": each.pages,
                    "picture_pages": list(each.picture_pages),
                }
                for each in self.segments
            ],
            "output": [
                {
                    "file": each.path.name,
                    "sha256": each.sha256,
                    "bytes": each.size,
                    "pages": each.pages,
                }
                for each in self.output
            ],
            "marks": [mark.as_dict() for mark in self.marks],
            "pages": {**self.pages.as_dict(), "front": self.front_pages},
            "checks": [dict(each) for each in self.checks],
            "warnings": [dict(each) for each in self.warnings],
            "unread": [dict(each) for each in self.unread],
            "reviewers": list(self.reviewers),
        }

    def write(self, out: Path) -> None:
        """Writes the certificate as JSON."""
        out.write_text(json.dumps(self.as_dict(), indent=1, ensure_ascii=False) + "\n", "utf-8")


def merged_checks(parts: Iterable[Iterable[Mapping[str, Any]]]) -> list[dict[str, Any]]:
    """Checks of several files as one list: counts of the same check added up, first seen first."""
    result: dict[str, dict[str, Any]] = {}
    for checks in parts:
        for check in checks:
            known = result.setdefault(check["name"], {**check, "count": 0})
            known["count"] += check["count"]
    return list(result.values())
