"""Tables of any width on paper: columns as wide as they need, split over pages, nothing cut."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sar.documents.errors import DocumentError, DocumentFault
from sar.documents.own_pages import PAPER, escape

MOST_CELLS = 120_000
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


def grids_to_html(grids: Sequence[Grid]) -> str:
    """The grids as ruled tables, wide ones in bands of columns.

    Raises:
        DocumentError: TOO_BIG, more cells than can be set in reasonable time.
    """
    cells = sum(len(grid.rows) * len(grid.letters) for grid in grids)
    if cells > MOST_CELLS:
        raise DocumentError(
            DocumentFault.TOO_BIG,
            f"This table has {cells:,} cells. Copy the rows about the person into a new file "
            "and upload that.",
        )
    paper = paper_for(grids)
    return "".join(_grid(grid, _room(paper)) for grid in grids)


def _room(paper: str) -> float:
    return (PAPER[paper][0] - _MARGINS_MM) * _POINTS_A_MM


def _grid(grid: Grid, room: float) -> str:
    title = f"<h2>{escape(grid.title)}</h2>" if grid.title else ""
    widths = grid.widths
    bands = _bands(widths, room - _LEAST)
    parts = []
    for band in bands:
        if len(bands) > 1:
            first, last = grid.letters[band[0]], grid.letters[band[-1]]
            parts.append(f"<h3>Columns {first} to {last}</h3>")
        parts.append(_band(grid, band, widths))
    return title + "".join(parts)


def _bands(widths: Sequence[float], room: float) -> list[list[int]]:
    bands: list[list[int]] = []
    used = room + 1
    for index, width in enumerate(widths):
        if used + width > room:
            bands.append([])
            used = 0
        bands[-1].append(index)
        used += width
    return bands


def _band(grid: Grid, band: list[int], widths: Sequence[float]) -> str:
    whole = _LEAST + sum(widths[index] for index in band)
    columns = f'<col style="width:{_LEAST}pt">'
    columns += "".join(f'<col style="width:{widths[index]:.0f}pt">' for index in band)
    heads = "".join(f"<th>{grid.letters[index]}</th>" for index in band)
    lines = []
    for number, row in grid.rows:
        for piece in _pieces([row[index] for index in band]):
            cells = "".join(f"<td>{escape(cell)}</td>" for cell in piece)
            lines.append(f"<tr><th>{escape(number)}</th>{cells}</tr>")
    head = f"<thead><tr><th></th>{heads}</tr></thead>"
    return (
        f'<table class="grid" style="width:{whole:.0f}pt">{columns}{head}{"".join(lines)}</table>'
    )


def _pieces(cells: list[str]) -> list[list[str]]:
    """A row with very long cells as several rows, so that pages can break within it."""
    count = max((-(-len(cell) // _LONGEST_CELL) for cell in cells), default=1) or 1
    starts = [piece * _LONGEST_CELL for piece in range(count)]
    return [[cell[start : start + _LONGEST_CELL] for cell in cells] for start in starts]
