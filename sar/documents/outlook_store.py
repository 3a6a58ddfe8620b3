"""Reads the properties of an Outlook item (MS-OXMSG) from the folders of a compound file."""

from __future__ import annotations

import struct
from datetime import UTC, datetime, timedelta

import olefile

from sar.documents.compound_writer import Tree
from sar.documents.encoding import readable

_PROPERTIES = "__properties_version1.0"
_NAMES = "__nameid_version1.0"
_EMBEDDED = "__substg1.0_3701000D"
_TIME, _LONG, _FLAG = 0x40, 0x03, 0x0B


class Store:
    """A message, recipient or attachment: a folder of property streams."""

    def __init__(self, tree: Tree, names: Tree | None = None, header: int = 32) -> None:
        """Header is the length of what precedes the fixed properties: 32, 24 or 8 bytes."""
        self.tree = tree
        self.names = names or _folder(tree, _NAMES)
        self._fixed = _fixed(_stream(tree, _PROPERTIES), header)
        pages = [self.number(0x3FDE), self.number(0x3FFD)]
        self._codepage = next((f"cp{each}" for each in pages if each and each != 65001), None)

    def text(self, number: int) -> str:
        """A text property, empty when absent."""
        wide = self.tree.get(f"__substg1.0_{number:04X}001F")
        if isinstance(wide, bytes):
            return wide.decode("utf-16-le", "replace").rstrip("\0")
        return readable(self._variable(number, 0x1E), self._codepage).rstrip("\0")

    def binary(self, number: int) -> bytes:
        """A binary property, empty when absent."""
        return self._variable(number, 0x0102)

    def number(self, number: int) -> int | None:
        """A whole-number property."""
        value = self._fixed.get((number, _LONG)) or self._fixed.get((number, _FLAG))
        return None if value is None else int(struct.unpack("<i", value[:4])[0])

    def moment(self, number: int) -> datetime | None:
        """A date and time, in UTC."""
        value = self._fixed.get((number, _TIME))
        if value is None:
            return None
        ticks = struct.unpack("<Q", value)[0]
        try:
            return datetime(1601, 1, 1, tzinfo=UTC) + timedelta(microseconds=ticks // 10)
        except OverflowError:
            return None

    def named(self, number: int) -> int:
        """The property that stands for a named one (by its long id) here; 0 when there is none."""
        entries = _stream(self.names, "__substg1.0_00030102")
        for place in range(0, len(entries) - 7, 8):
            identifier, kind, index = struct.unpack("<IHH", entries[place : place + 8])
            if identifier == number and not kind & 1:
                return 0x8000 + int(index)
        return 0

    def recipients(self) -> list[Store]:
        """The people the message names."""
        return self._parts("__recip_version1.0_")

    def attachments(self) -> list[Store]:
        """What the message carries."""
        return self._parts("__attach_version1.0_")

    def embedded(self) -> Tree | None:
        """A whole file made of the message inside this attachment, or None."""
        inner = self.tree.get(_EMBEDDED)
        if not isinstance(inner, dict):
            return None
        whole = {**inner, _NAMES: self.names}
        properties = _stream(inner, _PROPERTIES)
        # A message that stands alone has eight more bytes before its properties (2.4.1.1).
        whole[_PROPERTIES] = properties[:24] + bytes(8) + properties[24:]
        return whole

    def _parts(self, prefix: str) -> list[Store]:
        found = sorted(name for name in self.tree if name.startswith(prefix))
        return [Store(_folder(self.tree, name), self.names, 8) for name in found]

    def _variable(self, number: int, kind: int) -> bytes:
        return _stream(self.tree, f"__substg1.0_{number:04X}{kind:04X}")


def read_tree(ole: olefile.OleFileIO) -> Tree:
    """Every folder and stream of a compound file."""
    tree: dict[str, bytes | Tree] = {}
    for path in ole.listdir(streams=True, storages=False):
        place = tree
        for name in path[:-1]:
            inner = place.setdefault(name, {})
            assert isinstance(inner, dict)
            place = inner
        place[path[-1]] = ole.openstream(path).read()
    return tree


def _folder(tree: Tree, name: str) -> Tree:
    found = tree.get(name)
    return found if isinstance(found, dict) else {}


def _stream(tree: Tree, name: str) -> bytes:
    found = tree.get(name)
    return found if isinstance(found, bytes) else b""


def _fixed(content: bytes, header: int) -> dict[tuple[int, int], bytes]:
    result = {}
    for place in range(header, len(content) - 15, 16):
        kind, number = struct.unpack("<HH", content[place : place + 4])
        result[number, kind] = content[place + 8 : place + 16]
    return result
