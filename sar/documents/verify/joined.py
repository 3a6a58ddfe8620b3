"""Proves that a finished file is its verified documents, byte for byte, and almost nothing else.

Each document was verified as it stands in a file of its own, tags and all. Joining may change its
object numbers and leave out a stream that an earlier document brought. So the finished file is read
back and every byte of it accounted for: as a document's, with numbers that point where they must,
or as one of the few kinds of object a joined file adds. Nothing is taken from the program that
joined it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2
from numpy.typing import NDArray

from sar.documents.segment import DIGITS, Numbers, Segment
from sar.documents.verify.findings import Channel, Report
from sar.documents.verify.joined_objects import OwnObjects

Bytes = NDArray[np.uint8]
_HEAD = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_END = re.compile(
    rb"trailer\n<< /Size (\d+) /Root 1 0 R /ID \[ <([0-9a-f]{32})> <\2> \] >>\n"
    rb"startxref\n(\d+)\n%%EOF\n\Z"
)
_ENTRY = 20  # bytes of the cross-reference table for each number
_POWERS = 10 ** np.arange(DIGITS - 1, -1, -1, dtype=np.int64)


class NotAccountedForError(Exception):
    """A part of the file is not what it has to be; the text says which, without its words."""


@dataclass(frozen=True)
class Joined:
    """What a finished file must be made of; numbers below `first_number` are its own.

    `stamps` are the contents that show the page numbers, in page order, and `font` the objects of
    the font they are set in, by number.
    """

    segments: tuple[Segment, ...]
    first_number: int
    stamps: tuple[bytes, ...]
    font: dict[int, bytes]


@dataclass
class _Proof:
    """What has been accounted for so far: pieces of the file by where they start."""

    data: Bytes
    places: Numbers
    is_own: NDArray[np.bool_]
    pieces: dict[int, int] = field(default_factory=dict)
    shared: dict[str, int] = field(default_factory=dict)
    compared: int = 0


def check_joined(path: Path, joined: Joined, never: Sequence[str]) -> Report:
    """Accounts for every byte of the file; whatever cannot be accounted for is a finding."""
    report = Report()
    data: Bytes = np.memmap(path, dtype=np.uint8, mode="r")
    try:
        places = _table(data)
        proof = _Proof(data, places, np.ones(len(places) - 1, dtype=np.bool_))
        base = joined.first_number - 1
        key = 0
        for segment in joined.segments:
            _compare(proof, segment, base, key)
            base += segment.plan.number_count
            key += len(segment.plan.pages)
        own = OwnObjects(joined.segments, joined.first_number, joined.stamps, joined.font, never)
        for number, body in _left(proof):
            own.check(number, body, report)
        own.check_all_seen(report)
        report.count += proof.compared
    except NotAccountedForError as error:
        report.find(Channel.FILE, str(error))
    return report


def page_count_step(scratch: Path, arguments: dict[str, Any]) -> dict[str, Any]:
    """The sandbox's way in: `{pdf}` to `{pages}`, as pdfium counts them."""
    document = pypdfium2.PdfDocument(scratch / arguments["pdf"])
    try:
        return {"pages": len(document)}
    finally:
        document.close()


def _table(data: Bytes) -> Numbers:
    """Where each object starts, by its number, 0 where there is none; last where the table does."""
    end = _END.search(bytes(data[-400:]))
    if end is None or bytes(data[: len(_HEAD)]) != _HEAD:
        raise NotAccountedForError("The file does not begin or end as it must.")
    count, at = int(end[1]), int(end[3])
    head = b"xref\n0 %d\n" % count
    start, stop = at + len(head), at + len(head) + _ENTRY * count
    trailer = len(data) - len(end[0])
    if bytes(data[at:start]) != head or stop != trailer:
        raise NotAccountedForError("The list of objects is not where it must be.")
    rows = np.asarray(data[start:stop]).reshape(count, _ENTRY)
    used = np.frombuffer(b" 00000 n \n", dtype=np.uint8)
    free = np.frombuffer(b"0000000000 65535 f \n", dtype=np.uint8)
    is_used = (rows[:, 10:] == used).all(axis=1)
    if not (is_used | (rows == free).all(axis=1)).all():
        raise NotAccountedForError("The list of objects holds something else.")
    powers = 10 ** np.arange(9, -1, -1, dtype=np.int64)
    places = ((rows[:, :10].astype(np.int64) - ord("0")) * powers).sum(axis=1)
    found: Numbers = np.where(is_used, places, 0)
    return np.append(found, at)


def _compare(proof: _Proof, segment: Segment, base: int, key: int) -> None:
    """Finds the segment's objects in the file, each with the bytes it was verified with."""
    plan = segment.plan
    body = np.fromfile(segment.path, dtype=np.uint8, offset=segment.body_at)
    starts = np.append(segment.starts, plan.size)
    there = proof.places[base + 1 : base + plan.object_count + 1]
    proof.is_own[base + 1 : base + plan.object_count + 1] = False
    if len(there) != plan.object_count or len(proof.is_own) <= base + plan.number_count:
        raise NotAccountedForError("A document is missing from the file.")
    targets = np.arange(plan.number_count + 1, dtype=np.int64) + base
    for each in plan.shared:
        if there[each.number - 1] == 0:
            targets[each.number] = _shared(
                proof, body[starts[each.number - 1] : starts[each.number]], each.digest
            )
        else:
            proof.shared.setdefault(each.digest, base + each.number)
    expected = np.where(
        segment.is_key, segment.numbers + key, targets[np.where(segment.is_key, 0, segment.numbers)]
    )
    for first, last in _runs(there, starts):
        start, stop = int(starts[first]), int(starts[last + 1])
        at = int(there[first])
        low, high = np.searchsorted(segment.places, (start, stop))
        inside = segment.places[low:high] - start
        _same(proof.data[at : at + stop - start], body[start:stop], inside, expected[low:high])
        proof.pieces[at] = at + stop - start
        proof.compared += last - first + 1
    gone = {number + 1 for number in np.flatnonzero(there == 0)} - {
        each.number for each in plan.shared
    }
    if gone:
        raise NotAccountedForError("A part of a document is missing from the file.")


def _runs(there: Numbers, starts: Numbers) -> Iterator[tuple[int, int]]:
    """First and last index of objects that lie in the file as they do in the segment."""
    present = np.flatnonzero(there)
    if not len(present):
        return
    shift = there[present] - starts[present]
    breaks = np.flatnonzero((np.diff(present) != 1) | (np.diff(shift) != 0))
    firsts, lasts = [0, *(breaks + 1)], [*breaks, len(present) - 1]
    for first, last in zip(firsts, lasts, strict=True):
        yield int(present[first]), int(present[last])


def _same(found: Bytes, body: Bytes, places: Numbers, expected: Numbers) -> None:
    """Both are the same but for the numbers, and those are the ones expected."""
    if len(found) != len(body):
        raise NotAccountedForError("A document is cut short in the file.")
    fields = places[:, None] + np.arange(DIGITS)
    digits = found[fields].astype(np.int64) - ord("0")
    if ((digits < 0) | (digits > 9)).any() or ((digits * _POWERS).sum(axis=1) != expected).any():
        raise NotAccountedForError("A document points to another object than it must.")
    here, there = found.copy(), body.copy()
    here[fields] = there[fields] = 0
    if not np.array_equal(here, there):
        raise NotAccountedForError("A document in the file is not the one that was verified.")


def _shared(proof: _Proof, body: Bytes, digest: str) -> int:
    """The number of the object that stands for this one, which must be the same bytes."""
    number = proof.shared.get(digest)
    if number is None:
        raise NotAccountedForError("A part of a document is missing from the file.")
    at = int(proof.places[number])
    found = proof.data[at : at + len(body)]
    if not np.array_equal(found[DIGITS:], body[DIGITS:]):  # each begins with its own number
        raise NotAccountedForError("A picture that documents share is not the one verified.")
    return number


def _left(proof: _Proof) -> Iterator[tuple[int, bytes]]:
    """The objects that no document brought, each with all bytes up to the next piece."""
    own = {int(at): int(number) for number, at in _own_places(proof)}
    starts = sorted({*proof.pieces, *own, int(proof.places[-1])})
    if starts[0] != len(_HEAD):
        raise NotAccountedForError("There is something before the first object of the file.")
    for start, stop in pairwise(starts):
        if start in own and start not in proof.pieces:
            yield own[start], bytes(proof.data[start:stop])
        elif proof.pieces.get(start) != stop:
            raise NotAccountedForError("There is something between two objects of the file.")


def _own_places(proof: _Proof) -> Iterator[tuple[int, int]]:
    numbers = np.flatnonzero(proof.is_own & (proof.places[:-1] > 0))
    places = proof.places[numbers]
    if len(np.unique(places)) != len(places):
        raise NotAccountedForError("Two numbers stand for one object.")
    yield from zip(numbers, places, strict=True)
