"""Measures the engine beside the programs people use instead: `make bench`.

Every ratio is of two sides run in turn, in one run, on one machine; figures are medians.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from bench import assembly, ingest
from bench.figure import Figure, table


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the parts asked for, and prints and keeps the figures."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--large", action="store_true", help="cases of 10,000 pages too (an hour)")
    parser.add_argument("--larger", action="store_true", help="and of 20,000 pages")
    parser.add_argument("--repeat", type=int, default=3, help="runs of each side (3)")
    parser.add_argument("--folder", type=Path, default=Path("build/bench"), help="where cases lie")
    asked = parser.parse_args(arguments)
    folder = asked.folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    figures: list[Figure] = [*ingest.figures(folder, asked.repeat)]
    figures += assembly.figures(folder, asked.repeat)
    if asked.large or asked.larger:
        figures += assembly.large_figures(folder, "L", asked.repeat)
    if asked.larger:
        figures += assembly.large_figures(folder, "XL", 1)
    (folder / "figures.json").write_text(json.dumps([vars(each) for each in figures], indent=1))
    print(table(figures))


if __name__ == "__main__":
    main()
