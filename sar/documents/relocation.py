"""A PDF as qpdf writes it, taken apart into a segment.

Reads only files this program has just written through pikepdf with object streams off, so the
grammar is known: one xref table, direct lengths, strings with their brackets escaped.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from sar.documents.segment import (
    DIGITS,
    PagePlace,
    SegmentPlan,
    SharedStream,
    write_segment,
)

# Names that stand for objects only the linker can number.
FONT, ROOT, DOCUMENT, STAMP = "/SarFont", "/SarRoot", "/SarDocument", "/SarStamp"
KEY = "/SarKey"  # followed by a key of the parent tree, counted from 0
GLOBAL_NUMBERS = {ROOT: 2, FONT: 3, DOCUMENT: 5}
GLOBAL_COUNT = 13  # numbers below this are the linker's own
SHARED_FROM = 2048
_TOKEN = re.compile(
    rb"\((?:[^()\\]|\\.)*\)|<[0-9a-fA-F\s]+>|(?P<key>/StructParents? )(?P<value>\d+)"
    rb"|(?P<name>/[^\s()<>\[\]{}/%]+)|(?P<ref>\d+) 0 R\b|(?P<end>endobj|stream\r?\n)",
    re.DOTALL,
)
_LENGTH = re.compile(rb"/Length (\d+)")
_ENTRY = re.compile(rb"(\d{10}) (\d{5}) ([nf]) \n")


@dataclass
class _Writing:
    body: bytearray = field(default_factory=bytearray)
    starts: list[int] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    keys: list[int] = field(default_factory=list)
    shared: list[SharedStream] = field(default_factory=list)

    def put_number(self, number: int, is_key: bool = False) -> None:
        self.places.append(len(self.body))
        self.numbers.append(number)
        self.keys.append(int(is_key))
        self.body += b"%0*d" % (DIGITS, number)


def relocate(pdf: bytes, pages: list[PagePlace], heads: tuple[int, int, int], out: Path) -> None:
    """Writes the segment of a PDF whose objects are numbered 1, 2, 3 ...

    The catalogue, object 1, is left out, so every number in the segment is one less.

    Args:
        pdf: the file's bytes.
        pages: its pages in order; `number` is the object number in this file.
        heads: object numbers of page tree node, section element and parent tree leaf.
        out: where the segment goes.
    """
    offsets = _offsets(pdf)[1:]
    pages = [replace(page, number=page.number - 1) for page in pages]
    tree, section, parents = (number - 1 for number in heads)
    stamps = {page.number: len(offsets) + at for at, page in enumerate(pages, 1)}
    writing = _Writing()
    for number, offset in enumerate(offsets, 1):
        _copy(pdf, offset, writing, stamps.get(number, 0))
    plan = SegmentPlan(
        object_count=len(offsets),
        size=len(writing.body),
        pages=tuple(pages),
        shared=tuple(writing.shared),
        tree=tree,
        section=section,
        parents=parents,
    )
    lists = (writing.starts, writing.places, writing.numbers, writing.keys)
    tables = tuple(np.array(each, dtype=np.int64) for each in lists)
    write_segment(out, plan, tables, bytes(writing.body))


def references_in(pdf: bytes, number: int) -> list[int]:
    """The object numbers one object of a PDF written by qpdf refers to, in order."""
    offset = _offsets(pdf)[number - 1]
    found = []
    for match in _TOKEN.finditer(pdf, pdf.index(b"obj", offset) + 3):
        if match["end"]:
            break
        if match["ref"]:
            found.append(int(match["ref"]))
    return found


def _offsets(pdf: bytes) -> list[int]:
    """Byte offsets of objects 1, 2, 3 ... from the file's only xref table."""
    table = pdf.rindex(b"\nxref\n") + 6
    entries = _ENTRY.findall(pdf, pdf.index(b"\n", table))
    return [int(offset) for offset, _, kind in entries if kind == b"n"]


def _copy(pdf: bytes, offset: int, writing: _Writing, stamp: int) -> None:
    writing.starts.append(len(writing.body))
    number = len(writing.starts)
    writing.put_number(number)
    start = pdf.index(b" ", offset)
    fields = len(writing.places)
    at = start
    for match in _TOKEN.finditer(pdf, start):
        if match["end"]:
            break
        if _put(match, pdf[at : match.start()], writing, stamp):
            at = match.end()
    end = _end(pdf, start, match)
    writing.body += pdf[at:end]
    size = end - match.end()
    if size >= SHARED_FROM and len(writing.places) == fields:
        digest = hashlib.sha256(pdf[start:end]).hexdigest()
        writing.shared.append(SharedStream(number, digest))


def _put(match: re.Match[bytes], before: bytes, writing: _Writing, stamp: int) -> bool:
    """Writes a token that holds a number to be changed, after what stood before it."""
    if match["ref"]:
        writing.body += before
        writing.put_number(int(match["ref"]) - 1)
        writing.body += b" 0 R"
        return True
    if match["key"]:
        writing.body += before + match["key"]
        writing.put_number(int(match["value"]), is_key=True)
        return True
    return _put_name((match["name"] or b"").decode("latin-1"), before, writing, stamp)


def _put_name(name: str, before: bytes, writing: _Writing, stamp: int) -> bool:
    """Writes what stands for a name of the linker's; False for any other name."""
    if name.startswith(KEY):
        writing.body += before
        writing.put_number(int(name.removeprefix(KEY)), is_key=True)
        return True
    if name == STAMP:
        writing.body += before
        writing.put_number(stamp)
        writing.body += b" 0 R"
        return True
    if name in GLOBAL_NUMBERS:
        writing.body += before + b"%0*d 0 R" % (DIGITS, GLOBAL_NUMBERS[name])
        return True
    return False


def _end(pdf: bytes, start: int, match: re.Match[bytes]) -> int:
    """Just after `endobj` and its newline; the length of a stream is in its dictionary."""
    at = match.start()
    if match["end"] != b"endobj":
        found = _LENGTH.search(pdf, start, at)
        assert found is not None
        at = pdf.index(b"endobj", match.end() + int(found[1]))
    return at + len(b"endobj\n")
