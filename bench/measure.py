"""Runs a command and tells what it and everything it started used."""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_PR_SET_CHILD_SUBREAPER = 36


@dataclass(frozen=True)
class Used:
    """Seconds of processor and of the clock on the wall; megabytes of the largest process."""

    cpu: float
    wall: float
    peak_mb: float


class CommandError(Exception):
    """A measured command ended badly; the text is the end of what it said."""


def measure(command: Sequence[str | Path], cwd: Path) -> Used:
    """What a command used.

    It runs under a process of its own, so that what earlier commands used is not counted with it.

    Raises:
        CommandError: the command did not end with 0.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        os.write(writing, _measured(command, cwd).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as told:
        answer = told.read()
    os.waitpid(child, 0)
    kind, _, rest = answer.partition(" ")
    if kind != "used":
        raise CommandError(f"{command[0]}: {rest[-2000:]}")
    cpu, wall, peak = (float(value) for value in rest.split())
    return Used(cpu, wall, peak)


def _measured(command: Sequence[str | Path], cwd: Path) -> str:
    _adopt_orphans()
    start = time.perf_counter()
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, capture_output=True, text=True, check=False
    )
    wall = time.perf_counter() - start
    with contextlib.suppress(ChildProcessError):
        while True:
            os.wait()
    if done.returncode:
        return f"failed exit {done.returncode}: {done.stdout}{done.stderr}"[:60_000]
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return f"used {used.ru_utime + used.ru_stime} {wall} {used.ru_maxrss / 1024}"


def _adopt_orphans() -> None:
    """Waits for what the sandbox leaves behind too: what it used counts all the same."""
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
