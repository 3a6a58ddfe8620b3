from __future__ import annotations

import pytest

from sar.domain.people import Decision
from tests.unit.find_register import decision_on, found, register


@pytest.mark.parametrize(
    "written",
    [
        "Ọlábísí Okafor",
        "Olabisi Okafor",
        "OKAFOR, Olabisi",
        "O. Okafor",
        "O Okafor",
        "Olabisi O",
        "Olabisi\nOkafor",
        "OLABISI OKAFOR",
        "Olabisi",
        "Bisi",
        "Olabsii Okafor",
        "Olabisi Okafro",
        "0labisi Okafor",
    ],
)
def test_every_way_of_writing_a_name_is_one_person(written: str) -> None:
    text = f"The worker met {written} at the office."
    assert decision_on(written, text) is Decision.REDACT


@pytest.mark.parametrize(
    "written", ["Wai-Lam Tsang", "Wai Lam", "WaiLam", "TSANG Wai-Lam", "W-L Tsang"]
)
def test_a_name_in_parts_is_found_with_and_without_its_hyphen(written: str) -> None:
    assert decision_on(written, f"He was seen with {written} near the park.") is Decision.REDACT


@pytest.mark.parametrize("written", ["O.O.", "P.L."])
def test_initials_are_found(written: str) -> None:
    assert decision_on(written[:-1], f"A call from {written} was logged.") is Decision.REDACT


def test_a_possessive_is_found_with_or_without_its_apostrophe() -> None:
    assert decision_on("Olabisi", "This was Olabisi's idea.") is Decision.REDACT
    assert decision_on("Olabisis", "With Olabisis permission.") is Decision.REDACT


def test_the_data_subject_and_the_worker_are_kept() -> None:
    text = "Denzel Marchetti visited Ruairi."
    assert [each[2:] for each in found(text)] == [("worker", "keep"), ("child", "keep")]


@pytest.mark.parametrize(
    "text",
    [
        "Grace period of 14 days agreed with the landlord.",
        "Easter club at the Grace Foundation.",
        "He was seen at St Grace's Hospital.",
        "Saving grace: the smoke alarm works.",
    ],
)
def test_a_word_that_is_also_a_name_is_left_alone_where_it_is_a_word(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "I spoke to Grace alone.",
        "Grace said that she was cold.",
        "Present: Grace, Mr Lynch",
        "Grace's arm hurt.",
    ],
)
def test_the_same_word_is_a_name_where_a_name_stands(text: str) -> None:
    assert decision_on("Grace", text) is Decision.REDACT


def test_another_child_with_the_same_given_name_is_not_the_data_subject() -> None:
    text = "Ruairi Pemberton pushed him."
    assert decision_on("Ruairi Pemberton", text) is Decision.REVIEW


def test_a_given_name_two_people_share_is_for_review() -> None:
    namesake = {"role": "other_child", "given": "Ruairi", "family": "Doyle"}
    assert decision_on("Ruairi", "Ruairi came in.", register(namesake)) is Decision.REVIEW


def test_a_family_name_after_another_given_name_is_somebody_else() -> None:
    text = "A statement by Fenella Marchetti was read."
    assert decision_on("Fenella Marchetti", text) is Decision.REVIEW


def test_reversed_names_of_a_worker_and_a_child_are_not_confused() -> None:
    text = "Seating plan\nMARCHETTI, Poppy sat by the door."
    assert decision_on("MARCHETTI, Poppy", text) is not Decision.KEEP


@pytest.mark.parametrize(("title", "decision"), [("Mr", Decision.KEEP), ("Mrs", Decision.REVIEW)])
def test_a_title_chooses_among_those_with_the_family_name(title: str, decision: Decision) -> None:
    text = f"A letter to {title} Marchetti was returned."
    assert decision_on("Marchetti", text) is decision


def test_a_grown_ups_title_is_not_the_childs() -> None:
    people = register()
    text = "Mr Okafor-Lynch came to the door."
    assert decision_on("Okafor-Lynch", text, people) is Decision.REVIEW


def test_the_person_on_the_next_line_keeps_a_name_of_their_own() -> None:
    text = "Lives with Ruairi\nPadraig Lynch since May."
    assert decision_on("Padraig Lynch", text) is Decision.REDACT


def test_a_guess_at_a_short_name_is_never_a_silent_keep() -> None:
    assert decision_on("Denz", "A note from Denz was found.") is Decision.REVIEW


def test_names_in_text_messages_need_no_capitals() -> None:
    lines = [
        "[01/02/24, 10:11] Ruairi: hi",
        "[01/02/24, 10:12] x: is padraig in",
        "[01/02/24, 10:13] x: k",
    ]
    assert decision_on("padraig", "\n".join(lines)) is Decision.REDACT


def test_a_name_inside_an_address_or_mailbox_is_not_a_person_too() -> None:
    text = "Write to bisi.o@example.org or 12 Marchetti Road, London W16 2BD."
    assert {each[1] for each in found(text)} == {"EMAIL", "ADDRESS", "POSTCODE"}


AUNT = {
    "person_id": "aunt",
    "role": "family",
    "relation": "aunt",
    "given": "May",
    "family": "Street",
    "title": "Ms",
    "aliases": ["Marisol de Souza", "Titi"],
}


@pytest.mark.parametrize(
    "written", ["Marisol de Souza", "Marisol", "Titi", "Titi Street", "Ms Street"]
)
def test_an_alias_is_the_same_person(written: str) -> None:
    text = f"A call from {written}, in the evening."
    assert decision_on(written.removeprefix("Ms "), text, register(AUNT)) is Decision.REDACT


@pytest.mark.parametrize(
    "text",
    [
        "Seen in May and again by June.",
        "Reviewed 12 May 2021.",
        "May 2022 is the target.",
        "May close soon.",
    ],
)
def test_a_month_is_not_an_aunt(text: str) -> None:
    assert decision_on("May", text, register(AUNT)) is None


@pytest.mark.parametrize(
    "text",
    [
        "I met May at home.",
        "May said so.",
        "May and Ruairi left.",
        "Present: May, Ruairi",
        "Name | May\nNHS | x",
    ],
)
def test_an_aunt_is_not_a_month(text: str) -> None:
    assert decision_on("May", text, register(AUNT)) is Decision.REDACT


def test_a_street_is_not_a_family_name() -> None:
    assert (
        decision_on("Street", "He was taken to Great Ormond Street on Friday.", register(AUNT))
        is None
    )
    assert decision_on("Street", "Subject: Street | x", register(AUNT)) is Decision.REDACT


@pytest.mark.parametrize(
    ("written", "person"),
    [
        ("Padraig Linch", "dad"),
        ("Padraig Seosamh Lynch", "dad"),
        ("Padriag Lynch", "dad"),
        ("Lynch, Padraig", "dad"),
        ("Wai-LLam", "friend"),
        ("Denzel M", "worker"),
        ("Marchettl", "worker"),
    ],
)
def test_slips_and_middle_names_stay_with_their_person(written: str, person: str) -> None:
    text = f"A call came from {written}, we think."
    covering = [each for each in found(text) if each[0] == written]
    assert [each[2] for each in covering] == [person]


def test_another_initial_is_another_person() -> None:
    assert decision_on("Ruairi B", "He sat with Ruairi B, not with us.") is Decision.REVIEW


def test_another_family_name_in_capitals_is_another_person() -> None:
    assert decision_on("O'DOWD, Ruairi", "Form 7\nO'DOWD, Ruairi was absent.") is Decision.REVIEW


def test_letters_in_a_reference_are_not_initials() -> None:
    assert found("Form OO/114 and PL-7 were filed.") == []


def test_initials_two_people_share_are_for_review_even_when_only_one_is_named() -> None:
    namesake = {"role": "professional", "given": "Orla", "family": "Oakes"}
    text = "Orla Oakes chaired. O.O. left early."
    assert decision_on("O.O", text, register(namesake)) is Decision.REVIEW
