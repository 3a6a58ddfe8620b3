"""Writes a compound file (MS-CFB, version 4), so that a message inside a message stands alone."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field

_SECTOR = 4096
_MINI, _CUTOFF = 64, 4096
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_NONE = 0xFFFFFFFF
_MOST_FAT_SECTORS = 109  # 450 MB; beyond it the format needs another table
Tree = Mapping[str, "bytes | Tree"]


@dataclass
class _Entry:
    name: str
    kind: int  # 1 folder, 2 stream, 5 root
    content: bytes = b""
    left: int = _NONE
    right: int = _NONE
    child: int = _NONE
    start: int = _END
    size: int = 0

    def packed(self) -> bytes:
        name = self.name.encode("utf-16-le")[:62]
        return struct.pack(
            "<64sHBBIII16sIQQIQ",
            *(name, len(name) + 2, self.kind, 1, self.left, self.right, self.child),
            *(b"", 0, 0, 0, self.start, self.size),
        )


@dataclass
class _Sectors:
    data: bytearray = field(default_factory=bytearray)
    table: list[int] = field(default_factory=list)

    def add(self, content: bytes, size: int) -> int:
        """Appends content as a chain of sectors; gives the first, or the end mark for nothing."""
        count = -(-len(content) // size)
        if not count:
            return _END
        first = len(self.table)
        self.table += [*range(first + 1, first + count), _END]
        self.data += content.ljust(count * size, b"\0")
        return first


def compound_file(tree: Tree) -> bytes:
    """The bytes of a compound file; a mapping is a folder, bytes are a stream.

    Raises:
        ValueError: larger than one such file may be here.
    """
    entries = [_Entry("Root Entry", 5)]
    entries[0].child = _add_children(tree, entries)
    sectors, small = _Sectors(), _Sectors()
    for entry in entries:
        if entry.kind == 2:
            entry.size = len(entry.content)
            is_small = entry.size < _CUTOFF
            entry.start = (small if is_small else sectors).add(
                entry.content, _MINI if is_small else _SECTOR
            )
    entries[0].size = len(small.data)
    entries[0].start = sectors.add(bytes(small.data), _SECTOR)
    table = b"".join(struct.pack("<I", each) for each in small.table)
    small_start = sectors.add(_padded(table, b"\xff"), _SECTOR)
    folders = _padded(b"".join(entry.packed() for entry in entries), b"\0")
    folder_start = sectors.add(folders, _SECTOR)
    header = [len(folders) // _SECTOR, folder_start, small_start, -(-len(table) // _SECTOR)]
    return _with_tables(sectors, header)


def _with_tables(sectors: _Sectors, header: list[int]) -> bytes:
    per_sector = _SECTOR // 4
    used = len(sectors.table)
    count = 1
    while count * per_sector < used + count:
        count += 1
    if count > _MOST_FAT_SECTORS:
        raise ValueError("too large for a compound file")
    places = list(range(used, used + count))
    table = [*sectors.table, *[_FAT] * count]
    table += [_FREE] * (count * per_sector - len(table))
    folders, folder_start, small_start, small_count = header
    head = struct.pack(
        "<8s16sHHHHH6sIIIIIIIII",
        *(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 4, 0xFFFE, 12, 6, b"", folders, count),
        *(folder_start, 0, _CUTOFF, small_start if small_count else _END, small_count, _END, 0),
    )
    head += struct.pack("<109I", *places, *[_FREE] * (_MOST_FAT_SECTORS - count))
    return head.ljust(_SECTOR, b"\0") + bytes(sectors.data) + struct.pack(f"<{len(table)}I", *table)


def _add_children(tree: Tree, entries: list[_Entry]) -> int:
    numbers = []
    for name in sorted(tree, key=lambda each: (len(each), each.upper())):
        value = tree[name]
        entry = _Entry(name, 2, value) if isinstance(value, bytes) else _Entry(name, 1)
        numbers.append(len(entries))
        entries.append(entry)
        if not isinstance(value, bytes):
            entry.child = _add_children(value, entries)
    return _balanced(numbers, entries)


def _balanced(numbers: list[int], entries: list[_Entry]) -> int:
    if not numbers:
        return _NONE
    middle = len(numbers) // 2
    entry = entries[numbers[middle]]
    entry.left = _balanced(numbers[:middle], entries)
    entry.right = _balanced(numbers[middle + 1 :], entries)
    return numbers[middle]


def _padded(content: bytes, filler: bytes) -> bytes:
    return content + filler * (-len(content) % _SECTOR)
