from __future__ import annotations

import pytest

from sar.domain.people import Decision, Role, decision_about, decision_about_detail, risk


@pytest.mark.parametrize("role", [Role.DATA_SUBJECT, Role.PROFESSIONAL, Role.ORGANISATION])
def test_the_data_subject_and_workers_in_role_are_kept(role: Role) -> None:
    assert decision_about({role}) is Decision.KEEP


@pytest.mark.parametrize(
    "role", [Role.FAMILY, Role.OTHER_CHILD, Role.VICTIM_WITNESS, Role.REFERRER]
)
def test_other_people_are_redacted(role: Role) -> None:
    assert decision_about({role}) is Decision.REDACT


def test_words_that_fit_a_kept_and_a_redacted_person_are_for_review() -> None:
    assert decision_about({Role.DATA_SUBJECT, Role.OTHER_CHILD}) is Decision.REVIEW


def test_words_that_fit_two_redacted_people_are_redacted() -> None:
    assert decision_about({Role.FAMILY, Role.VICTIM_WITNESS}) is Decision.REDACT


@pytest.mark.parametrize(
    "roles",
    [set(), {Role.UNKNOWN}, {Role.UNKNOWN, Role.PROFESSIONAL}, {Role.UNKNOWN, Role.FAMILY}],
)
def test_somebody_nobody_knows_is_for_review(roles: set[Role]) -> None:
    assert decision_about(roles) is Decision.REVIEW


def test_an_address_shared_with_the_data_subject_is_kept() -> None:
    assert decision_about_detail("ADDRESS", Role.FAMILY, is_subjects_own=True) is Decision.KEEP


@pytest.mark.parametrize(
    ("kind", "role", "decision"),
    [
        ("PHONE", Role.FAMILY, Decision.REDACT),
        ("PHONE", Role.PROFESSIONAL, Decision.KEEP),
        ("DOB", Role.PROFESSIONAL, Decision.REVIEW),
        ("ADDRESS", Role.PROFESSIONAL, Decision.REVIEW),
        ("SORT_CODE", Role.PROFESSIONAL, Decision.REVIEW),
        ("NHS_NUMBER", Role.DATA_SUBJECT, Decision.KEEP),
        ("NHS_NUMBER", None, Decision.REVIEW),
    ],
)
def test_a_detail_goes_the_way_of_its_owner(
    kind: str, role: Role | None, decision: Decision
) -> None:
    assert decision_about_detail(kind, role, is_subjects_own=False) is decision


def test_how_to_reach_a_referrer_comes_before_everything_else() -> None:
    in_order = [
        ("PHONE", Role.REFERRER),
        ("PERSON", Role.VICTIM_WITNESS),
        ("PERSON", Role.OTHER_CHILD),
        ("PERSON", None),
        ("PHONE", Role.FAMILY),
    ]
    assert [risk(kind, role) for kind, role in in_order] == [0, 1, 2, 3, 4]
