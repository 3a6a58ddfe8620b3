"""Whose name stands in some words of a page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sar.domain.mentions import people_named
from sar.domain.persons import Employer, PersonPart, Share, presumption_of

NAMES = {
    "worker": ("Karen Boateng", "Kaz"),
    "aunt": ("Grace Boateng",),
    "doctor": ("Dr Anil O'Shea-Patel",),
}


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Karen Boateng visited.", {"worker"}),
        ("KAREN visited", {"worker"}),
        ("Kaz’s note", {"worker"}),
        ("her aunt Grace Boateng said", {"aunt"}),
        ("Ms Boateng said", {"worker", "aunt"}),
        ("Dr O’Shea-Patel's letter", {"doctor"}),
        ("Anil O'Shea-Patel", {"doctor"}),
        ("nobody at all", set()),
        ("Karena Boatengs", set()),
    ],
)
def test_the_longest_name_wins_and_a_shared_one_means_both(said: str, meant: set[str]) -> None:
    assert people_named(said.split(), NAMES) == meant


def test_a_name_split_over_words_of_the_page_is_still_found() -> None:
    assert people_named(["(Karen", "Boateng),"], NAMES) == {"worker"}


def test_initials_and_titles_alone_mean_nobody() -> None:
    assert people_named(["Dr", "B"], {"worker": ("Dr K B",)}) == frozenset()


@given(st.lists(st.text(max_size=8), max_size=12))
def test_any_words_are_read_without_a_fault_and_found_twice_alike(words: list[str]) -> None:
    found = people_named(words, NAMES)
    assert found <= NAMES.keys()
    assert people_named(words, NAMES) == found


def test_a_worker_in_role_is_presumed_named_under_the_code_of_the_employer() -> None:
    found = {each: presumption_of(each, acts_in_role=True) for each in Employer}
    assert found == {
        Employer.HEALTH: "RP17-H",
        Employer.SOCIAL_CARE: "RP17-S",
        Employer.EDUCATION: "RP17-E",
        Employer.OTHER: None,
    }
    assert presumption_of(Employer.HEALTH, acts_in_role=False) is None
    assert presumption_of(None, acts_in_role=True) is None


def test_every_part_employer_and_decision_has_words_of_its_own() -> None:
    for kind in (PersonPart, Employer, Share):
        labels = [each.label for each in kind]
        assert len(set(labels)) == len(labels)
        assert all(label.strip() for label in labels)
