from __future__ import annotations

import pytest

from sar.documents.elsewhere import LeftOut, never_in


def test_a_name_left_out_of_one_record_is_found_on_the_pages_that_still_show_it() -> None:
    left_out = LeftOut([["Marigold Fenwick"], []])
    repeats = left_out.repeats({8: "nothing", 9: "we met MARIGOLD  Fénwick today", 12: "Marigold"})
    assert [(each.document, each.item, each.pages) for each in repeats] == [(1, 1, (9,))]


def test_what_a_certificate_says_of_a_repeat_does_not_repeat_it() -> None:
    repeats = LeftOut([["Marigold Fenwick"]]).repeats(
        dict.fromkeys(range(1, 41), "Marigold Fenwick")
    )
    told = repeats[0].as_dict()
    assert "Marigold" not in str(told)
    assert "and 20 more" in str(told["sentence"])


def test_everyday_words_left_out_are_not_looked_for() -> None:
    assert LeftOut([["the meeting was on Monday"]]).repeats({1: "the meeting was on Monday"}) == []


@pytest.mark.parametrize("title", ["Letter from Marigold Fenwick", "call 020 7946 0018 notes"])
def test_a_title_that_tells_what_was_left_out_is_found(title: str) -> None:
    assert LeftOut([[], ["Marigold Fenwick", "7946 0018"]]).in_title(title) == 2


def test_one_shared_word_does_not_make_a_title_telling() -> None:
    assert LeftOut([["Westbourne"]]).in_title("Westbourne school report") is None


def test_never_text_is_found_however_it_is_spaced_or_cased() -> None:
    assert never_in("Visit to ZEBEDEE-quark", ["Zebedee Quark"])
    assert not never_in("Visit", ["Zebedee Quark"])


def test_a_name_within_a_longer_text_left_out_is_looked_for_too() -> None:
    left_out = LeftOut([["and then we met Marigold Fenwick at the gate"]])
    assert left_out.in_title("Letter from Marigold Fenwick") == 1


@pytest.mark.parametrize("title", ["Review 2012", "Social Worker report", "Visit on Monday"])
def test_years_and_everyday_titles_are_not_telling(title: str) -> None:
    assert LeftOut([["2012", "the Social Worker came", "on Monday"]]).in_title(title) is None
