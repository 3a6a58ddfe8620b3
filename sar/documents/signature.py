"""Ed25519 signatures (RFC 8032) on certificates, and the one form of JSON that they cover.

The signature covers the canonical form of everything a certificate says, the signer included:
keys sorted, no spaces, UTF-8. A certificate may be laid out anew and still be good; one that says
a thing twice, or says it in a way two readers could understand differently, is refused.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

ALGORITHM = "Ed25519"
UNSIGNED = "Nobody signed this certificate. It proves nothing about who made it."
_CONTEXT = b"sar certificate 1\n"  # so that no signature made for anything else fits here
_DEEPEST = 32


class SignatureError(ValueError):
    """A key or a certificate cannot be used; its text is a sentence for a person."""


@dataclass(frozen=True)
class Signer:
    """A council's signing key, and the council it signs for."""

    council: str
    key: Ed25519PrivateKey

    def signed(self, statement: Mapping[str, Any]) -> dict[str, Any]:
        """The statement with its signature."""
        public = self.key.public_key()
        head = {
            "algorithm": ALGORITHM,
            "council": self.council,
            "key_fingerprint": fingerprint(public),
            "public_key": _raw(public).hex(),
        }
        value = self.key.sign(_covered(statement, head)).hex()
        return {**statement, "signature": {**head, "value": value}}


def unsigned(statement: Mapping[str, Any]) -> dict[str, Any]:
    """The statement, saying that nobody signed it."""
    return {**statement, "signature": {"algorithm": None, "note": UNSIGNED}}


def read_private_key(data: bytes) -> Ed25519PrivateKey:
    """A private key from PEM.

    Raises:
        SignatureError: it is no Ed25519 key, or has a password.
    """
    try:
        key = load_pem_private_key(data, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise SignatureError("The signing key cannot be read as a PEM file.") from None
    if not isinstance(key, Ed25519PrivateKey):
        raise SignatureError("The signing key is not an Ed25519 key.")
    return key


def read_public_key(data: bytes) -> Ed25519PublicKey:
    """A public key from PEM.

    Raises:
        SignatureError: it is no Ed25519 public key.
    """
    try:
        key = load_pem_public_key(data)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise SignatureError("The public key cannot be read as a PEM file.") from None
    if not isinstance(key, Ed25519PublicKey):
        raise SignatureError("The public key is not an Ed25519 key.")
    return key


def public_pem(key: Ed25519PublicKey) -> bytes:
    """The key as others are given it: PEM (RFC 8410)."""
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def fingerprint(key: Ed25519PublicKey) -> str:
    """sha256 of the key as SubjectPublicKeyInfo (RFC 8410) in DER, in hex."""
    der = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return hashlib.sha256(der).hexdigest()


def read_certificate(data: bytes) -> dict[str, Any]:
    """A certificate from the bytes of its file.

    Raises:
        SignatureError: it is not JSON, or holds what two readers could understand differently.
    """
    try:
        read = json.loads(
            data.decode("utf-8"), object_pairs_hook=_object, parse_constant=_no_constant
        )
        _canonical(read)
    except SignatureError:
        raise
    except (ValueError, RecursionError):
        raise SignatureError("The certificate cannot be read as JSON.") from None
    if not isinstance(read, dict):
        raise SignatureError("The certificate is not an object.")
    _check_depth(read, 0)
    return read


def is_signed(certificate: Mapping[str, Any]) -> bool:
    """Whether it claims a signature; whether that is good is for `check_signature`."""
    signature = certificate.get("signature")
    return isinstance(signature, Mapping) and signature.get("algorithm") is not None


def check_signature(certificate: Mapping[str, Any], trusted: Ed25519PublicKey | None) -> str:
    """The fingerprint of the key that signed exactly this certificate.

    Without a trusted key the signature is held against the key in the certificate itself, which
    shows that nothing was changed since, but not who signed.

    Raises:
        SignatureError: it was changed, is not signed, or was signed with another key.
    """
    signature = certificate.get("signature")
    if not isinstance(signature, Mapping) or not is_signed(certificate):
        raise SignatureError(UNSIGNED)
    head = {name: value for name, value in signature.items() if name != "value"}
    try:
        own = Ed25519PublicKey.from_public_bytes(bytes.fromhex(str(head.get("public_key"))))
        value = bytes.fromhex(str(signature.get("value")))
    except ValueError:
        raise SignatureError("The signature of the certificate is damaged.") from None
    if head.get("algorithm") != ALGORITHM or head.get("key_fingerprint") != fingerprint(own):
        raise SignatureError("The certificate says of its key what is not so.")
    if trusted is not None and _raw(trusted) != _raw(own):
        raise SignatureError(
            "The certificate was signed with another key than the one it should be. Do not rely"
            " on it."
        )
    statement = {name: value for name, value in certificate.items() if name != "signature"}
    try:
        own.verify(value, _covered(statement, head))
    except InvalidSignature:
        raise SignatureError(
            "The certificate was changed after it was signed. Do not rely on it."
        ) from None
    return fingerprint(own)


def _covered(statement: Mapping[str, Any], head: Mapping[str, Any]) -> bytes:
    return _CONTEXT + _canonical({**statement, "signature": dict(head)})


def _canonical(value: object) -> bytes:
    text = json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )
    return text.encode("utf-8")


def _raw(key: Ed25519PublicKey) -> bytes:
    return key.public_bytes(Encoding.Raw, PublicFormat.Raw)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    read = dict(pairs)
    if len(read) != len(pairs):
        raise SignatureError("The certificate says a thing twice. Do not rely on it.")
    return read


def _no_constant(name: str) -> NoReturn:
    raise SignatureError("The certificate holds a number that is none.")


def _check_depth(value: object, depth: int) -> None:
    if depth > _DEEPEST:
        raise SignatureError("The certificate cannot be read as JSON.")
    if isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            _check_depth(each, depth + 1)
