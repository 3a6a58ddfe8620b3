"""Embedded fonts: a letter that no page uses any more still says what was removed."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from fontTools.misc import eexec

from sar.documents.verify.syntax import SyntaxFault

_TYPE_1_GLYPH = re.compile(rb"/([^\s/{}\[\]()<>%]+)\s+(\d+)\s+(?:RD|-\|)\s")
_CFF_NAMED = 391


@dataclass(frozen=True)
class Outlines:
    """What a font program draws: the number of glyphs with ink, and their places in it."""

    inked: frozenset[int]
    parts: frozenset[int]  # glyphs that others are composed of


def outlines(program: bytes) -> Outlines:
    """The glyphs of a TrueType, OpenType, bare CFF or Type 1 program that draw something.

    Raises:
        SyntaxFault: the program cannot be read.
    """
    try:
        if program[:4] in (b"\0\1\0\0", b"true"):
            return _truetype(_tables(program))
        if program[:4] == b"OTTO":
            return _cff(_tables(program)[b"CFF "])
        if program[:2] == b"%!":
            return _type_1(program)
        return _cff(program)
    except (struct.error, IndexError, KeyError, ValueError) as error:
        raise SyntaxFault("A font program cannot be read.") from error


def program_texts(program: bytes) -> Iterator[bytes]:
    """Names and notices a font program holds, as text.

    What cannot be taken apart is left to the search of the raw bytes.
    """
    try:
        if program[:4] in (b"\0\1\0\0", b"true", b"OTTO"):
            tables = _tables(program)
            yield tables.get(b"post", b"")[32:]
            yield tables.get(b"name", b"").replace(b"\0", b"")
            yield b"".join(tables)
            program = tables.get(b"CFF ", b"")
        if program[:1] == b"\1":
            names, place = _index(program, program[2])
            tops, place = _index(program, place)
            strings, place = _index(program, place)
            yield from (b" ".join(names), b" ".join(strings), b" ".join(tops))
        elif program[:2] == b"%!":
            yield program
            yield b" ".join(name for name, _ in _type_1_glyphs(program))
    except (struct.error, IndexError, ValueError):
        return


def _tables(program: bytes) -> dict[bytes, bytes]:
    (count,) = struct.unpack_from(">H", program, 4)
    found = {}
    for number in range(count):
        tag, _, offset, length = struct.unpack_from(">4sLLL", program, 12 + 16 * number)
        found[tag] = program[offset : offset + length]
    return found


def _truetype(tables: dict[bytes, bytes]) -> Outlines:
    (is_long,) = struct.unpack_from(">h", tables[b"head"], 50)
    loca, glyf = tables[b"loca"], tables[b"glyf"]
    size = len(loca) // (4 if is_long else 2)
    offsets = struct.unpack_from(f">{size}{'L' if is_long else 'H'}", loca)
    inked: set[int] = set()
    parts: set[int] = set()
    for number, (start, end) in enumerate(pairwise(offsets)):
        data = glyf[start:end] if is_long else glyf[2 * start : 2 * end]
        if len(data) > 10:
            inked.add(number)
            parts.update(_components(data))
    return Outlines(frozenset(inked), frozenset(parts))


def _components(glyph: bytes) -> Iterator[int]:
    (contours,) = struct.unpack_from(">h", glyph)
    place, flags = 10, 0x20
    while contours < 0 and flags & 0x20:
        flags, number = struct.unpack_from(">HH", glyph, place)
        yield number
        place += 4 + (4 if flags & 1 else 2)
        place += 2 if flags & 8 else 4 if flags & 0x40 else 8 if flags & 0x80 else 0


def _cff(program: bytes) -> Outlines:
    _, place = _index(program, program[2])
    tops, _ = _index(program, place)
    charstrings, _ = _index(program, _top_values(tops[0])[17])
    inked = {number for number, code in enumerate(charstrings) if len(code) > 4}
    return Outlines(frozenset(inked), frozenset())


def _index(data: bytes, place: int) -> tuple[list[bytes], int]:
    (count,) = struct.unpack_from(">H", data, place)
    if count == 0:
        return [], place + 2
    size = data[place + 2]
    base = place + 3
    ends = [
        int.from_bytes(data[base + size * number : base + size * (number + 1)], "big")
        for number in range(count + 1)
    ]
    start = base + size * (count + 1) - 1
    return (
        [data[start + a : start + b] for a, b in pairwise(ends)],
        start + ends[-1],
    )


def _top_values(data: bytes) -> dict[int, int]:
    """The last operand of each operator of a CFF dictionary."""
    values: dict[int, int] = {}
    place, last = 0, 0
    while place < len(data):
        byte = data[place]
        if byte == 12:
            values[1200 + data[place + 1]] = last
            place += 2
        elif byte <= 21:
            values[byte] = last
            place += 1
        else:
            last, place = _operand(data, place)
    return values


def _operand(data: bytes, place: int) -> tuple[int, int]:
    byte = data[place]
    if byte == 28:
        return int.from_bytes(data[place + 1 : place + 3], "big", signed=True), place + 3
    if byte == 29:
        return int.from_bytes(data[place + 1 : place + 5], "big", signed=True), place + 5
    if byte == 30:
        end = place + 1
        while data[end] & 15 != 15 and data[end] >> 4 != 15:
            end += 1
        return 0, end + 1
    if byte <= 246:
        return byte - 139, place + 1
    sign = 1 if byte <= 250 else -1
    base = 247 if byte <= 250 else 251
    return sign * ((byte - base) * 256 + data[place + 1] + 108), place + 2


def _type_1(program: bytes) -> Outlines:
    sizes = [size for name, size in _type_1_glyphs(program) if name != b".notdef"]
    return Outlines(
        frozenset(number for number, size in enumerate(sizes, 1) if size > 12), frozenset()
    )


def _type_1_glyphs(program: bytes) -> list[tuple[bytes, int]]:
    start = program.find(b"eexec")
    if start < 0:
        raise ValueError("no private part")
    body = program[start + 5 :].lstrip()
    if re.match(rb"[0-9A-Fa-f\s]{8}", body):
        digits = re.sub(rb"[^0-9A-Fa-f]", b"", body)
        body = bytes.fromhex(digits[: len(digits) // 2 * 2].decode())
    plain: Any = eexec.decrypt(body, 55665)[0]
    return [(name, int(size)) for name, size in _TYPE_1_GLYPH.findall(plain)]
