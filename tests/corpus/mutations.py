"""Ways of spoiling a file, as a bad disk, a bad program or a bad person would."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

Mutation = Callable[[bytes, random.Random], bytes]
_NUMBER = re.compile(rb"(?<![\w.])-?\d+(?:\.\d+)?(?![\w.])")
_KEY = re.compile(rb"/[A-Z][A-Za-z]{2,12}")
_OBJECT = re.compile(rb"\d+ \d+ obj\b.*?endobj", re.DOTALL)
_WILD = (b"0", b"-1", b"1e9", b"2147483648", b"99999999999999999999", b"0.00000001", b"-32768")


def _flip(data: bytes, rng: random.Random) -> bytes:
    cells = bytearray(data)
    for _ in range(rng.choice((1, 4, 40))):
        cells[rng.randrange(len(cells))] = rng.randrange(256)
    return bytes(cells)


def _cut(data: bytes, rng: random.Random) -> bytes:
    return data[: rng.randrange(1, len(data))]


def _hole(data: bytes, rng: random.Random) -> bytes:
    start = rng.randrange(len(data))
    return data[:start] + data[start + rng.randrange(1, 4000) :]


def _twice(data: bytes, rng: random.Random) -> bytes:
    start = rng.randrange(len(data))
    part = data[start : start + rng.randrange(1, 4000)]
    return data[:start] + part + data[start:]


def _number(data: bytes, rng: random.Random) -> bytes:
    return _replaced(data, _NUMBER, lambda _: rng.choice(_WILD), rng)


def _key(data: bytes, rng: random.Random) -> bytes:
    keys = _KEY.findall(data) or [b"/Nothing"]
    return _replaced(data, _KEY, lambda _: rng.choice(keys), rng)


def _object(data: bytes, rng: random.Random) -> bytes:
    """One object says what another said."""
    bodies = [found.group().split(b"obj", 1)[1] for found in _OBJECT.finditer(data)]
    if not bodies:
        return data
    return _replaced(
        data, _OBJECT, lambda old: old.split(b"obj", 1)[0] + b"obj" + rng.choice(bodies), rng
    )


def _update(data: bytes, rng: random.Random) -> bytes:
    """A later revision gives an object once more, or another page box."""
    number = rng.randrange(1, 12)
    body = rng.choice(
        (
            b"null",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99999 3] /Rotate 45 /UserUnit 7 >>",
            b"[ 1 0 R 2 0 R 3 0 R ]",
        )
    )
    return data + b"\n%d 0 obj %s endobj\ntrailer << /Root 1 0 R /Size 99 >>\n%%%%EOF\n" % (
        number,
        body,
    )


def _replaced(
    data: bytes, what: re.Pattern[bytes], by: Callable[[bytes], bytes], rng: random.Random
) -> bytes:
    found = list(what.finditer(data))
    for match in sorted(rng.sample(found, min(len(found), 3)), key=lambda each: -each.start()):
        data = data[: match.start()] + by(match.group()) + data[match.end() :]
    return data


MUTATIONS: dict[str, Mutation] = {
    "as it is": lambda data, _: data,
    "bytes changed": _flip,
    "cut short": _cut,
    "a hole in it": _hole,
    "a part twice": _twice,
    "numbers changed": _number,
    "keys changed": _key,
    "objects exchanged": _object,
    "a later revision": _update,
}
