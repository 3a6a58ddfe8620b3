"""Outlook items (.msg) made on the spot, property by property."""

from __future__ import annotations

import struct
from datetime import UTC, datetime

from sar.documents.compound_writer import Tree, compound_file

_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)


def properties(
    texts: dict[int, str],
    binaries: dict[int, bytes] | None = None,
    numbers: dict[int, int] | None = None,
    moments: dict[int, datetime] | None = None,
    *,
    header: int = 32,
) -> dict[str, bytes | Tree]:
    """The streams of one store; header is 32 for a file, 24 for a message inside, else 8."""
    streams: dict[str, bytes | Tree] = {
        f"__substg1.0_{number:04X}001F": text.encode("utf-16-le") for number, text in texts.items()
    }
    for number, content in (binaries or {}).items():
        streams[f"__substg1.0_{number:04X}0102"] = content
    rows = [
        struct.pack("<HHIII", 3, number, 6, value, 0) for number, value in (numbers or {}).items()
    ]
    for number, moment in (moments or {}).items():
        ticks = int((moment - _EPOCH).total_seconds() * 10_000_000)
        rows.append(struct.pack("<HHIQ", 0x40, number, 6, ticks))
    streams["__properties_version1.0"] = bytes(header) + b"".join(rows)
    return streams


def message(
    subject: str, body: str, attachments: list[Tree] | None = None, *, header: int = 32
) -> dict[str, bytes | Tree]:
    """A mail from one invented worker to another."""
    tree = properties(
        {
            0x1A: "IPM.Note",
            0x37: subject,
            0x1000: body,
            0xC1A: "Ada Obi",
            0x5D01: "ada@example.org",
        },
        moments={0x39: datetime(2024, 6, 4, 23, 30, tzinfo=UTC)},
        header=header,
    )
    tree["__nameid_version1.0"] = {"__substg1.0_00030102": b""}
    tree["__recip_version1.0_#00000000"] = properties(
        {0x3001: "Ben Marsh", 0x39FE: "ben@example.org"}, numbers={0xC15: 1}, header=8
    )
    for number, attachment in enumerate(attachments or []):
        tree[f"__attach_version1.0_#{number:08X}"] = attachment
    return tree


def attached_file(name: str, content: bytes) -> Tree:
    """A file attached to a message."""
    return properties({0x3707: name}, {0x3701: content}, {0x3705: 1}, header=8)


def attached_message(name: str, inner: dict[str, bytes | Tree]) -> Tree:
    """A message attached to a message; inner has a header of 24."""
    del inner["__nameid_version1.0"]
    return {
        **properties({0x3001: name}, numbers={0x3705: 5}, header=8),
        "__substg1.0_3701000D": inner,
    }


def msg(tree: Tree) -> bytes:
    """The bytes of a .msg file."""
    return compound_file(tree)
