import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from sar.documents import sandbox, tools
from sar.documents.errors import DocumentError, DocumentFault
from sar.documents.sandbox import environment, interpreter
from sar.documents.tools import Limits, call, is_isolated, run
from tests.integration.listening import listener

__all__ = ["listener"]

pytestmark = pytest.mark.skipif(
    not is_isolated(), reason="this kernel gives no namespaces, so there is no sandbox to test"
)


@pytest.fixture
def scratch(tmp_path: Path) -> Path:
    folder = tmp_path / "scratch"
    folder.mkdir()
    return folder


def python(program: str, scratch: Path, limits: Limits = sandbox.DEFAULT_LIMITS) -> tools.Finished:
    return run([interpreter(), "-c", program], scratch=scratch, limits=limits)


def outcome(argv: list[str], scratch: Path, limits: Limits) -> DocumentFault | None:
    """How a run ended: a fault of its own, TOO_BIG when the kernel stopped it, None when well."""
    try:
        finished = run(argv, scratch=scratch, limits=limits)
    except DocumentError as error:
        return error.fault
    return DocumentFault.TOO_BIG if finished.returncode else None


def test_a_program_runs_and_its_output_comes_back(scratch: Path) -> None:
    finished = run(["cat"], scratch=scratch, stdin=b"hello")
    assert (finished.returncode, finished.stdout) == (0, b"hello")


def test_files_written_in_scratch_are_kept(scratch: Path) -> None:
    run(["sh", "-c", "echo kept > note; pwd"], scratch=scratch)
    assert (scratch / "note").read_text() == "kept\n"


@pytest.mark.parametrize("target", ["127.0.0.1", "localhost", "10.0.0.1", "::1"])
def test_nothing_reaches_the_network(
    scratch: Path, listener: tuple[int, list[object]], target: str
) -> None:
    port, hits = listener
    with socket.create_connection(("127.0.0.1", port)):
        pass
    deadline = time.monotonic() + 5
    while not hits and time.monotonic() < deadline:
        time.sleep(0.01)
    assert len(hits) == 1, "the listener itself must work"
    finished = python(f"import socket; socket.create_connection(({target!r}, {port}), 3)", scratch)
    assert finished.returncode != 0
    assert len(hits) == 1


def test_no_other_file_can_be_read(scratch: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("another case")
    for path in (secret, Path.home(), Path("/etc/passwd"), Path("/var/log"), Path.cwd() / "docs"):
        assert run(["cat", str(path)], scratch=scratch).returncode != 0
        assert run(["ls", str(path / "x")], scratch=scratch).returncode != 0
    link = scratch / "link"
    link.symlink_to(secret)
    assert b"another case" not in run(["cat", "link"], scratch=scratch).stdout


@pytest.mark.parametrize("path", ["/x", "/usr/x", "/etc/x", "/dev/x"])
def test_nothing_else_can_be_written(scratch: Path, path: str) -> None:
    assert run(["sh", "-c", f"echo x > {path}"], scratch=scratch).returncode != 0


def test_our_own_code_can_be_read_and_not_changed(scratch: Path) -> None:
    code = Path(tools.__file__)
    assert run(["cat", str(code)], scratch=scratch).returncode == 0
    assert run(["sh", "-c", f"echo x >> {code}"], scratch=scratch).returncode != 0


def test_nothing_of_the_environment_is_inherited(
    scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET_KEY", "canary")
    finished = run(["env"], scratch=scratch)
    assert b"canary" not in finished.stdout
    assert set(environment(scratch)) >= {
        line.partition("=")[0] for line in finished.stdout.decode().split()
    } - {"PWD", "_", "SHLVL"}


def test_other_processes_cannot_be_seen(scratch: Path) -> None:
    shown = run(["sh", "-c", "ls -d /proc/[0-9]*"], scratch=scratch).stdout.split()
    assert 0 < len(shown) < 10


def test_no_power_can_be_gained(scratch: Path) -> None:
    status = run(["cat", "/proc/self/status"], scratch=scratch).stdout.decode()
    powers = {line.split()[0]: line.split()[1] for line in status.splitlines() if "Cap" in line}
    assert set(powers.values()) == {"0" * 16}
    assert "NoNewPrivs:\t1" in status
    assert run(["unshare", "-Ur", "true"], scratch=scratch).returncode != 0


def test_a_program_that_hangs_is_stopped_with_all_it_started(scratch: Path) -> None:
    start = time.monotonic()
    with pytest.raises(DocumentError) as caught:
        run(
            ["sh", "-c", "sleep 987 & setsid sleep 987 & sleep 987"],
            scratch=scratch,
            limits=Limits(seconds=1),
        )
    assert caught.value.fault is DocumentFault.TIMED_OUT
    assert time.monotonic() - start < 30
    time.sleep(0.2)
    assert "987" not in " ".join(_command_lines())


def test_a_fork_bomb_is_contained(scratch: Path) -> None:
    program = "import os\nwhile True:\n    os.fork()"
    limits = Limits(seconds=20, processes=40)
    assert outcome(["python3", "-c", program], scratch, limits) is DocumentFault.TOO_BIG


def test_memory_is_limited_for_one_process_and_for_all_together(scratch: Path) -> None:
    limits = Limits(seconds=60, memory_mb=200)
    alone = "x = bytearray(4 << 30)"
    assert b"MemoryError" in python(alone, scratch, limits).stderr
    together = (
        "import os, time\nfor _ in range(4):\n    if not os.fork():\n"
        "        x = b'x' * (90 << 20); time.sleep(50)\ntime.sleep(50)"
    )
    with pytest.raises(DocumentError) as caught:
        python(together, scratch, limits)
    assert caught.value.fault is DocumentFault.TOO_BIG


@pytest.mark.parametrize(
    "command",
    ["yes", "yes > big", "while :; do i=$((i+1)); head -c 1000000 /dev/zero > $i; done"],
)
def test_output_is_limited_on_every_way_out(scratch: Path, command: str) -> None:
    limits = Limits(seconds=60, output_mb=20)
    assert outcome(["bash", "-c", command], scratch, limits) is DocumentFault.TOO_BIG
    written = sum(each.stat().st_size for each in scratch.iterdir())
    assert written < 500 << 20


def test_a_missing_program_is_named(scratch: Path) -> None:
    with pytest.raises(DocumentError, match="no-such-program") as caught:
        run(["no-such-program"], scratch=scratch)
    assert caught.value.fault is DocumentFault.TOOL_MISSING


def test_a_step_answers_over_the_border(scratch: Path) -> None:
    (scratch / "a file").write_text("x")
    assert call("echo", scratch, {"word": "Zoë"}) == {"word": "Zoë", "files": 1}


def test_a_fault_inside_is_raised_outside(scratch: Path) -> None:
    (scratch / "given").write_bytes(b"not a pdf")
    with pytest.raises(DocumentError) as caught:
        call("read", scratch, {"pdf": "given"})
    assert caught.value.fault is DocumentFault.CORRUPT
    assert caught.value.sentence.endswith(".")


def test_a_step_that_dies_ends_in_a_plain_sentence(scratch: Path) -> None:
    with pytest.raises(DocumentError) as caught:
        call("read", scratch, {})
    assert caught.value.fault is DocumentFault.CORRUPT
    assert "Traceback" not in caught.value.sentence


def test_the_mark_of_the_sandbox_cannot_be_faked_by_the_environment(
    scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAR_INSIDE", "1")
    assert run(["cat", "/etc/passwd"], scratch=scratch).returncode != 0


def test_a_program_started_inside_gets_no_more_than_its_starter_has(scratch: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from sar.documents.tools import Limits, run;"
        "more = Limits(seconds=3000, memory_mb=9000, processes=900, output_mb=9000);"
        "got = run(['sh', '-c', 'ulimit -v; ulimit -t'], scratch=Path('.'), limits=more);"
        "sys.stdout.buffer.write(got.stdout)"
    )
    finished = python(program, scratch, Limits(seconds=20, memory_mb=512, processes=20))
    assert finished.stdout.split() == [str((512 + 2048) << 10).encode(), b"41"]


def test_limits_hold_even_where_there_is_no_sandbox(
    scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tools, "is_isolated", lambda: False)
    assert run(["cat"], scratch=scratch, stdin=b"x").stdout == b"x"
    with pytest.raises(DocumentError) as caught:
        run(["sleep", "60"], scratch=scratch, limits=Limits(seconds=0.5))
    assert caught.value.fault is DocumentFault.TIMED_OUT


def _command_lines() -> Iterator[str]:
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            line = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue
        if line.startswith("sleep"):
            yield line
