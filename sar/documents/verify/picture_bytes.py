"""Coded pictures as files of their own: metadata, thumbnails and bytes after their end."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sar.documents.verify.unfilter import Decoded

_JPEG_PLAIN = frozenset({0xC0, 0xC1, 0xC2, 0xC4, 0xDB, 0xDD})
_JPEG_2000_BOXES = frozenset(
    {b"jP  ", b"ftyp", b"jp2h", b"ihdr", b"bpcc", b"colr", b"pclr", b"cmap", b"cdef", b"jp2c"}
)
_JPEG_2000_MAKER = re.compile(
    rb"\A\x00\x01(?:Created by OpenJPEG version [\d.]+|Kakadu-v?[\d.]+)\x00?\Z"
)


def extras(picture: Decoded) -> list[str]:
    """What the coded picture carries besides its pixels, each as part of a sentence."""
    found = list(_extras(picture))
    if picture.spare:
        found.append("bytes after its compressed data")
    return found


def _extras(picture: Decoded) -> Iterator[str]:
    if picture.picture == "DCTDecode":
        yield from _jpeg_extras(picture.data)
    elif picture.picture == "JPXDecode":
        yield from _jpeg_2000_extras(picture.data)


def _jpeg_extras(data: bytes) -> Iterator[str]:
    place = 2
    if data[:2] != b"\xff\xd8":
        yield "data that is not the picture it says it is"
        return
    while place + 4 <= len(data) and data[place] == 0xFF:
        marker = data[place + 1]
        if marker == 0xFF:
            place += 1
            continue
        size = int.from_bytes(data[place + 2 : place + 4], "big")
        body = data[place + 4 : place + 2 + size]
        if marker == 0xDA:
            yield from _after_scan(data, place + 2 + size)
            return
        if not _is_plain_segment(marker, body):
            yield "metadata or a comment"
        place += 2 + size
    yield "no pixels that can be read"


def _is_plain_segment(marker: int, body: bytes) -> bool:
    if marker in _JPEG_PLAIN:
        return True
    if marker == 0xE0:
        return body.startswith(b"JFIF\0") and len(body) == 14
    if marker == 0xEE:
        return body.startswith(b"Adobe") and len(body) == 12
    return marker == 0xE2 and body.startswith(b"ICC_PROFILE\0")


_SCAN_END = re.compile(rb"\xff(?!\x00|\xff|[\xd0-\xd7])")


def _after_scan(data: bytes, place: int) -> Iterator[str]:
    """Follows scans and the tables between them up to the end marker, which must be last."""
    while (found := _SCAN_END.search(data, place)) is not None:
        marker = data[found.end()] if found.end() < len(data) else 0
        if marker == 0xD9:
            if data[found.end() + 1 :].strip(b"\0\r\n"):
                yield "bytes after its end"
            return
        size = int.from_bytes(data[found.end() + 1 : found.end() + 3], "big")
        body = data[found.end() + 3 : found.end() + 1 + size]
        if marker != 0xDA and not _is_plain_segment(marker, body):
            yield "metadata or a comment"
        place = found.end() + 1 + size
    yield "no end"


def _jpeg_2000_extras(data: bytes) -> Iterator[str]:
    if data[:4] == b"\xff\x4f\xff\x51":
        yield from _codestream_extras(data)
        return
    for kind, body in _boxes(data):
        if kind not in _JPEG_2000_BOXES:
            yield "metadata or a comment"
        elif kind == b"jp2c":
            yield from _codestream_extras(body)


def _boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = 0
    while place + 8 <= len(data):
        size, kind = int.from_bytes(data[place : place + 4], "big"), data[place + 4 : place + 8]
        head = 8
        if size == 1:
            size, head = int.from_bytes(data[place + 8 : place + 16], "big"), 16
        end = len(data) if size == 0 else place + size
        if end <= place + head - 1 or end > len(data):
            yield b"odd ", b""
            return
        if kind == b"jp2h":
            yield from _boxes(data[place + head : end])
        else:
            yield kind, data[place + head : end]
        place = end
    if data[place:].strip(b"\0\r\n"):
        yield b"odd ", b""


def _codestream_extras(data: bytes) -> Iterator[str]:
    place = 2
    while place + 4 <= len(data) and data[place] == 0xFF and data[place + 1] != 0x90:
        size = int.from_bytes(data[place + 2 : place + 4], "big")
        body = data[place + 4 : place + 2 + size]
        if data[place + 1] == 0x64 and not _JPEG_2000_MAKER.match(body):
            yield "metadata or a comment"
        place += 2 + size
    end = data.rfind(b"\xff\xd9")
    if end < 0 or data[end + 2 :].strip(b"\0\r\n"):
        yield "bytes after its end"
