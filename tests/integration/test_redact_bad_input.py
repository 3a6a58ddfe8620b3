"""Whatever goes in and whenever it is killed: a promised exit, a sentence, no leavings."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from click.testing import CliRunner, Result

from sar.cli.redact import command
from tests.corpus.redaction_pages import AREA, CASES, SECRETS, Sheet

_ROOT = Path(__file__).resolve().parents[2]
_START = "import sys; sys.argv[0] = 'sar'; from sar.cli.main import main; main()"
_AREA = {"page": 1, "rect": AREA.as_list(), "code": "TP16"}
_KNOWN = (0, 3, 4, 5)


def _run(folder: Path, source: bytes, plan: object) -> tuple[Result, Path]:
    given, out, told = (folder / name for name in ("in.pdf", "out.pdf", "plan.json"))
    given.write_bytes(source)
    told.write_text(plan if isinstance(plan, str) else json.dumps(plan))
    out.write_bytes(b"left from another time")
    return CliRunner().invoke(command, [str(given), str(out), "--plan", str(told)]), out


def _page(wide: float, high: float, content: bytes) -> bytes:
    sheet = Sheet().draw(content)
    sheet.page.obj.MediaBox = pikepdf.Array([0, 0, wide, high])
    return sheet.bytes()


@pytest.fixture(scope="module")
def ordinary() -> bytes:
    return CASES["shown-at-once"].build(SECRETS[0])


@pytest.mark.parametrize(
    ("rect", "code"),
    [
        ([0, 0, 0, 0], 5),
        ([10, 10, 10, 50], 5),
        ([-500, -500, -400, -400], 5),
        ([900, 900, 950, 950], 5),
        (["1", 2, 3, 4], 5),
        ([1, 2, 3, None], 5),
        ([1, 2, 3, True], 5),
        ([-1e9, -1e9, 1e9, 1e9], 0),
        ([350, 280, 4000, 4000], 0),
        ([10, 10, 10.0001, 10.0001], 0),
    ],
)
def test_an_area_is_cut_to_its_page_or_refused(
    rect: list[object], code: int, ordinary: bytes, tmp_path: Path
) -> None:
    result, out = _run(tmp_path, ordinary, {"areas": [{**_AREA, "rect": rect}]})
    assert result.exit_code == code, result.output
    assert out.exists() == (code == 0)
    assert code == 0 or result.output.strip()


@pytest.mark.parametrize(
    "plan",
    [
        '{"areas": [{"page": 1, "rect": [NaN, 1, 9, 9], "code": "TP16"}]}',
        '{"areas": [{"page": 1, "rect": [1, 1, Infinity, 9], "code": "TP16"}]}',
        '{"areas": [{"page": 1, "rect": [1, 1, 1e999, 9], "code": "TP16"}]}',
        '{"areas": [{"page": 1e99, "rect": [1, 1, 9, 9], "code": "TP16"}]}',
        '{"areas": [{"page": 0, "rect": [1, 1, 9, 9], "code": "TP16"}]}',
        '{"areas": [{"page": true, "rect": [1, 1, 9, 9], "code": "TP16"}]}',
        '{"withheld_pages": [{"page": 2, "code": "TP16"}]}',
        '{"never": "one text"}',
        "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
        "[" * 100_000,
        "",
    ],
)
def test_a_plan_that_means_nothing_is_refused(plan: str, ordinary: bytes, tmp_path: Path) -> None:
    result, out = _run(tmp_path, ordinary, plan)
    assert result.exit_code == 5, result.output
    assert result.output.strip()
    assert not out.exists()


def test_fifty_areas_over_one_another_become_one_mark(ordinary: bytes, tmp_path: Path) -> None:
    areas = [
        {**_AREA, "rect": [AREA.x0 + at / 9, AREA.y0, AREA.x1 + at / 9, AREA.y1]}
        for at in range(50)
    ]
    result, _ = _run(tmp_path, ordinary, {"areas": areas, "never": [SECRETS[0]]})
    assert result.exit_code == 0, result.output


def test_a_file_is_never_written_over_what_is_read(ordinary: bytes, tmp_path: Path) -> None:
    given, plan = tmp_path / "in.pdf", tmp_path / "plan.json"
    given.write_bytes(ordinary)
    plan.write_text(json.dumps({"areas": [_AREA]}))
    for out in (given, plan):
        result = CliRunner().invoke(command, [str(given), str(out), "--plan", str(plan)])
        assert result.exit_code == 5
    assert given.read_bytes() == ordinary
    assert json.loads(plan.read_text()) == {"areas": [_AREA]}


@pytest.mark.parametrize("name", ["no-such-folder/out.pdf", "a-folder"])
def test_a_place_that_cannot_be_written_is_told(name: str, ordinary: bytes, tmp_path: Path) -> None:
    (tmp_path / "a-folder").mkdir()
    given, plan, out = tmp_path / "in.pdf", tmp_path / "plan.json", tmp_path / name
    given.write_bytes(ordinary)
    plan.write_text("{}")
    result = CliRunner().invoke(command, [str(given), str(out), "--plan", str(plan)])
    assert result.exit_code in {3, 5}, result.output
    assert "cannot be written" in result.output or "could not be written" in result.output


def test_a_page_of_one_metre_is_redacted(tmp_path: Path) -> None:
    text = f"BT /F1 12 Tf 100 170 Td ({SECRETS[0]}) Tj ET".encode()
    area = {**_AREA, "rect": [96, 2835 - 184, 260, 2835 - 166]}
    result, out = _run(tmp_path, _page(2835, 2835, text), {"areas": [area], "never": [SECRETS[0]]})
    assert result.exit_code == 0, result.output
    with pikepdf.open(out) as pdf:
        assert [float(edge) for edge in pdf.pages[0].mediabox] == [0, 0, 2835, 2835]


@pytest.mark.parametrize("content", [b"q " * 50_000, b"0 0 m " * 100_000, b"BT " * 20_000])
def test_a_page_of_very_many_operators_ends_as_promised(content: bytes, tmp_path: Path) -> None:
    result, out = _run(tmp_path, _page(400, 300, content), {"areas": [_AREA]})
    assert result.exit_code in _KNOWN, result.output
    assert out.exists() == (result.exit_code == 0)


def test_a_file_without_pages_cannot_be_read(tmp_path: Path) -> None:
    source = tmp_path / "none.pdf"
    with pikepdf.new() as pdf:
        pdf.save(source)
    result, out = _run(tmp_path, source.read_bytes(), {})
    assert (result.exit_code, out.exists()) == (4, False)
    assert "no pages" in result.output


@pytest.mark.parametrize("password", ["", "reader"])
def test_a_password_of_the_owner_is_no_hindrance_one_of_readers_is(
    password: str, ordinary: bytes, tmp_path: Path
) -> None:
    source = tmp_path / "locked.pdf"
    (tmp_path / "open.pdf").write_bytes(ordinary)
    with pikepdf.open(tmp_path / "open.pdf") as pdf:
        pdf.save(source, encryption=pikepdf.Encryption(owner="owner", user=password))
    result, _ = _run(tmp_path, source.read_bytes(), {"areas": [_AREA], "never": [SECRETS[0]]})
    assert result.exit_code == (4 if password else 0), result.output
    assert not password or "password" in result.output


@pytest.mark.skipif(shutil.which("bwrap") is None, reason="a small disk is made with bubblewrap")
@pytest.mark.parametrize("room", [4_096, 12_288, 20_480])
def test_a_full_disk_is_told_and_leaves_nothing(room: int, ordinary: bytes, tmp_path: Path) -> None:
    small = tmp_path / "small"
    small.mkdir()
    (tmp_path / "in.pdf").write_bytes(ordinary)
    (tmp_path / "plan.json").write_text(json.dumps({"areas": [_AREA]}))
    disk = ["bwrap", "--dev-bind", "/", "/", "--size", str(room), "--tmpfs", str(small), "--"]
    ended = subprocess.run(
        [*disk, *_command(tmp_path)], env=_environment(small), capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    if "bwrap" in ended.stderr:
        pytest.skip("bubblewrap does not work here")
    assert ended.returncode in {3, 4}, ended.stderr
    assert "room" in ended.stderr or "space" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert not (tmp_path / "out.pdf").exists()


@pytest.mark.parametrize("step", ["source.pdf", "prepared.pdf", "out.pdf"])
def test_a_run_killed_at_any_step_leaves_neither_a_result_nor_a_copy(
    step: str, ordinary: bytes, tmp_path: Path
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    (tmp_path / "in.pdf").write_bytes(ordinary)
    (tmp_path / "plan.json").write_text(json.dumps({"areas": [_AREA]}))
    running = subprocess.Popen(
        _command(tmp_path),
        env=_environment(scratch),
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    while running.poll() is None and not list(scratch.glob(f"*/{step}")):
        time.sleep(0.002)
    assert running.poll() is None, "it ended before it could be killed"
    os.killpg(running.pid, signal.SIGKILL)
    running.communicate()
    ends_at = time.monotonic() + 20
    while list(scratch.iterdir()) and time.monotonic() < ends_at:
        time.sleep(0.05)
    assert list(scratch.iterdir()) == []
    assert {path.name for path in tmp_path.iterdir()} == {"in.pdf", "plan.json", "scratch"}


def _command(folder: Path) -> list[str]:
    files = [str(folder / name) for name in ("in.pdf", "out.pdf", "plan.json")]
    return [sys.executable, "-c", _START, "redact", files[0], files[1], "--plan", files[2]]


def _environment(scratch: Path) -> dict[str, Any]:
    return {**os.environ, "TMPDIR": str(scratch), "PYTHONPATH": str(_ROOT)}
