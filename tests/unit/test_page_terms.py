from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sar.documents.page_terms import Way, hits_in, skeleton, sought, terms_of


def found(text: str, query: str, way: Way = Way.WORDS, *, is_ocr: bool = False) -> list[str]:
    words = text.split()
    hits = hits_in(words, sought(query, way), is_ocr=is_ocr)
    return [" ".join(words[hit.start : hit.end]) for hit in hits]


@pytest.mark.parametrize(
    ("text", "query", "hits"),
    [
        ("Mrs O’Brien rang.", "O'Brien", ["O’Brien"]),
        ("Mrs O Brien rang.", "O'Brien", ["O Brien"]),
        ("Mrs OBRIEN rang.", "o’brien", ["OBRIEN"]),
        ("a Smith-Jones child", "smith-jones", ["Smith-Jones"]),
        ("a SmithJones child", "smith-jones", ["SmithJones"]),
        ("José and Zoë", "jose zoe", ["José", "Zoë"]),
        ("the social worker and a worker", '"social worker"', ["social worker"]),
        ("the social worker and a worker", '"social worker', ["social worker"]),
        ("schools and schooling", "school*", ["schools", "schooling"]),
        ("محمد came home", "محمد", ["محمد"]),
        ("她住在北京。", "北京", ["她住在北京。"]),
        ("in 𝑨𝑩 bold", "ab", ["𝑨𝑩"]),
        ("nothing of it", '"', []),
        ("nothing of it", "*** -- ''", []),
    ],
)
def test_what_is_typed_is_found_however_it_is_written(
    text: str, query: str, hits: list[str]
) -> None:
    assert found(text, query) == hits


@pytest.mark.parametrize(
    "text",
    [
        "William Okafor",
        "OKAFOR, William",
        "W. Okafor",
        "W Okafor",
        "Bill Okafor",
        "Will Okafor",
        "William O.",
    ],
)
def test_a_name_is_found_by_its_initials_order_and_short_forms(text: str) -> None:
    assert found(f"Then {text} came.", "William Okafor", Way.NAME) != []


def test_a_short_name_finds_the_full_one() -> None:
    assert found("William came", "Bill", Way.NAME) == ["William"]
    assert found("Robert Okafor came", "Bob Okafor", Way.NAME) == ["Robert Okafor"]


@pytest.mark.parametrize("read", ["Pargcter", "Parqeter", "Derek"])
def test_what_nothing_alike_is_misread_as_is_not_found(read: str) -> None:
    assert found(f"{read} rang", "Pargeter", is_ocr=True) == []


@pytest.mark.parametrize(
    ("read", "query"),
    [("0kafor", "Okafor"), ("Wi1liam", "William"), ("Barnes", "Bames"), ("5mith", "Smith")],
)
def test_a_slip_of_the_scan_is_let_pass_on_a_scan_only(read: str, query: str) -> None:
    assert found(f"{read} rang", query, is_ocr=True) == [read]
    assert found(f"{read} rang", query) == []


def test_no_hit_lies_within_another() -> None:
    words = ["Niamh", "O'Brien", "and", "Niamh"]
    hits = hits_in(words, sought('"Niamh O\'Brien" Niamh'))
    assert [(hit.start, hit.end) for hit in hits] == [(0, 2), (3, 4)]


@given(st.text(max_size=300))
def test_a_term_is_letters_and_digits_alone_whatever_was_typed(text: str) -> None:
    assert all(re.fullmatch("[a-z0-9]+", term) for term in terms_of(text))
    for way in Way:
        for phrase in sought(text, way).phrases:
            assert all(re.fullmatch(r"[a-z0-9]+\*?", term) for term in phrase)
            assert all(not term.endswith("*") for term in phrase[:-1])


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz0158 ", min_size=1, max_size=40))
def test_every_word_of_a_page_finds_itself(text: str) -> None:
    words = text.split()
    for place, word in enumerate(words):
        hits = hits_in(words, sought(word), is_ocr=True)
        assert any(hit.start <= place < hit.end for hit in hits)


def test_what_a_scan_takes_for_one_another_is_the_same() -> None:
    assert skeleton("barnes") == skeleton("bames")
    assert skeleton("0kaf0r") == skeleton("okafor")
    assert skeleton("okafor") != skeleton("okafer")
