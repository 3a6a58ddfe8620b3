"""Attacks on certificates: whatever was changed, swapped or said twice is noticed."""

from __future__ import annotations

import copy
import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from sar.documents.certified import Certified, held_against
from sar.documents.signature import (
    SignatureError,
    Signer,
    check_signature,
    fingerprint,
    public_pem,
    read_certificate,
    read_private_key,
    read_public_key,
    unsigned,
)

OURS = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
THEIRS = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
FILE = b"%PDF-1.7 first volume"
OTHER = b"%PDF-1.7 second volume"


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


STATEMENT: dict[str, Any] = {
    "reference": "WCC-2026-000004",
    "issued_at": "2026-11-20T09:00:00Z",
    "output": [
        {"file": "bundle-1.pdf", "sha256": digest(FILE), "first_page": 1, "pages": 9},
        {"file": "bundle-2.pdf", "sha256": digest(OTHER), "first_page": 10, "pages": 5},
    ],
    "marks": [
        {"page": 9, "rect": [1.0, 2.5, 3.25, 4.0], "code": "TP16", "width_visible": False},
        {"page": 12, "rect": [1, 2, 3, 4], "code": "TP16", "width_visible": True},
    ],
    "pages": {"found": 14, "disclosed": 14},
    "reviewers": ["Zoë Ångström"],
}
SIGNED = Signer("WCC", OURS).signed(STATEMENT)


def written(certificate: dict[str, Any]) -> bytes:
    return json.dumps(certificate, ensure_ascii=False, indent=1).encode()


def held(
    data: bytes, tmp_path: Path, key: Ed25519PrivateKey | None = OURS, file: bytes = FILE
) -> Certified:
    pdf = tmp_path / "file.pdf"
    pdf.write_bytes(file)
    return held_against(read_certificate(data), pdf, key and key.public_key())


def test_a_certificate_is_good_for_its_own_file(tmp_path: Path) -> None:
    found = held(written(SIGNED), tmp_path)
    assert (found.findings, found.warnings) == ((), ())
    assert found.signed_by == fingerprint(OURS.public_key())
    assert found.marks == [STATEMENT["marks"][0]]


def test_marks_of_a_later_file_are_told_in_its_own_pages(tmp_path: Path) -> None:
    found = held(written(SIGNED), tmp_path, file=OTHER)
    assert found.findings == ()
    assert found.marks == [{**STATEMENT["marks"][1], "page": 3}]


@settings(deadline=None)  # what is slow here is the machine
@given(st.integers(0, len(FILE) - 1), st.integers(1, 255))
def test_a_changed_byte_of_the_file_is_noticed(
    tmp_path_factory: pytest.TempPathFactory, place: int, change: int
) -> None:
    data = bytearray(FILE)
    data[place] ^= change
    folder = tmp_path_factory.mktemp("changed")
    assert "not about this file" in held(written(SIGNED), folder, file=bytes(data)).findings[0]


def _paths(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    items: Any = ()
    if isinstance(value, dict):
        items = value.items()
    elif isinstance(value, list):
        items = enumerate(value)
    below = [each for key, kid in items for each in _paths(kid, (*path, key))]
    return below or [path]


@pytest.mark.parametrize("path", _paths(SIGNED), ids=str)
@pytest.mark.parametrize("change", [lambda value: "x", lambda value: None, lambda value: [value]])
def test_a_changed_field_is_noticed_whichever_it_is(
    tmp_path: Path, path: tuple[Any, ...], change: Callable[[Any], Any]
) -> None:
    changed = copy.deepcopy(SIGNED)
    inner = changed
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = change(inner[path[-1]])
    assert held(written(changed), tmp_path).findings


@pytest.mark.parametrize("path", _paths(STATEMENT), ids=str)
def test_a_removed_field_is_noticed(tmp_path: Path, path: tuple[Any, ...]) -> None:
    changed = copy.deepcopy(SIGNED)
    inner = changed
    for key in path[:-1]:
        inner = inner[key]
    del inner[path[-1]]
    assert held(written(changed), tmp_path).findings


def test_an_added_field_is_noticed(tmp_path: Path) -> None:
    for changed in (
        {**SIGNED, "note": "all good"},
        {**SIGNED, "signature": {**SIGNED["signature"], "note": "all good"}},
    ):
        assert held(written(changed), tmp_path).findings


def test_a_signature_from_another_certificate_is_noticed(tmp_path: Path) -> None:
    other = Signer("WCC", OURS).signed({**STATEMENT, "reference": "WCC-2026-000005"})
    swapped = {**SIGNED, "signature": other["signature"]}
    assert "changed after it was signed" in held(written(swapped), tmp_path).findings[0]


def test_another_councils_key_is_noticed(tmp_path: Path) -> None:
    other = Signer("RBKC", THEIRS).signed(STATEMENT)
    assert "another key" in held(written(other), tmp_path).findings[0]
    claims = {**other, "signature": {**other["signature"], "council": "WCC"}}
    assert held(written(claims), tmp_path, key=None).findings


def test_a_certificate_changed_and_signed_again_with_an_unknown_key_is_noticed(
    tmp_path: Path,
) -> None:
    forged = Signer("WCC", THEIRS).signed({**STATEMENT, "pages": {"found": 1}})
    assert "another key" in held(written(forged), tmp_path).findings[0]
    untold = held(written(forged), tmp_path, key=None)
    assert untold.findings == ()
    assert "whether the key is the council's was not checked" in untold.warnings[0]


def test_a_forger_cannot_claim_the_councils_key_for_his_own_signature(tmp_path: Path) -> None:
    forged = Signer("WCC", THEIRS).signed(STATEMENT)
    head = {name: SIGNED["signature"][name] for name in ("key_fingerprint", "public_key")}
    for name in head:
        one = {**forged, "signature": {**forged["signature"], name: head[name]}}
        assert held(written(one), tmp_path, key=None).findings
    both = {**forged, "signature": {**forged["signature"], **head}}
    assert held(written(both), tmp_path).findings


def test_a_certificate_stripped_of_its_signature_is_not_good_where_a_key_is_given(
    tmp_path: Path,
) -> None:
    for stripped in (unsigned(STATEMENT), STATEMENT, {**STATEMENT, "signature": None}):
        assert "Nobody signed" in held(written(stripped), tmp_path).findings[0]
        told = held(written(stripped), tmp_path, key=None)
        assert (told.findings, told.signed_by) == ((), None)
        assert "Nobody signed" in told.warnings[0]


@pytest.mark.parametrize(
    "doubled",
    [
        b'{"reference": "RBKC-1", ',
        b'{"signature": {"algorithm": null}, ',
        b'{"pages": {"found": 1, "found": 2}, ',
        b'{"ref\\u0065rence": "RBKC-1", ',
    ],
)
def test_a_thing_said_twice_is_refused_however_it_is_spelt(doubled: bytes) -> None:
    with pytest.raises(SignatureError, match="twice"):
        read_certificate(doubled + written(SIGNED)[1:])


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'{"a": NaN}',
        b'{"a": -Infinity}',
        b'{"a": 1e999}',
        b'{"a": "\\ud800"}',
        b'\xef\xbb\xbf{"a": 1}',
        b'{"a": "\xff"}',
        b"[" * 100_000,
        b'{"a":' * 40 + b"1" + b"}" * 40,
        '{"a": 1}'.encode("utf-16"),
    ],
)
def test_what_two_readers_could_read_differently_is_refused(data: bytes) -> None:
    with pytest.raises(SignatureError):
        read_certificate(data)


def test_another_layout_of_the_same_certificate_is_still_good(tmp_path: Path) -> None:
    mixed = dict(reversed(SIGNED.items()))
    for data in (
        json.dumps(mixed).encode(),
        json.dumps(mixed, ensure_ascii=False, indent=8, sort_keys=True).encode() + b"\r\n",
    ):
        assert held(data, tmp_path).findings == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"found": 14', b'"found": 14.0'),
        (b'"found": 14', b'"found": true'),
        (b'"found": 14', b'"found": "14"'),
        (b'"Zo\xc3\xab', b'"Zoe\xcc\x88'),
        (b'"width_visible": false', b'"width_visible": 0'),
    ],
)
def test_values_that_only_look_alike_are_not_the_same(
    tmp_path: Path, old: bytes, new: bytes
) -> None:
    data = written(SIGNED)
    assert old in data
    assert held(data.replace(old, new), tmp_path).findings


@pytest.mark.parametrize("value", ["", "00", "zz" * 64, "00" * 64, "ff" * 64])
def test_a_damaged_signature_is_not_good(tmp_path: Path, value: str) -> None:
    damaged = {**SIGNED, "signature": {**SIGNED["signature"], "value": value}}
    assert held(written(damaged), tmp_path).findings


def test_a_signature_plus_the_order_of_the_group_is_refused(tmp_path: Path) -> None:
    raw = bytes.fromhex(SIGNED["signature"]["value"])
    order = 2**252 + 27742317777372353535851937790883648493
    shifted = int.from_bytes(raw[32:], "little") + order
    value = (raw[:32] + shifted.to_bytes(32, "little")).hex()
    twin = {**SIGNED, "signature": {**SIGNED["signature"], "value": value}}
    assert held(written(twin), tmp_path).findings


def test_the_same_statement_and_key_give_the_same_signature() -> None:
    assert Signer("WCC", OURS).signed(STATEMENT) == SIGNED
    assert check_signature(SIGNED, OURS.public_key()) == SIGNED["signature"]["key_fingerprint"]


def test_keys_are_read_from_pem_and_nothing_else() -> None:
    pem = OURS.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    assert read_private_key(pem).private_bytes_raw() == bytes(range(32))
    public = public_pem(OURS.public_key())
    assert fingerprint(read_public_key(public)) == fingerprint(OURS.public_key())
    for reader in (read_private_key, read_public_key):
        for data in (b"", b"x", public if reader is read_private_key else pem):
            with pytest.raises(SignatureError, match="key"):
                reader(data)
