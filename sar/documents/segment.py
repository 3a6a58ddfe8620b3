"""A relocatable segment: the objects of one document, ready to be joined to others.

Every object number stands in seven digits, and a table says where, so that joining is adding an
offset to those digits and copying. Object numbers inside a segment count from 1; the numbers after
the last object are kept for the page stamps, one a page, which are written when segments are
joined.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from sar.documents.errors import DocumentError, DocumentFault

DIGITS = 7
FORMAT = 2
Numbers = NDArray[np.int64]
_DAMAGED = "A compiled document in the cache is damaged. Empty the cache and assemble again."


@dataclass(frozen=True)
class PagePlace:
    """One page: its object, and its box in points with the strip for the stamp at the bottom.

    The note stands in the strip above the stamp.
    """

    number: int
    left: float
    bottom: float
    right: float
    top: float
    strip: float
    note: str = ""


@dataclass(frozen=True)
class SharedStream:
    """An object that is the same bytes in every segment that has its digest."""

    number: int
    digest: str


@dataclass(frozen=True)
class SegmentPlan:
    """What a linker needs to know of a segment before it reads its bytes.

    `tree`, `section` and `parents` are the object numbers of the page tree node, of the structure
    element that holds the document, and of the leaf of the parent tree.
    """

    object_count: int
    size: int
    pages: tuple[PagePlace, ...]
    shared: tuple[SharedStream, ...]
    tree: int
    section: int
    parents: int

    @property
    def number_count(self) -> int:
        """Object numbers the segment takes up, stamps included."""
        return self.object_count + len(self.pages)


@dataclass(frozen=True)
class Segment:
    """A plan with its tables; the bytes stay in the file, from `body_at`.

    `starts` is the offset of each object. `places` are the offsets of the digits to change, and
    `numbers` what stands there: an object number, or a key of the parent tree where `is_key`.
    """

    plan: SegmentPlan
    starts: Numbers
    places: Numbers
    numbers: Numbers
    is_key: NDArray[np.bool_]
    path: Path
    body_at: int

    def open(self) -> BinaryIO:
        """The file, standing at the first byte of the body."""
        file = self.path.open("rb")
        file.seek(self.body_at)
        return file


def write_segment(out: Path, plan: SegmentPlan, tables: tuple[Numbers, ...], body: bytes) -> None:
    """Writes a segment file; tables are starts, places, numbers and keys (0 or 1)."""
    head = {
        "format": FORMAT,
        **asdict(plan),
        "tables": [len(table) for table in tables],
    }
    line = json.dumps(head, separators=(",", ":")).encode() + b"\n"
    with out.open("wb") as file:
        file.write(line)
        for table in tables:
            file.write(table.astype("<i8").tobytes())
        file.write(body)


def read_segment(path: Path) -> Segment:
    """Reads the plan and tables of a segment file.

    Raises:
        DocumentError: the file is not a segment of this format.
    """
    try:
        with path.open("rb") as file:
            head = json.loads(file.readline())
            tables = [_table(file, length) for length in head["tables"]]
            body_at = file.tell()
        plan = _plan(head)
    except (ValueError, KeyError, TypeError) as error:
        raise DocumentError(DocumentFault.CORRUPT, _DAMAGED) from error
    if head["format"] != FORMAT or path.stat().st_size != body_at + plan.size:
        raise DocumentError(DocumentFault.CORRUPT, _DAMAGED)
    starts, places, numbers, keys = tables
    return Segment(plan, starts, places, numbers, keys.astype(np.bool_), path, body_at)


def digest_of(path: Path) -> str:
    """sha256 of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _table(file: BinaryIO, length: int) -> Numbers:
    data = file.read(8 * length)
    if len(data) != 8 * length:
        raise ValueError("short table")
    return np.frombuffer(data, dtype="<i8")


def _plan(head: dict[str, object]) -> SegmentPlan:
    pages, shared = head["pages"], head["shared"]
    assert isinstance(pages, list)
    assert isinstance(shared, list)
    whole = {name: head[name] for name in ("object_count", "size", "tree", "section", "parents")}
    return SegmentPlan(
        pages=tuple(PagePlace(**page) for page in pages),
        shared=tuple(SharedStream(**each) for each in shared),
        **whole,  # type: ignore[arg-type]  # numbers, as write_segment wrote them
    )
