from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sar.documents.schedule import (
    COLUMNS,
    HIDDEN_WORDS,
    AsideRow,
    in_runs,
    reason_for,
    safe_cell,
    schedule_csv,
    schedule_rows,
)
from sar.domain.disclosure import PageFate, RecordPages
from sar.domain.exemptions import EXEMPTIONS
from sar.domain.redaction import Area, Plan, Rect, WithheldPage

PLAN = Plan(
    areas=(Area(1, Rect(0, 0, 9, 9), "TP16"), Area(1, Rect(0, 20, 9, 29), "TP16")),
    withheld_pages=(WithheldPage(2, "LPP19"),),
)
FATES = (PageFate.IN_PART, PageFate.WITHHELD, PageFate.DISCLOSED)


def rows_for(title: str) -> list[list[str]]:
    records = [RecordPages(title, date(2012, 3, 4), FATES, 8)]
    rows = schedule_rows(records, [PLAN], [1])
    aside = [AsideRow(PageFate.DUPLICATE, 3, "These are copies.", (12, 9, 10))]
    text = schedule_csv(rows, aside).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def test_the_schedule_has_one_row_a_record_and_one_for_each_thing_left_aside() -> None:
    head, first, aside = rows_for("Home visit, with “quotes” and a comma")
    assert head == list(COLUMNS)
    told = dict(zip(head, first, strict=True))
    assert told["title"] == "Home visit, with “quotes” and a comma"
    assert (told["first_page"], told["last_page"], told["pages"]) == ("8", "10", "3")
    assert (told["disclosed"], told["disclosed_in_part"], told["withheld"]) == ("1", "1", "1")
    assert told["codes"] == "LPP19; TP16"
    assert told["date"] == "2012-03-04"
    left = dict(zip(head, aside, strict=True))
    assert (left["title"], left["pages"], left["codes"]) == (
        "These are copies. See pages 9–10, 12.",
        "3",
        "duplicate",
    )


@pytest.mark.parametrize(
    "title",
    [
        "=HYPERLINK(1)",
        "+1",
        "-2+3",
        "@SUM(A1)",
        "\t=1",
        "\r\n=1",
        " =1",
        "＝1",
        "\u200b=1",
        "|cmd",
        "%0A",
    ],
)
def test_no_cell_of_the_schedule_is_a_formula(title: str) -> None:
    cell = rows_for(title)[1][COLUMNS.index("title")]
    assert cell.startswith("'")


@given(st.text(max_size=30))
def test_a_cell_holds_no_control_characters_and_never_starts_a_formula(text: str) -> None:
    cell = safe_cell(text)
    assert not any(ord(letter) < 32 for letter in cell)
    assert cell.lstrip()[:1] not in {"=", "+", "-", "@"}


def test_a_negative_number_stays_a_number() -> None:
    assert safe_cell(-3) == "-3"


def test_every_code_has_words_and_a_law_for_the_requester() -> None:
    for code in EXEMPTIONS:
        reason = reason_for(code)
        assert reason.plain_words.endswith(".")
        assert reason.citation


def test_a_code_that_is_not_in_the_catalogue_gets_neutral_words() -> None:
    assert reason_for("XX99").plain_words == HIDDEN_WORDS


@pytest.mark.parametrize(
    ("pages", "words"),
    [((), ""), ((4,), "4"), ((9, 3, 4, 5, 5), "3–5, 9"), ((1, 3, 5), "1, 3, 5")],
)
def test_page_numbers_are_told_in_runs(pages: tuple[int, ...], words: str) -> None:
    assert in_runs(pages) == words
