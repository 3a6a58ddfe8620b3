import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import create_engine, text

from sar.cli.main import main

Sar = Callable[..., Result]


@pytest.fixture
def sar(tmp_path: Path) -> Sar:
    def invoked(*arguments: str, **env: str) -> Result:
        folders = {"SAR_DATA_DIR": str(tmp_path / "data"), "SAR_KEYS_DIR": str(tmp_path / "keys")}
        return CliRunner().invoke(main, arguments, env={**folders, **env})

    return invoked


def counted(folder: Path, table: str) -> int:
    engine = create_engine(f"sqlite:///{folder / 'data' / 'desk.sqlite3'}")
    with engine.connect() as connection:
        count = connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()
    engine.dispose()
    return int(count)


def test_a_first_start_makes_people_and_a_case_with_its_records(sar: Sar, tmp_path: Path) -> None:
    result = sar("init")
    assert result.exit_code == 0, result.output
    assert "from nothing to" in result.output
    assert counted(tmp_path, "case_file") == 1
    assert counted(tmp_path, "record") >= 26
    assert counted(tmp_path, "job") >= 26
    held = (tmp_path / "keys" / "sign-in.txt").read_text()
    passwords = re.findall(r"@desk\.example\s+(\S+)", held)
    assert len(set(passwords)) == len(passwords) == counted(tmp_path, "user_account")
    assert all(len(password) >= 15 for password in passwords)
    assert (tmp_path / "keys" / "sign-in.txt").stat().st_mode & 0o777 == 0o600
    assert not any(password in result.output for password in passwords)


def test_a_second_start_changes_nothing_and_keeps_the_passwords(sar: Sar, tmp_path: Path) -> None:
    sar("init")
    held = (tmp_path / "keys" / "sign-in.txt").read_text()
    again = sar("init")
    assert again.exit_code == 0
    assert "has the newest tables" in again.output
    assert (tmp_path / "keys" / "sign-in.txt").read_text() == held
    assert counted(tmp_path, "case_file") == 1


def test_no_two_desks_share_a_password_or_a_key(sar: Sar, tmp_path: Path) -> None:
    sar("init")
    other = {"SAR_DATA_DIR": str(tmp_path / "b/data"), "SAR_KEYS_DIR": str(tmp_path / "b/keys")}
    sar("init", **other)
    for name in ("sign-in.txt", "session.key", "rbkc/current"):
        one, two = tmp_path / "keys" / name, tmp_path / "b" / "keys" / name
        assert one.read_bytes() != two.read_bytes(), name


def test_the_family_can_be_left_out(sar: Sar, tmp_path: Path) -> None:
    result = sar("init", "--no-demonstration", "--json")
    newest = max(path.name[:4] for path in Path("migrations/versions").glob("[0-9]*.py"))
    assert json.loads(result.stdout) == {"revision_before": None, "revision": newest}
    assert counted(tmp_path, "user_account") == 0
    assert counted(tmp_path, "controller") == 2


def test_wrong_settings_end_in_sentences_and_not_in_a_trace(sar: Sar) -> None:
    result = sar("init", SAR_PORT="eighty", SAR_ENV="live")
    assert result.exit_code == 1
    assert "SAR_PORT is “eighty”" in result.output
    assert "SAR_ENV is “live”" in result.output
    assert "Traceback" not in result.output


def test_a_lost_council_key_stops_the_start_and_is_not_replaced(sar: Sar, tmp_path: Path) -> None:
    sar("init")
    shutil.rmtree(tmp_path / "keys" / "wcc")
    result = sar("init")
    assert result.exit_code == 1
    assert "lacks a key of WCC" in result.output
    assert not (tmp_path / "keys" / "wcc").exists()
