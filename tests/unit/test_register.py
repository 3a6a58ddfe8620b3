"""The service register: who holds what, and which right is open against it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from sar.domain import register
from sar.domain.errors import DomainError
from sar.domain.inboxes import inbox
from sar.domain.register import SERVICES
from sar.domain.rights import ProcessingRegime, Right
from sar.domain.service_entry import Basis, Council, LawfulBasis, RetentionTrigger, ServiceRegime

RIGHTS = (
    Right.ACCESS,
    Right.RECTIFICATION,
    Right.ERASURE,
    Right.RESTRICTION,
    Right.PORTABILITY,
    Right.OBJECTION,
    Right.AUTOMATED_DECISION,
)
STATES = {"Y": "available", "L": "limited", "N": "not-available"}
TABLE = {
    LawfulBasis.CONSENT: "YYYYYNY",
    LawfulBasis.CONTRACT: "YYLYYNY",
    LawfulBasis.LEGAL_OBLIGATION: "YYLYNNY",
    LawfulBasis.VITAL_INTERESTS: "YYYYNNY",
    LawfulBasis.PUBLIC_TASK: "YYLYNYY",
    LawfulBasis.RECOGNISED_LEGITIMATE_INTERESTS: "YYYYNYY",
    LawfulBasis.LEGITIMATE_INTERESTS: "YYYYNYY",
    LawfulBasis.LAW_ENFORCEMENT: "YYYYNNY",
    LawfulBasis.UNSTATED: "YYLYNYY",
}


def state(service_id: str, right: Right, **options: object) -> str:
    entry = register.service(service_id)
    return register.right_availability(entry, right, **options).state  # type: ignore[arg-type]


@pytest.mark.parametrize("basis", list(LawfulBasis))
def test_every_basis_opens_the_rights_the_law_says(basis: LawfulBasis) -> None:
    found = [register.basis_availability(basis, right).state for right in RIGHTS]
    assert found == [STATES[letter] for letter in TABLE[basis]]


@pytest.mark.parametrize("basis", list(LawfulBasis))
def test_a_complaint_is_open_on_every_basis(basis: LawfulBasis) -> None:
    assert register.basis_availability(basis, Right.COMPLAINT).state == "available"


def test_the_register_holds_fifteen_services_and_one_other_authority() -> None:
    assert [each.id for each in SERVICES] == [*(f"SVC-{n:02}" for n in range(1, 16)), "SVC-90"]


@pytest.mark.parametrize("entry", SERVICES, ids=lambda entry: entry.id)
def test_every_entry_is_complete_and_its_inboxes_exist(entry: register.ServiceEntry) -> None:
    assert entry.name
    assert entry.controller
    assert entry.retention
    assert entry.basis.points
    assert len(set(entry.recipients)) == len(entry.recipients)
    for council, slug in entry.sar_inbox:
        assert inbox(slug).council is council
        assert council in entry.councils


@pytest.mark.parametrize("entry", SERVICES, ids=lambda entry: entry.id)
@pytest.mark.parametrize("right", list(Right))
def test_every_answer_is_a_sentence_for_the_requester(
    entry: register.ServiceEntry, right: Right
) -> None:
    answer = register.right_availability(entry, right)
    assert answer.article
    assert answer.sentence_for_requester.endswith(".")


def test_youth_offending_loses_objection_and_nothing_else() -> None:
    assert state("SVC-06", Right.OBJECTION) == "not-available"
    for right in (Right.ACCESS, Right.RECTIFICATION, Right.RESTRICTION, Right.COMPLAINT):
        assert state("SVC-06", right) == "available"


def test_youth_offending_records_answer_to_two_regimes() -> None:
    entry = register.service("SVC-06")
    assert entry.regime is ServiceRegime.SPLIT_PART_3
    assert state("SVC-06", Right.ERASURE, regime=ProcessingRegime.UK_GDPR) == "limited"
    assert state("SVC-06", Right.ERASURE, regime=ProcessingRegime.LAW_ENFORCEMENT) == "available"
    answer = register.right_availability(
        entry, Right.ACCESS, regime=ProcessingRegime.LAW_ENFORCEMENT
    )
    assert answer.article == "DPA 2018 s.45"


def test_the_later_basis_of_send_opens_objection() -> None:
    entry = register.service("SVC-08")
    assert register.right_availability(entry, Right.OBJECTION).state == "available"
    assert LawfulBasis.LEGAL_OBLIGATION not in entry.basis.points


def test_the_basis_is_the_one_of_the_day_asked_about() -> None:
    old = Basis((LawfulBasis.LEGAL_OBLIGATION,), "old")
    new = Basis((LawfulBasis.PUBLIC_TASK,), "new", since=date(2024, 1, 1))
    entry = replace(register.service("SVC-08"), bases=(old, new))
    assert register.basis_on(entry, date(2023, 12, 31)) is old
    assert register.basis_on(entry, date(2024, 1, 1)) is new
    assert register.basis_on(entry) is new


def test_objection_to_adverts_is_open_on_any_basis() -> None:
    assert state("SVC-06", Right.OBJECTION, is_direct_marketing=True) == "available"


@pytest.mark.parametrize("service_id", ["SVC-13", "SVC-90"])
def test_another_authoritys_records_are_not_ours_to_answer_for(service_id: str) -> None:
    entry = register.service(service_id)
    answer = register.right_availability(entry, Right.ACCESS)
    assert answer.state == "not-available"
    assert entry.controller in answer.sentence_for_requester


def test_consent_is_taken_back_where_objection_is_closed() -> None:
    answer = register.basis_availability(LawfulBasis.CONSENT, Right.OBJECTION)
    assert "take back" in answer.sentence_for_requester


def test_legitimate_interests_bring_a_warning() -> None:
    assert register.basis_warning(LawfulBasis.LEGITIMATE_INTERESTS)
    assert not register.basis_warning(LawfulBasis.PUBLIC_TASK)


def test_an_abolished_body_is_found_under_its_new_name() -> None:
    for old in ("UKBA", "UK Boarder Agency", "ccg", "Public Health England", "probation trusts"):
        found = register.recipient_now(old)
        assert found is not None
        assert found.name.casefold() != old.casefold()
    assert register.recipient_now("Ministry of Silly Walks") is None


def test_recipients_of_two_services_are_told_once() -> None:
    both = register.recipients_of([register.service("SVC-06"), register.service("SVC-07")])
    assert len({each.name for each in both}) == len(both)
    assert any(each.name == "Home Office" for each in both)


def test_services_are_listed_by_council() -> None:
    rbkc = {each.id for each in register.services_of(Council.RBKC)}
    assert "SVC-09" in rbkc
    assert "SVC-05" not in rbkc
    assert "SVC-09" not in {each.id for each in register.services_of(Council.WCC)}


def test_youth_offending_records_are_on_hold() -> None:
    assert register.service("svc-06").retention_trigger is RetentionTrigger.INQUIRY_HOLD


def test_an_unknown_service_is_refused() -> None:
    with pytest.raises(DomainError, match="no service SVC-99"):
        register.service("SVC-99")
