"""Tables of any width on paper: columns as wide as they need, split over pages, nothing cut."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sar.documents.errors import DocumentError, DocumentFault
from sar.documents.flat_sheets import flat_workbook
from sar.documents.office import converted_by_office
from sar.documents.own_pages import PAPER, escape, render

MOST_CELLS = 150_000
_MOST_SET = 4000  # more are quicker written by LibreOffice
_POINTS_A_SIGN = 5.0  # at the size of a grid, a little wider than most
_LEAST, _MOST = 24.0, 210.0
_MARGINS_MM = 30
_POINTS_A_MM = 72 / 25.4
_LONGEST_CELL = 3000  # signs; a longer one would leave its row no page to stand on


@dataclass(frozen=True)
class Grid:
    """A titled table; each row begins with its number, the first row holds column letters."""

    title: str
    letters: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]

    @classmethod
    def of_rows(cls, rows: Sequence[Sequence[str]], title: str = "") -> Grid:
        """A grid of plain rows, numbered from 1."""
        width = max((len(row) for row in rows), default=0)
        padded = [(*row, *[""] * (width - len(row))) for row in rows]
        numbered = [(str(number), row) for number, row in enumerate(padded, 1)]
        return cls(title, tuple(letters(index) for index in range(width)), tuple(numbered))

    @property
    def widths(self) -> list[float]:
        """Points each column wants."""
        wanted = [_LEAST] * len(self.letters)
        for _, row in self.rows:
            for index, cell in enumerate(row):
                longest = max(map(len, cell.split("\n")), default=0)
                wanted[index] = max(wanted[index], min(_MOST, longest * _POINTS_A_SIGN + 8))
        return wanted


@dataclass(frozen=True)
class Band:
    """Neighbouring columns of a grid, with their widths in points."""

    title: str
    letters: tuple[str, ...]
    widths: tuple[float, ...]
    rows: list[tuple[str, list[str]]]


def letters(index: int) -> str:
    """The name of a column counted from 0: A, B ... Z, AA."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


def paper_for(grids: Iterable[Grid]) -> str:
    """The smallest paper on which the widest grid stands without a split."""
    widest = max((sum(grid.widths) for grid in grids), default=0) + _LEAST
    for name in PAPER:
        if widest <= _room(name):
            return name
    return "A3 landscape"


def print_grids(grids: Sequence[Grid], out: Path, folder: Path, size: str) -> Path:
    """Writes the grids as a PDF; many cells by LibreOffice, which is fifty times as fast.

    Raises:
        DocumentError: TOO_BIG, more cells than anyone can read.
    """
    cells = cells_in(grids)
    if cells > MOST_CELLS:
        raise DocumentError(
            DocumentFault.TOO_BIG,
            f"This table has {cells:,} cells. Copy the rows about the person into a new file "
            "and upload that.",
        )
    bands = [band for grid in grids for band in bands_of(grid, size)]
    if cells <= _MOST_SET:
        return render("".join(map(_html, bands)), out, size=size)
    folder.mkdir(parents=True, exist_ok=True)
    flat = folder / "ruled.fods"
    flat.write_text(flat_workbook(bands, PAPER[size]), encoding="utf-8")
    return converted_by_office(flat, folder / "ruled", "pdf", "fods").replace(out)


def cells_in(grids: Iterable[Grid]) -> int:
    """How many cells some grids have."""
    return sum(len(grid.rows) * len(grid.letters) for grid in grids)


def bands_of(grid: Grid, size: str) -> list[Band]:
    """The grid in bands of columns that fit the paper."""
    widths = grid.widths
    groups = _groups(widths, _room(size) - _LEAST)
    bands = []
    for group in groups:
        names = tuple(grid.letters[index] for index in group)
        part = f"columns {names[0]} to {names[-1]}" if len(groups) > 1 else ""
        title = ", ".join(each for each in (grid.title, part) if each)
        rows = [(number, [row[index] for index in group]) for number, row in grid.rows]
        bands.append(Band(title, names, tuple(widths[index] for index in group), rows))
    return bands


def _room(paper: str) -> float:
    return (PAPER[paper][0] - _MARGINS_MM) * _POINTS_A_MM


def _groups(widths: Sequence[float], room: float) -> list[list[int]]:
    groups: list[list[int]] = []
    used = room + 1
    for index, width in enumerate(widths):
        if used + width > room:
            groups.append([])
            used = 0
        groups[-1].append(index)
        used += width
    return groups


def _html(band: Band) -> str:
    columns = "".join(f'<col style="width:{width:.0f}pt">' for width in (_LEAST, *band.widths))
    heads = "".join(f"<th>{letter}</th>" for letter in ("", *band.letters))
    lines = []
    for number, row in band.rows:
        for piece in in_pieces(row, _LONGEST_CELL):
            cells = "".join(f"<td>{escape(cell)}</td>" for cell in piece)
            lines.append(f"<tr><th>{escape(number)}</th>{cells}</tr>")
    whole = _LEAST + sum(band.widths)
    title = f"<h2>{escape(band.title)}</h2>" if band.title else ""
    return (
        f'{title}<table class="grid" style="width:{whole:.0f}pt">{columns}'
        f"<thead><tr>{heads}</tr></thead>{''.join(lines)}</table>"
    )


def in_pieces(cells: list[str], longest: int) -> list[list[str]]:
    """A row with very long cells as several rows, so that pages can break within it."""
    count = max((-(-len(cell) // longest) for cell in cells), default=1) or 1
    starts = [piece * longest for piece in range(count)]
    return [[cell[start : start + longest] for cell in cells] for start in starts]
