"""Cuts a distilled content stream into operators with their operands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sar.documents.drawing import NotUnderstoodError, PdfObject

_TOKEN = re.compile(
    rb"[\0\t\n\f\r ]*(?:"
    rb"(?P<number>[+-]?(?:\d+\.?\d*|\.\d+))(?=[\0\t\n\f\r \[\]/<(>]|$)"
    rb"|/(?P<name>[^\0\t\n\f\r ()<>\[\]{}/%]*)"
    rb"|(?P<word>[A-Za-z'\"][A-Za-z0-9*]*)"
    rb"|\((?P<string>(?:[^()\\]|\\.)*)\)"
    rb"|(?P<open><<)"
    rb"|<(?P<hex>[0-9A-Fa-f\0\t\n\f\r ]*)>"
    rb"|(?P<close>>>)"
    rb"|(?P<array>\[)"
    rb"|(?P<end>\])"
    rb")",
    re.DOTALL,
)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_BLANKS = b"\0\t\n\f\r "
_PAIRS = {"close": "open", "end": "array"}
_LITERALS = {b"true": True, b"false": False, b"null": None}


@dataclass(frozen=True, slots=True)
class Name:
    """A name without its slash."""

    text: str


def operations(data: bytes) -> Iterator[tuple[str, list[Any]]]:
    """Each operator with its operands: numbers, Name, bytes, list and dict.

    Raises:
        NotUnderstoodError: anything distilling does not write.
    """
    operands: list[Any] = []
    stack: list[tuple[str, list[Any]]] = []
    at, end = 0, len(data.rstrip(_BLANKS))
    while at < end:
        match = _TOKEN.match(data, at)
        if match is None:
            raise NotUnderstoodError("an unknown piece of a content stream")
        at = match.end()
        kind = str(match.lastgroup)
        if kind == "number":
            operands.append(float(match["number"]))
        elif kind == "word" and not stack:
            yield match["word"].decode("latin-1"), operands
            operands = []
        elif kind in {"open", "array"}:
            stack.append((kind, operands))
            operands = []
        elif kind in _PAIRS:
            operands = _closed(kind, stack, operands)
        else:
            operands.append(_value(kind, match))
    if stack or operands:
        raise NotUnderstoodError("a content stream that ends too early")


def _closed(kind: str, stack: list[tuple[str, list[Any]]], inner: list[Any]) -> list[Any]:
    if not stack or stack[-1][0] != _PAIRS[kind]:
        raise NotUnderstoodError("brackets that do not match")
    _, outer = stack.pop()
    outer.append(inner if kind == "end" else _dictionary(inner))
    return outer


def _dictionary(entries: list[Any]) -> dict[str, Any]:
    names, values = entries[::2], entries[1::2]
    if len(names) != len(values) or not all(isinstance(name, Name) for name in names):
        raise NotUnderstoodError("a dictionary that is not one")
    return {name.text: value for name, value in zip(names, values, strict=True)}


def _value(kind: str, match: re.Match[bytes]) -> PdfObject:
    if kind == "name":
        return Name(match["name"].decode("latin-1"))
    if kind == "string":
        return _ESCAPE.sub(_unescaped, match["string"])
    if kind == "hex":
        digits = match["hex"].translate(None, _BLANKS)
        return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())
    if match["word"] not in _LITERALS:
        raise NotUnderstoodError("an operator inside an array")
    return _LITERALS[match["word"]]


def _unescaped(match: re.Match[bytes]) -> bytes:
    code = match[1]
    if code[:1].isdigit():
        return bytes([int(code, 8) & 255])
    if code in {b"\n", b"\r", b"\r\n"}:
        return b""
    return _ESCAPES.get(code, code)
