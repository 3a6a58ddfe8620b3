from pathlib import Path

import openpyxl
import pytest

from sar.documents.office import converted_by_office
from tests.corpus import records
from tests.integration.conversions import converted, shows

HIDDEN = (
    "column gold",
    "row silver",
    "sheet bronze",
    "sheet iron",
    "comment copper",
    "formatted away",
)


def test_every_cell_is_whole_and_everything_hidden_is_shown(tmp_path: Path) -> None:
    result = converted(tmp_path, "list.xlsx", records.workbook_with_hidden_things())
    assert shows(result, "07700 900123 and 07700 900456", "Cara Lunt", "Hidden content", *HIDDEN)
    told = " ".join(result.hidden)
    for part in ("Hidden sheet: Unseen", "Hidden sheet: Deeper", "Hidden rows", "Hidden columns"):
        assert part in told


@pytest.mark.parametrize("ending", ["xls", "ods"])
def test_older_and_other_workbooks_are_read(tmp_path: Path, ending: str) -> None:
    (tmp_path / "made.xlsx").write_bytes(records.workbook_with_hidden_things())
    made = converted_by_office(tmp_path / "made.xlsx", tmp_path / "office", ending)
    result = converted(tmp_path, f"list.{ending}", made.read_bytes())
    assert shows(result, "07700 900123 and 07700 900456", *HIDDEN[:5])


def test_numbers_and_days_are_shown_as_the_sheet_shows_them(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for place, value, form in (
        ("A1", 45000, "dd/mm/yyyy"),
        ("A2", 0.256, "0.0%"),
        ("A3", 1234.5, '"£"#,##0.00'),
        ("A4", 7, "0000"),
    ):
        sheet[place] = value
        sheet[place].number_format = form
    result = converted(tmp_path, "a.xlsx", records.saved(book))
    assert shows(result, "15/03/2023", "25.6%", "£1,234.50", "0007")


def test_the_data_behind_a_pivot_table_is_printed(tmp_path: Path) -> None:
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    definition = (
        f'<pivotCacheDefinition {space}><cacheFields count="2"><cacheField name="Owner">'
        '<sharedItems><s v="Fay Moss"/></sharedItems></cacheField><cacheField name="Phone"/>'
        "</cacheFields></pivotCacheDefinition>"
    )
    cache = f'<pivotCacheRecords {space}><r><x v="0"/><s v="07700 900321"/></r></pivotCacheRecords>'
    content = records.workbook_with_hidden_things()
    for part, markup in (("Definition1", definition), ("Records1", cache)):
        name = f"xl/pivotCache/pivotCache{part}.xml"
        content = records.with_part(content, name, markup.encode())
    result = converted(tmp_path, "a.xlsx", content)
    assert shows(result, "Fay Moss", "07700 900321")
    assert "Stored data of pivot table 1" in result.hidden


def test_a_wide_sheet_loses_no_column(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append([f"heading number {number}" for number in range(70)])
    result = converted(tmp_path, "wide.xlsx", records.saved(book))
    assert shows(result, *(f"heading number {number}" for number in range(70)))


def test_an_endless_sheet_is_held_with_advice(tmp_path: Path) -> None:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for number in range(16_000):
        sheet.append([f"{number} {column}" for column in range(10)])
    result = converted(tmp_path, "long.xlsx", records.saved(book))
    assert "Copy the rows about the person" in (result.sentence or "")


def test_a_long_sheet_is_printed_whole(tmp_path: Path) -> None:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for number in range(1500):
        sheet.append([f"row {number} column {column}" for column in range(4)])
    sheet.append(["a long note " * 200 + "ends here"])
    result = converted(tmp_path, "long.xlsx", records.saved(book))
    assert shows(result, "row 0 column 0", "row 777 column 3", "row 1499 column 3", "ends here")
