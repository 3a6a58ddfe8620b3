"""What `case.json` may say, and what becomes of a case that cannot be used."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sar.documents.bundle import build
from sar.documents.bundle_case import BundleCase, BundleDocument
from sar.documents.case_file import read_case
from sar.domain.disclosure import PageRef
from sar.domain.errors import PlanError
from sar.domain.exemption import NEUTRAL_CODE
from sar.domain.redaction import Plan, WithheldPage
from tests.integration.assembled import case_in, line, report, run, text_of


@pytest.mark.parametrize(
    "change",
    [
        {"documents": []},
        {"documents": "a.pdf"},
        {"council": "Camden"},
        {"reference": ""},
        {"reference": "আয়েশা"},
        {"volume_mb": 0},
        {"volume_mb": "many"},
        {"never": "x"},
        {"areas": []},
        {"documents": [{"file": "files/a.pdf", "arreas": []}]},
        {"documents": [{"file": "../case/../../etc/passwd"}]},
        {"documents": [{"file": "/etc/passwd"}]},
        {"documents": [{"file": "a\u0000b"}]},
        {"documents": [{"file": "files/a.pdf", "date": "4 March"}]},
        {"documents": [{"file": "files/a.pdf", "areas": [{"page": 1, "code": "TP16"}]}]},
        {
            "documents": [
                {
                    "file": "files/a.pdf",
                    "areas": [{"page": 9, "rect": [0, 0, 9, 9], "code": "TP16"}],
                }
            ]
        },
        {"letter": {"searched": [{"place": "x"}]}},
        {"letter": {"greeting": "x"}},
        {"not_included": [{"fate": "disclosed", "pages": 1, "reason": "x"}]},
        {"not_included": [{"fate": "duplicate", "pages": 1, "reason": "x"}]},
        {
            "not_included": [
                {
                    "fate": "duplicate",
                    "pages": 1,
                    "reason": "x",
                    "copies_of": [{"document": 1, "page": 9}],
                }
            ]
        },
        {
            "not_included": [
                {
                    "fate": "duplicate",
                    "pages": 1,
                    "reason": "x",
                    "copies_of": [{"document": 0, "page": 1}],
                }
            ]
        },
    ],
)
def test_a_case_that_cannot_be_used_ends_in_a_sentence(
    tmp_path: Path, change: dict[str, Any]
) -> None:
    result = run(case_in(tmp_path / "case", **change), tmp_path / "out")
    assert result.exit_code == 5, result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert result.output.strip().endswith(".")
    assert list((tmp_path / "out").iterdir()) == []


@pytest.mark.parametrize("data", [b"{", b"[]", b"\xff\xfe", b"[" * 100_000])
def test_a_case_file_that_is_no_case_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "case").mkdir()
    (tmp_path / "case/case.json").write_bytes(data)
    assert run(tmp_path / "case", tmp_path / "out").exit_code == 5


def test_a_folder_without_a_case_is_unreadable(tmp_path: Path) -> None:
    (tmp_path / "case").mkdir()
    assert run(tmp_path / "case", tmp_path / "out").exit_code == 4
    assert run(tmp_path / "nowhere", tmp_path / "out").exit_code == 4


def test_a_link_that_leads_out_of_the_case_is_refused(tmp_path: Path) -> None:
    folder = case_in(tmp_path / "case")
    outside = report(tmp_path / "outside.pdf", [["x"]])
    (folder / "files/c.pdf").unlink()
    (folder / "files/c.pdf").symlink_to(outside)
    with pytest.raises(PlanError, match="outside"):
        read_case(folder)


def test_a_case_file_says_what_the_letter_needs(tmp_path: Path) -> None:
    case = read_case(
        case_in(
            tmp_path / "case",
            letter={
                "requester_name": "Ayesha Begum",
                "dated_on": "2026-11-20",
                "officer": {"name": "Sam Okoro", "role": "information officer"},
                "searched": [{"place": "Paper files", "result": "Nothing was found."}],
                "regulator": {"name": "Information Commission", "address": ["A", "B"]},
            },
            not_included=[
                {
                    "fate": "duplicate",
                    "pages": 2,
                    "reason": "Copies.",
                    "copies_of": [{"document": 2, "page": 1}, {"document": 2, "page": 2}],
                }
            ],
            reviewers=["Second officer"],
        )
    )
    assert case.letter.requester_name == "Ayesha Begum"
    assert case.letter.dated_on == date(2026, 11, 20)
    assert case.letter.searched[0].result == "Nothing was found."
    assert case.letter.regulator.address == ("A", "B")
    assert case.not_included[0].pages == 2
    assert case.not_included[0].copies_of[1] == PageRef("2", 2)


def test_a_page_withheld_whole_needs_no_area(tmp_path: Path) -> None:
    source = report(tmp_path / "a.pdf", [["One."], ["Two."], ["Three."]])
    plan = Plan(withheld_pages=(WithheldPage(2, "LPP19"),))
    document = BundleDocument("Advice", date(2020, 1, 1), source, False, plan)
    case = BundleCase("RBKC-1", "RBKC", "Your records", (document,), ("Two.",))
    result = build(case, tmp_path / "out")
    pages = text_of(result.volumes[0])
    assert "One." in pages[-3]
    assert "LPP19" in pages[-2]
    assert "Three." in pages[-1]


def test_a_code_the_requester_may_not_be_told_stands_nowhere_in_what_leaves(
    tmp_path: Path,
) -> None:
    area = {"page": 1, "rect": line(1).as_list(), "code": "SW11"}
    page = {"page": 2, "code": "CT2", "disclose_use_to_requester": False}
    documents = [
        {
            "file": "files/a.pdf",
            "title": "Home visit",
            "areas": [{**area, "disclose_use_to_requester": False}],
            "withheld_pages": [page],
        }
    ]
    out = tmp_path / "out"
    result = run(case_in(tmp_path / "case", documents=documents), out)
    assert result.exit_code == 0, result.output
    told = " ".join(text_of(out / "bundle.pdf"))
    for text in (told, (out / "schedule.csv").read_text("utf-8-sig")):
        assert "SW11" not in text
        assert "CT2" not in text
        assert "harm someone badly" not in text
        assert "crime" not in text
        assert NEUTRAL_CODE in text
    assert "The law says that we may not, or need not, share this." in " ".join(told.split())
    assert "SW11" not in (out / "certificate.json").read_text("utf-8")
