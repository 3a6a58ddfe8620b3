"""Streams as they are before compression. Pictures keep their own coding, which others read."""

from __future__ import annotations

import base64
import binascii
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from sar.documents.verify.syntax import Stream, SyntaxFault, from_hex

PICTURE_FILTERS = frozenset({"DCTDecode", "JPXDecode", "CCITTFaxDecode", "JBIG2Decode"})
Cells = np.ndarray[Any, np.dtype[np.uint8]]
_LARGEST = 512 * 1024 * 1024


@dataclass(frozen=True)
class Decoded:
    """A stream's bytes, the picture coding left on them, and bytes that belong to no coding."""

    data: bytes
    picture: str | None
    spare: bytes


def decoded(stream: Stream, resolve: Callable[[Any], Any]) -> Decoded:
    """The stream's bytes with every coding but a picture's undone.

    Raises:
        SyntaxFault: a coding is unknown or broken.
    """
    data, spare = stream.raw, b""
    names = _as_list(resolve(stream.entries.get("Filter")))
    settings = _as_list(resolve(stream.entries.get("DecodeParms")))
    for place, name in enumerate(names):
        coding = str(resolve(name))
        if coding in PICTURE_FILTERS:
            if place != len(names) - 1:
                raise SyntaxFault("A picture is coded in a way this check does not know.")
            return Decoded(data, coding, spare)
        data, left = _undo(coding, data)
        spare += left
        options = resolve(settings[place]) if place < len(settings) else None
        if isinstance(options, dict):
            data = _unpredicted(data, {key: resolve(value) for key, value in options.items()})
    return Decoded(data, None, spare)


def _as_list(value: object) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _undo(coding: str, data: bytes) -> tuple[bytes, bytes]:
    if coding in ("FlateDecode", "Fl"):
        return _inflated(data)
    if coding in ("ASCIIHexDecode", "AHx"):
        head, _, tail = data.partition(b">")
        return from_hex(head), tail.strip()
    if coding in ("ASCII85Decode", "A85"):
        return _from_base85(data)
    if coding in ("RunLengthDecode", "RL"):
        return _unpacked(data)
    raise SyntaxFault(f"A stream is coded with {coding[:20]}, which this check does not read.")


def _inflated(data: bytes) -> tuple[bytes, bytes]:
    machine = zlib.decompressobj()
    try:
        result = machine.decompress(data, _LARGEST)
    except zlib.error as error:
        raise SyntaxFault("A compressed stream is broken.") from error
    if machine.unconsumed_tail:
        raise SyntaxFault("A compressed stream is too big to read.")
    if not machine.eof:
        raise SyntaxFault("A compressed stream is cut off.")
    return result, machine.unused_data.strip(b"\r\n")


def _from_base85(data: bytes) -> tuple[bytes, bytes]:
    head, _, tail = data.partition(b"~>")
    try:
        return base64.a85decode(head, adobe=False), tail.strip()
    except (ValueError, binascii.Error) as error:
        raise SyntaxFault("A stream in base 85 is broken.") from error


def _unpacked(data: bytes) -> tuple[bytes, bytes]:
    result, place = bytearray(), 0
    while place < len(data) and data[place] != 128:
        count = data[place]
        if count < 128:
            result += data[place + 1 : place + 2 + count]
            place += 2 + count
        else:
            result += data[place + 1 : place + 2] * (257 - count)
            place += 2
    return bytes(result), data[place + 1 :].strip()


def _unpredicted(data: bytes, options: dict[str, Any]) -> bytes:
    predictor = options.get("Predictor", 1)
    if predictor == 1:
        return data
    colours, bits = options.get("Colors", 1), options.get("BitsPerComponent", 8)
    columns = options.get("Columns", 1)
    if not all(isinstance(each, int) and 0 < each < 1 << 20 for each in (colours, bits, columns)):
        raise SyntaxFault("A stream's predictor is broken.")
    width = (colours * bits * columns + 7) // 8
    step = max(1, colours * bits // 8)
    if predictor == 2:
        if bits != 8:
            raise SyntaxFault("A stream's predictor is not one this check reads.")
        return _tiff(data, width, colours)
    return _png(data, width, step)


def _tiff(data: bytes, width: int, colours: int) -> bytes:
    rows = np.frombuffer(data[: len(data) // width * width], dtype=np.uint8)
    cells = rows.reshape(-1, width // colours, colours)
    return bytes(np.cumsum(cells, axis=1, dtype=np.uint8).tobytes())


def _png(data: bytes, width: int, step: int) -> bytes:
    if len(data) % (width + 1):
        raise SyntaxFault("A stream's rows are not whole.")
    rows = np.frombuffer(data, dtype=np.uint8).reshape(-1, width + 1)
    result = np.zeros((len(rows), width), dtype=np.uint8)
    above = np.zeros(width, dtype=np.uint8)
    for number, row in enumerate(rows):
        above = _png_row(int(row[0]), row[1:], above, step)
        result[number] = above
    return result.tobytes()


def _png_row(kind: int, row: Cells, above: Cells, step: int) -> Cells:
    if kind == 0:
        return row.copy()
    if kind == 2:
        return np.add(row, above, dtype=np.uint8)
    if kind == 1 and len(row) % step == 0:
        cells = row.reshape(-1, step)
        return np.cumsum(cells, axis=0, dtype=np.uint8).reshape(-1)
    return np.frombuffer(_png_slow(kind, row.tobytes(), above.tobytes(), step), dtype=np.uint8)


def _png_slow(kind: int, row: bytes, above: bytes, step: int) -> bytes:
    if kind not in (1, 3, 4):
        raise SyntaxFault("A stream's predictor is not one this check reads.")
    result = bytearray(row)
    for place in range(len(row)):
        left = result[place - step] if place >= step else 0
        corner = above[place - step] if place >= step else 0
        guess = left if kind == 1 else (left + above[place]) // 2
        if kind == 4:
            guess = _paeth(left, above[place], corner)
        result[place] = (row[place] + guess) & 0xFF
    return bytes(result)


def _paeth(left: int, up: int, corner: int) -> int:
    estimate = left + up - corner
    return min((left, up, corner), key=lambda each: abs(estimate - each))
