"""`./run` on machines that lack something, played by programs of our own before the real ones."""

import os
import subprocess
from pathlib import Path

import pytest

RUN = Path(__file__).parents[2] / "run"


class Machine:
    """A folder of stand-ins that `./run` finds before anything else."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.heard = folder / "heard"
        self.program("dpkg-query", "exit 1")
        self.program("sudo", "exit 1")
        self.program("apt-get", f'echo "$*" >>{self.heard}; echo "no such package"; exit 100')

    def program(self, name: str, body: str) -> None:
        path = self.folder / name
        path.write_text(f"#!/bin/sh\n{body}\n")
        path.chmod(0o755)

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        env = {**os.environ, "PATH": f"{self.folder}:{os.environ['PATH']}"}
        return subprocess.run(
            [RUN, *arguments],
            capture_output=True,
            text=True,
            env=env,
            stdin=subprocess.DEVNULL,
            check=False,
        )


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_who_may_not_install_is_told_the_one_command(machine: Machine) -> None:
    machine.program("id", "echo 1000")
    done = machine.run("setup")
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "Type, as root: apt-get install bubblewrap poppler-utils" in done.stderr
    assert not machine.heard.exists()


def test_root_is_told_what_is_installed_and_why_it_failed(machine: Machine) -> None:
    machine.program("id", "echo 0")
    done = machine.run("setup")
    assert done.returncode == 1
    assert "Installing the Debian packages bubblewrap" in done.stdout
    assert "no such package" in done.stderr
    assert "Debian could not install them; the lines above say why." in done.stderr


def test_a_browser_is_installed_for_tests_only(machine: Machine) -> None:
    machine.program("id", "echo 1000")
    assert "chromium" not in machine.run("setup").stderr
    assert "chromium" in machine.run("test").stderr


def test_who_may_use_sudo_needs_no_root(machine: Machine) -> None:
    machine.program("id", "echo 1000")
    machine.program("sudo", f'echo "sudo $*" >>{machine.heard}; [ "$1" = -n ]')
    done = machine.run("setup")
    assert "Installing the Debian packages bubblewrap" in done.stdout
    assert machine.heard.read_text().splitlines() == ["sudo -n true", "sudo apt-get update"]


def test_a_word_it_does_not_know_gets_one_sentence(machine: Machine) -> None:
    done = machine.run("dance")
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "./run test tests it" in done.stderr


def test_it_is_a_plain_shell_script_that_names_no_package_index() -> None:
    script = RUN.read_text(encoding="utf-8")
    assert script.startswith("#!/bin/sh\n")
    assert subprocess.run(["/bin/sh", "-n", RUN], check=False).returncode == 0
    assert "://" not in script
