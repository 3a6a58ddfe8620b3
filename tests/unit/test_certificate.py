from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pypdfium2
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sar.documents.certificate import Certificate, Issue, SegmentProof, Source, merged_checks
from sar.documents.certificate_pages import certificate_pages
from sar.documents.link import Written
from sar.documents.signature import SignatureError, Signer, check_signature, fingerprint
from sar.domain.disclosure import PageAccount, PageFate
from sar.domain.redaction import Mark, Rect


def certificate() -> Certificate:
    return Certificate(
        reference="WCC-2026-000004",
        council="WCC",
        created_on=date(2026, 11, 20),
        engine="engine 1",
        program="dd",
        checkers={"reader": "1.0"},
        sources=[Source("letters/a.pdf", "aa")],
        segments=[SegmentProof("key", "bb", 3, (2,))],
        output=[Written(Path("/anywhere/bundle.pdf"), "cc", 1234, 12)],
        marks=[Mark(9, Rect(1, 2, 3, 4.123456), "TP16", width_visible=True)],
        pages=PageAccount({PageFate.DISCLOSED: 2, PageFate.IN_PART: 1}),
        front_pages=9,
        checks=[{"name": "text", "count": 12, "detail": "pages read"}],
        reviewers=("Second officer",),
    )


def test_a_certificate_says_what_went_in_what_came_out_and_what_was_checked(
    tmp_path: Path,
) -> None:
    certificate().write(tmp_path / "certificate.json")
    told = json.loads((tmp_path / "certificate.json").read_text("utf-8"))
    assert told["sources"] == [{"file": "letters/a.pdf", "sha256": "aa"}]
    assert told["segments"] == [{"key": "key", "sha256": "bb", "pages": 3, "picture_pages": [2]}]
    assert told["output"] == [
        {"file": "bundle.pdf", "sha256": "cc", "bytes": 1234, "first_page": 1, "pages": 12}
    ]
    assert told["marks"] == [
        {"page": 9, "rect": [1, 2, 3, 4.12], "code": "TP16", "width_visible": True}
    ]
    assert told["pages"]["found"] == 3
    assert told["pages"]["front"] == 9
    assert told["created_on"] == "2026-11-20"
    assert told["reviewers"] == ["Second officer"]
    assert told["issued_at"] is None
    assert "Nobody signed" in told["signature"]["note"]


def test_a_certificate_does_not_tell_where_the_files_lay(tmp_path: Path) -> None:
    certificate().write(tmp_path / "certificate.json")
    assert "anywhere" not in (tmp_path / "certificate.json").read_text("utf-8")


def test_the_same_certificate_gives_the_same_bytes(tmp_path: Path) -> None:
    certificate().write(tmp_path / "a")
    certificate().write(tmp_path / "b")
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_counts_of_the_same_check_are_added_up() -> None:
    first = [
        {"name": "text", "count": 3, "detail": "pages"},
        {"name": "marks", "count": 1, "detail": "m"},
    ]
    second = [{"name": "text", "count": 4, "detail": "pages"}]
    assert merged_checks([first, second]) == [
        {"name": "text", "count": 7, "detail": "pages"},
        {"name": "marks", "count": 1, "detail": "m"},
    ]
    assert first[0]["count"] == 3


def test_a_signed_certificate_covers_everything_it_says_and_when() -> None:
    key = Ed25519PrivateKey.from_private_bytes(bytes(32))
    told = certificate().issued(Issue(datetime(2026, 11, 20, 9, tzinfo=UTC), Signer("WCC", key)))
    assert told["issued_at"] == "2026-11-20T09:00:00Z"
    assert check_signature(told, key.public_key()) == fingerprint(key.public_key())
    for name in certificate().as_dict():
        with pytest.raises(SignatureError):
            check_signature({**told, name: "changed"}, key.public_key())


def test_a_certificate_can_be_printed_with_every_number_it_holds() -> None:
    told = certificate().issued(Issue())
    data = certificate_pages(told)
    document = pypdfium2.PdfDocument(data)
    text = " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())
    document.close()
    for words in (
        "WCC-2026-000004",
        "Westminster City Council",
        "Second officer",
        "Nobody signed this certificate",
        "Disclosed in part 1",
        "All pages found 3",
        "text 12 pages read",
        "1 page is in the bundle as a picture",
        "letters/a.pdf",
    ):
        assert words in text


@pytest.mark.parametrize("change", [{"kind": "x"}, {"pages": {}}, {"council": "X"}, {"marks": 3}])
def test_what_is_no_certificate_of_a_bundle_cannot_be_printed(change: dict[str, object]) -> None:
    with pytest.raises(SignatureError, match="not a certificate of a bundle"):
        certificate_pages({**certificate().issued(Issue()), **change})
