"""What becomes of one file: the material a converter works on, and what it makes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from sar.documents.errors import DocumentFault
from sar.documents.media import Media
from sar.documents.names import unlike

# What parsing raises when the answer from the sandbox is none: hostile bytes may have taken over.
NOT_AN_ANSWER = (ValueError, KeyError, TypeError, AttributeError)
STRANGE = (
    "Opening this file did not go as it should, so nothing of it was kept. "
    "Open it in the program that made it, save it as a PDF and upload that."
)


@dataclass(frozen=True)
class Child:
    """A file found inside another; name as its holder gives it, path to its own bytes."""

    name: str
    path: Path


@dataclass(frozen=True)
class HiddenPart:
    """Something a plain print-out leaves out: `summary` for a list, `lines` for its own page."""

    summary: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Material:
    """One file to convert; `folder` is a fresh folder the converter may fill."""

    path: Path
    name: str
    media: Media
    folder: Path
    password: str | None = None


@dataclass
class Made:
    """What a converter gives back; it raises DocumentError when there is nothing to show.

    `hidden_pages` are the numbers of pages that a plain print-out leaves out, from 1.
    """

    pdf: Path
    children: list[Child] = field(default_factory=list)
    hidden: list[HiddenPart] = field(default_factory=list)
    hidden_pages: list[int] = field(default_factory=list)
    dated_on: date | None = None
    title: str | None = None

    def add_child(self, folder: Path, name: str, content: bytes) -> None:
        """Keeps the bytes of a file found inside, under a name its siblings do not have."""
        path = folder / f"child-{len(self.children)}"
        path.write_bytes(content)
        self.children.append(Child(unlike(name, [each.name for each in self.children]), path))


@dataclass(frozen=True)
class Converted:
    """One file after conversion: a PDF, or a fault with the sentence that says what to do."""

    media_type: str
    pdf: Path | None = None
    fault: DocumentFault | None = None
    sentence: str | None = None
    children: tuple[Child, ...] = ()
    hidden: tuple[str, ...] = ()
    hidden_pages: tuple[int, ...] = ()
    dated_on: date | None = None
    title: str | None = None

    def as_dict(self, scratch: Path) -> dict[str, Any]:
        """The form that crosses the sandbox's border; paths become names relative to scratch."""
        return {
            "media_type": self.media_type,
            "pdf": None if self.pdf is None else str(self.pdf.relative_to(scratch)),
            "fault": self.fault,
            "sentence": self.sentence,
            "children": [
                [each.name, str(each.path.relative_to(scratch))] for each in self.children
            ],
            "hidden": list(self.hidden),
            "hidden_pages": list(self.hidden_pages),
            "dated_on": None if self.dated_on is None else self.dated_on.isoformat(),
            "title": self.title,
        }


def parse_converted(data: Mapping[str, Any], scratch: Path) -> Converted:
    """The inverse of Converted.as_dict.

    Raises:
        ValueError: a path leads out of the scratch folder.
    """
    return Converted(
        media_type=str(data["media_type"]),
        pdf=None if data["pdf"] is None else within(scratch, data["pdf"]),
        fault=None if data["fault"] is None else DocumentFault(data["fault"]),
        sentence=data["sentence"],
        children=tuple(Child(name, within(scratch, path)) for name, path in data["children"]),
        hidden=tuple(data["hidden"]),
        hidden_pages=tuple(map(int, data["hidden_pages"])),
        dated_on=None if data["dated_on"] is None else date.fromisoformat(data["dated_on"]),
        title=data["title"],
    )


def within(scratch: Path, name: str) -> Path:
    """A file in scratch that code in the sandbox named; it must be there and be a plain file.

    Raises:
        ValueError: it leads elsewhere. The sandbox could be in hostile hands.
    """
    path = scratch / name
    is_near = path.resolve().is_relative_to(scratch.resolve())
    if not is_near or path.is_symlink() or not path.is_file():
        raise ValueError(f"{name} is not a file in the scratch folder")
    return path
