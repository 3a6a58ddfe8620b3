"""An officer's odd cases on the clock's pages, with scripts off."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date, timedelta

from playwright.sync_api import BrowserContext, Page, expect

from sar.domain.clock import ClockEvent, ClockEventType
from sar.domain.dates import date_words
from sar.services import clocks
from tests.e2e.conftest import sign_in
from tests.integration.conftest import ActorOf, Desk

OpenCase = Callable[..., uuid.UUID]
ContextOf = Callable[..., BrowserContext]


def officer_of(context_of: ContextOf, **given: object) -> Page:
    return sign_in(context_of(java_script_enabled=False, **given).new_page(), "officer")


def fill_day(page: Page, legend: str, day: date) -> None:
    group = page.get_by_role("group", name=legend)
    for part in ("day", "month", "year"):
        group.get_by_label(part.capitalize()).fill(str(getattr(day, part)))


def record(page: Page, case_id: uuid.UUID, what: str, day: date, reason: str = "") -> None:
    page.goto(f"/officer/cases/{case_id}/clock/record")
    page.get_by_label(what, exact=True).check()
    fill_day(page, "Date it happened", day)
    page.get_by_label("Reason").fill(reason)
    page.get_by_role("button", name="Record").click()


def test_identity_question_and_extension_together_are_counted_and_explained(
    open_case: OpenCase, context_of: ContextOf, actor_of: ActorOf
) -> None:
    today = actor_of("officer").today
    case_id = open_case(received_on=today - timedelta(days=20))
    page = officer_of(context_of)
    day = today - timedelta(days=19)
    record(page, case_id, "Proof of identity asked for", day)
    expect(page.get_by_text("Not started: waiting for proof of identity").first).to_be_visible()
    record(page, case_id, "Question sent to the person", day, "Which years do you want?")
    record(page, case_id, "Proof of identity received, but not enough", day + timedelta(days=2))
    record(page, case_id, "Proof of identity received", day + timedelta(days=5))
    expect(page.get_by_text("Paused: waiting for an answer").first).to_be_visible()
    record(page, case_id, "Person told of an extension", day + timedelta(days=6), "Twelve volumes.")
    record(page, case_id, "Answer to the question received", day + timedelta(days=9))
    why = page.get_by_role("region", name="Every date, and why")
    expect(why).to_contain_text("4 days")  # the days after the clock started
    expect(why).to_contain_text("three months")
    record(page, case_id, "Person told of an extension", today, "More volumes.")
    expect(page.get_by_role("alert")).to_contain_text("it can be extended only once")


def test_a_paused_case_past_its_old_date_is_workable_and_never_late(
    open_case: OpenCase, context_of: ContextOf, desk: Desk, actor_of: ActorOf
) -> None:
    actor = actor_of("officer")
    case_id = open_case(received_on=actor.today - timedelta(days=60))
    asked = ClockEvent(ClockEventType.CLARIFICATION_REQUESTED, actor.today - timedelta(days=45))
    with desk():
        clocks.record_event(case_id, asked, "Which years?", actor)
    page = officer_of(context_of)
    work = page.get_by_role("region", name="My open cases, soonest due first")
    expect(work).to_contain_text("Paused for an answer")
    expect(page.get_by_role("region", name="To do for a clock")).to_contain_text("may be closed")
    page.goto("/officer/cases?overdue=y")
    expect(page.get_by_text("0 cases")).to_be_visible()
    page.goto(f"/officer/cases/{case_id}/searches/new")
    expect(page.get_by_role("heading", level=1)).to_be_visible()  # work goes on
    page.goto(f"/officer/cases/{case_id}/clock")
    expect(page.locator("main")).not_to_contain_text("late")
    fill_day(page, "They answer on", actor.today + timedelta(days=1))
    page.get_by_role("button", name="See the dates").click()
    expect(page.get_by_text("It would be due on")).to_be_visible()


def test_a_request_that_is_complaint_and_access_has_two_clocks(
    context_of: ContextOf, actor_of: ActorOf
) -> None:
    today = actor_of("officer").today
    page = officer_of(context_of)
    page.goto("/officer/cases/new")
    page.get_by_label("Royal Borough of Kensington and Chelsea").check()
    page.get_by_label("By letter").check()
    fill_day(page, "Date received", today - timedelta(days=3))
    page.get_by_label("Who received it").fill("Reception at the town hall")
    page.get_by_label("Access", exact=True).check()
    page.get_by_label("Data protection complaint").check()
    page.get_by_label("The request in short").fill("My file, and you were too slow last time.")
    page.get_by_label("Full name").fill("Ada Example")
    page.get_by_role("button", name="Open the case").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("access")
    expect(page.locator("main")).to_contain_text("received by Reception at the town hall")
    expect(page.locator("main")).to_contain_text("Opened 3 days afterwards")
    page.get_by_role("listitem").filter(has_text="Data protection complaint").get_by_role(
        "link"
    ).click()
    page.get_by_role("link", name="Every date of this case").click()
    expect(page.locator("main")).to_contain_text("Acknowledge by")
    expect(page.locator("main")).to_contain_text("s.164A")


def test_a_youth_offending_file_is_counted_under_part_3_and_can_be_put_right(
    open_case: OpenCase, context_of: ContextOf
) -> None:
    case_id = open_case(received_on=date(2026, 6, 30), is_part_3=True, service_ids=("SVC-07",))
    page = officer_of(context_of)
    page.goto(f"/officer/cases/{case_id}/clock")
    expect(page.locator("main")).to_contain_text("DPA 2018 s.54")
    expect(page.locator("main")).to_contain_text("30 July 2026")
    page.get_by_role("link", name="Change what the clock is counted by").click()
    fill_day(page, "Date received", date(2026, 7, 6))
    page.get_by_label("Why is it changed?").fill("The other borough had it first.")
    page.get_by_role("button", name="Change and count again").click()
    expect(page.locator("main")).to_contain_text(date_words(date(2026, 8, 6)))


def test_an_administrator_sets_a_clock_and_a_calendar(context_of: ContextOf) -> None:
    page = sign_in(context_of(java_script_enabled=False).new_page(), "admin")
    page.goto("/admin/clock-settings")
    page.get_by_role("link", name="Change for RBKC: Which days of a pause are left out?").click()
    page.get_by_label("The days from asking to the answer, one day fewer").check()
    page.get_by_label("Why is it changed?").fill("The data protection officers agreed.")
    page.get_by_role("button", name="Change the setting").click()
    expect(page.locator("main")).to_contain_text("The data protection officers agreed.")
    page.goto("/admin/schools/new")
    page.get_by_label("Royal Borough of Kensington and Chelsea").check()
    page.get_by_label("Name of the school").fill("Invented Primary")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Add closed days").or_(
        page.get_by_role("link", name="Add closed days")
    ).click()
    fill_day(page, "First day closed", date(2026, 10, 26))
    fill_day(page, "Last day closed", date(2026, 10, 30))
    page.get_by_label("Why it is closed").fill("Half term")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("region", name="Days the school is closed")).to_contain_text(
        "Half term"
    )
    page.goto("/admin/bank-holidays")
