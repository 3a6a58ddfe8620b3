import pytest

from sar.documents.errors import DocumentError
from sar.documents.ruled import MOST_CELLS, Grid, grids_to_html, letters, paper_for


def test_columns_have_the_names_spreadsheets_give_them() -> None:
    assert [letters(index) for index in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_wide_tables_get_wide_paper() -> None:
    assert paper_for([Grid.of_rows([["a", "b"]])]) == "A4"
    assert paper_for([Grid.of_rows([["some words here"] * 8])]) == "A4 landscape"
    assert paper_for([Grid.of_rows([["some words here"] * 12])]) == "A3 landscape"


def test_a_table_wider_than_paper_is_set_in_bands() -> None:
    markup = grids_to_html([Grid.of_rows([[f"cell number {index}" for index in range(60)]])])
    assert "Columns A to " in markup
    assert all(f"cell number {index}<" in markup for index in range(60))


def test_a_very_long_cell_is_split_and_stays_whole() -> None:
    text = "".join(f"{number:06}" for number in range(2000))
    markup = grids_to_html([Grid.of_rows([[text]])])
    pieces = markup.split("<td>")[1:]
    assert "".join(piece.partition("</td>")[0] for piece in pieces) == text


def test_cells_are_text_never_markup() -> None:
    assert "<script>" not in grids_to_html([Grid.of_rows([["<script>"]])])


def test_a_table_without_end_is_refused_with_advice() -> None:
    grid = Grid.of_rows([["x"]] * (MOST_CELLS + 1))
    with pytest.raises(DocumentError, match="Copy the rows about the person"):
        grids_to_html([grid])
