"""An invented family for the tests of suggested redactions."""

from __future__ import annotations

from typing import Any

from sar.documents.find import Suggestion, suggest
from sar.documents.people_register import PeopleRegister, parse_register
from sar.domain.people import Decision

PEOPLE: list[dict[str, Any]] = [
    {
        "person_id": "child",
        "role": "data_subject",
        "given": "Ruairí",
        "family": "Okafor-Lynch",
        "title": "Master",
        "dob": "2012-08-09",
        "address": "Flat 3, Brindle Court, 40 Saltmarsh Road, London W16 1AA",
        "phones": ["07700 900301"],
        "ids": {"nhs": "999 628 1949", "case": "LP204417"},
        "school": "Curlew Lane Primary School",
    },
    {
        "person_id": "mum",
        "role": "family",
        "relation": "mum",
        "given": "Ọlábísí",
        "family": "Okafor",
        "title": "Ms",
        "dob": "1985-03-30",
        "address": "Flat 3, Brindle Court, 40 Saltmarsh Road, London W16 1AA",
        "phones": ["+44 7700 900302"],
        "emails": ["bisi.o@example.org"],
        "ids": {"nhs": "999 821 9930"},
    },
    {
        "person_id": "dad",
        "role": "family",
        "relation": "dad",
        "given": "Pádraig",
        "family": "Lynch",
        "title": "Mr",
        "address": "7 Heron Row, London W17 2BB",
    },
    {
        "person_id": "sister",
        "role": "family",
        "relation": "sister",
        "given": "Grace",
        "family": "Okafor-Lynch",
        "title": "Miss",
        "dob": "2015-01-17",
    },
    {
        "person_id": "friend",
        "role": "other_child",
        "given": "Wai-Lam",
        "family": "Tsang",
        "title": "Master",
        "school": "Saltmarsh Academy",
    },
    {
        "person_id": "caller",
        "role": "referrer",
        "relation": "neighbour",
        "given": "Małgorzata",
        "family": "Wójcik",
        "title": "Mrs",
        "phones": ["020 7946 0123"],
    },
    {
        "person_id": "worker",
        "role": "professional",
        "relation": "Social Worker",
        "given": "Denzel",
        "family": "Marchetti",
        "title": "Mr",
        "emails": ["d.marchetti@example.gov.uk"],
    },
]


def register(*more: dict[str, Any]) -> PeopleRegister:
    """The family, and whoever else a test needs."""
    return parse_register({"case_id": "test", "people": [*PEOPLE, *more]})


def found(
    text: str, people: PeopleRegister | None = None
) -> list[tuple[str, str, str | None, str]]:
    """The words, type, person and decision of each suggestion."""
    return [
        (text[each.start : each.end], each.type, each.person, each.decision.value)
        for each in suggestions(text, people)
    ]


def suggestions(text: str, people: PeopleRegister | None = None) -> tuple[Suggestion, ...]:
    """Suggestions for the text with the family's register."""
    return suggest(text, people or register())


def decision_on(words: str, text: str, people: PeopleRegister | None = None) -> Decision | None:
    """The decision on the one suggestion that covers these words of the text, None without one."""
    start = text.index(words)
    covering = [
        each
        for each in suggestions(text, people)
        if each.start <= start and each.end >= start + len(words)
    ]
    assert len(covering) <= 1
    return covering[0].decision if covering else None
