"""The console script, run as a person runs it, on a desk of its own."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sar.cli.main import COMMANDS, main
from tests.holiday_file import holidays_with


@pytest.fixture
def sar(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):  # noqa: ANN201  # a way to run commands
    monkeypatch.setenv("SAR_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("SAR_KEYS_DIR", str(tmp_path / "keys"))

    def run(*words: str) -> Result:
        return CliRunner().invoke(main, list(words))

    assert run("init", "--no-demonstration").exit_code == 0
    return run


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_explains_itself(name: str) -> None:
    result = CliRunner().invoke(main, [name, "--help"])
    assert result.exit_code == 0, result.output
    assert "Usage:" in result.output


def test_a_new_member_of_staff_gets_a_password_nobody_chose(sar) -> None:  # noqa: ANN001
    words = ("--role", "officer", "--council", "WCC", "--json")
    first = sar("create-user", "ann@example.org", "--name", "Ann", *words)
    second = sar("create-user", "bea@example.org", "--name", "Bea", *words)
    assert (first.exit_code, second.exit_code) == (0, 0), first.output
    passwords = [json.loads(each.output)["password"] for each in (first, second)]
    assert len(set(passwords)) == 2
    assert min(map(len, passwords)) >= 20


def test_an_address_that_is_taken_is_refused_in_a_sentence(sar) -> None:  # noqa: ANN001
    words = (
        "create-user",
        "ann@example.org",
        "--name",
        "Ann",
        "--role",
        "admin",
        "--council",
        "WCC",
    )
    sar(*words)
    again = sar(*words)
    assert again.exit_code == 1
    assert "already has an account" in again.output


def test_a_team_member_needs_a_team_of_that_council(sar) -> None:  # noqa: ANN001
    words = ("create-user", "t@example.org", "--name", "T", "--role", "team-member", "--council")
    assert "belongs to a team" in sar(*words, "WCC").output
    assert "no service team" in sar(*words, "WCC", "--team", "nobody").output
    assert sar(*words, "WCC", "--team", "children-social-care").exit_code == 0


def test_a_chain_somebody_changed_is_found_broken(sar, tmp_path: Path) -> None:  # noqa: ANN001
    for name in ("a", "b", "c"):
        sar(
            "create-user",
            f"{name}@example.org",
            "--name",
            name,
            "--role",
            "admin",
            "--council",
            "WCC",
        )
    whole = sar("verify-audit", "--json")
    assert (whole.exit_code, json.loads(whole.output)["faults"]) == (0, [])
    with sqlite3.connect(next((tmp_path / "data").glob("*.sqlite3"))) as rows:
        rows.execute("UPDATE audit_event SET actor = 'somebody else' WHERE sequence = 2")
    rows.close()
    broken = sar("verify-audit")
    assert broken.exit_code == 3
    assert "Event 2 was changed after it was written." in broken.output


def test_a_new_list_of_bank_holidays_is_taken_once_and_nonsense_is_refused(
    sar,  # noqa: ANN001
    tmp_path: Path,
) -> None:
    path = tmp_path / "bank-holidays.json"
    missing = sar("holidays", str(path))
    assert (missing.exit_code, "cannot be read" in missing.output) == (1, True)
    path.write_bytes(b'{"scotland": {}}')
    refused = sar("holidays", str(path))
    assert (refused.exit_code, "no bank holidays of england" in refused.output) == (1, True)
    path.write_bytes(holidays_with("2034-06-05"))
    taken = sar("holidays", str(path), "--json")
    assert taken.exit_code == 0, taken.output
    assert json.loads(taken.output)["added"] == ["2034-06-05"]
    again = sar("holidays", str(path))
    assert (again.exit_code, "nothing that is not known" in again.output) == (1, True)
