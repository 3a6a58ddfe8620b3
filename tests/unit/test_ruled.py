from pathlib import Path

import pytest
from lxml import etree

from sar.documents.errors import DocumentError
from sar.documents.flat_sheets import flat_workbook
from sar.documents.ruled import (
    MOST_CELLS,
    Grid,
    bands_of,
    in_pieces,
    letters,
    paper_for,
    print_grids,
)


def test_columns_have_the_names_spreadsheets_give_them() -> None:
    assert [letters(index) for index in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_wide_tables_get_wide_paper() -> None:
    assert paper_for([Grid.of_rows([["a", "b"]])]) == "A4"
    assert paper_for([Grid.of_rows([["some words here"] * 8])]) == "A4 landscape"
    assert paper_for([Grid.of_rows([["some words here"] * 12])]) == "A3 landscape"


def test_a_table_wider_than_paper_is_set_in_bands() -> None:
    cells = [f"cell number {index}" for index in range(60)]
    bands = bands_of(Grid.of_rows([cells], "Contacts"), "A4")
    assert bands[0].title.startswith("Contacts, columns A to ")
    assert [cell for band in bands for _, row in band.rows for cell in row] == cells
    assert all(sum(band.widths) <= 180 * 72 / 25.4 for band in bands)


def test_a_very_long_cell_is_split_and_stays_whole() -> None:
    text = "".join(f"{number:06}" for number in range(2000))
    pieces = in_pieces([text, "short"], 3000)
    assert "".join(row[0] for row in pieces) == text
    assert [row[1] for row in pieces] == ["short", "", "", ""]


def test_many_cells_become_a_workbook_of_plain_text() -> None:
    rows = [["<b> & two spaces", "line\nbreak\x00"], ["=1+1", ""]]
    (band,) = bands_of(Grid.of_rows(rows, "Contacts"), "A4")
    root = etree.fromstring(flat_workbook([band], (210, 297)).encode())
    words = ["".join(each.itertext()) for each in root.iter("{*}p")]
    assert words[:5] == ["Contacts", "", "A", "B", "1"]
    assert words[5:] == ["<b> & two spaces", "line", "break", "2", "=1+1", ""]
    assert "formula" not in etree.tostring(root).decode()


def test_a_table_without_end_is_refused_with_advice(tmp_path: Path) -> None:
    grid = Grid.of_rows([["x"]] * (MOST_CELLS + 1))
    with pytest.raises(DocumentError, match="Copy the rows about the person"):
        print_grids([grid], tmp_path / "a.pdf", tmp_path, "A4")
