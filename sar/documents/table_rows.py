"""Rows of tables and lines of forms in plain text, with what their headings say they hold."""

from __future__ import annotations

import re
from dataclasses import dataclass

_LABEL = re.compile(
    r"(?:^|[|\n]|\s{2,}|\t)\s*(?P<label>[A-Z][\w'’/ .-]{0,40}?)\s*[:|]\s", re.MULTILINE
)
_COLUMNS = (
    ("DOB", re.compile(r"\b(?:d\.?o\.?b\.?|date of birth|born|birth ?date)\b", re.IGNORECASE)),
    (
        "PHONE",
        re.compile(r"\b(?:tel|phone|telephone|mobile|contact (?:no|number))\b", re.IGNORECASE),
    ),
    (
        "RELATION",
        re.compile(
            r"\b(?:relation|relationship|role|job title|designation|position)\b", re.IGNORECASE
        ),
    ),
    (
        "PERSON",
        re.compile(
            r"\b(?:full name|name|names|forenames?|surname|child|pupil|student|attendees?|invited"
            r"|professional|parent|sibling|person|who)\b",
            re.IGNORECASE,
        ),
    ),
)


@dataclass(frozen=True)
class Cell:
    """One cell; heading is PERSON, DOB, PHONE, RELATION or empty; title the column's own words."""

    start: int
    end: int
    heading: str
    title: str


@dataclass(frozen=True)
class Row:
    """One row below a heading."""

    start: int
    end: int
    cells: tuple[Cell, ...]

    def cell(self, heading: str) -> Cell | None:
        """The first cell under this heading."""
        return next((cell for cell in self.cells if cell.heading == heading), None)


def rows_of(text: str) -> list[Row]:
    """Every row of every table whose cells are divided by bars or tabs."""
    found: list[Row] = []
    titles: list[str] = []
    start = 0
    for line in text.split("\n"):
        bounds = _cells(line, start)
        if len(bounds) < 2:
            titles = [] if not line.strip() else titles
        elif _is_heading(line, bounds, start) and not titles:
            titles = [line[a - start : b - start].strip() for a, b in bounds]
        else:
            found.append(_row(start, start + len(line), bounds, titles))
        start += len(line) + 1
    return found


def lines_of(text: str) -> list[tuple[int, int]]:
    """Where each line starts and ends."""
    found = []
    start = 0
    for line in text.split("\n"):
        found.append((start, start + len(line)))
        start += len(line) + 1
    return found


def is_form_line(line: str) -> bool:
    """True for a row of a table, or a line of labels and values."""
    return (
        "|" in line
        or "\t" in line
        or bool(_LABEL.match(line))
        or bool(re.search(r"\S {2,}\S", line))
    )


def _cells(line: str, start: int) -> list[tuple[int, int]]:
    divider = "|" if "|" in line else "\t"
    if divider not in line:
        return []
    bounds, at = [], start
    for part in line.split(divider):
        bounds.append((at, at + len(part)))
        at += len(part) + 1
    return bounds


def _is_heading(line: str, bounds: list[tuple[int, int]], start: int) -> bool:
    parts = [line[a - start : b - start] for a, b in bounds]
    if any(any(letter.isdigit() for letter in part) for part in parts) or len(bounds) < 3:
        return False
    return sum(bool(heading_of(part)) for part in parts) >= 1 and all(
        len(part) < 40 for part in parts
    )


def heading_of(title: str) -> str:
    """What a column with this title, or a line with this label, holds."""
    return next((kind for kind, pattern in _COLUMNS if pattern.search(title)), "")


def _row(start: int, end: int, bounds: list[tuple[int, int]], titles: list[str]) -> Row:
    padded = titles + [""] * (len(bounds) - len(titles))
    cells = (
        Cell(a, b, heading_of(title), title) for (a, b), title in zip(bounds, padded, strict=False)
    )
    return Row(start, end, tuple(cells))
