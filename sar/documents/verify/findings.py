"""What the independent check says: findings that block a release, warnings that do not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Channel(StrEnum):
    """Where something was found. Sentences never repeat the words themselves: they are personal."""

    TEXT = "text"
    INSIDE_MARK = "inside a mark"
    PIXELS = "pixels under a mark"
    PICTURE = "picture"
    VECTOR = "lines and shapes"
    HIDDEN_TEXT = "text that cannot be seen"
    RECOGNISED = "text recognised in a picture"
    STRINGS = "strings and names in the file"
    FONT = "font"
    OBJECTS = "objects not allowed"
    FILE = "shape of the file"
    MARKS = "marks against the plan"
    ELSEWHERE = "same words elsewhere"
    CHECKER = "a check that did not run"


@dataclass(frozen=True, order=True)
class Finding:
    """One thing that is wrong, or could not be ruled out; page is None for the whole file."""

    page: int | None
    channel: Channel
    sentence: str

    def as_dict(self) -> dict[str, Any]:
        """The form that `sar verify` prints and a certificate holds."""
        return {"page": self.page, "channel": self.channel.value, "sentence": self.sentence}


@dataclass(frozen=True)
class Check:
    """A check that ran, how many things it looked at, and what kind of things they were."""

    name: str
    count: int
    detail: str

    def as_dict(self) -> dict[str, Any]:
        """The form that `sar verify` prints and a certificate holds."""
        return {"name": self.name, "count": self.count, "detail": self.detail}


@dataclass(frozen=True)
class Verification:
    """The whole answer; it passes only when no check found anything and every check ran."""

    findings: tuple[Finding, ...]
    checks: tuple[Check, ...]
    warnings: tuple[Finding, ...] = ()
    unread: tuple[Finding, ...] = ()

    @property
    def passed(self) -> bool:
        """True when the file may leave."""
        return not self.findings

    def as_dict(self) -> dict[str, Any]:
        """The form that `sar verify` prints and a certificate holds."""
        return {
            "passed": self.passed,
            "findings": [each.as_dict() for each in self.findings],
            "warnings": [each.as_dict() for each in self.warnings],
            "unread": [each.as_dict() for each in self.unread],
            "checks": [each.as_dict() for each in self.checks],
        }


def parse_verification(data: dict[str, Any]) -> Verification:
    """The inverse of Verification.as_dict; `passed` is worked out again, never believed."""

    def findings(name: str) -> tuple[Finding, ...]:
        return tuple(
            Finding(each["page"], Channel(each["channel"]), each["sentence"]) for each in data[name]
        )

    checks = tuple(Check(each["name"], each["count"], each["detail"]) for each in data["checks"])
    return Verification(findings("findings"), checks, findings("warnings"), findings("unread"))


@dataclass
class Report:
    """What one check hands back; filled as it goes, so that a crash keeps what it had found."""

    findings: list[Finding] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)
    unread: list[Finding] = field(default_factory=list)
    count: int = 0

    def find(self, channel: Channel, sentence: str, page: int | None = None) -> None:
        """Adds something that blocks a release."""
        self.findings.append(Finding(page, channel, sentence))

    def warn(self, channel: Channel, sentence: str, page: int | None = None) -> None:
        """Adds something an officer should know of, which does not block a release."""
        self.warnings.append(Finding(page, channel, sentence))

    def add(self, other: Report) -> None:
        """Takes over what another report holds."""
        self.findings += other.findings
        self.warnings += other.warnings
        self.unread += other.unread
        self.count += other.count

    def could_not_read(self, channel: Channel, sentence: str, page: int | None = None) -> None:
        """Adds a part that no machine could read, so that a person looks at it."""
        self.unread.append(Finding(page, channel, sentence))


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Each finding once: the whole file's first, then page by page."""
    return tuple(
        sorted(set(findings), key=lambda each: (each.page or 0, each.channel, each.sentence))
    )
