"""A certificate as pages to print: what it says, in words, with the whole of its signature."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from sar.documents.certificate import FORMAT, KIND
from sar.documents.letterhead import COUNCILS
from sar.documents.letters import render_page
from sar.documents.signature import SignatureError, is_signed
from sar.domain.disclosure import PageFate

_OTHER = "This is not a certificate of a bundle, so it cannot be set on pages."


def certificate_pages(certificate: Mapping[str, Any]) -> bytes:
    """The certificate as a tagged PDF; whether its signature is good is for `sar verify` to say.

    Raises:
        SignatureError: it is not a certificate of a bundle.
    """
    if certificate.get("kind") != KIND or certificate.get("format") != FORMAT:
        raise SignatureError(_OTHER)
    try:
        context = _context(certificate)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise SignatureError(_OTHER) from error
    return render_page("certificate", context)


def _context(certificate: Mapping[str, Any]) -> dict[str, Any]:
    pages = certificate["pages"]
    counts = [(fate, pages[fate.value.replace("-", "_")]) for fate in PageFate]
    return {
        "certificate": certificate,
        "council": COUNCILS[certificate["council"]],
        "signature": certificate["signature"] if is_signed(certificate) else None,
        "note": certificate["signature"].get("note", ""),
        "fates": [(fate.label, count) for fate, count in counts if count],
        "found": sum(count for _, count in counts),
        "front": pages["front"],
        "output": certificate["output"],
        "codes": sorted(Counter(mark["code"] for mark in certificate["marks"]).items()),
        "wide": sum(bool(mark["width_visible"]) for mark in certificate["marks"]),
        "checkers": sorted(certificate["checkers"].items()),
        "picture_pages": sum(len(each["picture_pages"]) for each in certificate["segments"]),
        "documents": list(zip(certificate["sources"], certificate["segments"], strict=True)),
    }
