"""What clocks are counted by: settings, school calendars, bank holidays, and cases put right."""

from __future__ import annotations

import io
import uuid
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from sar.domain.clock import ClockEvent, ClockEventType
from sar.domain.dates import date_words
from sar.domain.events import EventName
from sar.domain.lifecycle import CaseStatus
from sar.domain.rights import AccessKind, Right
from sar.extensions import db
from sar.models.audit import AuditEvent
from sar.models.case import Case
from sar.models.clock import HolidayList, School
from sar.models.job import Job
from sar.models.message import OutboundMessage
from sar.services import clocks, recounting
from tests.holiday_file import holidays_with
from tests.integration.carrying import carry_all
from tests.integration.conftest import ActorOf, ClientOf, Desk

OpenCase = Callable[..., uuid.UUID]
SETTINGS = "/admin/clock-settings/RBKC"


def days(**given: date) -> dict[str, str]:
    return {
        f"{name}-{part}": str(getattr(day, part))
        for name, day in given.items()
        for part in ("day", "month", "year")
    }


def due_of(desk: Desk, case_id: uuid.UUID) -> date | None:
    with desk():
        return db.session.get_one(Case, case_id).due_on


def recount(desk: Desk) -> None:
    """Does what the worker would: every recounting that is owed."""
    with desk():
        for job in db.session.scalars(db.select(Job).where(Job.name == "recount-clocks")):
            assert job.subject_id is not None
            recounting.recount_clocks(job.subject_id, lambda *_: None)


def take(admin: FlaskClient, text: bytes) -> tuple[int, str]:
    file = (io.BytesIO(text), "bank-holidays.json")
    answer = admin.post("/admin/bank-holidays", data={"files": file})
    return answer.status_code, answer.get_data(as_text=True)


@pytest.fixture
def admin(client_of: ClientOf) -> FlaskClient:
    return client_of("admin")


def test_a_setting_changed_by_an_administrator_moves_open_cases_and_says_who_and_why(
    open_case: OpenCase, admin: FlaskClient, officer: FlaskClient, desk: Desk, actor_of: ActorOf
) -> None:
    case_id = open_case(received_on=date(2026, 9, 1))
    other = open_case(received_on=date(2026, 9, 1), council_code="WCC")
    actor = actor_of("officer")
    for each in (case_id, other):
        with desk():
            for kind, day in (("requested", 7), ("received", 14)):
                event = ClockEvent(ClockEventType(f"clarification_{kind}"), date(2026, 9, day))
                clocks.record_event(each, event, "Which years?", actor)
    assert due_of(desk, case_id) == date(2026, 10, 9)
    sent = {"choice": "elapsed", "reason": "The board decided so."}
    assert admin.post(f"{SETTINGS}/pause_mode", data=sent).status_code == 302
    recount(desk)
    assert due_of(desk, case_id) == date(2026, 10, 8)
    assert due_of(desk, other) == date(2026, 10, 9), "the other council's cases do not move"
    page = admin.get("/admin/clock-settings").get_data(as_text=True)
    assert "The board decided so." in page
    assert "Ada Admin" in page
    timeline = officer.get(f"/officer/cases/{case_id}/timeline").get_data(as_text=True)
    assert "From 9 October 2026 to 8 October 2026" in timeline
    assert "8 October 2026" in officer.get("/officer/work").get_data(as_text=True)
    refused = admin.post(f"{SETTINGS}/pause_mode", data=sent).get_data(as_text=True)
    assert "That is the setting already" in refused


@pytest.mark.parametrize(
    ("name", "typed", "status"),
    [
        ("pause_mode", "sometimes", 422),
        ("id_late_after_working_days", "x", 422),
        ("roll_twice", "1", 404),
        ("received", "1", 404),
    ],
)
def test_a_setting_that_cannot_be_is_refused_and_what_the_law_fixes_is_no_setting(
    name: str, typed: str, status: int, admin: FlaskClient
) -> None:
    sent = {"choice": typed, "number": typed, "reason": "Why not."}
    assert admin.post(f"{SETTINGS}/{name}", data=sent).status_code == status


def test_the_threshold_for_identity_is_the_councils_and_lateness_needs_a_reason(
    open_case: OpenCase, admin: FlaskClient, officer: FlaskClient, actor_of: ActorOf
) -> None:
    today = actor_of("officer").today
    case_id = open_case(received_on=today - timedelta(days=14))
    event = {"type": "id_requested", **days(on=today)}
    path = f"/officer/cases/{case_id}/clock/record"
    answer = officer.post(path, data=event)
    assert answer.status_code == 422
    assert "within 5 working days of receipt" in answer.get_data(as_text=True)
    admin.post(
        f"{SETTINGS}/id_late_after_working_days", data={"number": "30", "reason": "Backlog."}
    )
    assert officer.post(path, data=event).status_code == 302
    clock = f"/officer/cases/{case_id}/clock"
    assert "asked for late" not in officer.get(clock).get_data(as_text=True)


def test_a_late_request_for_identity_is_recorded_with_its_reason_and_shown(
    open_case: OpenCase, officer: FlaskClient, actor_of: ActorOf
) -> None:
    today = actor_of("officer").today
    case_id = open_case(received_on=today - timedelta(days=14))
    event = {"type": "id_requested", **days(on=today), "reason": "The form was lost; agreed by JD."}
    assert officer.post(f"/officer/cases/{case_id}/clock/record", data=event).status_code == 302
    page = officer.get(f"/officer/cases/{case_id}/clock").get_data(as_text=True)
    assert "asked for late" in page
    assert "The form was lost; agreed by JD." in page


def test_a_new_bank_holiday_moves_dates_once_and_tells_timeline_owner_and_work_page(
    app: Flask, open_case: OpenCase, admin: FlaskClient, officer: FlaskClient, desk: Desk
) -> None:
    case_id = open_case()
    due = due_of(desk, case_id)
    assert due is not None
    answered = open_case()
    with desk():
        db.session.get_one(Case, answered).status = CaseStatus.RELEASED
    status, _ = take(admin, holidays_with(due.isoformat()))
    assert status == 302
    assert carry_all(app) == ["recount-clocks", "send-message"]
    assert due_of(desk, answered) == due, "what was answered is left as it was"
    moved = due_of(desk, case_id)
    assert moved is not None
    assert moved > due
    recount(desk)
    with desk():
        query = db.select(AuditEvent).where(AuditEvent.name == EventName.CLOCK_RECOUNTED)
        [told] = db.session.scalars(query.where(AuditEvent.case_id == case_id)).all()
        assert told.details["due_before"] == due.isoformat()
        assert told.details["due"] == moved.isoformat()
        [mail] = db.session.scalars(db.select(OutboundMessage).filter_by(kind="dates-moved"))
        assert mail.recipient == "officer@desk.test"
        assert "Niamh" not in mail.body + mail.subject
        assert "RBKC-" not in mail.body + mail.subject
        assert "1 case of yours" in mail.body
        assert mail.sent_at is not None
    work = officer.get("/officer/work").get_data(as_text=True)
    assert "Dates that have moved" in work
    assert f"from {date_words(due)} to {date_words(moved)}" in work
    timeline = officer.get(f"/officer/cases/{case_id}/timeline").get_data(as_text=True)
    assert f"{date_words(due)} is now a bank holiday" in timeline


def test_a_file_of_nonsense_changes_nothing_and_says_why(admin: FlaskClient, desk: Desk) -> None:
    status, page = take(admin, b'{"scotland": {}}')
    assert status == 422
    assert "no bank holidays of england-and-wales" in page
    with desk():
        assert db.session.scalar(db.select(HolidayList)) is None


def test_the_year_before_the_data_ends_officers_and_administrators_are_warned(
    admin: FlaskClient, officer: FlaskClient, desk: Desk, actor_of: ActorOf
) -> None:
    assert "known only to" not in officer.get("/officer/work").get_data(as_text=True)
    end = actor_of("officer").today.year
    with desk():
        listed = [f"{end}-0{month}-03" for month in range(1, 9)]
        db.session.add(HolidayList(days=listed, cause="a test", taken_by="system"))
    for client, path in ((officer, "/officer/work"), (admin, "/admin/bank-holidays")):
        page = client.get(path).get_data(as_text=True)
        assert f"Bank holidays are known only to 31 December {end}" in page


def test_a_school_and_its_closed_days_decide_an_educational_record(
    open_case: OpenCase, admin: FlaskClient, officer: FlaskClient, desk: Desk
) -> None:
    admin.post("/admin/schools/new", data={"council": "RBKC", "name": "Invented Primary"})
    with desk():
        school_id = db.session.scalars(db.select(School.id)).one()
    case_id = open_case(
        received_on=date(2026, 10, 9),
        access_kind=AccessKind.EDUCATIONAL_RECORD,
        school_id=school_id,
    )
    assert due_of(desk, case_id) == date(2026, 10, 30)
    half_term = days(first_day=date(2026, 10, 26), last_day=date(2026, 10, 30))
    path = f"/admin/schools/{school_id}/closures/new"
    assert admin.post(path, data={**half_term, "why": "Half term"}).status_code == 302
    recount(desk)
    assert due_of(desk, case_id) == date(2026, 11, 6)
    again = admin.post(path, data={**half_term, "why": "Half term"})
    assert "in the calendar already" in again.get_data(as_text=True)
    backwards = days(first_day=date(2026, 10, 30), last_day=date(2026, 10, 26))
    assert admin.post(path, data={**backwards, "why": "x"}).status_code == 422
    with desk():
        closure = db.session.get_one(School, school_id).closures[0].id
    admin.post(f"/admin/schools/{school_id}/closures/{closure}/strike")
    recount(desk)
    assert due_of(desk, case_id) == date(2026, 10, 30)
    page = officer.get(f"/officer/cases/{case_id}/clock").get_data(as_text=True)
    assert "15 school days" in page


def test_putting_receipt_right_keeps_pauses_and_says_so_in_the_timeline(
    open_case: OpenCase, officer: FlaskClient, desk: Desk, actor_of: ActorOf
) -> None:
    case_id = open_case(received_on=date(2026, 9, 1))
    actor = actor_of("officer")
    with desk():
        for kind, day in (("requested", 7), ("received", 14)):
            event = ClockEvent(ClockEventType(f"clarification_{kind}"), date(2026, 9, day))
            clocks.record_event(case_id, event, "Which years?", actor)
    sent = {
        **days(received_on=date(2026, 8, 28)),
        "received_by": "Reception at the town hall",
        "access_kind": "personal-data",
        "school": "",
        "reason": "The letter carries a stamp.",
    }
    path = f"/officer/cases/{case_id}/clock/basis"
    assert officer.post(path, data={**sent, "reason": ""}).status_code == 422
    assert officer.post(path, data=sent).status_code == 302
    assert due_of(desk, case_id) == date(2026, 10, 6)  # 28 September and the 8 days left out
    timeline = officer.get(f"/officer/cases/{case_id}/timeline").get_data(as_text=True)
    assert "Received 28 August 2026, not 1 September 2026" in timeline
    assert "The letter carries a stamp." in timeline
    ledger = officer.get("/officer/receipts").get_data(as_text=True)
    assert "Reception at the town hall" in ledger
    tomorrow = days(received_on=actor.today + timedelta(days=1))
    assert officer.post(path, data={**sent, **tomorrow}).status_code == 422


def test_direct_marketing_and_exam_marks_have_their_own_clocks(
    open_case: OpenCase, officer: FlaskClient, desk: Desk
) -> None:
    objection = open_case(right=Right.OBJECTION, is_direct_marketing=True)
    page = officer.get(f"/officer/cases/{objection}/clock").get_data(as_text=True)
    assert "Direct marketing must stop at once" in page
    assert "must have stopped" in officer.get("/officer/work").get_data(as_text=True)
    marks = open_case(
        received_on=date(2026, 6, 10),
        access_kind=AccessKind.EXAM_MARKS,
        results_on=date(2026, 8, 13),
    )
    assert due_of(desk, marks) == date(2026, 9, 22)
    access = open_case(received_on=date(2026, 6, 10), is_direct_marketing=True)
    assert due_of(desk, access) == date(2026, 7, 10), "it does not go with access and falls away"


def test_what_if_tells_the_dates_and_changes_nothing(
    open_case: OpenCase, officer: FlaskClient, desk: Desk, actor_of: ActorOf
) -> None:
    today = actor_of("officer").today
    case_id = open_case(received_on=today - timedelta(days=5))
    due = due_of(desk, case_id)
    clock = f"/officer/cases/{case_id}/clock"
    asked = officer.get(clock, query_string={"ask": "y"}).get_data(as_text=True)
    assert "There would be no due date" in asked
    answered = {"ask": "y", **days(answered_on=today + timedelta(days=20))}
    assert "later than" in officer.get(clock, query_string=answered).get_data(as_text=True)
    extended = officer.get(clock, query_string={"extend": "y"}).get_data(as_text=True)
    assert "later than" in extended
    stray = days(answered_on=today)
    assert "no question was waiting" in officer.get(clock, query_string=stray).get_data(
        as_text=True
    )
    wrong = {"answered_on-day": "31", "answered_on-month": "2", "answered_on-year": "2026"}
    assert "must be a real date" in officer.get(clock, query_string=wrong).get_data(as_text=True)
    assert due_of(desk, case_id) == due
    erasure = open_case(right=Right.ERASURE)
    page = officer.get(f"/officer/cases/{erasure}/clock", query_string={"ask": "y"})
    assert "Only a request for access can be paused" in page.get_data(as_text=True)


def test_an_unanswered_question_asks_for_a_reminder_and_later_may_be_closed(
    open_case: OpenCase, officer: FlaskClient, desk: Desk, actor_of: ActorOf
) -> None:
    actor = actor_of("officer")
    case_id = open_case(received_on=actor.today - timedelta(days=50))
    asked = actor.today - timedelta(days=40)
    with desk():
        event = ClockEvent(ClockEventType.CLARIFICATION_REQUESTED, asked)
        clocks.record_event(case_id, event, "Which years?", actor)
    work = officer.get("/officer/work").get_data(as_text=True)
    record = officer.get(f"/officer/cases/{case_id}/clock/record").get_data(as_text=True)
    assert "A second one makes no second pause" in record
    assert "remind the person once" in work
    assert "may be closed" in work
    assert "overdue" in work
    assert "days late" not in work, "a paused case is never late"
    reminded = {"type": "clarification_reminded", **days(on=actor.today)}
    officer.post(f"/officer/cases/{case_id}/clock/record", data=reminded)
    assert "remind the person once" not in officer.get("/officer/work").get_data(as_text=True)
    listed = officer.get("/officer/cases", query_string={"overdue": "y"}).get_data(as_text=True)
    assert str(case_id) not in listed


def test_a_complaint_asks_for_progress_every_twenty_working_days(
    open_case: OpenCase, officer: FlaskClient, actor_of: ActorOf
) -> None:
    today = actor_of("officer").today
    case_id = open_case(right=Right.COMPLAINT, received_on=today - timedelta(days=29))
    assert "how their complaint is going" in officer.get("/officer/work").get_data(as_text=True)
    told = {"type": "complaint_progress_sent", **days(on=today)}
    assert officer.post(f"/officer/cases/{case_id}/clock/record", data=told).status_code == 302
    assert "how their complaint is going" not in officer.get("/officer/work").get_data(as_text=True)
