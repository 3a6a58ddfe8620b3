"""Prepares PDFs as taking a record in does: `python -m bench.prepare_files FILE... OUT_DIR`."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from sar.documents.tools import Limits, call

_LIMITS = Limits(seconds=600, memory_mb=3072, processes=96, output_mb=2048)  # as ingest.py


def prepare_files(sources: Sequence[Path], out: Path, workers: int = 1) -> None:
    """Writes the prepared form of each file, under its own name, into out."""
    out.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(workers) as pool:
        for _ in pool.map(lambda source: _prepare(source, out / source.name), sources):
            pass


def _prepare(source: Path, out: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        scratch = Path(name)
        shutil.copyfile(source, scratch / "source.pdf")
        call("prepare", scratch, {"source": "source.pdf", "out": "out.pdf"}, _LIMITS)
        shutil.move(scratch / "out.pdf", out)


if __name__ == "__main__":
    prepare_files([Path(each) for each in sys.argv[1:-1]], Path(sys.argv[-1]))
