from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from sar.documents.certificate import Certificate, SegmentProof, Source, merged_checks
from sar.documents.link import Written
from sar.domain.disclosure import PageAccount, PageFate
from sar.domain.redaction import Mark, Rect


def certificate() -> Certificate:
    return Certificate(
        reference="WCC-2026-000004",
        created_on=date(2026, 11, 20),
        engine="engine 1",
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
    assert told["output"] == [{"file": "bundle.pdf", "sha256": "cc", "bytes": 1234, "pages": 12}]
    assert told["marks"] == [
        {"page": 9, "rect": [1, 2, 3, 4.12], "code": "TP16", "width_visible": True}
    ]
    assert told["pages"]["found"] == 3
    assert told["pages"]["front"] == 9
    assert told["created_on"] == "2026-11-20"
    assert told["reviewers"] == ["Second officer"]


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
