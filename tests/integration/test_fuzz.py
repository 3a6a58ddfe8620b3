"""Spoilt files and areas at random: `sar redact` ends as it promises, whatever it is given.

A short run is part of the tests. `make fuzz` runs for longer; SAR_FUZZ_FOLDER names a folder of
PDFs to use besides our own, SAR_FUZZ_ROUNDS how many rounds, SAR_FUZZ_SEED which.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from click.testing import CliRunner

from sar.cli.redact import command
from tests.corpus.leaks import leaks
from tests.corpus.mutations import MUTATIONS

SEED = int(os.environ.get("SAR_FUZZ_SEED") or random.SystemRandom().randrange(1 << 30))
ROUNDS = int(os.environ.get("SAR_FUZZ_ROUNDS") or 16)
_PROMISED = {0, 3, 4, 5}
_NEVER = "Zebedee Quillfeather"
_CODES = ("TP16", "LPP", "s40(2)")


@dataclass
class Tally:
    """How the rounds ended."""

    exits: Counter[int] = field(default_factory=Counter)
    whole: Counter[int] = field(default_factory=Counter)
    refusals: Counter[str] = field(default_factory=Counter)
    pages: int = 0
    pictures: int = 0

    def __str__(self) -> str:
        ends = ", ".join(f"exit {code}: {count}" for code, count in sorted(self.exits.items()))
        honest = ", ".join(f"exit {code}: {count}" for code, count in sorted(self.whole.items()))
        pictures = f"{self.pictures} of {self.pages} pages pictures"
        return f"seed {SEED}: {ends} ({honest} of files as they are); {pictures}{self._refused()}"

    def _refused(self) -> str:
        return "".join(f"\n  {count} x {why}" for why, count in self.refusals.most_common(9))


def _sources() -> list[bytes]:
    folder = os.environ.get("SAR_FUZZ_FOLDER")
    found = [path.read_bytes() for path in sorted(Path(folder).glob("*.pdf"))] if folder else []
    return found or [leak.pdf for leak in leaks(SEED)]


def _area(rng: random.Random) -> dict[str, Any]:
    x, y = rng.uniform(-10, 400), rng.uniform(-10, 300)
    wide, high = rng.choice(((0.3, 0.3), (40, 12), (120, 12), (300, 200), (1e5, 1e5)))
    rect: list[object] = [x, y, x + wide, y + high]
    if rng.random() < 0.02:
        rect[rng.randrange(4)] = rng.choice((float("nan"), float("inf"), None, "7", 0.0, -900.0))
    page = 1 if rng.random() < 0.98 else rng.choice((0, 2, 3, 10**9, -1, 1.5))
    return {"page": page, "rect": rect, "code": rng.choice(_CODES)}


def _plan(rng: random.Random) -> dict[str, Any]:
    plan: dict[str, Any] = {"areas": [_area(rng) for _ in range(rng.choice((0, 1, 3, 9)))]}
    if rng.random() < 0.5:
        plan["never"] = [_NEVER]
    if rng.random() < 0.1:
        plan["withheld_pages"] = [{"page": 1, "code": "LPP"}]
    return plan


@pytest.fixture(scope="module")
def tally() -> Tally:
    return Tally()


@pytest.mark.parametrize("number", range(ROUNDS))
def test_every_run_ends_as_promised(number: int, tally: Tally, tmp_path: Path) -> None:
    rng = random.Random(f"{SEED}-{number}")
    source, out, plan, certificate = (
        tmp_path / name for name in ("in.pdf", "out.pdf", "plan.json", "certificate.json")
    )
    mutation = rng.choice(list(MUTATIONS))
    source.write_bytes(MUTATIONS[mutation](rng.choice(_sources()), rng))
    plan.write_text(json.dumps(_plan(rng)))
    out.write_bytes(b"left by another run")
    result = CliRunner().invoke(
        command, [str(source), str(out), "--plan", str(plan), "--certificate", str(certificate)]
    )
    told = f"seed {SEED}, round {number}, {mutation}: {result.output}"
    assert result.exception is None or isinstance(result.exception, SystemExit), told
    assert result.exit_code in _PROMISED, told
    assert out.exists() == (result.exit_code == 0), told
    assert result.exit_code == 0 or result.output.strip(), told
    tally.exits[result.exit_code] += 1
    if result.exit_code == 3:
        tally.refusals[f"{number} {mutation}: {result.output.splitlines()[0]}"] += 1
    if mutation == "as it is":
        tally.whole[result.exit_code] += 1
    if result.exit_code == 0:
        _check(out, json.loads(plan.read_text()), json.loads(certificate.read_text()), told)
        pages = json.loads(certificate.read_text())["pages"]
        tally.pages += len(pages)
        tally.pictures += sum(page["picture"] for page in pages)


def _check(out: Path, plan: dict[str, Any], certificate: dict[str, Any], told: str) -> None:
    """What can be seen from outside of a file that was let go."""
    checked = subprocess.run(["qpdf", "--check", str(out)], capture_output=True, check=False)
    assert checked.returncode == 0, told
    assert [(mark["page"], mark["code"]) for mark in certificate["marks"]] == [
        (area["page"], area["code"]) for area in plan["areas"]
    ], told
    document = pypdfium2.PdfDocument(out)
    try:
        assert len(document) == len(certificate["pages"]), told
        for page in document:
            page.render(scale=0.3)
            assert _NEVER not in page.get_textpage().get_text_range(), told
    finally:
        document.close()


def test_the_rounds_are_counted(tally: Tally, capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        print(f"\n{tally}")  # noqa: T201  # the figures that a long run is for
    assert sum(tally.exits.values()) in {0, ROUNDS}
    assert os.environ.get("SAR_FUZZ_FOLDER") or not tally.whole[4]
