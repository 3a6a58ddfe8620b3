"""What a running program and everything it started use: memory, processes, bytes written."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

_PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True)
class Usage:
    """Resident bytes, number of processes, and bytes of files in the scratch folder."""

    memory: int
    processes: int
    written: int


def usage_of(pid: int, scratch: Path) -> Usage:
    """The use of process `pid` with all its descendants, and the size of scratch."""
    memory, count, waiting = 0, 0, [pid]
    while waiting:
        current = waiting.pop()
        resident = _resident(current)
        if resident is not None:
            memory, count = memory + resident, count + 1
            waiting += _children(current)
    return Usage(memory, count, size_of(scratch))


def size_of(folder: Path) -> int:
    """Bytes taken by the files in a folder and below; what vanishes meanwhile counts nothing."""
    total = 0
    waiting = [os.fspath(folder)]
    while waiting:
        try:
            with os.scandir(waiting.pop()) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
                    else:
                        total += entry.stat(follow_symlinks=False).st_blocks * 512
        except OSError:
            continue
    return total


def _resident(pid: int) -> int | None:
    try:
        return int(Path(f"/proc/{pid}/statm").read_bytes().split()[1]) * _PAGE
    except (OSError, IndexError):
        return None


def _children(pid: int) -> list[int]:
    """The processes that any thread of this one started."""
    found: list[int] = []
    try:
        for thread in os.listdir(f"/proc/{pid}/task"):  # noqa: PTH208  # names are enough
            children = Path(f"/proc/{pid}/task/{thread}/children").read_bytes()
            found += [int(each) for each in children.split()]
    except OSError:  # it ended meanwhile
        return found
    return found
