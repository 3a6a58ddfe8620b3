from sar.documents.layout import PageLayout, Word
from sar.documents.phrases import find_phrase, words_between
from sar.domain.redaction import Rect


def page(*lines: str) -> PageLayout:
    words = [
        Word(text, Rect(10 * n, 20 * number, 10 * n + 8, 20 * number + 10), number)
        for number, line in enumerate(lines)
        for n, text in enumerate(line.split())
    ]
    return PageLayout(1, 600, 800, tuple(words))


def test_a_phrase_is_found_whatever_its_case_and_the_punctuation_at_its_ends() -> None:
    found = find_phrase(page("spoke to Mrs KOWALCZYK, today"), "mrs Kowalczyk")
    assert found == [(Rect(20, 0, 38, 10),)]


def test_a_phrase_over_two_lines_has_a_rectangle_on_each() -> None:
    found = find_phrase(page("lives at Flat", "14, Lock Walk"), "Flat 14, Lock")
    assert found == [(Rect(20, 0, 28, 10), Rect(0, 20, 18, 30))]


def test_a_phrase_inside_a_longer_word_is_not_found() -> None:
    assert find_phrase(page("Marksman and Marks"), "Mark") == []


def test_every_place_is_found_once() -> None:
    assert len(find_phrase(page("Ali Ali met Ali"), "Ali")) == 3


def test_a_phrase_that_starts_again_inside_its_own_beginning_is_found() -> None:
    assert find_phrase(page("Mary Mary Ann"), "Mary Ann") == [(Rect(10, 0, 28, 10),)]


def test_nothing_is_found_for_a_phrase_without_letters() -> None:
    assert find_phrase(page("a - b"), " - ") == []


def test_words_are_found_by_their_place_in_the_text() -> None:
    layout = page("one two", "three four")
    start = layout.text.index("two")
    assert words_between(layout, start, start + len("two\nthree")) == (
        Rect(10, 0, 18, 10),
        Rect(0, 20, 8, 30),
    )
