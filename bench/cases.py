"""The cases of the bench on disk, as they came and as they were taken in; made once, then kept."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from bench.prepare_files import prepare_files
from bench.workload import make_case


def case_of(size: str, folder: Path) -> Path:
    """The folder of the case of this size, its files as they came."""
    case = folder / f"case-{size}"
    if not (case / "truth.json").exists():
        shutil.rmtree(case, ignore_errors=True)
        make_case(size, case)
    return case


def prepared_case_of(size: str, folder: Path) -> Path:
    """The folder of the same case with its files taken in."""
    case, prepared = case_of(size, folder), folder / f"prepared-{size}"
    if not (prepared / "case.json").exists():
        data = read_case(case)
        for document in data["documents"]:
            document["is_prepared"] = True
        missing = [case / each["file"] for each in data["documents"]]
        missing = [path for path in missing if not (prepared / path.name).exists()]
        prepare_files(missing, prepared, workers=2)
        write_case(prepared, data)
    return prepared


def read_case(case: Path) -> dict[str, Any]:
    """What `case.json` says."""
    data = json.loads((case / "case.json").read_text())
    assert isinstance(data, dict)
    return data


def write_case(case: Path, data: dict[str, Any]) -> None:
    """Writes `case.json`."""
    (case / "case.json").write_text(json.dumps(data))
