"""The values a PDF object is written with, read strictly."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

_SPACE = re.compile(rb"[\x00\t\n\f\r ]*")
_TOKEN = re.compile(
    rb"(?P<ref>\d{1,10}[ \r\n]+\d{1,5}[ \r\n]+R(?![A-Za-z0-9]))"
    rb"|(?P<number>[+-]?(?:\d+\.?\d*|\.\d+))"
    rb"|(?P<name>/[^\x00\t\n\f\r ()<>\[\]{}/%]*)"
    rb"|(?P<text>\((?:[^()\\]|\\.)*\))"
    rb"|(?P<open><<|\[)"
    rb"|(?P<close>>>|\])"
    rb"|(?P<hex><[0-9A-Fa-f\x00\t\n\f\r ]*>)"
    rb"|(?P<word>true|false|null)"
    rb"|(?P<nested>\()",
    re.DOTALL,
)
_NAME_CODE = re.compile(rb"#([0-9A-Fa-f]{2})")
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_NOT_HEX = re.compile(rb"[^0-9A-Fa-f]")
_DEEPEST = 60


class SyntaxFault(Exception):  # noqa: N818 - a fault of the file, reported rather than raised on
    """The bytes are not what a plain PDF has at this place."""


class Name(str):
    """A PDF name, without its slash."""

    __slots__ = ()


@dataclass(frozen=True)
class Ref:
    """A reference to an object by number."""

    number: int


@dataclass(frozen=True, eq=False)
class Stream:
    """A stream's dictionary and its bytes as stored."""

    entries: dict[str, Any]
    raw: bytes


def skip_space(data: bytes, place: int) -> int:
    """The place of the next byte that is not white space; comments are not skipped."""
    found = _SPACE.match(data, place)
    return found.end() if found else place


def read_value(data: bytes, place: int, depth: int = 0) -> tuple[Any, int]:
    """The value that starts here, and the place after it.

    Raises:
        SyntaxFault: there is no value here, or it holds a comment or is nested beyond reason.
    """
    place = skip_space(data, place)
    found = _TOKEN.match(data, place)
    if found is None or depth > _DEEPEST:
        raise SyntaxFault("An object holds something that is not a value.")
    kind, token, place = found.lastgroup, found.group(), found.end()
    if kind == "open":
        return (
            _read_dictionary(data, place, depth)
            if token == b"<<"
            else _read_list(data, place, depth)
        )
    if kind == "nested":
        return _nested_text(data, place)
    if kind == "close":
        raise SyntaxFault("An object ends before it began.")
    return plain_value(str(kind), token), place


def plain_value(kind: str, token: bytes) -> Any:  # noqa: ANN401  # whatever the file holds
    """The value of a token that holds no other."""
    if kind == "name":
        return read_name(token)
    if kind == "number":
        return float(token) if b"." in token else int(token)
    if kind == "ref":
        return Ref(int(token.split()[0]))
    if kind == "text":
        return unescaped(token[1:-1])
    if kind == "hex":
        return from_hex(token)
    return {b"true": True, b"false": False}.get(token)


def read_name(token: bytes) -> Name:
    """The name a token with its slash stands for."""
    if b"#" in token:
        token = _NAME_CODE.sub(lambda code: bytes([int(code.group(1), 16)]), token)
    return Name(token[1:].decode("latin-1"))


def from_hex(token: bytes) -> bytes:
    """The bytes of a hexadecimal string, with or without its brackets."""
    digits = _NOT_HEX.sub(b"", token)
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())


def unescaped(text: bytes) -> bytes:
    """The bytes of a literal string, its brackets already gone."""
    if b"\\" not in text:
        return text
    return _ESCAPE.sub(_one_escape, text)


def _one_escape(found: re.Match[bytes]) -> bytes:
    code = found.group(1)
    if code[:1].isdigit() and code[:1] < b"8":
        return bytes([int(code, 8) & 0xFF])
    if code in (b"\n", b"\r", b"\r\n"):
        return b""
    return _ESCAPES.get(code, code)


def _read_list(data: bytes, place: int, depth: int) -> tuple[list[Any], int]:
    result: list[Any] = []
    while True:
        place = skip_space(data, place)
        if data[place : place + 1] == b"]":
            return result, place + 1
        value, place = read_value(data, place, depth + 1)
        result.append(value)


def _read_dictionary(data: bytes, place: int, depth: int) -> tuple[dict[str, Any], int]:
    result: dict[str, Any] = {}
    while True:
        place = skip_space(data, place)
        if data[place : place + 2] == b">>":
            return result, place + 2
        key, place = read_value(data, place, depth + 1)
        if not isinstance(key, Name) or key in result:
            raise SyntaxFault("A dictionary has a key twice, or one that is not a name.")
        result[key], place = read_value(data, place, depth + 1)


def _nested_text(data: bytes, place: int) -> tuple[bytes, int]:
    depth, start = 1, place
    for found in re.compile(rb"\\.|[()]", re.DOTALL).finditer(data, place):
        depth += {b"(": 1, b")": -1}.get(found.group(), 0)
        if depth == 0:
            return unescaped(data[start : found.start()]), found.end()
    raise SyntaxFault("A string has no end.")
