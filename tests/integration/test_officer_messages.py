"""Triage as an officer meets it: reading a message, opening, joining, setting aside."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from sar.domain.lifecycle import CaseStatus
from sar.domain.persons import PersonPart
from sar.domain.rights import Right
from sar.extensions import db
from sar.models.case import Case
from sar.models.message import InboundMessage, MessageStatus
from sar.models.record import Record, RecordScope
from tests.integration.conftest import ClientOf, Desk

Post = Callable[..., uuid.UUID]
OpenCase = Callable[..., uuid.UUID]

TWO_RIGHTS = (
    "Please send me a copy of my social services file.\n\n"
    "I also want you to delete my data under Article 17."
)


def opening(**typed: object) -> dict[str, object]:
    """What the form of an opened case sends."""
    usual: dict[str, object] = {
        "received_on-day": "2",
        "received_on-month": "mar",
        "received_on-year": "2026",
        "rights": ["access"],
        "summary": "A copy of the file",
        "full_name": "Niamh O'Brien",
        "email": "niamh@example.org",
        "asker": "self",
        "services": ["SVC-01"],
        "form_key": str(uuid.uuid4()),
    }
    return {**usual, **typed}


def text_of(client: FlaskClient, path: str) -> str:
    return client.get(path).get_data(as_text=True)


def cases_in(desk: Desk) -> list[Case]:
    with desk():
        rows = list(db.session.scalars(db.select(Case).order_by(Case.reference)))
        db.session.expunge_all()
        return rows


def test_everything_a_stranger_wrote_is_shown_as_plain_text(
    post: Post, officer: FlaskClient
) -> None:
    attack = "<script>alert(1)</script>"
    message_id = post(
        subject=f"My file {attack}",
        body=f"Send me my file. {attack}",
        from_=f'"{attack}" <a@example.org>',
        attachments=(f"{attack}.pdf",),
        problems=(f"Something {attack}",),
    )
    for path in (
        "/officer/messages",
        f"/officer/messages/{message_id}",
        f"/officer/messages/{message_id}/open",
        f"/officer/messages/{message_id}/join",
        f"/officer/messages/{message_id}/set-aside",
    ):
        page = text_of(officer, path)
        assert attack not in page
        assert "&lt;script&gt;" in page


def test_a_message_page_says_what_triage_thinks_and_why(post: Post, officer: FlaskClient) -> None:
    page = text_of(officer, f"/officer/messages/{post(attachments=('passport.jpg',))}")
    assert "Access" in page
    assert "Why" in page
    assert "passport.jpg" in page
    assert "<h1" in page
    assert page.count("<h1") == 1


def test_the_title_of_a_message_page_holds_no_personal_data(
    post: Post, officer: FlaskClient
) -> None:
    page = text_of(officer, f"/officer/messages/{post(subject='About Niamh')}")
    title = page[page.index("<title>") : page.index("</title>")]
    assert "Niamh" not in title


def test_the_same_message_id_with_another_text_is_pointed_out_on_both(
    post: Post, officer: FlaskClient
) -> None:
    first = post(message_id="<one@example.org>")
    second = post(message_id="<one@example.org>", body="Send me my file at another address.")
    warning = "same Message-ID but different text"
    assert warning in text_of(officer, f"/officer/messages/{first}")
    page = text_of(officer, f"/officer/messages/{second}")
    assert warning in page
    assert f"/officer/messages/{first}" in page


def test_the_form_of_a_new_case_knows_what_the_mail_says(post: Post, officer: FlaskClient) -> None:
    page = text_of(officer, f"/officer/messages/{post()}/open")
    assert 'value="Niamh O&#39;Brien"' in page
    assert 'value="niamh@example.org"' in page
    assert 'value="access" checked' in page
    assert 'value="SVC-01" checked' in page


def test_the_note_of_an_odd_inbox_is_shown(post: Post, officer: FlaskClient) -> None:
    message_id = post(inbox="wcc-accesstochildrensservices")
    for path in (f"/officer/messages/{message_id}", f"/officer/messages/{message_id}/open"):
        assert "MASH is three councils" in text_of(officer, path)


def test_a_mail_that_asks_for_two_rights_opens_two_cases_that_know_each_other(
    post: Post, officer: FlaskClient, desk: Desk
) -> None:
    message_id = post(body=TWO_RIGHTS)
    path = f"/officer/messages/{message_id}/open"
    page = text_of(officer, path)
    assert 'value="erasure" checked' in page
    answer = officer.post(path, data=opening(rights=["access", "erasure"]))
    assert answer.status_code == 302
    first, second = cases_in(desk)
    assert {first.right, second.right} == {Right.ACCESS, Right.ERASURE}
    assert first.origin == "mail"
    assert second.reference in text_of(officer, f"/officer/cases/{first.id}")
    with desk():
        message = db.session.get(InboundMessage, message_id)
        assert message is not None
        assert message.status is MessageStatus.OPENED_CASE
    assert "My file" not in text_of(officer, "/officer/messages")


def test_pressing_twice_opens_one_case(post: Post, officer: FlaskClient, desk: Desk) -> None:
    path = f"/officer/messages/{post()}/open"
    typed = opening()
    first, second = officer.post(path, data=typed), officer.post(path, data=typed)
    assert first.location == second.location
    assert len(cases_in(desk)) == 1


def test_a_half_filled_form_says_what_is_missing_and_keeps_what_was_typed(
    post: Post, officer: FlaskClient, desk: Desk
) -> None:
    typed = opening(full_name="", summary="Letters about my mother", asker="other", asker_name="")
    typed["received_on-month"] = ""
    answer = officer.post(f"/officer/messages/{post()}/open", data=typed)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "<title>Error: Open a case" in page
    assert "Date received must include a month" in page
    assert 'href="#received_on-month"' in page
    assert "Enter the name of the person the data is about" in page
    assert "Enter the name of the person who asks" in page
    assert "Letters about my mother" in page
    assert cases_in(desk) == []


def test_a_refusal_of_the_use_case_is_an_error_on_the_form_and_nothing_is_kept(
    post: Post, officer: FlaskClient, desk: Desk
) -> None:
    typed = opening(rights=["access", "portability"], is_part_3="y")
    del typed["form_key"]  # refused work is undone even for a form without its key
    answer = officer.post(f"/officer/messages/{post()}/open", data=typed)
    page = answer.get_data(as_text=True)
    assert "Part 3 of the Act gives no such right" in page
    assert cases_in(desk) == []


@pytest.mark.parametrize("year", ["2999", "2017", "0001"])
def test_a_day_of_receipt_that_cannot_be_is_refused(
    post: Post, officer: FlaskClient, desk: Desk, year: str
) -> None:
    answer = officer.post(
        f"/officer/messages/{post()}/open", data=opening(**{"received_on-year": year})
    )
    assert answer.status_code == 422
    assert cases_in(desk) == []


def test_somebody_who_acts_for_another_becomes_the_representative(
    post: Post, officer: FlaskClient, desk: Desk
) -> None:
    message_id = post(body="We act for our client Jane Roe. Send us a copy of her file.")
    path = f"/officer/messages/{message_id}/open"
    assert 'value="other" checked' in text_of(officer, path)
    officer.post(path, data=opening(asker="other", asker_name="Sol Icitor", authority="Mandate"))
    with desk():
        case = db.session.scalar(db.select(Case))
        assert case is not None
        parts = {person.part: person.full_name for person in case.people}
        assert parts[PersonPart.REPRESENTATIVE] == "Sol Icitor"
        assert parts[PersonPart.DATA_SUBJECT] == "Niamh O'Brien"


def test_a_message_joins_a_case_by_its_reference_however_it_is_typed(
    post: Post, officer: FlaskClient, case_id: uuid.UUID, desk: Desk
) -> None:
    message_id = post(subject="More about my request")
    with desk():
        case = db.session.get(Case, case_id)
        assert case is not None
        reference = case.reference
    answer = officer.post(
        f"/officer/messages/{message_id}/join", data={"reference": f" {reference.lower()} "}
    )
    assert answer.location == f"/officer/cases/{case_id}"
    assert "More about my request" in text_of(officer, answer.location)


def test_an_unknown_reference_is_an_error_and_is_kept(post: Post, officer: FlaskClient) -> None:
    answer = officer.post(f"/officer/messages/{post()}/join", data={"reference": "RBKC-1999-1"})
    page = answer.get_data(as_text=True)
    assert "This council has no case with that reference" in page
    assert 'value="RBKC-1999-1"' in page


def test_joining_a_mail_leaves_an_approval_standing_and_a_closed_case_refuses_it(
    post: Post, officer: FlaskClient, case_id: uuid.UUID, desk: Desk
) -> None:
    reference = _at(desk, case_id, CaseStatus.APPROVED)
    assert officer.post(f"/officer/messages/{post()}/join", data={"reference": reference})
    with desk():
        case = db.session.get(Case, case_id)
        assert case is not None
        assert case.status is CaseStatus.APPROVED
        record = db.session.scalar(db.select(Record).where(Record.case_id == case_id))
        assert record is not None
        assert record.scope is RecordScope.OUT
    _at(desk, case_id, CaseStatus.CLOSED)
    answer = officer.post(
        f"/officer/messages/{post(body='Hello again, my file please')}/join",
        data={"reference": reference},
    )
    assert "This case is closed" in answer.get_data(as_text=True)


def test_a_message_set_aside_leaves_triage_and_can_be_brought_back(
    post: Post, officer: FlaskClient
) -> None:
    message_id = post(subject="Lunch offers")
    refused = officer.post(f"/officer/messages/{message_id}/set-aside", data={"reason": "  "})
    assert "Say why the message is set aside" in refused.get_data(as_text=True)
    officer.post(f"/officer/messages/{message_id}/set-aside", data={"reason": "An advert."})
    assert "Lunch offers" not in text_of(officer, "/officer/messages")
    assert "Lunch offers" in text_of(officer, "/officer/messages?status=set-aside")
    page = text_of(officer, f"/officer/messages/{message_id}")
    assert "An advert." in page
    assert "Open a case" not in page
    officer.post(f"/officer/messages/{message_id}/bring-back")
    assert "Lunch offers" in text_of(officer, "/officer/messages")


def test_a_message_of_the_other_council_does_not_exist(post: Post, client_of: ClientOf) -> None:
    message_id = post(inbox="wcc-dataprotection")
    client = client_of("rbkc_officer")
    for path in ("", "/open", "/join", "/set-aside"):
        assert client.get(f"/officer/messages/{message_id}{path}").status_code == 404
    assert client.post(f"/officer/messages/{message_id}/bring-back").status_code == 404
    assert "My file" not in text_of(client, "/officer/messages")
    assert client.get(f"/officer/messages/{uuid.uuid4()}").status_code == 404


def _at(desk: Desk, case_id: uuid.UUID, status: CaseStatus) -> str:
    with desk():
        case = db.session.get(Case, case_id)
        assert case is not None
        case.status = status
        return case.reference
