from __future__ import annotations

import json
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner, Result

from sar.cli.redact import command
from tests.corpus.redaction_pages import AREA, CASES, SECRETS, Sheet

_PLAN = {"areas": [{"page": 1, "rect": AREA.as_list(), "code": "TP16"}]}


def _run(folder: Path, source: bytes, plan: object) -> tuple[Result, Path, Path]:
    given, out, certificate = (folder / name for name in ("in.pdf", "out.pdf", "certificate.json"))
    given.write_bytes(source)
    out.write_bytes(b"left from another time")
    (folder / "plan.json").write_text(json.dumps(plan))
    arguments = [str(given), str(out), "--plan", str(folder / "plan.json")]
    result = CliRunner().invoke(command, [*arguments, "--certificate", str(certificate)])
    return result, out, certificate


def test_a_verified_file_is_written_with_its_certificate(tmp_path: Path) -> None:
    result, out, certificate = _run(tmp_path, CASES["shown-at-once"].build(SECRETS[0]), _PLAN)
    assert result.exit_code == 0, result.output
    with pikepdf.open(out) as pdf:
        assert len(pdf.pages) == 1
    held = json.loads(certificate.read_text())
    assert held["verified"] is True
    assert held["pages"] == [
        {"page": 1, "fate": "disclosed-in-part", "picture": False, "reason": None}
    ]
    (mark,) = held["marks"]
    assert set(mark) == {"page", "rect", "code", "width_visible"}
    assert SECRETS[0].split()[0] not in certificate.read_text()


def test_an_unreadable_file_ends_with_4_and_a_sentence(tmp_path: Path) -> None:
    result, out, _ = _run(tmp_path, b"nothing like a PDF", _PLAN)
    assert result.exit_code == 4
    assert "damaged" in result.output
    assert not out.exists()


@pytest.mark.parametrize(
    "plan",
    [
        [],
        {"areas": [{"page": 9, "rect": [1, 1, 9, 9], "code": "TP16"}]},
        {"areas": [{"page": 1, "rect": [900, 1, 990, 9], "code": "TP16"}]},
        {"areas": [{"page": 1, "rect": [1, 1, 9], "code": "TP16"}]},
        {"areas": [], "colour": "red"},
    ],
)
def test_a_bad_plan_ends_with_5(plan: object, tmp_path: Path) -> None:
    result, out, _ = _run(tmp_path, CASES["shown-at-once"].build(SECRETS[0]), plan)
    assert result.exit_code == 5, result.output
    assert not out.exists()


def test_a_forbidden_text_left_on_a_page_ends_with_3_and_no_file(tmp_path: Path) -> None:
    sheet = Sheet().draw(f"BT /F1 12 Tf 40 100 Td (Also {SECRETS[0]}) Tj ET")
    result, out, _ = _run(tmp_path, sheet.bytes(), {**_PLAN, "never": [SECRETS[0]]})
    assert result.exit_code == 3
    assert "Page 1" in result.output
    assert not out.exists()
