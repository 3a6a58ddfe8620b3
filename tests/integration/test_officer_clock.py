"""The clock page: every date with its reason, what may be recorded, mistakes struck out."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from datetime import date, timedelta

from flask.testing import FlaskClient

from sar.domain.clock import ClockEvent, ClockEventType
from sar.domain.dates import date_words
from sar.domain.rights import Right
from sar.extensions import db
from sar.models.case import Case, ClockEventRow
from sar.services import clock_story, clocks
from tests.integration.conftest import ActorOf, ClientOf, Desk

OpenCase = Callable[..., uuid.UUID]
RECEIVED = date(2026, 3, 2)


def text_of(client: FlaskClient, path: str) -> str:
    return client.get(path).get_data(as_text=True)


def event(kind: str, day: date, reason: str = "") -> dict[str, str]:
    return {
        "type": kind,
        "on-day": str(day.day),
        "on-month": str(day.month),
        "on-year": str(day.year),
        "reason": reason,
    }


def record(client: FlaskClient, case_id: uuid.UUID, *given: object) -> tuple[int, str]:
    answer = client.post(f"/officer/cases/{case_id}/clock/record", data=event(*given))  # type: ignore[arg-type]
    return answer.status_code, answer.get_data(as_text=True)


def choices(page: str) -> set[str]:
    return set(re.findall(r'name="type" type="radio" value="([^"]+)"', page))


def test_each_date_stands_beside_its_reason(open_case: OpenCase, officer: FlaskClient) -> None:
    case_id = open_case(received_on=RECEIVED)
    page = text_of(officer, f"/officer/cases/{case_id}/clock")
    assert "2 April 2026" in page
    assert "one month ends on the same day of the next month" in page
    assert "Internal 28-day target" in page
    assert "Extension can be notified until" in page


def test_a_pause_moves_the_date_on_page_and_case_by_its_own_length(
    open_case: OpenCase, officer: FlaskClient, desk: Desk
) -> None:
    case_id = open_case(received_on=RECEIVED)
    status, _ = record(
        officer, case_id, "clarification_requested", date(2026, 3, 9), "Which years?"
    )
    assert status == 302
    page = text_of(officer, f"/officer/cases/{case_id}/clock")
    assert "Paused" in page
    assert "Which years?" in page
    record(officer, case_id, "clarification_received", date(2026, 3, 13))
    with desk():
        case = db.session.get(Case, case_id)
        assert case is not None
        assert case.due_on == date(2026, 4, 7)
    page = text_of(officer, f"/officer/cases/{case_id}/clock")
    assert "5 days" in page
    assert "7 April 2026" in page
    assert "Left out of the count" in page


def test_only_what_the_right_has_and_what_could_come_next_is_offered(
    open_case: OpenCase, officer: FlaskClient
) -> None:
    access = choices(text_of(officer, f"/officer/cases/{open_case()}/clock/record"))
    assert {"clarification_requested", "id_requested", "extension_notified"} <= access
    assert not {"clarification_received", "id_received", "complaint_acknowledged"} & access
    erasure = open_case(right=Right.ERASURE)
    offered = choices(text_of(officer, f"/officer/cases/{erasure}/clock/record"))
    assert "clarification_requested" not in offered
    assert "id_requested" in offered
    complaint = open_case(right=Right.COMPLAINT)
    offered = choices(text_of(officer, f"/officer/cases/{complaint}/clock/record"))
    assert offered == {
        "complaint_acknowledged",
        "complaint_progress_sent",
        "complaint_outcome_sent",
    }


def test_an_answer_is_offered_once_something_was_asked(
    open_case: OpenCase, officer: FlaskClient
) -> None:
    case_id = open_case(received_on=RECEIVED)
    record(officer, case_id, "id_requested", RECEIVED)
    offered = choices(text_of(officer, f"/officer/cases/{case_id}/clock/record"))
    assert {"id_received", "id_request_withdrawn"} <= offered


def test_a_refusal_of_the_rules_is_an_error_that_keeps_what_was_typed(
    open_case: OpenCase, officer: FlaskClient, desk: Desk
) -> None:
    case_id = open_case(received_on=RECEIVED)
    status, page = record(
        officer, case_id, "clarification_requested", RECEIVED - timedelta(days=1), "Which school?"
    )
    assert status == 422
    assert "<title>Error: " in page
    assert "is before the request was received" in page
    assert "Which school?" in page
    assert 'value="clarification_requested" checked' in page
    status, page = record(officer, case_id, "extension_notified", date(2026, 3, 20))
    assert "Write down the reason" in page
    with desk():
        assert db.session.scalar(db.select(db.func.count(ClockEventRow.id))) == 0


def test_a_date_in_the_future_or_that_is_none_is_refused(
    case_id: uuid.UUID, officer: FlaskClient, actor_of: ActorOf
) -> None:
    tomorrow = actor_of("officer").today + timedelta(days=1)
    assert "in the future" in record(officer, case_id, "id_requested", tomorrow)[1]
    typed = {**event("id_requested", tomorrow), "on-day": "soon"}
    page = officer.post(f"/officer/cases/{case_id}/clock/record", data=typed)
    assert "Date it happened must be a real date" in page.get_data(as_text=True)
    typed = {**event("no_such_thing", tomorrow)}
    page = officer.post(f"/officer/cases/{case_id}/clock/record", data=typed)
    assert page.status_code == 422


def test_a_mistaken_event_is_struck_out_stays_visible_and_no_longer_counts(
    open_case: OpenCase, officer: FlaskClient, desk: Desk
) -> None:
    case_id = open_case(received_on=RECEIVED)
    record(officer, case_id, "id_requested", RECEIVED)
    with desk():
        event_id = db.session.scalar(db.select(ClockEventRow.id))
    path = f"/officer/cases/{case_id}/clock/{event_id}/strike"
    assert "Not started" in text_of(officer, f"/officer/cases/{case_id}/clock")
    assert officer.post(path).status_code == 302
    page = text_of(officer, f"/officer/cases/{case_id}/clock")
    assert "<del>Proof of identity asked for</del>" in page
    assert "2 April 2026" in page
    assert officer.post(path).status_code == 404


def test_an_event_of_another_case_cannot_be_struck_through_mine(
    open_case: OpenCase, officer: FlaskClient, client_of: ClientOf, desk: Desk
) -> None:
    theirs, mine = open_case(council_code="WCC"), open_case()
    record(officer, theirs, "id_requested", _today(desk, theirs))
    with desk():
        event_id = db.session.scalar(db.select(ClockEventRow.id))
    client = client_of("rbkc_officer")
    assert client.post(f"/officer/cases/{mine}/clock/{event_id}/strike").status_code == 404
    assert client.post(f"/officer/cases/{theirs}/clock/{event_id}/strike").status_code == 404


def test_the_strip_is_drawn_without_style_and_says_in_words_what_it_shows(
    open_case: OpenCase, officer: FlaskClient
) -> None:
    case_id = open_case(received_on=RECEIVED)
    page = text_of(officer, f"/officer/cases/{case_id}/clock")
    svg = page[page.index("<svg class") : page.index("</svg>", page.index("<svg class"))]
    assert "style=" not in page
    assert "Received 2 March 2026, due 2 April 2026." in svg
    assert "After the due date" in svg


def test_the_strip_stays_inside_its_frame_whatever_happened(
    open_case: OpenCase, actor_of: ActorOf, desk: Desk
) -> None:
    actor = actor_of("officer")
    case_id = open_case(received_on=RECEIVED)
    with desk():
        for kind, day in (
            (ClockEventType.ID_REQUESTED, date(2026, 3, 3)),
            (ClockEventType.ID_RECEIVED, date(2026, 3, 20)),
            (ClockEventType.CLARIFICATION_REQUESTED, date(2026, 3, 25)),
            (ClockEventType.CLARIFICATION_RECEIVED, date(2026, 4, 2)),
            (ClockEventType.EXTENSION_NOTIFIED, date(2026, 4, 10)),
        ):
            clocks.record_event(case_id, ClockEvent(kind, day), "Many records.", actor)
        case = db.session.get(Case, case_id)
        assert case is not None
        story = clock_story.story_of(case, actor.today)
        spans = story.strip.spans
        assert {span.kind for span in spans} >= {"waiting", "running", "paused"}
        assert all(span.x >= 0 and span.x + span.width <= 902 for span in spans)
        steps = {step.what: step for step in story.steps}
        assert "three months" in steps["Due"].why
        assert steps["Due without the extension"].answer != steps["Due"].answer
        assert all(step.why for step in story.steps)


def test_a_closed_case_is_not_late_however_long_ago_it_was_due(
    open_case: OpenCase, officer: FlaskClient, actor_of: ActorOf
) -> None:
    case_id = open_case(received_on=RECEIVED)
    assert "late" in text_of(officer, f"/officer/cases/{case_id}/clock")
    officer.post(f"/officer/cases/{case_id}/close", data={"outcome": "Answered by letter."})
    page = text_of(officer, f"/officer/cases/{case_id}/clock")
    assert "days late" not in page
    assert f"Closed on {date_words(actor_of('officer').today)}" in page


def test_an_approver_sees_the_clock_and_records_nothing_on_it(
    case_id: uuid.UUID, client_of: ClientOf
) -> None:
    client = client_of("approver")
    assert "Record what happened" not in text_of(client, f"/officer/cases/{case_id}/clock")
    assert client.post(f"/officer/cases/{case_id}/clock/record").status_code == 403


def _today(desk: Desk, case_id: uuid.UUID) -> date:
    with desk():
        case = db.session.get(Case, case_id)
        assert case is not None
        return case.received_on
