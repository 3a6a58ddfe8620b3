import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SECONDS = 30


class Desk:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.notes = folder / "notes"
        self.log = folder / "log"
        self.started: list[subprocess.Popen[bytes]] = []

    def start(self, what: str = "works") -> subprocess.Popen[bytes]:
        module = [sys.executable, "-m", "tests.integration.supervised_main"]
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                [*module, str(self.folder / "data"), str(self.notes), what],
                cwd=ROOT,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.started.append(process)
        return process

    def start_until_ready(self, what: str = "works", programs: int = 2) -> subprocess.Popen[bytes]:
        process = self.start(what)
        until(lambda: "Ready" in self.said() and len(self.noted()) >= programs)
        return process

    def said(self) -> str:
        return self.log.read_text() if self.log.exists() else ""

    def noted(self) -> list[int]:
        return [int(line) for line in self.notes.read_text().split()] if self.notes.exists() else []

    def alive(self) -> list[int]:
        return [pid for pid in self.noted() if is_alive(pid)]


def is_alive(pid: int) -> bool:
    try:
        return ") Z" not in Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return False


def until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + SECONDS
    while not holds():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path)
    yield desk
    for process in desk.started:
        if process.poll() is None:
            process.kill()
            process.wait()
    for pid in desk.alive():
        os.kill(pid, signal.SIGKILL)


def test_everything_starts_says_so_and_stops_when_asked(desk: Desk) -> None:
    process = desk.start_until_ready()
    assert len(desk.alive()) == 2
    until(lambda: "first     | at work" in desk.said())
    process.send_signal(signal.SIGINT)
    assert process.wait(SECONDS) == 0
    assert desk.alive() == []
    assert "Stopped. Everything is kept." in desk.said()


def test_a_program_that_dies_is_started_again(desk: Desk) -> None:
    desk.start_until_ready()
    os.kill(desk.noted()[0], signal.SIGKILL)
    until(lambda: len(desk.noted()) == 3)
    until(lambda: len(desk.alive()) == 2)
    assert "first stopped by itself and will start again in 2 s." in desk.said()


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP])
def test_nothing_outlives_the_supervisor(desk: Desk, how: signal.Signals) -> None:
    process = desk.start_until_ready()
    process.send_signal(how)
    process.wait(SECONDS)
    until(lambda: desk.alive() == [])


def test_a_program_that_will_not_stop_is_ended_with_all_it_started(desk: Desk) -> None:
    process = desk.start_until_ready("stays", programs=3)
    process.send_signal(signal.SIGINT)
    assert process.wait(SECONDS) == 0
    assert desk.alive() == []
    assert "second did not stop in time" in desk.said()


def test_a_program_that_cannot_start_stops_the_rest_with_a_sentence(desk: Desk) -> None:
    assert desk.start("fails").wait(SECONDS) == 1
    assert "second could not start; its lines say why." in desk.said()
    assert "second    | no such thing" in desk.said()
    assert desk.alive() == []


def test_a_second_desk_on_the_same_data_is_refused_at_once(desk: Desk) -> None:
    desk.start_until_ready()
    begun = time.monotonic()
    assert desk.start().wait(SECONDS) == 1
    assert time.monotonic() - begun < 20, "it waited for programs that are not stopping"
    assert "A desk is already running on" in desk.said()
    assert len(desk.alive()) == 2


def test_the_same_data_can_be_used_again_after_a_sudden_end(desk: Desk) -> None:
    first = desk.start_until_ready()
    first.kill()
    first.wait()
    desk.start()
    until(lambda: desk.said().count("Ready") == 2)
    until(lambda: len(desk.alive()) == 2)
