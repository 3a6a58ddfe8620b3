"""Bundles, cold and after a change, beside the usual program and beside qpdf."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median

import pypdfium2

from bench.cases import case_of, prepared_case_of, read_case, write_case
from bench.figure import Figure
from bench.measure import Used, measure

_USUAL = Path(__file__).parent / ".venv" / "bin" / "python"
_USUAL_PROGRAM = Path(__file__).with_name("usual_program.py")
_HERE = Path.cwd()


def figures(folder: Path, repeat: int) -> Iterator[Figure]:
    """A case of 2,000 pages: cold, on one worker and two, beside the usual program."""
    ours, usual, double = [], [], []
    prepared, case = prepared_case_of("M", folder), case_of("M", folder)
    for _ in range(repeat):
        ours.append(_cold(prepared, folder, workers=1))
        double.append(_cold(prepared, folder, workers=2))
        if _USUAL.exists():
            command = [_USUAL, _USUAL_PROGRAM, case, folder / "usual.pdf"]
            usual.append(measure(command, _HERE))
    cpu = _median_cpu(ours)
    if usual:
        detail = f"{cpu:.1f} s against {_median_cpu(usual):.1f} s"
        yield Figure(
            "cold M, CPU, against the usual program",
            cpu / _median_cpu(usual),
            2.0,
            0.4,
            detail=detail,
        )
    else:
        yield Figure("cold M, CPU seconds (no usual program: see bench/README.md)", cpu)
    wall = median(each.wall for each in double) / median(each.wall for each in ours)
    yield Figure("cold M on two workers against one, wall", wall, 0.65, 0.52)
    yield from _quality("M", folder)
    yield from _repeats(prepared, folder)


def large_figures(folder: Path, size: str, repeat: int) -> Iterator[Figure]:
    """A case of 10,000 pages or more: cost a page, memory, and one area changed."""
    prepared, case = prepared_case_of(size, folder), case_of(size, folder)
    small = _cold(prepared_case_of("M", folder), folder, workers=1)
    cold = _cold(prepared, folder, workers=1)
    ratio = (cold.cpu / _pages(size)) / (small.cpu / _pages("M"))
    yield Figure(f"CPU a page, {size} against M", ratio, 1.2, 1.05, detail=f"{cold.cpu:.0f} s")
    yield Figure(f"peak memory at {size}, MB", cold.peak_mb, 400, 150)
    changed, merged = [], []
    for number in range(repeat):
        _change_one_area(prepared, number)
        changed.append(_assemble(prepared, folder, workers=1))
        merged.append(_merge(case, folder))
    ratio = median(each.wall for each in changed) / median(each.wall for each in merged)
    detail = f"{median(each.wall for each in changed):.1f} s"
    yield Figure(f"one area changed on {size}, wall, against qpdf", ratio, 0.5, 0.12, detail=detail)
    yield from _quality(size, folder)


def _pages(size: str) -> int:
    return {"S": 200, "M": 2_000, "L": 10_000, "XL": 20_000}[size]


def _median_cpu(used: Sequence[Used]) -> float:
    return median(each.cpu for each in used)


def _cold(case: Path, folder: Path, *, workers: int) -> Used:
    shutil.rmtree(folder / "cache", ignore_errors=True)
    return _assemble(case, folder, workers=workers)


def _assemble(case: Path, folder: Path, *, workers: int) -> Used:
    out = folder / "out"
    command = [Path(sys.executable).with_name("sar"), "assemble", case, out]
    return measure([*command, "--workers", str(workers), "--cache", folder / "cache"], _HERE)


def _merge(case: Path, folder: Path) -> Used:
    files = [case / each["file"] for each in read_case(case)["documents"]]
    return measure(["qpdf", "--empty", "--pages", *files, "--", folder / "merged.pdf"], _HERE)


def _change_one_area(case: Path, number: int) -> None:
    data = read_case(case)
    document = [each for each in data["documents"] if each["areas"]][number]
    document["areas"][0]["code"] = "NPD" if document["areas"][0]["code"] != "NPD" else "TP16"
    write_case(case, data)


def _quality(size: str, folder: Path) -> Iterator[Figure]:
    """What stands in the bundle that must not, and what is missing from it, by pdfium's text."""
    truth = json.loads((case_of(size, folder) / "truth.json").read_text())
    volumes = sorted((folder / "out").glob("bundle*.pdf"))
    words = set().union(*(_words(path) for path in volumes))
    yield Figure("words left under areas", len(words & set(truth["secrets"])), 0, 0)
    lost = set(truth["kept"]) - words - _withheld(size, folder)
    share = 10_000 * len(lost) / max(1, len(truth["kept"]))
    yield Figure("kept words lost, in 10,000", share, 1, 0, detail=f"of {len(truth['kept']):,}")
    sources = sum(path.stat().st_size for path in case_of(size, folder).glob("*.pdf"))
    written = sum(path.stat().st_size for path in volumes)
    yield Figure("output bytes against source bytes", written / sources, 1.1, 1.0)


def _words(path: Path) -> set[str]:
    pdf = pypdfium2.PdfDocument(path)
    try:
        return {word for page in pdf for word in page.get_textpage().get_text_range().split()}
    finally:
        pdf.close()


def _withheld(size: str, folder: Path) -> set[str]:
    """Words on pages that are withheld whole."""
    case = case_of(size, folder)
    found: set[str] = set()
    for document in read_case(case)["documents"]:
        pdf = pypdfium2.PdfDocument(case / document["file"])
        for page in document["withheld_pages"]:
            found |= set(pdf[page["page"] - 1].get_textpage().get_text_range().split())
        pdf.close()
    return found


def _repeats(case: Path, folder: Path) -> Iterator[Figure]:
    """Whether the same inputs give the same bytes, and how much a change of one area compiles."""
    _cold(case, folder, workers=1)
    first = (folder / "out" / "bundle.pdf").read_bytes()
    _cold(case, folder, workers=2)
    yield Figure(
        "same inputs, other bytes", first != (folder / "out" / "bundle.pdf").read_bytes(), 0, 0
    )
    _change_one_area(case, 0)
    _assemble(case, folder, workers=1)
    summary = json.loads((folder / "out" / "summary.json").read_text())
    compiled = len(read_case(case)["documents"]) - summary["cached_documents"]
    yield Figure("documents compiled after one area changed", compiled, 1, 1)
