"""Spreadsheets as ruled tables that we set ourselves: every cell whole, what is hidden behind."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from sar.documents.converted import HiddenPart, Made, Material
from sar.documents.errors import DocumentError, DocumentFault
from sar.documents.inline_pictures import shown_inline
from sar.documents.office import converted_by_office
from sar.documents.office_parts import Parts, add_embedded, properties
from sar.documents.own_pages import escape, join_pdfs, paragraphs, render
from sar.documents.ruled import MOST_CELLS, Grid, letters, paper_for, print_grids
from sar.documents.sheet_cells import Cell, Row, Sheet, read_workbook
from sar.documents.sheet_hidden import cells_stored, stored_elsewhere
from sar.documents.sheet_values import values_missing
from sar.documents.word import refuse_locked


def convert_sheet(material: Material) -> Made:
    """An xlsx, xls, ods or flat workbook as pages."""
    refuse_locked(material)
    folder, ending = material.folder, material.media.ending
    parts = Parts(material.path) if ending == "xlsx" else None
    if parts is not None:
        _refuse_endless(cells_stored(parts))
    # The flat form of the same would lose the comments of older formats.
    again = converted_by_office(material.path, folder / "office", "ods", ending)
    sheets, page_texts = read_workbook(again)
    _refuse_endless(sum(len(row.cells) for sheet in sheets for row in sheet.rows))
    shown = [sheet for sheet in sheets if not sheet.is_hidden]
    grids = [_visible(sheet) for sheet in shown]
    made = Made(folder / "sheets.pdf")
    _print(shown, grids, page_texts, made.pdf)
    made.hidden = list(_hidden(sheets))
    if parts is not None:
        _, made.title, made.dated_on = properties(parts)
        made.hidden += stored_elsewhere(parts)
        add_embedded(parts, made, folder)
    made.hidden += values_missing(material, sheets)
    return made


def _print(shown: list[Sheet], grids: list[Grid], page_texts: list[str], out: Path) -> None:
    """The sheets one after the other, each with its pictures and the words of its shapes."""
    folder = out.parent
    parts: list[Path] = []
    for sheet, grid in zip(shown, grids, strict=True):
        if grid.rows:
            pages = folder / f"grid-{len(parts)}.pdf"
            work = folder / f"grid-{len(parts)}"
            parts.append(print_grids([grid], pages, work, paper_for([grid])))
        beside = _pictures(sheet) + "".join(paragraphs(text) for text in sheet.drawn)
        if beside or not grid.rows:
            title = f"<h2>{escape(sheet.name)}</h2>"
            empty = "" if beside else "<p>This sheet is empty.</p>"
            parts.append(render(title + beside + empty, folder / f"beside-{len(parts)}.pdf"))
    if page_texts or not parts:
        body = "<h2>Header and footer</h2>" if page_texts else "<p>No sheet is shown.</p>"
        body += "".join(paragraphs(text) for text in page_texts)
        parts.append(render(body, folder / "page-texts.pdf"))
    join_pdfs(out, parts, folder)


def _refuse_endless(count: int) -> None:
    if count > MOST_CELLS:
        raise DocumentError(
            DocumentFault.TOO_BIG,
            f"This workbook has {count:,} filled cells. Copy the rows about the person into a new "
            "file and upload that.",
        )


def _visible(sheet: Sheet) -> Grid:
    rows = [row for row in sheet.rows if not row.is_hidden]
    return _grid(sheet.name, rows, sheet.hidden_columns)


def _grid(title: str, rows: list[Row], without: set[int]) -> Grid:
    width = max((max(row.cells) for row in rows if row.cells), default=-1) + 1
    columns = [index for index in range(width) if index not in without]
    filled = [index for index in columns if any(_shown(row, index) for row in rows)]
    lines = [(str(row.number), tuple(_shown(row, index) for index in filled)) for row in rows]
    kept = tuple(line for line in lines if any(line[1]))
    return Grid(title, tuple(letters(index) for index in filled), kept)


def _shown(row: Row, index: int) -> str:
    cell = row.cells.get(index)
    return "" if cell is None else cell.text


def _pictures(sheet: Sheet) -> str:
    sources = [source for each in sheet.pictures if (source := shown_inline(each))]
    return "".join(f'<p><img src="{source}" alt=""></p>' for source in sources)


def _hidden(sheets: list[Sheet]) -> Iterable[HiddenPart]:
    for sheet in sheets:
        if sheet.is_hidden:
            yield HiddenPart(f"Hidden sheet: {sheet.name}", tuple(_lines(sheet.rows)))
        else:
            yield from _hidden_in(sheet)
        notes = [
            f"{letters(index)}{row.number}: {cell.comment}"
            for row in sheet.rows
            for index, cell in sorted(row.cells.items())
            if cell.comment
        ]
        if notes:
            yield HiddenPart(f"Comments on cells of {sheet.name}", tuple(notes))
    moving = sum(
        cell.is_moving for sheet in sheets for row in sheet.rows for cell in row.cells.values()
    )
    if moving:
        yield HiddenPart(f"Cells worked out from the day the file is opened: {moving}")


def _hidden_in(sheet: Sheet) -> Iterable[HiddenPart]:
    rows = [row for row in sheet.rows if row.is_hidden]
    if rows:
        yield HiddenPart(f"Hidden rows of {sheet.name}", tuple(_lines(rows)))
    columns = [
        Row(row.number, True, {i: c for i, c in row.cells.items() if i in sheet.hidden_columns})
        for row in sheet.rows
        if not row.is_hidden
    ]
    lines = tuple(_lines(columns))
    if lines:
        yield HiddenPart(f"Hidden columns of {sheet.name}", lines)
    blank = [
        f"{letters(index)}{row.number}: {cell.value}"
        for row in sheet.rows
        for index, cell in sorted(row.cells.items())
        if cell.value
    ]
    if blank:
        yield HiddenPart(f"Values of {sheet.name} that their format hides", tuple(blank))


def _lines(rows: Iterable[Row]) -> Iterable[str]:
    """Rows of cells parted by tabs, without empty rows and columns."""
    kept = [row for row in rows if any(cell.text or cell.value for cell in row.cells.values())]
    columns = sorted({index for row in kept for index in row.cells})
    for row in kept:
        cells = [row.cells.get(index, Cell()) for index in columns]
        yield "\t".join((cell.text or cell.value).replace("\t", " ") for cell in cells)
