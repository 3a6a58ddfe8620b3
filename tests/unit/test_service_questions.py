"""What a case settles about a service, and which rights are open once it is settled."""

from __future__ import annotations

from datetime import date

import pytest

from sar.domain.errors import DomainError
from sar.domain.register import SERVICES, service
from sar.domain.rights import Right
from sar.domain.service_entry import Council, ServiceQuestion
from sar.domain.service_questions import (
    check_answer,
    open_questions,
    questions_for,
    redirect_of,
    refusal_reasons,
    rights_open,
    rights_summary,
)

Q = ServiceQuestion
WCC, RBKC = Council.WCC, Council.RBKC
TODAY = date(2026, 11, 22)


def asked(service_id: str) -> list[ServiceQuestion]:
    return [each.about for each in questions_for(service(service_id))]


@pytest.mark.parametrize(
    ("service_id", "questions"),
    [
        ("SVC-01", []),
        ("SVC-02", [Q.CONTROLLER]),
        ("SVC-04", [Q.LAST_CONTACT]),
        ("SVC-05", [Q.YOUNGEST_BORN]),
        ("SVC-06", [Q.REGIME]),
        ("SVC-07", [Q.LEAD]),
        ("SVC-08", [Q.LAST_INVOLVEMENT]),
        ("SVC-09", [Q.SERVICE_CLOSED]),
        ("SVC-90", []),
    ],
)
def test_each_service_asks_what_its_notice_leaves_open(
    service_id: str, questions: list[ServiceQuestion]
) -> None:
    assert asked(service_id) == questions


def test_a_question_is_open_until_it_is_answered_and_days_never_hold_a_case_up() -> None:
    assert [each.about for each in open_questions(service("SVC-06"), {})] == [Q.REGIME]
    assert open_questions(service("SVC-06"), {Q.REGIME: "both"}) == ()
    assert open_questions(service("SVC-05"), {}) == ()


def test_mash_offers_its_three_councils_as_lead() -> None:
    (question,) = questions_for(service("SVC-07"))
    assert [value for value, _ in question.choices] == ["RBKC", "WCC", "LBHF"]


def test_an_answer_is_one_of_the_choices_and_a_day_that_has_been() -> None:
    assert check_answer(service("SVC-06"), Q.REGIME, "both", TODAY) == "both"
    assert check_answer(service("SVC-05"), Q.YOUNGEST_BORN, "2026-11-22", TODAY) == "2026-11-22"
    with pytest.raises(DomainError, match="Choose one"):
        check_answer(service("SVC-06"), Q.REGIME, "neither", TODAY)
    with pytest.raises(DomainError, match="future"):
        check_answer(service("SVC-05"), Q.YOUNGEST_BORN, "2026-11-23", TODAY)
    with pytest.raises(DomainError, match="does not ask"):
        check_answer(service("SVC-01"), Q.LEAD, "WCC", TODAY)


def test_a_youth_offending_record_is_told_under_both_laws_until_one_is_chosen() -> None:
    entry = service("SVC-06")
    both = rights_open(entry, Right.ERASURE, {}, TODAY)
    assert [(each.under, each.availability.state) for each in both] == [
        ("UK GDPR", "limited"),
        ("Data Protection Act 2018 Part 3", "available"),
    ]
    assert rights_open(entry, Right.ERASURE, {Q.REGIME: "both"}, TODAY) == both
    (one,) = rights_open(entry, Right.ACCESS, {Q.REGIME: "law-enforcement"}, TODAY)
    assert one.availability.article == "DPA 2018 s.45"


def test_other_services_have_one_answer_and_no_law_to_name() -> None:
    (one,) = rights_open(service("SVC-01"), Right.OBJECTION, {}, TODAY)
    assert (one.under, one.availability.state) == ("", "available")


def test_islington_is_sent_on_with_its_address() -> None:
    told = redirect_of(service("SVC-90"), WCC, {})
    assert told == (
        "Islington Council holds this. Tell the person to ask them at foia@islington.gov.uk."
    )


def test_rescue_and_response_on_a_westminster_case_goes_to_the_other_borough() -> None:
    assert "Kensington and Chelsea is the controller" in redirect_of(service("SVC-09"), WCC, {})
    assert redirect_of(service("SVC-09"), RBKC, {}) == ""


@pytest.mark.parametrize(
    ("service_id", "about", "words"),
    [("SVC-07", Q.LEAD, "leads on"), ("SVC-02", Q.CONTROLLER, "is the controller of")],
)
def test_a_part_another_council_answers_for_is_passed_on(
    service_id: str, about: ServiceQuestion, words: str
) -> None:
    assert redirect_of(service(service_id), WCC, {}) == ""
    assert redirect_of(service(service_id), WCC, {about: "WCC"}) == ""
    assert words in redirect_of(service(service_id), WCC, {about: "RBKC"})


def test_the_health_service_is_asked_without_an_address_of_ours() -> None:
    assert redirect_of(service("SVC-13"), WCC, {}) == (
        "NHS Integrated Care Board holds this. Tell the person to ask them."
    )


def test_a_service_in_a_list_tells_what_is_closed_and_what_is_limited() -> None:
    assert rights_summary(service("SVC-01")) == "Not open: portability. Limited: erasure."
    assert (
        rights_summary(service("SVC-90")) == "Islington Council answers for this, not the council."
    )


def test_a_closed_right_has_its_reasons_ready_for_the_refusal_and_an_open_one_none() -> None:
    told = refusal_reasons(service("SVC-01"), Right.PORTABILITY, {}, TODAY)
    assert told.startswith("Children's Services: This right is only for data you gave us")
    assert "Art 20" in told
    assert refusal_reasons(service("SVC-01"), Right.ERASURE, {}, TODAY) == "", "limited is open"
    assert refusal_reasons(service("SVC-06"), Right.OBJECTION, {}, TODAY).endswith(
        "(UK GDPR Art 21)"
    )


@pytest.mark.parametrize("entry", SERVICES, ids=lambda entry: entry.id)
@pytest.mark.parametrize("right", list(Right))
def test_every_right_is_answered_for_every_service(entry: object, right: Right) -> None:
    for each in rights_open(entry, right, {}, TODAY):  # type: ignore[arg-type]
        assert each.availability.sentence_for_requester.endswith(".")
