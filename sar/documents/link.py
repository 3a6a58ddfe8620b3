"""Joins segments into one file of the bundle: offsets added, bytes copied, everything else written.

Nothing is parsed here. The size of a file is known before it is written, memory holds one window
of one segment, and the same segments and words give the same bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

import numpy as np

from sar.documents.bookmarks import Bookmark, outline_objects, within
from sar.documents.relocation import GLOBAL_COUNT
from sar.documents.segment import DIGITS, Numbers, Segment
from sar.documents.stamp import font_objects, stamp_stream, stamp_words

_WINDOW = 8 << 20
_POWERS = 10 ** np.arange(DIGITS - 1, -1, -1, dtype=np.int64)
_CATALOGUE, _PAGES, _FONT, _TAGS, _DOCUMENT, _PARENTS, _OUTLINE, _XMP = 1, 2, 3, 4, 5, 6, 7, 8
_FONT_PARTS = (9, 10, 11, 12)


@dataclass(frozen=True)
class Volume:
    """One file of a bundle: which of its pages, in which segments, under which title."""

    title: str
    reference: str
    segments: tuple[Segment, ...]
    first_page: int
    total_pages: int
    bookmarks: tuple[Bookmark, ...]

    @property
    def page_count(self) -> int:
        """Pages in this file."""
        return sum(len(segment.plan.pages) for segment in self.segments)


@dataclass(frozen=True)
class Written:
    """A finished file."""

    path: Path
    sha256: str
    size: int
    pages: int


@dataclass
class _File:
    """A file being written: how far it is, its digest, and where each object starts."""

    handle: BinaryIO
    digest: hashlib._Hash = field(default_factory=hashlib.sha256)
    size: int = 0
    starts: Numbers = field(default_factory=lambda: np.zeros(0, dtype=np.int64))

    def write(self, data: bytes | memoryview) -> None:
        self.handle.write(data)
        self.digest.update(data)
        self.size += len(data)

    def write_object(self, number: int, body: bytes) -> None:
        self.starts[number] = self.size
        self.write(b"%d 0 obj\n" % number + body + b"\nendobj\n")


def size_of(segment: Segment) -> int:
    """The most bytes a segment can add to a file: its body, stamps, bookmark and xref entries."""
    plan = segment.plan
    notes = sum(80 + 4 * len(place.note) for place in plan.pages if place.note)
    return plan.size + 420 * len(plan.pages) + notes + 20 * plan.number_count + 1200


def alone(*segments: Segment) -> Volume:
    """These segments as a file of their own, with nothing said about them."""
    pages = sum(len(segment.plan.pages) for segment in segments)
    return Volume("Pages", "0", segments, 1, pages, (Bookmark("Pages", 1),))


def link(volume: Volume, out: Path) -> Written:
    """Writes one file of the bundle.

    Returns:
        The file with its digest, made while writing.
    """
    bases = _bases(volume.segments)
    outline = within(volume.bookmarks, _pages(volume))
    count = bases[-1] + sum(each.count for each in outline)
    with out.open("wb") as handle:
        file = _File(handle, starts=np.zeros(count, dtype=np.int64))
        file.write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
        _write_globals(file, volume, bases)
        shared: dict[str, int] = {}
        stamps = stamps_of(volume)
        for segment, base, key in _placed(volume.segments, bases):
            _copy(file, segment, base, key, shared)
            _write_stamps(file, segment, base, stamps)
        _write_outline(file, volume, bases, outline)
        _write_end(file)
    return Written(out, file.digest.hexdigest(), file.size, volume.page_count)


def stamps_of(volume: Volume) -> Iterator[bytes]:
    """The content that stamps each page of the file, in page order."""
    page = volume.first_page
    for segment in volume.segments:
        for place in segment.plan.pages:
            yield stamp_stream(stamp_words(volume.reference, page, volume.total_pages), place)
            page += 1


def stamp_font_of(volume: Volume) -> dict[int, bytes]:
    """The objects of the font in which the pages of the file are stamped, by number."""
    pages = "".join(map(str, _pages(volume)))
    notes = "".join(place.note for each in volume.segments for place in each.plan.pages)
    words = stamp_words(volume.reference, volume.first_page, volume.total_pages) + pages + notes
    numbers = (_FONT, *_FONT_PARTS)
    return dict(zip(numbers, font_objects(numbers, set(words)), strict=True))


def _pages(volume: Volume) -> range:
    return range(volume.first_page, volume.first_page + volume.page_count)


def _bases(segments: Sequence[Segment]) -> list[int]:
    """What to add to each segment's numbers, and last the first number after them all."""
    bases = [GLOBAL_COUNT - 1]
    for segment in segments:
        bases.append(bases[-1] + segment.plan.number_count)
    return [*bases[:-1], bases[-1] + 1]


def _placed(
    segments: Sequence[Segment], bases: Sequence[int]
) -> Iterator[tuple[Segment, int, int]]:
    key = 0
    for segment, base in zip(segments, bases, strict=False):
        yield segment, base, key
        key += len(segment.plan.pages)


def _write_globals(file: _File, volume: Volume, bases: Sequence[int]) -> None:
    plans = [segment.plan for segment in volume.segments]
    trees, sections, leaves = (
        " ".join(f"{base + number} 0 R" for base, number in zip(bases, numbers, strict=False))
        for numbers in (
            [plan.tree for plan in plans],
            [plan.section for plan in plans],
            [plan.parents for plan in plans],
        )
    )
    bodies = {
        _CATALOGUE: f"<< /Type /Catalog /Pages {_PAGES} 0 R /Lang (en-GB)"
        f" /MarkInfo << /Marked true >> /StructTreeRoot {_TAGS} 0 R /Outlines {_OUTLINE} 0 R"
        f" /Metadata {_XMP} 0 R /PageMode /UseOutlines"
        " /ViewerPreferences << /DisplayDocTitle true >> >>",
        _PAGES: f"<< /Type /Pages /Count {volume.page_count} /Kids [ {trees} ] >>",
        _TAGS: f"<< /Type /StructTreeRoot /K {_DOCUMENT} 0 R /ParentTree {_PARENTS} 0 R"
        f" /ParentTreeNextKey {volume.page_count} >>",
        _DOCUMENT: f"<< /Type /StructElem /S /Document /P {_TAGS} 0 R /K [ {sections} ] >>",
        _PARENTS: f"<< /Kids [ {leaves} ] >>",
    }
    for number, body in bodies.items():
        file.write_object(number, body.encode())
    file.write_object(_XMP, _metadata(volume.title))
    for number, each in stamp_font_of(volume).items():
        file.write_object(number, each)


def _copy(file: _File, segment: Segment, base: int, key: int, shared: dict[str, int]) -> None:
    """Copies a segment's objects, leaving out streams that an earlier one brought."""
    plan = segment.plan
    new = np.arange(plan.number_count + 1, dtype=np.int64) + base
    skipped = []
    for each in plan.shared:
        if each.digest in shared:
            new[each.number] = shared[each.digest]
            skipped.append(each.number)
        else:
            shared[each.digest] = base + each.number
    # A key of the parent tree is no object number, so it must not look one up.
    values = np.where(
        segment.is_key, segment.numbers + key, new[np.where(segment.is_key, 0, segment.numbers)]
    )
    with segment.open() as source:
        for start, end, numbers in _runs(segment, skipped):
            file.starts[numbers + base] = segment.starts[numbers - 1] - start + file.size
            source.seek(segment.body_at + start)
            _copy_run(file, source, start, end, (segment.places, values))


def _runs(segment: Segment, skipped: Sequence[int]) -> Iterator[tuple[int, int, Numbers]]:
    """Stretches of the body between skipped objects: start, end, and the objects inside."""
    plan = segment.plan
    first = 1
    for stop in (*sorted(skipped), plan.object_count + 1):
        if stop > first:
            start = int(segment.starts[first - 1])
            end = int(segment.starts[stop - 1]) if stop <= plan.object_count else plan.size
            yield start, end, np.arange(first, stop, dtype=np.int64)
        first = stop + 1


def _copy_run(
    file: _File, source: BinaryIO, start: int, end: int, fields: tuple[Numbers, Numbers]
) -> None:
    """Copies source from start to end a window at a time, new numbers put in their places."""
    places, values = fields
    while start < end:
        stop = min(end, start + _WINDOW)
        low, high = np.searchsorted(places, (start, stop))
        if high > low and places[high - 1] + DIGITS > stop:
            stop = int(places[high - 1]) + DIGITS
        window = np.frombuffer(bytearray(source.read(stop - start)), dtype=np.uint8)
        digits = (values[low:high, None] // _POWERS % 10 + ord("0")).astype(np.uint8)
        window[places[low:high, None] - start + np.arange(DIGITS)] = digits
        file.write(window.data)
        start = stop


def _write_stamps(file: _File, segment: Segment, base: int, stamps: Iterator[bytes]) -> None:
    first = base + segment.plan.object_count + 1
    for number, data in zip(range(first, first + len(segment.plan.pages)), stamps, strict=False):
        body = b"<< /Length %d >>\nstream\n" % len(data) + data + b"endstream"
        file.write_object(number, body)


def _write_outline(
    file: _File, volume: Volume, bases: Sequence[int], outline: Sequence[Bookmark]
) -> None:
    targets = [
        (base + place.number, place.top)
        for segment, base, _ in _placed(volume.segments, bases)
        for place in segment.plan.pages
    ]
    shift = volume.first_page
    moved = [_moved(each, shift - 1) for each in outline]
    head, *items = outline_objects(moved, _OUTLINE, bases[-1], [(0, 0.0), *targets])
    file.write_object(_OUTLINE, head)
    for at, item in enumerate(items):
        file.write_object(bases[-1] + at, item)


def _moved(bookmark: Bookmark, by: int) -> Bookmark:
    below = tuple(_moved(each, by) for each in bookmark.below)
    return Bookmark(bookmark.title, bookmark.page - by, below)


def _metadata(title: str) -> bytes:
    """XMP that says title and language and nothing else."""
    shown = title.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    packet = (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{shown}</rdf:li></rdf:Alt></dc:title>'
        "<dc:language><rdf:Bag><rdf:li>en-GB</rdf:li></rdf:Bag></dc:language>"
        "</rdf:Description></rdf:RDF></x:xmpmeta>"
        '<?xpacket end="r"?>'
    ).encode()
    head = b"<< /Type /Metadata /Subtype /XML /Length %d >>\nstream\n" % len(packet)
    return head + packet + b"\nendstream"


def _write_end(file: _File) -> None:
    """The cross-reference table, with a free entry for each number not used, and the trailer."""
    at = file.size
    starts = file.starts
    count = len(starts)
    rows = np.empty((count, 20), dtype=np.uint8)
    powers = 10 ** np.arange(9, -1, -1, dtype=np.int64)
    rows[:, :10] = starts[:, None] // powers % 10 + ord("0")
    rows[:, 10:] = np.frombuffer(b" 00000 n \n", dtype=np.uint8)
    rows[starts == 0] = np.frombuffer(b"0000000000 65535 f \n", dtype=np.uint8)
    file.write(b"xref\n0 %d\n" % count)
    file.write(rows.tobytes())
    identity = file.digest.hexdigest()[:32]
    file.write(
        f"trailer\n<< /Size {count} /Root {_CATALOGUE} 0 R /ID [ <{identity}> <{identity}> ] >>\n"
        f"startxref\n{at}\n%%EOF\n".encode()
    )
