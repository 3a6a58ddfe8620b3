"""Long lists as tagged pages, drawn directly: a heading, paragraphs and tables of plain text.

WeasyPrint sets letters; a list of two thousand records would take it many seconds, and it would
cut the table in pieces. Here one table is one table however many pages it takes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sar.documents.face import faces

WIDTH, HEIGHT = 595.276, 817.89  # A4 less the strip for the page number
_LEFT, _TOP, _BOTTOM = 62.36, 56.69, 34.0
_ROOM = WIDTH - 2 * _LEFT
_CELL_SIZE, _GAP, _PAD = 9.0, 6.0, 3.5
_LEADING = 1.3
_INK, _RULE = "0.067 g", "0.53 G"


@dataclass(frozen=True)
class Column:
    """A column: its heading, its share of the width, and what its cells are."""

    title: str
    share: float
    is_number: bool = False
    is_heading: bool = False


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 or 2."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of plain text."""

    text: str


@dataclass(frozen=True)
class Table:
    """A table; each row has one plain text for each column."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]


Block = Heading | Paragraph | Table


@dataclass
class Element:
    """A node of the tags: what it is, its kids, and (page, marked content number) where drawn."""

    tag: str
    kids: list[Element] = field(default_factory=list)
    places: list[tuple[int, int]] = field(default_factory=list)
    scope: str = ""


@dataclass
class Sheet:
    """One page: its drawing so far, and how many pieces of marked content it holds."""

    drawing: list[str] = field(default_factory=list)
    marked: int = 0


@dataclass(frozen=True)
class _Place:
    """Left edge and top of some lines; with room, they stand at the right of it."""

    left: float
    top: float
    room: float = 0.0


@dataclass(frozen=True)
class _Type:
    size: float
    is_bold: bool


class Setting:
    """Blocks set on sheets, with their tags and the letters used of each face."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.sheets = [Sheet()]
        self.elements: list[Element] = []
        self.used: tuple[set[str], set[str]] = (set(), set())
        self._y = _TOP
        for block in blocks:
            self._set(block)

    def _set(self, block: Block) -> None:
        if isinstance(block, Table):
            self._set_table(block)
        elif isinstance(block, Heading):
            size = {1: 20.0, 2: 13.5}[block.level]
            self._y += 0 if self._y == _TOP else size
            self._set_text(block.text, f"/H{block.level}", size, is_bold=True)
        else:
            self._set_text(block.text, "/P", 10.5, is_bold=False)

    def _set_text(self, text: str, tag: str, size: float, is_bold: bool) -> None:
        lines = wrapped(text, _ROOM, size, is_bold)
        # A heading takes two lines of what follows with it to the next page.
        self._need(len(lines) * size * _LEADING + (40 if is_bold else 0))
        element = Element(tag)
        self._draw(element, _Place(_LEFT, self._y), lines, _Type(size, is_bold))
        self._y += len(lines) * size * _LEADING + size * 0.6
        self.elements.append(element)

    def _set_table(self, table: Table) -> None:
        shares = sum(column.share for column in table.columns)
        widths = [column.share / shares * _ROOM for column in table.columns]
        titles = tuple(column.title for column in table.columns)
        head, body = Element("/THead"), Element("/TBody")
        self.elements.append(Element("/Table", [head, body]))
        head_lines = _lines(titles, widths, table.columns, is_head=True)
        self._row(head_lines, widths, table, head)
        for row in table.rows:
            lines = _lines(row, widths, table.columns, is_head=False)
            if self._need(_height(lines)):
                self._row(head_lines, widths, table, None)
            self._row(lines, widths, table, body)
        self._y += 10

    def _row(
        self,
        lines: Sequence[list[str]],
        widths: Sequence[float],
        table: Table,
        parent: Element | None,
    ) -> None:
        """Draws a row; without a parent it is a heading repeated, which is no content."""
        is_head = parent is None or parent.tag == "/THead"
        row = Element("/TR")
        left = _LEFT
        for column, cell, width in zip(table.columns, lines, widths, strict=True):
            is_title = is_head or column.is_heading
            element = None if parent is None else Element("/TH" if is_title else "/TD")
            if element is not None:
                element.scope = "/Column" if is_head else "/Row" if is_title else ""
                row.kids.append(element)
            place = _Place(left, self._y + _PAD, width - _GAP if column.is_number else 0.0)
            self._draw(element, place, cell, _Type(_CELL_SIZE, is_head))
            left += width
        self._y += _height(lines)
        self._rule(1.2 if is_head else 0.5)
        if parent is not None:
            parent.kids.append(row)

    def _need(self, height: float) -> bool:
        """Starts a new page when there is not this much room; True when it did."""
        if self._y + height <= HEIGHT - _BOTTOM or self._y == _TOP:
            return False
        self.sheets.append(Sheet())
        self._y = _TOP
        return True

    def _draw(
        self, element: Element | None, place: _Place, lines: Sequence[str], type_: _Type
    ) -> None:
        sheet = self.sheets[-1]
        opening = "/Artifact <</Type /Pagination>> BDC"
        if element is not None:
            opening = f"{element.tag} <</MCID {sheet.marked}>> BDC"
            element.places.append((len(self.sheets) - 1, sheet.marked))
            sheet.marked += 1
        face, used, size = faces()[type_.is_bold], self.used[type_.is_bold], type_.size
        shown = [f"{opening}\nBT {_INK} /F{int(type_.is_bold)} {size:g} Tf"]
        for at, line in enumerate(lines):
            used.update(line)
            start = place.left + (place.room - face.width(line, size) if place.room else 0)
            baseline = HEIGHT - place.top - size - at * size * _LEADING
            shown.append(f"1 0 0 1 {start:.2f} {baseline:.2f} Tm <{face.codes(line)}> Tj")
        sheet.drawing.append("\n".join([*shown, "ET EMC"]))

    def _rule(self, thickness: float) -> None:
        y = HEIGHT - self._y
        self.sheets[-1].drawing.append(
            f"/Artifact <</Type /Layout>> BDC {_RULE} {thickness} w"
            f" {_LEFT:.2f} {y:.2f} m {WIDTH - _LEFT:.2f} {y:.2f} l S EMC"
        )


def can_set(blocks: Sequence[Block]) -> bool:
    """True when every letter of the blocks can be drawn side by side."""
    return all(face.holds(text) for face in faces() for block in blocks for text in _texts(block))


def wrapped(text: str, room: float, size: float, is_bold: bool) -> list[str]:
    """The text in lines no wider than room; a word wider than that is broken."""
    face = faces()[is_bold]
    lines: list[str] = []
    line = ""
    for word in _pieces(text, room, size, is_bold):
        longer = f"{line} {word}" if line else word
        if line and face.width(longer, size) > room:
            lines.append(line)
            line = word
        else:
            line = longer
    return [*lines, line]


def _pieces(text: str, room: float, size: float, is_bold: bool) -> Iterator[str]:
    face = faces()[is_bold]
    for word in text.split():
        rest = word
        while face.width(rest, size) > room and len(rest) > 1:
            end = len(rest) - 1
            while end > 1 and face.width(rest[:end], size) > room:
                end -= 1
            yield rest[:end]
            rest = rest[end:]
        yield rest


def _lines(
    row: Sequence[str], widths: Sequence[float], columns: Sequence[Column], is_head: bool
) -> list[list[str]]:
    return [
        wrapped(cell, width - _GAP, _CELL_SIZE, is_bold=is_head)
        for cell, width, _ in zip(row, widths, columns, strict=True)
    ]


def _height(lines: Sequence[list[str]]) -> float:
    return max(len(cell) for cell in lines) * _CELL_SIZE * _LEADING + 2 * _PAD


def _texts(block: Block) -> Iterator[str]:
    if not isinstance(block, Table):
        yield block.text
        return
    yield from (column.title for column in block.columns)
    for row in block.rows:
        yield from row
