"""The page of a case and the forms around it."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from sar.domain.events import EventName
from sar.domain.lifecycle import CaseStatus
from sar.domain.rights import Right
from sar.extensions import db
from sar.models.audit import AuditEvent
from sar.models.case import Case
from sar.models.user import User
from sar.services import audit, timeline
from tests.integration.conftest import PEOPLE, ClientOf, Desk

OpenCase = Callable[..., uuid.UUID]
GETS = (
    "",
    "/assign",
    "/notes/new",
    "/close",
    "/people/new",
    "/services",
    "/clock",
    "/clock/record",
    "/timeline",
)


def text_of(client: FlaskClient, path: str) -> str:
    return client.get(path).get_data(as_text=True)


def test_a_case_page_says_whose_it_is_when_it_is_due_and_why(
    case_id: uuid.UUID, officer: FlaskClient
) -> None:
    page = text_of(officer, f"/officer/cases/{case_id}")
    for words in ("Niamh O&#39;Brien", "days left", "Why this date", "The clock starts on"):
        assert words in page
    assert 'aria-current="step">Received' in page
    title = page[page.index("<title>") : page.index("</title>")]
    assert "Niamh" not in title


def test_every_page_of_a_case_has_one_heading_and_belongs_to_its_council(
    open_case: OpenCase, officer: FlaskClient, client_of: ClientOf
) -> None:
    case_id = open_case(council_code="WCC")
    stranger = client_of("rbkc_officer")
    for path in GETS:
        page = officer.get(f"/officer/cases/{case_id}{path}")
        assert page.status_code == 200
        assert page.get_data(as_text=True).count("<h1") == 1
        assert stranger.get(f"/officer/cases/{case_id}{path}").status_code == 404
    assert officer.get(f"/officer/cases/{uuid.uuid4()}").status_code == 404
    assert officer.get("/officer/cases/not-an-id").status_code == 404


def test_an_approver_reads_a_case_but_is_offered_no_change(
    case_id: uuid.UUID, client_of: ClientOf
) -> None:
    client = client_of("approver")
    page = text_of(client, f"/officer/cases/{case_id}")
    assert "Write a note" in page
    for words in ("Close the case", "Add a person", "Record a question"):
        assert words not in page
    assert client.get(f"/officer/cases/{case_id}/close").status_code == 403
    assert client_of("team_member").get(f"/officer/cases/{case_id}").status_code == 403
    assert client_of("admin").get(f"/officer/cases/{case_id}").status_code == 403


def test_the_right_is_judged_for_each_service(open_case: OpenCase, officer: FlaskClient) -> None:
    case_id = open_case(right=Right.ERASURE, service_ids=("SVC-01",))
    page = text_of(officer, f"/officer/cases/{case_id}")
    assert "Limited" in page
    assert "UK GDPR Art 17" in page
    assert "Most of the time the law makes us keep it" in page


def test_a_spoken_request_opens_a_case_without_a_message(officer: FlaskClient, desk: Desk) -> None:
    typed = {
        "council": "WCC",
        "origin": "visit",
        "received_on-day": "1",
        "received_on-month": "6",
        "received_on-year": "2026",
        "rights": "access",
        "summary": "All of it",
        "full_name": "Ali Khan",
        "asker": "self",
        "services": ["SVC-04"],
    }
    answer = officer.post("/officer/cases/new", data=typed)
    assert answer.status_code == 302
    page = text_of(officer, answer.location)
    assert "Ali Khan" in page
    assert "WCC-" in page
    with desk():
        assert db.session.scalar(db.select(Case.origin)) == "visit"


def test_an_empty_form_names_every_missing_answer(officer: FlaskClient, desk: Desk) -> None:
    page = officer.post("/officer/cases/new", data={}).get_data(as_text=True)
    for words in (
        "Choose the council",
        "Say how the request came in",
        "Enter the date received",
        "Choose at least one right",
        "Say what is asked for",
        "Enter the name of the person the data is about",
    ):
        assert words in page
    links = re.findall(r'<a href="#([^"]+)">', page)
    assert links
    for target in links:
        assert f'id="{target}"' in page


def test_an_officer_cannot_open_a_case_for_the_other_council(
    client_of: ClientOf, desk: Desk
) -> None:
    client = client_of("rbkc_officer")
    page = text_of(client, "/officer/cases/new")
    assert 'value="WCC"' not in page
    answer = client.post("/officer/cases/new", data={"council": "WCC"})
    assert answer.status_code == 422


def test_a_case_is_given_to_an_officer_of_its_council(
    case_id: uuid.UUID, officer: FlaskClient, desk: Desk
) -> None:
    page = text_of(officer, f"/officer/cases/{case_id}/assign")
    assert "Rae Borough" in page
    assert "Wyn City" not in page
    officer.post(f"/officer/cases/{case_id}/assign", data={"officer": _id(desk, "rbkc_officer")})
    assert "Rae Borough" in text_of(officer, f"/officer/cases/{case_id}")
    wrong = officer.post(
        f"/officer/cases/{case_id}/assign", data={"officer": _id(desk, "wcc_officer")}
    )
    assert wrong.status_code == 422
    nobody = officer.post(f"/officer/cases/{case_id}/assign", data={"officer": ""})
    assert "Choose an officer" in nobody.get_data(as_text=True)


def test_a_note_is_kept_as_it_was_written_and_shown_as_plain_text(
    case_id: uuid.UUID, officer: FlaskClient
) -> None:
    officer.post(
        f"/officer/cases/{case_id}/notes/new", data={"text": "Rang.\r\n<b>Large</b> print.\x00"}
    )
    page = text_of(officer, f"/officer/cases/{case_id}")
    assert "Rang.\n&lt;b&gt;Large&lt;/b&gt; print." in page
    assert "Olu Officer" in page


def test_a_person_is_added_and_a_wrong_birthday_keeps_the_rest(
    case_id: uuid.UUID, officer: FlaskClient
) -> None:
    typed = {
        "part": "representative",
        "full_name": "Sol Icitor",
        "born_on-day": "31",
        "born_on-month": "2",
        "born_on-year": "1990",
    }
    page = officer.post(f"/officer/cases/{case_id}/people/new", data=typed).get_data(as_text=True)
    assert "Date of birth must be a real date" in page
    assert 'value="Sol Icitor"' in page
    assert 'value="31"' in page
    typed["born_on-day"] = "28"
    answer = officer.post(f"/officer/cases/{case_id}/people/new", data=typed)
    assert "Sol Icitor" in text_of(officer, answer.location)


def test_services_are_chosen_from_the_register_of_the_council(
    case_id: uuid.UUID, officer: FlaskClient
) -> None:
    path = f"/officer/cases/{case_id}/services"
    assert officer.post(path, data={"services": ["SVC-01", "SVC-15"]}).status_code == 302
    page = text_of(officer, path)
    assert 'value="SVC-15" checked' in page
    assert officer.post(path, data={"services": ["SVC-99"]}).status_code == 422
    assert 'value="SVC-15" checked' in text_of(officer, path)


def test_a_case_is_closed_with_an_outcome_and_opened_again(
    case_id: uuid.UUID, officer: FlaskClient
) -> None:
    path = f"/officer/cases/{case_id}/close"
    assert "Say what came of the case" in officer.post(path).get_data(as_text=True)
    officer.post(path, data={"outcome": "Sent in full."})
    page = text_of(officer, f"/officer/cases/{case_id}")
    assert "Sent in full." in page
    assert "days left" not in page
    again = officer.post(path, data={"outcome": "Twice."})
    assert "This case is already closed" in again.get_data(as_text=True)
    officer.post(f"/officer/cases/{case_id}/reopen")
    assert "days left" in text_of(officer, f"/officer/cases/{case_id}")
    assert officer.post(f"/officer/cases/{case_id}/reopen").status_code == 409


def test_the_timeline_tells_who_did_what_newest_first(
    case_id: uuid.UUID, officer: FlaskClient, client_of: ClientOf
) -> None:
    client_of("approver").post(f"/officer/cases/{case_id}/notes/new", data={"text": "Looks long."})
    page = text_of(officer, f"/officer/cases/{case_id}/timeline")
    assert page.index("A note was written") < page.index("The case was opened")
    assert "Looks long." in page
    assert "Ava Approver" in page
    only = text_of(officer, f"/officer/cases/{case_id}/timeline?kind=clock&page=-3")
    assert "A note was written" not in only
    nothing = text_of(officer, f"/officer/cases/{case_id}/timeline?kind=no-such-kind")
    assert "Nothing of this sort has happened" in nothing


@pytest.mark.parametrize("name", [each for each in EventName if not each.startswith("staff.")])
def test_every_event_a_case_can_have_reads_as_a_sentence(
    name: EventName, case_id: uuid.UUID, desk: Desk, actor_of: Callable[..., object]
) -> None:
    actor = actor_of("officer")
    with desk():
        case = db.session.get(Case, case_id)
        assert case is not None
        audit.record(
            name,
            actor,  # type: ignore[arg-type]
            case,
            controller_id=case.controller_id,
            case_id=case.id,
        )
        newest = timeline.timeline_of(case).entries[0]
        assert " " in newest.sentence
        assert "." not in newest.sentence
        assert newest.by == "Olu Officer"


def test_forms_are_refused_without_the_token_that_our_page_gave(
    app: Flask, case_id: uuid.UUID, officer: FlaskClient, desk: Desk
) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    for path in ("/notes/new", "/reopen", "/close"):
        assert (
            officer.post(f"/officer/cases/{case_id}{path}", data={"text": "x"}).status_code == 400
        )
    page = text_of(officer, f"/officer/cases/{case_id}/notes/new")
    found = re.search(
        r'<form method="post" novalidate>.*?name="csrf_token"[^>]*value="([^"]+)"', page, re.S
    )
    assert found is not None
    data = {"text": "With its token", "csrf_token": found[1]}
    assert officer.post(f"/officer/cases/{case_id}/notes/new", data=data).status_code == 302
    with desk():
        count = db.select(db.func.count()).where(AuditEvent.name == EventName.CASE_NOTED)
        assert db.session.scalar(count) == 1


def test_a_stage_is_marked_as_the_present_one(
    case_id: uuid.UUID, officer: FlaskClient, desk: Desk
) -> None:
    with desk():
        case = db.session.get(Case, case_id)
        assert case is not None
        case.status = CaseStatus.AWAITING_APPROVAL
    page = text_of(officer, f"/officer/cases/{case_id}")
    assert 'aria-current="step">Awaiting approval' in page


def _id(desk: Desk, who: str) -> str:
    with desk():
        return str(db.session.scalar(db.select(User.id).where(User.email == PEOPLE[who].email)))
