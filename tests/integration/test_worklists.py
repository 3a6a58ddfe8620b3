"""What an officer's lists hold, and in which order."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient

from sar.domain.clock import ClockEvent, ClockEventType
from sar.domain.lifecycle import CaseStatus
from sar.domain.persons import PersonPart
from sar.domain.rights import Right
from sar.extensions import db
from sar.models.case import Case
from sar.models.controller import ServiceTeam
from sar.models.redaction import Review
from sar.models.search import Search
from sar.services import cases, clocks, due, worklists
from sar.services.people import NewPerson
from sar.services.worklists import Wanted
from tests.integration.conftest import ActorOf, ClientOf, Desk

OpenCase = Callable[..., uuid.UUID]


def days_ago(actor_of: ActorOf, count: int) -> date:
    return actor_of("officer").today - timedelta(days=count)


def named(name: str, other: str = "") -> tuple[NewPerson, ...]:
    return (NewPerson(PersonPart.DATA_SUBJECT, name, other_names=other),)


def test_my_work_puts_the_case_that_is_due_first_on_top(
    open_case: OpenCase, actor_of: ActorOf, desk: Desk
) -> None:
    newer = open_case(received_on=days_ago(actor_of, 3))
    older = open_case(received_on=days_ago(actor_of, 45), council_code="WCC")
    actor = actor_of("officer")
    with desk():
        rows = worklists.my_work(actor).rows
        assert [row.case.id for row in rows] == [older, newer]
        assert rows[0].due.tone == due.LATE
        assert rows[0].due.words.endswith("late")


def test_my_work_holds_no_case_of_a_colleague_and_no_closed_one(
    open_case: OpenCase, actor_of: ActorOf, desk: Desk
) -> None:
    open_case(by="rbkc_officer")
    closed = open_case()
    actor = actor_of("officer")
    with desk():
        cases.close(closed, "Withdrawn.", actor)
    with desk():
        assert worklists.my_work(actor).rows == ()


def test_a_paused_case_is_never_late_and_comes_after_what_has_a_date(
    open_case: OpenCase, actor_of: ActorOf, desk: Desk
) -> None:
    paused = open_case(received_on=days_ago(actor_of, 60))
    running = open_case()
    actor = actor_of("officer")
    with desk():
        asked = ClockEvent(ClockEventType.CLARIFICATION_REQUESTED, days_ago(actor_of, 50))
        clocks.record_event(paused, asked, "Which years?", actor)
    with desk():
        rows = worklists.my_work(actor).rows
        assert [row.case.id for row in rows] == [running, paused]
        assert rows[1].due.words == "Paused for an answer"
        assert worklists.all_cases(Wanted(is_overdue=True), actor).count == 0


def test_a_released_case_owes_nothing_more(
    open_case: OpenCase, actor_of: ActorOf, desk: Desk
) -> None:
    case_id = open_case(received_on=days_ago(actor_of, 60))
    with desk():
        _at(case_id, CaseStatus.RELEASED)
    actor = actor_of("officer")
    with desk():
        assert worklists.my_work(actor).rows[0].due.words == "Answered"
        assert worklists.all_cases(Wanted(is_overdue=True), actor).count == 0


@pytest.mark.parametrize(
    ("words", "is_found"),
    [
        ("o’brien", True),
        ("OBRIEN", True),
        ("niámh", True),
        ("Doyle", True),
        ("-000001", True),
        ("rbkc-20", True),
        ("%", False),
        ("Smith", False),
    ],
)
def test_cases_are_found_by_reference_or_name_however_it_is_typed(
    open_case: OpenCase, actor_of: ActorOf, desk: Desk, words: str, is_found: bool
) -> None:
    open_case(people=named("Niamh O'Brien", "Niamh Doyle"))
    actor = actor_of("officer")
    with desk():
        assert worklists.all_cases(Wanted(find=words), actor).count == is_found


def test_filters_narrow_the_list_and_unknown_values_are_ignored(
    open_case: OpenCase, actor_of: ActorOf, desk: Desk
) -> None:
    open_case()
    open_case(council_code="WCC", right=Right.ERASURE)
    late = open_case(received_on=days_ago(actor_of, 60), by="rbkc_officer")
    actor = actor_of("officer")
    with desk():

        def count(**wanted: object) -> int:
            return worklists.all_cases(Wanted(**wanted), actor).count  # type: ignore[arg-type]

        assert count() == 3
        assert count(council="WCC") == 1
        assert count(right="erasure") == 1
        assert count(status="received") == 3
        assert count(status="closed") == 0
        assert count(officer=str(actor_of("officer").user_id)) == 2
        assert count(officer="nobody") == 0
        assert count(right="no-such-right", status="?") == 3
        overdue = worklists.all_cases(Wanted(is_overdue=True), actor)
        assert [row.case.id for row in overdue.rows] == [late]


def test_an_officer_of_one_council_sees_nothing_of_the_other(
    open_case: OpenCase, actor_of: ActorOf, desk: Desk
) -> None:
    open_case(council_code="WCC", people=named("Niamh O'Brien"))
    actor = actor_of("rbkc_officer")
    with desk():
        assert worklists.all_cases(Wanted(), actor).count == 0
        assert worklists.all_cases(Wanted(find="Niamh"), actor).count == 0
        assert worklists.all_cases(Wanted(council="WCC"), actor).count == 0


def test_a_list_has_pages_and_a_page_beyond_the_last_is_the_last(
    open_case: OpenCase, actor_of: ActorOf, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worklists, "PAGE_LENGTH", 2)
    opened = {open_case() for _ in range(5)}
    actor = actor_of("officer")
    with desk():
        pages = [worklists.all_cases(Wanted(page=page), actor) for page in (1, 2, 3, 99)]
        assert [len(page.rows) for page in pages] == [2, 2, 1, 1]
        assert {row.case.id for page in pages[:3] for row in page.rows} == opened
        assert pages[3].page == 3


def test_an_acknowledged_complaint_is_due_by_its_outcome_and_not_overdue(
    open_case: OpenCase, actor_of: ActorOf, desk: Desk
) -> None:
    case_id = open_case(right=Right.COMPLAINT, received_on=days_ago(actor_of, 50))
    actor = actor_of("officer")
    with desk():
        assert worklists.all_cases(Wanted(is_overdue=True), actor).count == 1
    with desk():
        event = ClockEvent(ClockEventType.COMPLAINT_ACKNOWLEDGED, days_ago(actor_of, 40))
        clocks.record_event(case_id, event, "", actor)
    with desk():
        assert worklists.all_cases(Wanted(is_overdue=True), actor).count == 0
        assert worklists.my_work(actor).rows[0].due.words.startswith("Outcome: ")
    with desk():
        event = ClockEvent(ClockEventType.COMPLAINT_OUTCOME_SENT, actor.today)
        clocks.record_event(case_id, event, "", actor)
    with desk():
        assert worklists.my_work(actor).rows[0].due.words == "Outcome sent"


def test_a_search_past_its_day_is_on_the_work_page(
    case_id: uuid.UUID, actor_of: ActorOf, desk: Desk, officer: FlaskClient
) -> None:
    with desk():
        case = db.session.get(Case, case_id)
        assert case is not None
        team = db.session.scalar(
            db.select(ServiceTeam).where(ServiceTeam.controller_id == case.controller_id)
        )
        assert team is not None
        db.session.add(
            Search(
                controller_id=case.controller_id,
                case_id=case.id,
                team_id=team.id,
                instructions="All files.",
                due_on=days_ago(actor_of, 1),
                sent_at=actor_of("officer").now,
            )
        )
        name = team.name
    page = officer.get("/officer/work").get_data(as_text=True)
    assert "Searches that should have been answered" in page
    assert name.replace("'", "&#39;") in page


def test_an_approver_sees_what_waits_and_an_officer_may_not_open_the_list(
    case_id: uuid.UUID, actor_of: ActorOf, desk: Desk, client_of: ClientOf
) -> None:
    with desk():
        case = _at(case_id, CaseStatus.AWAITING_APPROVAL)
        db.session.add(
            Review(
                controller_id=case.controller_id,
                case_id=case.id,
                content_hash="0" * 64,
                submitted_by_id=actor_of("officer").staff_id,
            )
        )
        reference = case.reference
    page = client_of("approver").get("/officer/approvals")
    assert reference in page.get_data(as_text=True)
    assert "Olu Officer" in page.get_data(as_text=True)
    assert client_of("officer").get("/officer/approvals").status_code == 403


def test_the_list_page_keeps_its_filter_in_its_address(
    open_case: OpenCase, officer: FlaskClient
) -> None:
    open_case(people=named("Ali Khan"))
    page = officer.get("/officer/cases?find=khan&right=access&page=abc").get_data(as_text=True)
    assert "1 case." in page
    assert 'value="khan"' in page
    assert '<option value="access" selected>' in page
    nothing = officer.get("/officer/cases?find=nobody-here").get_data(as_text=True)
    assert "0 cases" in nothing


def _at(case_id: uuid.UUID, status: CaseStatus) -> Case:
    case = db.session.get(Case, case_id)
    assert case is not None
    case.status = status
    return case
