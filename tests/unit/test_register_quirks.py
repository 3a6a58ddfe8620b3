"""The twenty-one quirks of the published notices: what becomes of each, or that nothing does."""

from __future__ import annotations

from datetime import date

import pytest

from sar.domain.errors import DomainError
from sar.domain.inboxes import MAILBOXES, can_send_to, canonical_address, inbox, inbox_for
from sar.domain.mail import MailFacts
from sar.domain.register import (
    SERVICES,
    basis_on,
    basis_warning,
    recipient_now,
    recipients_of,
    right_availability,
    service,
    services_of,
)
from sar.domain.register_edits import (
    RegisterEdit,
    complaints_address,
    edited_register,
    misprints_of,
    requests_address,
)
from sar.domain.register_fields import RegisterField
from sar.domain.rights import Right
from sar.domain.service_entry import Council, LawfulBasis, RetentionTrigger, ServiceQuestion
from sar.domain.triage import triage

RBKC, WCC = Council.RBKC, Council.WCC
TYPO = "dataprotection@westminter.gov.uk"


def test_q1_the_misprinted_address_is_received_never_mailed_and_shown() -> None:
    assert not can_send_to(TYPO)
    known = inbox_for(TYPO)
    assert known is not None
    assert known.slug == "wcc-dataprotection"
    assert "decides the day" in known.note
    assert misprints_of(service("SVC-01")) == (TYPO,)
    assert complaints_address(service("SVC-01"), WCC) == "dataprotection@westminster.gov.uk"


@pytest.mark.parametrize(
    "hidden", ["[email protected]", "[email\u00a0protected]", "email-protected"]
)
def test_q2_an_obscured_address_is_refused(hidden: str) -> None:
    with pytest.raises(DomainError, match="hid an address"):
        canonical_address(hidden)


def test_q3_every_mailbox_of_westminster_receives_and_the_dpo_has_one() -> None:
    slugs = {inbox_for(each.address).slug for each in MAILBOXES if each.council is WCC}  # type: ignore[union-attr]
    assert {"wcc-dataprotection", "wcc-dataprotectionact", "wcc-accesstochildrensservices"} < slugs
    assert inbox_for("DPO@westminster.gov.uk") == inbox_for("dpo@westminster.gov.uk")


def test_q4_supporting_families_asks_which_borough() -> None:
    entry = service("SVC-02")
    assert ServiceQuestion.CONTROLLER in entry.details.questions
    assert set(entry.councils) == {RBKC, WCC}
    assert any("ask which borough" in each for each in entry.quirks)


def test_q5_rescue_and_response_is_kensington_and_chelseas_alone() -> None:
    assert service("SVC-09") not in services_of(WCC)
    assert service("SVC-09").controller == RBKC.label
    assert requests_address(service("SVC-09"), WCC) == ""


def test_q6_mash_is_joint_and_a_lead_is_chosen() -> None:
    entry = service("SVC-07")
    assert len(entry.councils) == 3
    assert ServiceQuestion.LEAD in entry.details.questions
    assert complaints_address(entry, WCC) == "dpo@westminster.gov.uk"
    assert requests_address(entry, Council.LBHF) == ""


def test_q7_the_stated_and_the_suggested_basis_stand_side_by_side() -> None:
    entry = service("SVC-06")
    assert entry.special_category_stated == "Article 9(2)(i)"
    assert entry.special_category_suggested == "Article 9(2)(g)"


def test_q8_yot_and_yos_are_one_team() -> None:
    for name in ("YOT", "YOS"):
        mail = MailFacts(
            body=f"I want a copy of all the data the {name} holds about me.",
            to=("dataprotection@westminster.gov.uk",),
        )
        assert triage(mail).service_ids == ("SVC-06",)


def test_q9_no_legal_right_to_refuse_takes_away_objection_and_nothing_else() -> None:
    entry = service("SVC-06")
    closed = [right for right in Right if right_availability(entry, right).state == "not-available"]
    assert closed == [Right.PORTABILITY, Right.OBJECTION]
    answer = right_availability(entry, Right.OBJECTION)
    assert answer.sentence_for_requester.endswith(".")


def test_q10_the_goddard_enquiry_is_the_inquiry_hold() -> None:
    assert service("SVC-06").retention_trigger is RetentionTrigger.INQUIRY_HOLD
    assert any("Independent Inquiry" in each for each in service("SVC-06").quirks)


@pytest.mark.parametrize(
    ("old", "now"),
    [
        ("UK Boarder Agency", "Home Office"),
        ("UKBA", "Home Office"),
        ("CCG", "NHS Integrated Care Board"),
        ("Troubled Families", "Ministry of Housing, Communities and Local Government"),
        ("probation trusts", "Probation Service"),
        ("CRC", "Probation Service"),
        ("Public Health England", "UK Health Security Agency"),
    ],
)
def test_q11_an_abolished_body_leads_to_its_successor(old: str, now: str) -> None:
    found = recipient_now(old)
    assert found is not None
    assert found.name == now


def test_q12_the_basis_of_send_is_kept_by_date_and_the_rights_follow_it() -> None:
    entry = service("SVC-08")
    assert [each.points for each in entry.bases] == [
        (LawfulBasis.LEGAL_OBLIGATION, LawfulBasis.PUBLIC_TASK),
        (LawfulBasis.PUBLIC_TASK,),
    ]
    dated = edited_register(
        WCC,
        [
            RegisterEdit(
                "SVC-08",
                RegisterField.BASES,
                "legal-obligation: As first published\npublic-task from 2024-09-01: As it is now",
            )
        ],
    )
    entry = next(each for each in dated if each.id == "SVC-08")
    before, after = date(2024, 8, 31), date(2024, 9, 1)
    assert basis_on(entry, before).points == (LawfulBasis.LEGAL_OBLIGATION,)
    assert right_availability(entry, Right.OBJECTION, on=before).state == "not-available"
    assert right_availability(entry, Right.OBJECTION, on=after).state == "available"


def test_q13_moving_to_another_authority_is_no_portability() -> None:
    entry = service("SVC-01")
    assert right_availability(entry, Right.PORTABILITY).state == "not-available"
    assert any("not portability" in each for each in entry.quirks)


def test_q14_the_family_hub_notice_is_out_of_date_and_three_years_count() -> None:
    entry = service("SVC-04")
    assert entry.retention_trigger is RetentionTrigger.LAST_CONTACT
    assert "2021" not in entry.retention
    assert any("December 2021" in each for each in entry.details.notice_faults)


def test_q15_a_blank_complaint_address_leads_to_the_dpo_and_typos_have_no_effect() -> None:
    assert complaints_address(service("SVC-05"), WCC) == "dpo@westminster.gov.uk"
    text = " ".join(str(each) for each in SERVICES)
    for typo in ("lease send", "if tf they", "not compiled"):
        assert typo not in text


def test_q16_high_risk_fields_are_named_for_redaction() -> None:
    assert "NASS number (asylum support)" in service("SVC-05").details.high_risk
    assert "Immigration status" in service("SVC-06").details.high_risk
    assert any("orientation" in each for each in service("SVC-03").details.high_risk)


def test_q17_a_basis_may_be_unstated_and_says_so() -> None:
    for service_id in ("SVC-02", "SVC-15"):
        assert service(service_id).basis.points == (LawfulBasis.UNSTATED,)
    assert "no lawful basis" in basis_warning(LawfulBasis.UNSTATED)
    assert any("agreement" in each for each in service("SVC-04").details.notice_faults)


def test_q18_recipients_are_the_union_of_the_notices() -> None:
    names = [each.name for each in recipients_of([service("SVC-01")])]
    assert "London Fire Brigade" in names
    assert "Department for Work and Pensions" in names


def test_q19_islington_is_kept_by_role_and_is_not_ours() -> None:
    entry = service("SVC-90")
    assert "Information Governance Team" in inbox("islington-foia").note
    assert right_availability(entry, Right.ACCESS).state == "not-available"
    assert (
        "Islington Council holds this"
        in right_availability(entry, Right.ACCESS).sentence_for_requester
    )


def test_q20_every_notice_is_told_to_be_silent_on_complaints() -> None:
    for entry in SERVICES:
        assert any("s.164A" in each for each in entry.details.notice_faults), entry.id


def test_q21_there_is_room_for_notices_not_seen_yet() -> None:
    added = edited_register(RBKC, [RegisterEdit("SVC-16", RegisterField.NAME, "Admissions")])
    assert [each.name for each in added if each.id == "SVC-16"] == ["Admissions"]
