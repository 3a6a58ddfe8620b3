"""A second reading of a workbook, by other libraries, to find cells that were lost on the way."""

from __future__ import annotations

import struct
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator

import openpyxl
import xlrd
from openpyxl.utils.exceptions import InvalidFileException

from sar.documents.converted import HiddenPart, Material
from sar.documents.expected import squeezed
from sar.documents.sheet_cells import Sheet

_FAULTS = (
    *(xlrd.XLRDError, InvalidFileException, zipfile.BadZipFile, zlib.error, struct.error),
    *(OSError, ValueError, KeyError, IndexError, TypeError, AttributeError, AssertionError),
)
_MOST_LINES = 2000


def values_missing(material: Material, sheets: Iterable[Sheet]) -> list[HiddenPart]:
    """Cells with words that the second library sees and the first reading does not have."""
    readers = {"xlsx": _by_openpyxl, "xls": _by_xlrd}
    reader = readers.get(material.media.ending)
    if reader is None:
        return []
    known = {
        squeezed(text)
        for sheet in sheets
        for row in sheet.rows
        for cell in row.cells.values()
        for text in (cell.text, cell.value)
    }
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            lost = [line for line, text in reader(material) if squeezed(text) not in known]
    except _FAULTS:
        return [HiddenPart("A second program could not read this workbook to check it")]
    if not lost:
        return []
    return [HiddenPart("Cells that a second program found", tuple(lost[:_MOST_LINES]))]


def _by_openpyxl(material: Material) -> Iterator[tuple[str, str]]:
    with material.path.open("rb") as file:
        book = openpyxl.load_workbook(file, read_only=True, data_only=True)
        for sheet in book.worksheets:
            for row in sheet.iter_rows():
                for cell in row:
                    if isinstance(cell.value, str) and cell.value.strip():
                        yield f"{sheet.title} {cell.coordinate}: {cell.value}", cell.value
        book.close()


def _by_xlrd(material: Material) -> Iterator[tuple[str, str]]:
    book = xlrd.open_workbook(material.path, on_demand=True)
    for name in book.sheet_names():
        sheet = book.sheet_by_name(name)
        for number in range(sheet.nrows):
            for index, cell in enumerate(sheet.row(number)):
                if cell.ctype == xlrd.XL_CELL_TEXT and str(cell.value).strip():
                    place = xlrd.formula.colname(index)
                    yield f"{name} {place}{number + 1}: {cell.value}", str(cell.value)
