"""A council's edits over the shipped register, and services of its own."""

from __future__ import annotations

from datetime import date

import pytest

from sar.domain.errors import DomainError
from sar.domain.inboxes import inbox_for
from sar.domain.mail import MailFacts
from sar.domain.register import SERVICES, best_availability, service
from sar.domain.register_edits import (
    RegisterEdit,
    blank_entry,
    check_new_name,
    complaints_address,
    edited_register,
    is_shipped,
    misprints_of,
    next_service_id,
    requests_address,
)
from sar.domain.register_fields import RegisterField, field_text, put_field
from sar.domain.rights import Right
from sar.domain.service_entry import Council, LawfulBasis, Recipient, RetentionTrigger
from sar.domain.triage import triage

WCC, F = Council.WCC, RegisterField


def edited(*edits: RegisterEdit) -> dict[str, object]:
    return {each.id: each for each in edited_register(WCC, edits)}


def test_without_edits_the_register_is_what_was_shipped() -> None:
    assert edited_register(WCC, ()) == SERVICES


@pytest.mark.parametrize("entry", SERVICES, ids=lambda entry: entry.id)
@pytest.mark.parametrize("field", list(RegisterField))
def test_a_form_sent_back_as_it_was_shown_changes_nothing(entry: object, field: F) -> None:
    assert put_field(entry, field, field_text(entry, field)) == entry  # type: ignore[arg-type]


def test_the_last_edit_of_a_field_stands_and_the_shipped_row_stays() -> None:
    rows = edited(
        RegisterEdit("SVC-03", F.RETENTION, "Until 30."),
        RegisterEdit("SVC-03", F.RETENTION, "Until 26."),
    )
    assert rows["SVC-03"].retention == "Until 26."
    assert service("SVC-03").retention == "Until the young person turns 25."


def test_an_edit_without_text_goes_back_to_what_was_shipped() -> None:
    rows = edited(
        RegisterEdit("SVC-03", F.RETENTION, "Until 30."), RegisterEdit("SVC-03", F.RETENTION, None)
    )
    assert rows["SVC-03"] == service("SVC-03")


def test_two_fields_of_one_service_are_edited_apart() -> None:
    rows = edited(
        RegisterEdit("SVC-03", F.RETENTION, "Until 30."),
        RegisterEdit("SVC-03", F.DATA, "Names\nAges"),
        RegisterEdit("SVC-03", F.RETENTION, None),
    )
    assert rows["SVC-03"].details.data == ("Names", "Ages")
    assert rows["SVC-03"].retention == service("SVC-03").retention


def test_a_service_a_council_adds_is_found_by_triage_in_that_council() -> None:
    register = edited_register(
        WCC,
        (
            RegisterEdit("SVC-16", F.NAME, "Your Choice"),
            RegisterEdit("SVC-16", F.SYNONYMS, "Your Choice\nLYPS"),
        ),
    )
    added = next(each for each in register if each.id == "SVC-16")
    assert (added.councils, added.controller) == ((WCC,), WCC.label)
    assert [each.id for each in register].index("SVC-16") == 15, "after SVC-15, before SVC-90"
    mail = MailFacts(
        subject="Subject access request",
        body="Please send me all the data you hold about me at Your Choice.",
        to=("dataprotection@westminster.gov.uk",),
    )
    assert triage(mail, register).service_ids == ("SVC-16",)
    assert "SVC-16" not in triage(mail).service_ids


def test_a_new_service_has_no_basis_until_somebody_says_so_and_keeps_every_right_open() -> None:
    entry = blank_entry("SVC-16", WCC)
    assert entry.basis.points == (LawfulBasis.UNSTATED,)
    for right in (Right.ACCESS, Right.RECTIFICATION, Right.RESTRICTION, Right.OBJECTION):
        assert best_availability(entry.basis.points, right).state == "available"


def test_an_edit_of_a_service_nobody_added_is_passed_over() -> None:
    assert edited_register(WCC, [RegisterEdit("SVC-44", F.RETENTION, "x")]) == SERVICES


def test_numbers_go_on_from_sixteen_and_step_over_other_authorities() -> None:
    assert next_service_id([]) == "SVC-16"
    assert next_service_id(["SVC-16", "SVC-18"]) == "SVC-17"
    assert next_service_id([f"SVC-{n}" for n in range(16, 90)]) == "SVC-100"


def test_what_is_no_number_of_a_service_is_refused() -> None:
    with pytest.raises(DomainError, match="not the number"):
        next_service_id(["XYZ"])


def test_a_name_is_needed_and_must_be_free() -> None:
    assert check_new_name("  Your   Choice ", SERVICES) == "Your Choice"
    with pytest.raises(DomainError, match="already"):
        check_new_name("family hubs", SERVICES)
    with pytest.raises(DomainError, match="Enter the name"):
        check_new_name("  ", SERVICES)


def test_only_rows_that_came_with_the_programme_are_shipped() -> None:
    assert is_shipped("SVC-90")
    assert not is_shipped("SVC-16")


def test_recipients_keep_the_older_names_of_a_body() -> None:
    text = "Home Office (formerly UK Border Agency; UKBA)\nSchools (totals)"
    entry = put_field(service("SVC-10"), F.RECIPIENTS, text)
    assert entry.recipients == (
        Recipient("Home Office", ("UK Border Agency", "UKBA")),
        Recipient("Schools (totals)"),
    )


def test_a_new_basis_begins_on_its_day_and_older_lines_keep_their_notes() -> None:
    shipped = service("SVC-08")
    text = f"{field_text(shipped, F.BASES)}\nconsent from 2026-01-31: A new notice"
    entry = put_field(shipped, F.BASES, text)
    assert entry.bases[:2] == shipped.bases
    assert (entry.basis.points, entry.basis.since) == ((LawfulBasis.CONSENT,), date(2026, 1, 31))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "at least one"),
        ("public task: x", "write the basis"),
        ("public-task", "write the basis"),
        ("public-task from 2026-02-30: x", "not a date"),
        ("consent from 2026-01-01: a\npublic-task from 2025-01-01: b", "in order of date"),
        ("consent from 2026-01-01: a\npublic-task from 2026-01-01: b", "in order of date"),
        ("consent: a\npublic-task: b\nconsent from 2026-01-01: c\nconsent: d", "in order of date"),
    ],
)
def test_a_basis_that_cannot_be_is_refused_with_what_to_write(text: str, words: str) -> None:
    with pytest.raises(DomainError, match=words):
        put_field(service("SVC-01"), F.BASES, text)


@pytest.mark.parametrize("field", [F.REQUESTS_ADDRESS, F.COMPLAINTS_ADDRESS])
@pytest.mark.parametrize("text", ["[email protected]", "[email&#160;protected]", "not an address"])
def test_an_address_hidden_by_a_web_page_is_no_address(field: F, text: str) -> None:
    with pytest.raises(DomainError):
        put_field(service("SVC-01"), field, text)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("DPO@Westminster.gov.uk", "dpo@westminster.gov.uk"),
        ("dataprotection@westminter.gov.uk", "dataprotection@westminster.gov.uk"),
    ],
)
def test_an_address_is_kept_in_its_one_form(text: str, kept: str) -> None:
    entry = put_field(service("SVC-01"), F.COMPLAINTS_ADDRESS, text)
    assert complaints_address(entry, WCC) == kept


def test_a_councils_address_stands_in_the_place_of_the_published_one_until_it_is_empty() -> None:
    entry = service("SVC-05")
    assert requests_address(entry, WCC) == "dataprotectionact@westminster.gov.uk"
    own = put_field(entry, F.REQUESTS_ADDRESS, "centres@westminster.gov.uk")
    assert requests_address(own, WCC) == "centres@westminster.gov.uk"
    assert requests_address(put_field(own, F.REQUESTS_ADDRESS, ""), WCC) == requests_address(
        entry, WCC
    )
    assert requests_address(entry, Council.RBKC) == ""


@pytest.mark.parametrize("field", [F.NAME, F.CONTROLLER, F.RETENTION])
def test_what_every_service_needs_cannot_be_emptied(field: F) -> None:
    with pytest.raises(DomainError, match="Enter the"):
        put_field(service("SVC-01"), field, " ")


def test_a_trigger_and_a_day_are_checked() -> None:
    entry = put_field(service("SVC-02"), F.PROGRAMME_ENDED_ON, "2025-03-31")
    assert entry.details.programme_ended_on == date(2025, 3, 31)
    assert put_field(entry, F.PROGRAMME_ENDED_ON, "").details.programme_ended_on is None
    with pytest.raises(DomainError, match="not a date"):
        put_field(entry, F.PROGRAMME_ENDED_ON, "31 March")
    changed = put_field(entry, F.RETENTION_TRIGGER, "last-contact")
    assert changed.retention_trigger is RetentionTrigger.LAST_CONTACT
    with pytest.raises(DomainError, match="Choose"):
        put_field(entry, F.RETENTION_TRIGGER, "whenever")


def test_a_list_of_endless_lines_is_refused() -> None:
    with pytest.raises(DomainError, match="characters or fewer"):
        put_field(service("SVC-01"), F.DATA, "x" * 500)
    with pytest.raises(DomainError, match="characters or fewer"):
        put_field(service("SVC-01"), F.DATA, "\n".join(map(str, range(101))))


def test_the_misprint_is_told_where_the_notice_prints_it_and_nowhere_else() -> None:
    assert misprints_of(service("SVC-01")) == ("dataprotection@westminter.gov.uk",)
    assert [each.id for each in SERVICES if misprints_of(each)] == ["SVC-01"]
    found = inbox_for("dataprotection@westminter.gov.uk")
    assert found is not None
    assert found.address == "dataprotection@westminster.gov.uk"
