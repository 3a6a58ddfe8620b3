"""Letters on a case by the screens: chosen, written, looked at, sent, kept, and never lost."""

from __future__ import annotations

import hashlib
import re
import uuid
from collections.abc import Callable
from datetime import date, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import NamedTuple

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from sar.adapters.doors import doors
from sar.adapters.outbox import Mail
from sar.domain.clock import ClockEvent, ClockEventType
from sar.domain.lifecycle import CaseStatus
from sar.domain.persons import PersonPart
from sar.domain.requesters import Capacity
from sar.domain.rights import Right
from sar.extensions import db
from sar.models.audit import AuditEvent
from sar.models.case import Case, ClockEventRow
from sar.models.letter import Letter, LetterStatus
from sar.models.message import OutboundMessage
from sar.services import clocks, correspondence, messages
from sar.services.errors import RefusedError
from sar.services.people import NewPerson
from tests.integration.carrying import carry_all
from tests.integration.conftest import ActorOf, ClientOf, Desk

OpenCase = Callable[..., uuid.UUID]
CHECKED = {"is_checked": "y"}
ASKED = {"why": "You gave two names.", "questions": "- Which years do you mean?"}
MOTHER = NewPerson(
    PersonPart.REQUESTER,
    "Hodan Warsame",
    email="hodan@example.org",
    address="Flat 3\n12 Chapel Street\nLondon NW1 5DP",
    capacity=Capacity.PARENT,
)
CHILD = NewPerson(PersonPart.DATA_SUBJECT, "Amina Warsame", born_on=date(2011, 3, 4))


def write(client: FlaskClient, case_id: uuid.UUID, kind: str, **answers: str) -> str:
    """The path of the letter that was written."""
    answer = client.post(f"/officer/cases/{case_id}/letters/{kind}/new", data=answers)
    assert answer.status_code == 302, answer.text
    assert answer.location.startswith("/officer/letters/")
    return str(answer.location)


def send(client: FlaskClient, path: str) -> None:
    answer = client.post(f"{path}/send", data=CHECKED)
    assert answer.status_code == 302, answer.text


def day(name: str, on: date) -> dict[str, str]:
    return {
        f"{name}-day": str(on.day),
        f"{name}-month": str(on.month),
        f"{name}-year": str(on.year),
    }


def mails() -> list[EmailMessage]:
    return [
        message_from_bytes(path.read_bytes(), policy=default)  # type: ignore[misc]
        for path in sorted(doors().outbox.sent(), key=lambda each: each.stat().st_mtime_ns)
    ]


def stored(desk: Desk, path: str) -> Letter:
    with desk():
        letter = db.session.get_one(Letter, uuid.UUID(path.rpartition("/")[2]))
        db.session.expunge(letter)
        return letter


def events(desk: Desk, case_id: uuid.UUID) -> list[str]:
    with desk():
        found = select(AuditEvent.name).where(AuditEvent.case_id == case_id)
        return [each.value for each in db.session.scalars(found.order_by(AuditEvent.sequence))]


def test_an_officer_writes_looks_and_sends_and_the_person_gets_words_and_pdf(
    app: Flask, officer: FlaskClient, case_id: uuid.UUID, desk: Desk
) -> None:
    path = write(officer, case_id, "acknowledgement", own_words="Thank you for ringing.")
    page = officer.get(path).text
    assert "Thank you for ringing." in page
    assert "Dear Niamh O&#39;Brien" in page
    picture = officer.get(f"{path}/pages/1")
    assert picture.mimetype == "image/png"
    assert picture.data.startswith(b"\x89PNG")
    assert "niamh@example.org" in officer.get(f"{path}/send").text
    send(officer, path)
    assert stored(desk, path).status is LetterStatus.LEAVING
    carry_all(app)
    mail = mails()[-1]
    body = mail.get_body()
    assert body is not None
    assert "Thank you for ringing." in body.get_content()
    assert "We must answer you by" in body.get_content()
    (attached,) = mail.iter_attachments()
    assert attached.get_filename() == "letter.pdf"
    kept = stored(desk, path)
    assert hashlib.sha256(attached.get_content()).hexdigest() == kept.sha256
    assert officer.get(f"{path}/file").data == attached.get_content()
    assert kept.status is LetterStatus.SENT


def test_subject_and_file_name_say_nothing_of_the_person(
    app: Flask, officer: FlaskClient, case_id: uuid.UUID, desk: Desk
) -> None:
    send(officer, write(officer, case_id, "acknowledgement"))
    carry_all(app)
    mail = mails()[-1]
    assert mail["Subject"] == "A letter from Royal Borough of Kensington and Chelsea"
    headers = " ".join(f"{name}: {value}" for name, value in mail.items() if name != "To")
    assert "Niamh" not in headers
    assert "RBKC-2" not in headers


def test_a_letter_on_a_case_leaves_one_event_each_for_draft_clock_letter_and_mail(
    app: Flask, officer: FlaskClient, case_id: uuid.UUID, desk: Desk
) -> None:
    send(officer, write(officer, case_id, "clarification", **ASKED))
    carry_all(app)
    assert events(desk, case_id) == [
        "case.opened",
        "letter.drafted",
        "clock.recorded",
        "letter.sent",
        "message.sent",
    ]
    timeline = officer.get(f"/officer/cases/{case_id}/timeline").text
    assert "A letter was sent" in timeline
    assert "Please help us find the right information" in timeline
    case = officer.get(f"/officer/cases/{case_id}").text
    assert "Please help us find the right information" in case
    assert "Sent by email" in case


class Making(NamedTuple):
    """A letter, what it is given, and the clock event it must make, with its reason."""

    kind: str
    right: Right
    answers: dict[str, str]
    event: ClockEventType
    reason: str


@pytest.mark.parametrize(
    "making",
    [
        Making(
            "identity-request",
            Right.ERASURE,
            {"why": "Two people.", "needed": "- a passport"},
            ClockEventType.ID_REQUESTED,
            "Two people.",
        ),
        Making(
            "authority-request",
            Right.ACCESS,
            {"needed": "- the order"},
            ClockEventType.AUTHORITY_REQUESTED,
            "- the order",
        ),
        Making(
            "clarification",
            Right.ACCESS,
            ASKED,
            ClockEventType.CLARIFICATION_REQUESTED,
            "- Which years do you mean?",
        ),
        Making(
            "extension",
            Right.RECTIFICATION,
            {"reasons": "It is complex: three archives."},
            ClockEventType.EXTENSION_NOTIFIED,
            "It is complex: three archives.",
        ),
    ],
    ids=lambda making: making.kind,
)
def test_sending_makes_the_clock_event_the_letter_stands_for(
    open_case: OpenCase, officer: FlaskClient, desk: Desk, making: Making
) -> None:
    case_id = open_case(right=making.right, people=(CHILD, MOTHER))
    path = write(officer, case_id, making.kind, **making.answers)
    with desk():
        assert db.session.scalar(select(func.count(ClockEventRow.id))) == 0, "only a draft"
    send(officer, path)
    with desk():
        row = db.session.scalars(select(ClockEventRow)).one()
        assert (row.type, row.reason) == (making.event, making.reason)
        assert db.session.scalars(select(Letter)).one().clock_event_id == row.id


def test_complaint_letters_move_the_complaints_clock(
    open_case: OpenCase, officer: FlaskClient, desk: Desk
) -> None:
    case_id = open_case(right=Right.COMPLAINT)
    page = officer.get(f"/officer/cases/{case_id}/letters/complaint-acknowledgement/new").text
    assert 'name="next_on-day"' in page
    soon = date.today() + timedelta(days=20)
    answers = {"understood": "A letter went astray.", **day("next_on", soon)}
    send(officer, write(officer, case_id, "complaint-acknowledgement", **answers))
    answers = {"found": "It did, and we are sorry.", "actions": "We changed the address."}
    send(officer, write(officer, case_id, "complaint-outcome", **answers))
    with desk():
        case = db.session.get_one(Case, case_id)
        kinds = {row.type for row in case.clock_events}
        assert kinds == {
            ClockEventType.COMPLAINT_ACKNOWLEDGED,
            ClockEventType.COMPLAINT_OUTCOME_SENT,
        }


def test_an_extension_letter_states_the_new_date_that_the_clock_then_has(
    open_case: OpenCase, officer: FlaskClient, desk: Desk
) -> None:
    case_id = open_case()
    path = write(officer, case_id, "extension", reasons="Three archives.")
    promised = re.search(r"answer you by (\d+ \w+ \d{4})", stored(desk, path).text)
    assert promised
    send(officer, path)
    assert promised[1] in officer.get(f"/officer/cases/{case_id}").text


def test_a_late_extension_is_not_offered_and_nothing_is_sent(
    open_case: OpenCase, officer: FlaskClient, actor_of: ActorOf, desk: Desk
) -> None:
    case_id = open_case(received_on=actor_of("officer").today - timedelta(days=60))
    page = officer.get(f"/officer/cases/{case_id}/letters").text
    assert "The last day to notify an extension was" in page
    assert "letters/extension/new" not in page
    answer = officer.post(
        f"/officer/cases/{case_id}/letters/extension/new", data={"reasons": "Three archives."}
    )
    assert answer.status_code == 422
    assert "The last day to notify an extension was" in answer.text
    assert "Three archives." in answer.text, "what was typed is kept"


def test_what_changed_between_draft_and_sending_is_refused_before_anything_leaves(
    officer: FlaskClient, case_id: uuid.UUID, desk: Desk, actor_of: ActorOf
) -> None:
    path = write(officer, case_id, "extension", reasons="Three archives.")
    actor = actor_of("officer")
    with desk():
        event = ClockEvent(ClockEventType.EXTENSION_NOTIFIED, actor.today)
        clocks.record_event(case_id, event, "By phone.", actor)
    answer = officer.post(f"{path}/send", data=CHECKED)
    assert answer.status_code == 422
    assert "already" in answer.text
    with desk():
        assert db.session.scalar(select(func.count(OutboundMessage.id))) == 0
    assert stored(desk, path).status is LetterStatus.DRAFT


def test_a_letter_of_another_day_is_written_again_before_it_is_mailed(
    officer: FlaskClient, case_id: uuid.UUID, desk: Desk
) -> None:
    path = write(officer, case_id, "acknowledgement", own_words="Thank you.")
    with desk():
        letter = db.session.scalars(select(Letter)).one()
        letter.dated_on -= timedelta(days=1)
    answer = officer.post(f"{path}/send", data=CHECKED)
    assert "bears the day it leaves" in answer.text
    form = officer.get(f"{path}/change").text
    assert "Thank you." in form
    assert officer.post(f"{path}/change", data={"own_words": "Thanks."}).status_code == 302
    send(officer, path)


def test_only_letters_that_fit_are_offered_and_the_others_say_why_not(
    open_case: OpenCase, officer: FlaskClient
) -> None:
    page = officer.get(f"/officer/cases/{open_case(right=Right.ERASURE)}/letters").text
    offered = set(re.findall(r"/letters/([a-z-]+)/new", page))
    assert {"acknowledgement", "erasure-done", "erasure-refused", "recipient-notice"} <= offered
    assert not {"response", "clarification", "complaint-outcome", "authority-request"} & offered
    assert "It is for access only." in page
    assert "Nobody asks for somebody else on this case." in page


def test_a_mother_is_written_to_about_her_child_by_name(
    open_case: OpenCase, officer: FlaskClient, desk: Desk
) -> None:
    case_id = open_case(people=(CHILD, MOTHER))
    text = stored(desk, write(officer, case_id, "acknowledgement")).text
    assert "Dear Hodan Warsame" in text
    assert "the information we hold about Amina Warsame" in text
    form = officer.get(f"/officer/cases/{case_id}/letters/authority-request/new").text
    assert "birth certificate that names them" in form


def test_a_letter_by_post_is_noted_with_its_day_and_never_mailed(
    app: Flask, open_case: OpenCase, officer: FlaskClient, desk: Desk, actor_of: ActorOf
) -> None:
    nowhere = NewPerson(PersonPart.DATA_SUBJECT, "Ada Example", address="1 High Street")
    case_id = open_case(people=(nowhere,))
    path = write(officer, case_id, "identity-request", why="Two people.", needed="- a passport")
    assert "Send by email" not in officer.get(path).text
    assert "There is no email address" in officer.post(f"{path}/send", data=CHECKED).text
    today = actor_of("officer").today
    for wrong in (today + timedelta(days=1), today - timedelta(days=3)):
        answer = officer.post(f"{path}/post", data={**CHECKED, **day("posted_on", wrong)})
        assert answer.status_code == 422
    assert (
        officer.post(f"{path}/post", data={**CHECKED, **day("posted_on", today)}).status_code == 302
    )
    carry_all(app)
    assert mails() == []
    assert stored(desk, path).status is LetterStatus.POSTED
    with desk():
        assert db.session.scalars(select(ClockEventRow)).one().on == today


@pytest.mark.parametrize(
    "address",
    ["dataprotection@westminter.gov.uk", "x@westminister.gov.uk", "a@rkbc.gov.uk"],
)
def test_an_address_that_belongs_to_strangers_is_never_mailed(
    open_case: OpenCase, officer: FlaskClient, desk: Desk, address: str
) -> None:
    person = NewPerson(PersonPart.DATA_SUBJECT, "Ada Example", email=address)
    path = write(officer, open_case(people=(person,)), "acknowledgement")
    assert "may belong to a stranger" in officer.post(f"{path}/send", data=CHECKED).text
    with desk():
        case = db.session.scalars(select(Case)).one()
        with pytest.raises(RefusedError, match="stranger"):
            correspondence.write(
                correspondence.Letter(address, "x", "x", "x"), case.controller_id, case.id
            )


def test_what_is_protected_on_a_case_stands_in_no_letter(
    open_case: OpenCase, officer: FlaskClient
) -> None:
    hidden = NewPerson(
        PersonPart.DATA_SUBJECT,
        "Ada Example",
        email="ada@example.org",
        protected_details=("14 Rowan Way", "St Mary's School"),
    )
    case_id = open_case(people=(hidden,))
    answer = officer.post(
        f"/officer/cases/{case_id}/letters/refusal/new",
        data={"reasons": "She lives at 14, ROWAN\nway.", "law": "UK GDPR Article 15(4)"},
    )
    assert answer.status_code == 422
    assert "14 Rowan Way” is protected" in answer.text


def test_a_mail_that_asks_for_safe_contact_warns_whoever_writes(
    officer: FlaskClient,
    case_id: uuid.UUID,
    desk: Desk,
    actor_of: ActorOf,
    post: Callable[..., uuid.UUID],
) -> None:
    path = write(officer, case_id, "acknowledgement")
    assert "may not be safe" not in officer.get(path).text
    message_id = post(body="My file please. My husband must not know. Use my safe email.")
    with desk():
        reference = db.session.get_one(Case, case_id).reference
        messages.join_case(message_id, reference, actor_of("officer"))
    assert "may not be safe" in officer.get(path).text
    assert "may not be safe" in officer.get(f"{path}/send").text


class DeadServer:
    """An outbox whose server is away."""

    def send(self, mail: Mail) -> None:
        raise OSError("no route")

    def sent(self) -> list[Path]:
        return []


def test_a_mail_that_cannot_leave_tells_the_officer_and_can_be_sent_again(
    app: Flask,
    officer: FlaskClient,
    case_id: uuid.UUID,
    desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = write(officer, case_id, "acknowledgement")
    send(officer, path)
    opened = doors()
    with monkeypatch.context() as broken:
        broken.setattr(type(opened.outbox), "send", DeadServer.send)
        carry_all(app)
    assert stored(desk, path).status is LetterStatus.NOT_SENT
    for page in ("/officer/work", f"/officer/cases/{case_id}", path):
        assert "could not be sent" in officer.get(page).text
    assert officer.post(f"{path}/send-again").status_code == 302
    carry_all(app)
    assert len(mails()) == 1
    assert stored(desk, path).status is LetterStatus.SENT
    assert officer.post(f"{path}/send-again").status_code >= 400


def test_a_worker_killed_after_the_mail_left_sends_no_second_one(
    app: Flask, officer: FlaskClient, case_id: uuid.UUID, desk: Desk
) -> None:
    send(officer, write(officer, case_id, "acknowledgement"))
    with desk():
        message = db.session.scalars(select(OutboundMessage)).one()
        stages = correspondence.send_message(message.id, lambda *_: None)
        next(stages)  # loaded
        db.session.commit()
        next(stages)  # the mail has left; the worker dies here
        stages.close()
        db.session.rollback()
    first = mails()[0].as_bytes()
    carry_all(app)
    assert [each.as_bytes() for each in mails()] == [first]


def test_a_draft_can_be_thrown_away_and_what_left_cannot(
    app: Flask, officer: FlaskClient, case_id: uuid.UUID, desk: Desk
) -> None:
    draft = write(officer, case_id, "acknowledgement")
    assert officer.post(f"{draft}/throw-away").status_code == 302
    assert draft not in officer.get(f"/officer/cases/{case_id}/letters").text
    sent = write(officer, case_id, "acknowledgement")
    send(officer, sent)
    for way, data in (
        ("send", CHECKED),
        ("change", {}),
        ("post", {**CHECKED, **day("posted_on", date.today())}),
    ):
        assert officer.post(f"{sent}/{way}", data=data).status_code == 422
    officer.post(f"{sent}/throw-away")
    assert stored(desk, sent).status is LetterStatus.LEAVING


def test_a_closed_case_gets_no_letter(officer: FlaskClient, case_id: uuid.UUID, desk: Desk) -> None:
    path = write(officer, case_id, "acknowledgement")
    with desk():
        db.session.get_one(Case, case_id).status = CaseStatus.CLOSED
    assert "The case is closed" in officer.post(f"{path}/send", data=CHECKED).text


def test_a_notice_to_a_recipient_goes_where_the_officer_says(
    app: Flask, open_case: OpenCase, officer: FlaskClient, desk: Desk
) -> None:
    case_id = open_case(right=Right.RECTIFICATION)
    path = write(
        officer,
        case_id,
        "recipient-notice",
        to_name="Metropolitan Police",
        to_email="police@example.org",
        subject_details="Name: Niamh O'Brien",
        changes="Her date of birth is 4 March 1990.",
    )
    send(officer, path)
    carry_all(app)
    assert mails()[-1]["To"] == "police@example.org"
    assert "Dear Metropolitan Police" in stored(desk, path).text


def test_a_response_tells_every_point_of_article_15_for_the_services_of_the_case(
    open_case: OpenCase, officer: FlaskClient, desk: Desk
) -> None:
    case_id = open_case(service_ids=("SVC-01", "SVC-08"))
    path = write(
        officer, case_id, "response", enclosed="200 pages.", left_out="Nothing was left out."
    )
    text = stored(desk, path).text
    for words in ("Children's Services", "SEND and Educational Psychology", "Why we use it"):
        assert words in text


def test_somebody_of_the_other_council_sees_no_letter(
    client_of: ClientOf, officer: FlaskClient, open_case: OpenCase
) -> None:
    path = write(officer, open_case(council_code="WCC"), "acknowledgement")
    other = client_of("rbkc_officer")
    for each in (path, f"{path}/file", f"{path}/pages/1", f"{path}/send"):
        assert other.get(each).status_code == 404


def test_an_approver_reads_letters_and_writes_none(
    client_of: ClientOf, officer: FlaskClient, case_id: uuid.UUID
) -> None:
    path = write(officer, case_id, "acknowledgement")
    approver = client_of("approver")
    assert approver.get(path).status_code == 200
    assert "Send by email" not in approver.get(path).text
    assert approver.post(f"{path}/send", data=CHECKED).status_code == 403


def test_a_page_the_letter_has_not_is_refused(officer: FlaskClient, case_id: uuid.UUID) -> None:
    path = write(officer, case_id, "acknowledgement")
    assert officer.get(f"{path}/pages/9").status_code >= 400
    assert officer.get(f"/officer/cases/{case_id}/letters/no-such-letter/new").status_code >= 400
