"""Taking ordinary reports in: normalised, distilled, audited pages a second of processor."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pikepdf

from bench.cases import case_of
from bench.figure import Figure
from bench.measure import measure

_SAMPLE = 12  # reports


def figures(folder: Path, repeat: int) -> Iterator[Figure]:
    """The pages a second of processor, in the sandbox, one process."""
    reports = sorted(case_of("S", folder).glob("*-report.pdf"))[:_SAMPLE]
    pages = sum(_pages(path) for path in reports)
    command = [sys.executable, "-m", "bench.prepare_files", *reports]
    used = [measure([*command, folder / "prepared-sample"], Path.cwd()) for _ in range(repeat)]
    cpu = median(each.cpu for each in used)
    yield Figure(
        "ingest of reports, pages a CPU second",
        pages / cpu,
        10,
        40,
        is_floor=True,
        detail=f"{pages} pages",
    )


def _pages(path: Path) -> int:
    with pikepdf.open(path) as pdf:
        return len(pdf.pages)
