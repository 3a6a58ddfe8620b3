from __future__ import annotations

from itertools import pairwise
from time import process_time

import pytest

from sar.documents.checksums import is_national_insurance_number, is_nhs_number, is_uln, is_upn
from sar.documents.homes import home_of, is_same_home
from sar.domain.people import Decision
from tests.unit.find_register import decision_on, found, register, suggestions


@pytest.mark.parametrize(
    "written",
    ["07700 900302", "07700900302", "+44 7700 900302", "+44 (0)7700-900302", "077OO 900302"],
)
def test_a_registered_number_is_found_in_any_grouping(written: str) -> None:
    assert found(f"Ring {written} after six.") == [(written, "PHONE", "mum", "redact")]


@pytest.mark.parametrize(
    "written",
    ["30/03/1985", "30.3.85", "30-Mar-1985", "30th March 1985", "1985-03-30", "March 30, 1985"],
)
def test_a_registered_date_of_birth_is_found_in_any_format(written: str) -> None:
    assert decision_on(written, f"DOB {written}, London") is Decision.REDACT


def test_the_date_of_a_meeting_is_no_date_of_birth() -> None:
    assert found("The review on 14 May 2021 was quorate.") == []


def test_dates_under_a_heading_of_birth_are_dates_of_birth() -> None:
    text = "Name | DOB | Relationship\nPadraig Lynch | 02/02/1980 | father\n"
    assert ("02/02/1980", "DOB", "dad", "redact") in found(text)


def test_the_data_subjects_numbers_are_kept() -> None:
    text = "NHS 999 628 1949. Case LP204417. Tel 07700 900301."
    assert {each[3] for each in found(text)} == {"keep"}


def test_an_nhs_number_goes_with_the_person_before_it() -> None:
    text = "Grace Okafor-Lynch, NHS 999 030 8241, was seen."
    assert decision_on("999 030 8241", text) is Decision.REDACT


def test_a_number_nobody_is_named_near_is_for_review() -> None:
    assert (
        decision_on("020 7946 0999", "Somebody left 020 7946 0999 on the machine.")
        is Decision.REVIEW
    )


def test_ten_digits_that_fail_the_check_are_not_an_nhs_number() -> None:
    assert found("Batch 999 628 1948 was delivered.") == []


def test_the_data_subjects_mothers_number_is_not_the_data_subjects() -> None:
    text = "Ruairi's mother was telephoned on 07700 900555."
    assert decision_on("07700 900555", text) is Decision.REVIEW


def test_another_number_beside_the_data_subject_is_for_review() -> None:
    # The register holds his own, and this is not it.
    text = "Ruairi rang from 07700 900556."
    assert decision_on("07700 900556", text) is Decision.REVIEW


def test_a_home_shared_with_the_data_subject_is_kept_and_the_flat_next_door_is_not() -> None:
    shared = "Ms Okafor lives at Flat 3, Brindle Court, 40 Saltmarsh Road, London W16 1AA."
    assert [each[3] for each in found(shared)[1:]] == ["keep", "keep"]
    next_door = "Mrs Wójcik lives at Flat 4, Brindle Court, 40 Saltmarsh Road, London W16 1AA."
    assert [each[3] for each in found(next_door)[1:]] == ["redact", "redact"]


def test_an_address_written_down_the_page_is_one_address() -> None:
    text = "Mr P Lynch\n7 Heron Row\nLondon\nW17 2BB\n\nDear Mr Lynch"
    assert ("7 Heron Row\nLondon", "ADDRESS", "dad", "redact") in found(text)
    assert ("W17 2BB", "POSTCODE", "dad", "redact") in found(text)


def test_a_street_without_a_postcode_is_an_address() -> None:
    text = "Padraig was seen at 19 Cooper's Wharf, Deptford on Sunday."
    assert decision_on("19 Cooper's Wharf, Deptford", text) is Decision.REDACT


@pytest.mark.parametrize(
    ("written", "registered", "is_same"),
    [
        ("Flat 3, Brindle Court", "Flat 3, Brindle Court, 40 Saltmarsh Road", True),
        ("40 Saltmarsh Road", "Flat 3, Brindle Court, 40 Saltmarsh Road", True),
        ("Flat 5, 40 Saltmarsh Road", "Flat 3, 40 Saltmarsh Road", False),
        ("Basement Flat, 40 Saltmarsh Road", "40 Saltmarsh Road", False),
        ("41 Saltmarsh Road", "40 Saltmarsh Road", False),
        ("Ground Floor Flat, 9 Elm Rise", "ground floor flat 9 Elm Rise, Leyton E10 5ZZ", True),
    ],
)
def test_two_addresses_are_one_home_only_when_the_flat_agrees(
    written: str, registered: str, is_same: bool
) -> None:
    assert is_same_home(home_of(written), home_of(registered)) is is_same


def test_a_mailbox_is_its_owners_by_the_name_in_it() -> None:
    text = "From plynch80@example.net and wailamt@example.net, copied to j.h@example.police.uk"
    assert [each[2:] for each in found(text)] == [
        ("dad", "redact"),
        ("friend", "redact"),
        (None, "keep"),
    ]


def test_a_handle_is_its_owners_by_the_name_in_it() -> None:
    assert found("he follows @wailam.09 now")[0][1:] == ("HANDLE", "friend", "redact")


@pytest.mark.parametrize(
    ("text", "number", "kind"),
    [
        ("vehicle AB12 CDE was seen", "AB12 CDE", "VEHICLE_REG"),
        ("the reg was P123 ABC", "P123 ABC", "VEHICLE_REG"),
        ("CAD 8830/14MAR19 refers", "8830/14MAR19", "POLICE_REF"),
        ("CRIS 6549021/18 opened", "6549021/18", "POLICE_REF"),
        ("NI: QQ 12 34 56 C", "QQ 12 34 56 C", "NI_NUMBER"),
        ("Sort code 00-11-22", "00-11-22", "SORT_CODE"),
        ("account no 12345678", "12345678", "ACCOUNT_NUMBER"),
        ("open to us (LP998877)", "LP998877", "CASE_ID"),
        ("Mosaic ID: 5012372", "5012372", "CASE_ID"),
    ],
)
def test_a_number_is_known_by_its_shape_and_context(text: str, number: str, kind: str) -> None:
    assert [(each[0], each[1]) for each in found(text)] == [(number, kind)]


@pytest.mark.parametrize(
    "text",
    ["Invoice 00-11-22 paid", "PO LP998877 raised", "Form CS/114 version 3.2", "Room 4 at 14.30"],
)
def test_office_numbers_are_left_alone(text: str) -> None:
    assert found(text) == []


def test_a_company_keeps_its_bank_details() -> None:
    text = "Sunrise Taxis Ltd\nSort code 00-11-22 Account 12345678"
    assert {each[3] for each in found(text)} == {"keep"}


def test_an_age_goes_with_the_name_beside_it() -> None:
    text = "Wai-Lam (13) and his cousin, who is 40 years old. Ruairi (aged 12) left."
    assert [(each[0], each[3]) for each in found(text) if each[1] == "AGE"] == [
        ("13", "redact"),
        ("aged 12", "keep"),
    ]


def test_the_school_of_the_data_subject_is_kept_and_another_childs_is_redacted() -> None:
    assert (
        decision_on("Curlew Lane Primary School", "Seen at Curlew Lane Primary School.")
        is Decision.KEEP
    )
    text = "Wai-Lam is on roll at Petrel Hill Academy."
    assert decision_on("Petrel Hill Academy", text) is Decision.REDACT


def test_checksums_refuse_one_wrong_digit() -> None:
    assert is_nhs_number("9996281949")
    assert not is_nhs_number("9996281948")
    assert is_upn("N213190937865")
    assert not is_upn("N213190937866")
    assert is_uln("1102452709")
    assert not is_uln("1102452708")
    assert is_national_insurance_number("AB123456C")
    assert not is_national_insurance_number("BG123456C")
    assert not is_national_insurance_number("AB123456E")


def test_why_names_the_person_and_the_sign() -> None:
    (_, phone) = suggestions("Padraig left 020 7946 0777 with us.")
    assert phone.why == "Telephone number; Pádraig Lynch (dad) by same sentence"
    assert (phone.person, phone.decision) == ("dad", Decision.REDACT)


def test_how_to_reach_the_referrer_is_reviewed_first() -> None:
    text = "Mrs Wójcik rang from 020 7946 0123. Padraig left."
    in_order = sorted(suggestions(text), key=lambda each: each.risk)
    assert [each.type for each in in_order] == ["PHONE", "PERSON", "PERSON"]
    assert in_order[-1].person == "dad"


def test_no_two_suggestions_overlap() -> None:
    text = (
        "Ms Okafor (30/03/1985), aged 40 of Flat 3, Brindle Court, 40 Saltmarsh Road, London "
        "W16 1AA, bisi.o@example.org, 07700 900302, said that Grace (9) and Wai-Lam T were out."
    )
    spans = [(each.start, each.end) for each in suggestions(text)]
    assert len(spans) > 8
    assert all(one[1] <= two[0] for one, two in pairwise(spans))


def test_a_date_between_a_name_and_a_home_is_a_date_of_birth() -> None:
    text = "Suspect - LYNCH Padraig, 12/05/1981, of 7 Heron Row."
    assert decision_on("12/05/1981", text) is Decision.REDACT


def test_a_case_number_of_the_register_is_found_without_its_label() -> None:
    people = register(
        {"role": "family", "given": "Zsófia", "family": "Bálint", "ids": {"case": "5012372"}}
    )
    assert decision_on("5012372", "Upload this to 5012372 please.", people) is Decision.REDACT


@pytest.mark.parametrize(
    ("text", "number", "kind"),
    [
        ("ULN: 1102452709", "1102452709", "ULN"),
        ("UPN Y909733361120 on roll", "Y909733361120", "UPN"),
        ("UPN | Y909733361121", "Y909733361121", "UPN"),
        ("NHS 999 628 1948 (as given)", "999 628 1948", "NHS_NUMBER"),
        ("Number 999 030 8241 on file", "999 030 8241", "NHS_NUMBER"),
        ("seen at 7 Tern Close yesterday", "7 Tern Close", "ADDRESS"),
        ("postcode w16 3db only", "w16 3db", "POSTCODE"),
    ],
)
def test_numbers_are_known_by_label_or_check(text: str, number: str, kind: str) -> None:
    assert [(each[0], each[1]) for each in found(text)] == [(number, kind)]


def test_an_address_with_a_house_name_is_found_before_its_postcode() -> None:
    text = "He lives at Rose Cottage, Mill Lane, Ely, CB99 1AA."
    assert ("Rose Cottage, Mill Lane, Ely", "ADDRESS") in [each[:2] for each in found(text)]


def test_a_year_on_the_line_above_is_no_house_number() -> None:
    text = "12 March 2021\n7 Heron Row\nLondon W17 2BB"
    assert ("7 Heron Row\nLondon", "ADDRESS") in [each[:2] for each in found(text)]


def test_a_body_keeps_its_address() -> None:
    text = "Heron Family Centre, 12 Quay Lane, London W16 5EE"
    assert {each[3] for each in found(text)} == {"keep"}


def test_a_number_in_a_form_belongs_to_the_one_person_of_the_form() -> None:
    text = "Payee: Padraig Lynch\nAddress: n/k\nNI: QQ 12 34 56 C\n"
    assert decision_on("QQ 12 34 56 C", text) is Decision.REDACT
    mixed = "Padraig Lynch\nGrace Okafor-Lynch\nRuairi\nNI: QQ 12 34 56 C\n"
    assert decision_on("QQ 12 34 56 C", mixed) is Decision.REVIEW


def test_a_number_before_its_owner_in_the_sentence_finds_them() -> None:
    assert decision_on("07700 900777", "On 07700 900777 Padraig can be reached.") is Decision.REDACT


def test_a_reference_shared_by_the_data_subject_and_another_is_for_review() -> None:
    text = "Wai-Lam and Ruairi were reported missing (8830/14MAR19)."
    assert decision_on("8830/14MAR19", text) is Decision.REVIEW


@pytest.mark.parametrize("piece", ["A", "0", "Aa-", "School "])
def test_a_long_run_of_one_thing_takes_no_longer_than_its_length(piece: str) -> None:
    before = process_time()
    suggestions(piece * (20_000 // len(piece)))
    # A pattern that tried every start to every end would take minutes.
    assert process_time() - before < 8
