"""A strict reader of PDF files written in one plain form: what it does not expect is a fault.

It reads the file from the first byte to the last, so that nothing can stand between objects, after
the end, in an earlier revision or in an object no table names. It shares no code with the library
that writes our files.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sar.documents.verify.syntax import Ref, Stream, SyntaxFault, read_value, skip_space
from sar.documents.verify.unfilter import decoded

_HEADER = re.compile(rb"%PDF-[12]\.\d\r?\n(?:%[\x80-\xff]{4,8}\r?\n)?")
_OBJECT = re.compile(rb"(\d{1,10})[ \r\n]+(\d{1,5})[ \r\n]+obj\b")
_STREAM = re.compile(rb"stream\r?\n")
_END_STREAM = re.compile(rb"\r?\n?endstream\b")
_END_OBJECT = re.compile(rb"\s*endobj\b")
_TABLE = re.compile(rb"xref[ \r]*\n")
_SECTION = re.compile(rb"(\d+) (\d+)[ \r]*\n")
_ENTRY = re.compile(rb"(\d{10}) (\d{5}) ([nf])(?: \n| \r|\r\n)")
_END = re.compile(rb"startxref\s+(\d+)\s+%%EOF[\r\n]*")
_TRAILER = frozenset({"Root", "Info", "ID", "Prev", "Encrypt", "Size"})
_TABLE_ONLY = frozenset({"Type", "W", "Index", "Length", "Filter", "DecodeParms"})
_ANY_OBJECT = re.compile(rb"(?<!\d)(\d{1,10})\s+(\d{1,5})\s+obj\b")


@dataclass
class PlainFile:
    """The objects of a file by number, its trailer, and whatever was not as it should be."""

    objects: dict[int, Any] = field(default_factory=dict)
    trailer: dict[str, Any] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    places: dict[int, int] = field(default_factory=dict)
    containers: set[int] = field(default_factory=set)

    def resolve(self, value: object) -> Any:  # noqa: ANN401  # whatever the file holds
        """The value itself, or what its reference leads to (None when it leads nowhere)."""
        for _ in range(8):
            if not isinstance(value, Ref):
                return value
            value = self.objects.get(value.number)
        return None

    def streams(self) -> Iterator[tuple[int, Stream]]:
        """Every stream with its object number, except those that only hold objects."""
        for number, value in self.objects.items():
            if isinstance(value, Stream) and number not in self.containers:
                yield number, value


def read_plain(data: bytes) -> PlainFile:
    """Reads the whole file; never raises: everything odd is in `faults`."""
    file = PlainFile()
    try:
        _read_all(data, file)
    except SyntaxFault as fault:
        file.faults.append(str(fault))
        _sweep(data, file)
    _open_containers(file)
    if "Encrypt" in file.trailer:
        file.faults.append("The file is encrypted.")
    if "Prev" in file.trailer or "XRefStm" in file.trailer:
        file.faults.append("The file points to an earlier revision of itself.")
    file.faults += [f"Object {number} is used by nothing." for number in orphans(file)]
    return file


def orphans(file: PlainFile) -> list[int]:
    """Numbers of objects that cannot be reached from the trailer, in order."""
    seen: set[int] = set()
    waiting: list[Any] = [value for key, value in file.trailer.items() if key in ("Root", "Info")]
    while waiting:
        value = waiting.pop()
        if isinstance(value, Ref):
            if value.number not in seen:
                seen.add(value.number)
                waiting.append(file.objects.get(value.number))
        elif isinstance(value, Stream):
            waiting.extend(value.entries.values())
        elif isinstance(value, dict):
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)
    return sorted(
        number
        for number, value in file.objects.items()
        if number not in seen and number not in file.containers and value is not None
    )


def _read_all(data: bytes, file: PlainFile) -> None:
    header = _HEADER.match(data)
    if header is None:
        raise SyntaxFault("The file does not begin as a plain PDF does.")
    place = header.end()
    while True:
        place = skip_space(data, place)
        found = _OBJECT.match(data, place)
        if found is None:
            break
        place = _read_object(data, found, file)
    table = _TABLE.match(data, place)
    table_place = place
    if table is not None:
        place = _read_table(data, table.end(), file)
    _read_end(data, place, table_place if table else None, file)


def _read_object(data: bytes, found: re.Match[bytes], file: PlainFile) -> int:
    number = int(found.group(1))
    if int(found.group(2)) != 0 or number in file.objects:
        raise SyntaxFault(f"Object {number} is there more than once.")
    value, place = read_value(data, found.end())
    file.places[number] = found.start()
    place = skip_space(data, place)
    start = _STREAM.match(data, place)
    if start is not None:
        if not isinstance(value, dict):
            raise SyntaxFault(f"Object {number} is a stream without a dictionary.")
        value, place = _read_stream(data, start.end(), value, number)
    end = _END_OBJECT.match(data, place)
    if end is None:
        raise SyntaxFault(f"Object {number} holds more than one value.")
    file.objects[number] = value
    return end.end()


def _read_stream(
    data: bytes, start: int, entries: dict[str, Any], number: int
) -> tuple[Stream, int]:
    length = entries.get("Length")
    if isinstance(length, Ref):
        length = data.find(b"endstream", start) - start
    if not isinstance(length, int) or length < 0 or start + length > len(data):
        raise SyntaxFault(f"Object {number} does not say how long its stream is.")
    end = _END_STREAM.match(data, start + length)
    if end is None:
        raise SyntaxFault(f"The stream of object {number} is not as long as it says.")
    return Stream(entries, data[start : start + length]), end.end()


def _read_table(data: bytes, place: int, file: PlainFile) -> int:
    listed: dict[int, int] = {}
    section = _SECTION.match(data, place)
    while section is not None:
        place = section.end()
        first, count = int(section.group(1)), int(section.group(2))
        for number in range(first, first + count):
            entry = _ENTRY.match(data, place)
            if entry is None:
                raise SyntaxFault("The cross-reference table is broken.")
            place = entry.end()
            if entry.group(3) == b"n":
                listed[number] = int(entry.group(1))
        section = _SECTION.match(data, place)
    _compare_places(listed, file)
    if not data.startswith(b"trailer", place):
        raise SyntaxFault("The file has no trailer where one belongs.")
    trailer, place = read_value(data, place + len(b"trailer"))
    if not isinstance(trailer, dict):
        raise SyntaxFault("The trailer is not a dictionary.")
    file.trailer = trailer
    return place


def _read_end(data: bytes, place: int, table: int | None, file: PlainFile) -> None:
    place = skip_space(data, place)
    end = _END.match(data, place)
    if end is None or end.end() != len(data):
        raise SyntaxFault("There is something in the file that is not an object of it.")
    if table is None:
        table = int(end.group(1))
        _read_table_stream(file, table)
    if table != int(end.group(1)):
        raise SyntaxFault("The file's end points to another table than the one it has.")


def _read_table_stream(file: PlainFile, place: int) -> None:
    number = next((each for each, at in file.places.items() if at == place), None)
    table = file.objects.get(number) if number is not None else None
    if number is None or not isinstance(table, Stream) or table.entries.get("Type") != "XRef":
        raise SyntaxFault("The file has no cross-reference table.")
    file.containers.add(number)
    file.trailer = {key: value for key, value in table.entries.items() if key not in _TABLE_ONLY}
    widths = table.entries.get("W")
    if not isinstance(widths, list) or len(widths) != 3:
        raise SyntaxFault("The cross-reference stream is broken.")
    rows = decoded(table, file.resolve).data
    _compare_places(dict(_table_rows(rows, widths, table.entries)), file)


def _table_rows(
    rows: bytes, widths: list[int], entries: dict[str, Any]
) -> Iterator[tuple[int, int]]:
    index = entries.get("Index", [0, entries.get("Size", 0)])
    numbers = [
        number
        for first, count in zip(index[::2], index[1::2], strict=True)
        for number in range(first, first + count)
    ]
    size = sum(widths)
    if size * len(numbers) != len(rows):
        raise SyntaxFault("The cross-reference stream has more or fewer rows than it says.")
    for row, number in enumerate(numbers):
        cells = rows[row * size : (row + 1) * size]
        kind = int.from_bytes(cells[: widths[0]], "big") if widths[0] else 1
        if kind == 1:
            yield number, int.from_bytes(cells[widths[0] : widths[0] + widths[1]], "big")


def _compare_places(listed: dict[int, int], file: PlainFile) -> None:
    if listed != file.places:
        file.faults.append("The cross-reference table does not list exactly the file's objects.")


def _open_containers(file: PlainFile) -> None:
    for number, value in list(file.objects.items()):
        if isinstance(value, Stream) and value.entries.get("Type") == "ObjStm":
            file.containers.add(number)
            try:
                _open_container(value, file)
            except SyntaxFault as fault:
                file.faults.append(f"Object {number}, which holds others: {fault}")


def _open_container(container: Stream, file: PlainFile) -> None:
    data = decoded(container, file.resolve).data
    count, first = container.entries.get("N"), container.entries.get("First")
    if not isinstance(count, int) or not isinstance(first, int):
        raise SyntaxFault("it does not say what it holds.")
    head = data[:first].split()
    if len(head) != 2 * count:
        raise SyntaxFault("its list of objects is broken.")
    place = first
    for number, offset in zip(map(int, head[::2]), map(int, head[1::2]), strict=True):
        if skip_space(data, place) != skip_space(data, first + offset):
            raise SyntaxFault("there is something between its objects.")
        value, place = read_value(data, first + offset)
        if number in file.objects:
            raise SyntaxFault(f"object {number} is there more than once.")
        file.objects[number] = value
    if skip_space(data, place) != len(data):
        raise SyntaxFault("there is something after its objects.")


def _sweep(data: bytes, file: PlainFile) -> None:
    """Collects what can be read of a file that is not plain, so that its words are still seen."""
    spare = max([*file.objects, 0]) + 1_000_000
    for found in _ANY_OBJECT.finditer(data):
        number = int(found.group(1))
        if file.places.get(number) == found.start():
            continue
        if number in file.objects:
            number, spare = spare, spare + 1
        with contextlib.suppress(SyntaxFault):
            file.objects[number] = _swept(data, found.end(), number)
    for found in re.finditer(rb"\btrailer\b", data):
        with contextlib.suppress(SyntaxFault):
            trailer, _ = read_value(data, found.end())
            file.trailer = {**file.trailer, **trailer} if isinstance(trailer, dict) else {}
    for value in file.objects.values():
        if isinstance(value, Stream) and value.entries.get("Type") == "XRef":
            kept = {key: each for key, each in value.entries.items() if key in _TRAILER}
            file.trailer = {**kept, **file.trailer}


def _swept(data: bytes, place: int, number: int) -> object:
    value, place = read_value(data, place)
    start = _STREAM.match(data, skip_space(data, place))
    if start is None or not isinstance(value, dict):
        return value
    return _read_stream(data, start.end(), value, number)[0]
