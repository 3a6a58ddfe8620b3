import pytest

from sar.documents.page_words import Sign, reading_order
from sar.domain.redaction import Rect

SIZE = (600.0, 800.0)


def line(text: str, x: float, y: float, turn: int = 0) -> list[Sign]:
    """Signs ten points wide and high, on a page seen so that they stand upright, then turned."""
    signs = []
    width, height = SIZE if turn in {0, 2} else SIZE[::-1]
    for index, letter in enumerate(text):
        left, top, right, bottom = x + 10 * index, y, x + 10 * index + 10, y + 10
        edges = {
            0: (left, top, right, bottom),
            1: (height - bottom, left, height - top, right),
            2: (width - right, height - bottom, width - left, height - top),
            3: (top, width - right, bottom, width - left),
        }[turn]
        signs.append(Sign(letter, Rect(*edges), turn))
    return signs


def test_spaces_part_words_and_steps_part_lines() -> None:
    words = reading_order([*line("one two", 50, 100), *line("three", 50, 120)], SIZE)
    assert [(word.text, word.line) for word in words] == [("one", 0), ("two", 0), ("three", 1)]
    assert words[1].rect == Rect(90, 100, 120, 110)


def test_a_wide_gap_parts_words_without_a_space() -> None:
    words = reading_order([*line("one", 50, 100), *line("two", 90, 100)], SIZE)
    assert [word.text for word in words] == ["one", "two"]


@pytest.mark.parametrize("turn", [1, 2, 3])
def test_turned_text_is_read_line_by_line_whatever_its_order(turn: int) -> None:
    signs = [*line("three four", 50, 140, turn), *line("one two", 50, 100, turn)][::-1]
    words = reading_order(signs, SIZE)
    assert [word.text for word in words] == ["one", "two", "three", "four"]
    assert [word.line for word in words] == [0, 0, 1, 1]
    first = line("one", 50, 100, turn)
    assert words[0].rect == first[0].rect.union(first[-1].rect)


def test_upright_text_comes_before_turned_text() -> None:
    words = reading_order([*line("edge", 50, 100, 1), *line("body", 50, 100)], SIZE)
    assert [(word.text, word.line) for word in words] == [("body", 0), ("edge", 1)]
