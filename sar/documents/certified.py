"""Holds a file against the certificate that is said to be about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from sar.documents.segment import digest_of
from sar.documents.signature import SignatureError, check_signature, is_signed

_OTHER_FILE = (
    "The certificate is not about this file: the file was changed since, or it is another one."
)
_MALFORMED = "The certificate lacks a part that every certificate has, or has it in another form."
_KEY_NOT_CHECKED = (
    "The certificate was not changed since it was signed, but whether the key is the council's was"
    " not checked. Give the council's public key with --key."
)


@dataclass(frozen=True)
class Certified:
    """What a certificate says of a file; marks are in the file's own pages, None where unknown."""

    findings: tuple[str, ...]
    warnings: tuple[str, ...] = ()
    marks: list[dict[str, Any]] | None = None
    is_bundle: bool = False
    reference: str | None = None
    issued_at: str | None = None
    signed_by: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """The form that `sar verify` prints."""
        return {
            "matches": not self.findings,
            "reference": self.reference,
            "issued_at": self.issued_at,
            "signed_by": self.signed_by,
        }


def held_against(
    certificate: Mapping[str, Any], pdf: Path, trusted: Ed25519PublicKey | None
) -> Certified:
    """Whether the certificate is good, and about exactly the bytes of this file.

    Args:
        certificate: as `signature.read_certificate` read it.
        pdf: the file.
        trusted: the council's public key; with it, an unsigned certificate is not good.
    """
    findings: list[str] = []
    warnings: list[str] = []
    signed_by = None
    try:
        signed_by = check_signature(certificate, trusted)
        if trusted is None:
            warnings.append(_KEY_NOT_CHECKED)
    except SignatureError as error:
        is_fault = trusted is not None or is_signed(certificate)
        (findings if is_fault else warnings).append(str(error))
    marks = None
    try:
        marks = _marks_of(certificate, digest_of(pdf))
    except SignatureError as error:
        findings.append(str(error))
    return Certified(
        tuple(findings),
        tuple(warnings),
        marks,
        "output" in certificate,
        _text(certificate.get("reference")),
        _text(certificate.get("issued_at")),
        signed_by,
    )


def _marks_of(certificate: Mapping[str, Any], sha256: str) -> list[dict[str, Any]]:
    """The marks on the pages of the file with this digest, in its own pages."""
    marks = certificate.get("marks")
    if not isinstance(marks, list) or not all(_is_mark(each) for each in marks):
        raise SignatureError(_MALFORMED)
    if "output_sha256" in certificate:  # of one document, by `sar redact`
        if certificate["output_sha256"] != sha256:
            raise SignatureError(_OTHER_FILE)
        return marks
    for first, count, digest in _files_of(certificate):
        if digest == sha256:
            last = first + count - 1
            return [
                {**mark, "page": mark["page"] - first + 1}
                for mark in marks
                if first <= mark["page"] <= last
            ]
    raise SignatureError(_OTHER_FILE)


def _files_of(certificate: Mapping[str, Any]) -> Iterator[tuple[int, int, str]]:
    """First page, pages and digest of each file."""
    files = certificate.get("output")
    if not isinstance(files, list) or not files:
        raise SignatureError(_MALFORMED)
    for each in files:
        parts = each if isinstance(each, Mapping) else {}
        first, count, digest = (parts.get(name) for name in ("first_page", "pages", "sha256"))
        if type(first) is not int or type(count) is not int or not isinstance(digest, str):
            raise SignatureError(_MALFORMED)
        yield first, count, digest


def _is_mark(data: object) -> bool:
    return (
        isinstance(data, Mapping)
        and type(data.get("page")) is int
        and isinstance(data.get("code"), str)
        and isinstance(data.get("rect"), list)
        and len(data["rect"]) == 4
        and all(type(edge) in (int, float) for edge in data["rect"])
    )


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
