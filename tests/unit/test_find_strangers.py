from __future__ import annotations

import pytest

from sar.documents.find import strangers_in, suggest, suggest_all
from sar.domain.people import Decision, Role
from tests.unit.find_register import decision_on, found, register


def seen(*texts: str) -> dict[str, Role]:
    """The name and role of everybody the texts name and the register does not hold."""
    return {person.name: person.role for person in strangers_in(texts, register())}


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("Ebele Nnamdi, health visitor, rang.", "Ebele Nnamdi", Role.PROFESSIONAL),
        ("Attendees:\nTomos Vaughan (SENCO) - TV", "Tomos Vaughan", Role.PROFESSIONAL),
        ("Dr Farzaneh Rostami examined him.", "Farzaneh Rostami", Role.PROFESSIONAL),
        ("From: Iwan Rees <iwan.rees@council.gov.uk>", "Iwan Rees", Role.PROFESSIONAL),
        ("Kind regards\nMoira Tennant\nFamily Support Worker", "Moira Tennant", Role.PROFESSIONAL),
        ("Case transferred to Sunniva Dahl.", "Sunniva Dahl", Role.PROFESSIONAL),
        ("Bronwen Haddow (maternal grandmother) came.", "Bronwen Haddow", Role.FAMILY),
        ("The victim, Tadeusz Gil, gave a statement.", "Tadeusz Gil", Role.VICTIM_WITNESS),
        ("The referrer was Leticia Prado.", "Leticia Prado", Role.REFERRER),
        ("Jerome Akintola from next door heard it.", "Jerome Akintola", Role.REFERRER),
        ("His friend Kwabena Osei was there.", "Kwabena Osei", Role.OTHER_CHILD),
        ("He was with a male called Lolly Tupper.", "Lolly Tupper", Role.UNKNOWN),
        ("Witness 1 - Oluwatobiloba Ayinde.", "Oluwatobiloba Ayinde", Role.VICTIM_WITNESS),
        ("Relationship: uncle\nName: Feargal Brix", "Feargal Brix", Role.FAMILY),
        ("Role: Health visitor\nName: Ottoline Frasier", "Ottoline Frasier", Role.PROFESSIONAL),
        ("Also there: Shayla (9) and others.", "Shayla", Role.UNKNOWN),
        ("I later saw T'Quan Reid.", "T'Quan Reid", Role.UNKNOWN),
        ("I later saw Farida Noorzai in town.", "Farida Noorzai", Role.UNKNOWN),
    ],
)
def test_people_nobody_registered_are_proposed_with_the_role_the_text_gives(
    text: str, name: str, role: Role
) -> None:
    assert seen(text) == {name: role}


@pytest.mark.parametrize(
    "text",
    [
        "The Child Protection Plan was agreed at Westminster Town Hall.",
        "Queen Elizabeth Hospital and Great Ormond Street have no record.",
        "Monday Review Meeting. Core Group to follow. Christian faith school place offered.",
        "April and June reviews were cancelled. Mark seen on the left forearm.",
        "KINSHIP ALLOWANCE REMITTANCE",
    ],
)
def test_bodies_places_and_plain_words_are_not_people(text: str) -> None:
    assert seen(text) == {}


def test_a_stranger_is_for_review_until_a_role_is_known() -> None:
    assert decision_on("Farida Noorzai", "I saw Farida Noorzai in town.") is Decision.REVIEW


def test_somebody_introduced_in_one_document_is_known_in_all() -> None:
    first, second = suggest_all(
        ["Ebele Nnamdi, health visitor, rang.", "Ebele will visit on Friday."], register()
    )
    assert [each.decision for each in first] == [Decision.KEEP]
    assert [each.decision for each in second] == [Decision.KEEP]


def test_strangers_an_officer_has_placed_are_used_as_they_are() -> None:
    text = "Ebele Nnamdi rang."
    placed = strangers_in(["The referrer was Ebele Nnamdi."], register())
    assert [each.decision for each in suggest(text, register(), placed)] == [Decision.REDACT]


def test_a_list_of_pupils_names_other_children() -> None:
    text = (
        "Surname, Forename | UPN | DOB\n"
        "FOXTON, Ines | X123 | 01/02/2012\n"
        "Okafor-Lynch, Ruairí | X124 | 09/08/2012\n"
    )
    assert [(each[0], each[3]) for each in found(text) if each[1] != "UPN"] == [
        ("FOXTON, Ines", "redact"),
        ("01/02/2012", "redact"),
        ("Okafor-Lynch, Ruairí", "keep"),
        ("09/08/2012", "keep"),
    ]


def test_a_pupil_with_a_workers_name_makes_the_name_one_for_review() -> None:
    texts = [
        "Surname, Forename | UPN | Notes\nMARCHETTI, Denzel | X123 | EAL\n",
        "Denzel Marchetti rang.",
    ]
    assert [each.decision for each in suggest_all(texts, register())[1]] == [Decision.REVIEW]


def test_a_worker_whom_another_text_calls_family_is_for_review() -> None:
    texts = ["Ebele Nnamdi, health visitor, rang.", "Ebele Nnamdi (maternal aunt) came."]
    assert {each.decision for found in suggest_all(texts, register()) for each in found} == {
        Decision.REVIEW
    }


@pytest.mark.parametrize(
    "text",
    [
        "He was with Bláthnaid Ní Chonaill that night.",
        "He was with Youssef El Amrani that night.",
        "He was with Ms R. Dhillon that night.",
        "He was with Chukwuemeka Eze that night.",
        "He was with Nguyễn Thị Hương that night.",
        "He was with Zbigniew Wiśniewski that night.",
        "He was with Hibaaq Cabdullahi that night.",
    ],
)
def test_strangers_are_found_in_many_cultures_of_names(text: str) -> None:
    words = text.removeprefix("He was with ").removeprefix("Ms ").removesuffix(" that night.")
    assert decision_on(words, text) is Decision.REVIEW


def test_a_short_name_known_only_as_such_is_found() -> None:
    assert decision_on("Tupsy", "an older male known only as Tupsy was there") is Decision.REVIEW


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("Recorded by: Hefin Probert", "Hefin Probert", Role.PROFESSIONAL),
        ("Interviewers: Hefin Probert; others", "Hefin Probert", Role.PROFESSIONAL),
        ("cc Hefin Probert", "Hefin Probert", Role.PROFESSIONAL),
        (
            "Name | Role | Present\nHefin Probert | Social worker | yes",
            "Hefin Probert",
            Role.PROFESSIONAL,
        ),
        ("Name | Relationship | DOB\nHefin Probert | uncle | n/k", "Hefin Probert", Role.FAMILY),
        ("Name | Relationship | DOB\nHefin Probert | lodger | n/k", "Hefin Probert", Role.UNKNOWN),
        ("OIC: PROBERT, Hefin 4471TX", "Hefin PROBERT", Role.PROFESSIONAL),
        ("Hefin's mother rang.", "Hefin", Role.UNKNOWN),
        ("Mrs al-Tikriti rang.", "al-Tikriti", Role.UNKNOWN),
        ("a call from Ms Probert today", "Probert", Role.UNKNOWN),
        ("Auntie Hefina rang.", "Hefina", Role.FAMILY),
        ("Then Zbyszko Przygoda left, and Zbyszko rang.", "Zbyszko Przygoda", Role.UNKNOWN),
        ("He was near Brackley Gates.", "", Role.UNKNOWN),
        ("with Kwok-Wah C. and others", "Kwok-Wah C", Role.UNKNOWN),
    ],
)
def test_signs_of_a_name_and_of_a_role(text: str, name: str, role: Role) -> None:
    assert seen(text) == ({name: role} if name else {})
