"""What a running program and everything it started use: memory, processes, bytes written."""

from __future__ import annotations

import os
from collections import defaultdict
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
    memory, children = _processes()
    family, waiting = [], [pid]
    while waiting:
        current = waiting.pop()
        if current in memory:
            family.append(current)
            waiting.extend(children[current])
    return Usage(sum(memory[each] for each in family), len(family), size_of(scratch))


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


def _processes() -> tuple[dict[int, int], dict[int, list[int]]]:
    memory: dict[int, int] = {}
    children: dict[int, list[int]] = defaultdict(list)
    for name in os.listdir("/proc"):  # noqa: PTH208  # ten times a second: names are enough
        if name.isdigit() and (found := _stat(name)) is not None:
            parent, resident = found
            memory[int(name)] = resident
            children[parent].append(int(name))
    return memory, children


def _stat(name: str) -> tuple[int, int] | None:
    try:
        text = Path("/proc", name, "stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    fields = text.rpartition(")")[2].split()  # the program's name may hold anything
    return int(fields[1]), int(fields[21]) * _PAGE
