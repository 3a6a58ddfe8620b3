"""Every screen, wide and narrow, has no fault that axe-core can find and does not scroll sideways.

One case goes to its end in one test, as each stage costs real conversions and a real bundle.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from playwright.sync_api import BrowserContext
from playwright.sync_api import Page as Screen
from sqlalchemy import select

from sar.models.disclosure import Disclosure
from sar.models.record import Page
from sar.models.search import Search
from tests.e2e.axe import faults_of
from tests.e2e.conftest import Site, sign_in
from tests.e2e.stages import PlainJourney
from tests.integration.conftest import ClientOf, Desk

ContextOf = Callable[..., BrowserContext]
Faults = dict[str, list[str]]


class Walk:
    """Goes from screen to screen and keeps what is wrong with each."""

    def __init__(self, page: Screen) -> None:
        self.page, self.faults = page, Faults()

    def look(self, name: str) -> None:
        self.faults[name] = faults_of(self.page)

    def visit(self, *paths: str, status: int = 200) -> None:
        for path in paths:
            shown = self.page.goto(path)
            assert shown is not None
            assert shown.status == status, (path, shown.status)
            self.look(path)

    def wrong(self) -> list[str]:
        return [f"{name}: {each}" for name, found in self.faults.items() for each in found]


def start(context_of: ContextOf, who: str) -> Walk:
    return Walk(sign_in(context_of().new_page(), who))


def officer_screens(walk: Walk, case: str, message_id: uuid.UUID) -> None:
    mail = f"/officer/messages/{message_id}"
    walk.visit("/officer/work", "/officer/cases", "/officer/messages", mail, f"{mail}/join")
    walk.visit(f"{mail}/set-aside", "/officer/cases/new")
    walk.page.locator("form button.govuk-button").last.click()
    walk.page.locator(".govuk-error-summary").wait_for()
    walk.look("a case opened with errors")
    walk.visit(case, f"{case}/clock", f"{case}/clock/record", f"{case}/timeline")
    walk.visit(f"{case}/searches", f"{case}/searches/new", f"{case}/people/new")
    walk.visit(f"{case}/services", f"{case}/notes/new", f"{case}/assign", f"{case}/close")


def redaction_screens(walk: Walk, case: str, journey: PlainJourney) -> None:
    first, second = journey.pages()
    record = journey.one(select(Page.record_id))
    walk.visit(f"{case}/records", f"/officer/records/{record}", f"{case}/redaction")
    walk.visit(f"{case}/submit", f"/officer/pages/{second}", f"/officer/pages/{first}")
    walk.page.get_by_role("button", name="Leave out the ticked lines").click()
    walk.page.locator(".govuk-error-summary").wait_for()
    walk.look("a mark with errors")


def team_screens(walk: Walk, journey: PlainJourney, other_case: uuid.UUID) -> None:
    asked: dict[str, Any] = {"teams": ["children-social-care"], "instructions": "All."}
    asked |= {"due_on-day": "1", "due_on-month": "12", "due_on-year": "2099"}
    journey.go("post", path=f"/officer/cases/{other_case}/searches/new", data=asked)
    search = journey.one(select(Search.id).where(Search.case_id == other_case))
    walk.visit("/team/searches", f"/team/searches/{search}", f"/team/searches/{search}/answer")


def requester_screens(walk: Walk, site: Site, journey: PlainJourney, token: str) -> None:
    walk.visit(f"/collect/{token}")
    walk.page.get_by_role("button", name="Send me a code").click()
    walk.page.get_by_label("Code").wait_for()
    walk.look("code")
    walk.page.get_by_role("button", name="Go on").click()
    walk.page.locator(".govuk-error-summary").wait_for()
    walk.look("code with errors")
    site.work()
    walk.page.get_by_label("Code").fill(journey.mailed(r"(?m)^(\d{6}) is your code"))
    walk.page.get_by_role("button", name="Go on").click()
    walk.page.get_by_role("heading", name="Before you open it").wait_for()
    walk.look("records")
    assert not [word for word in OURS if word in walk.page.inner_text("main").lower()]
    disclosure = journey.one(select(Disclosure.id))
    journey.go("post", path=f"/officer/releases/{disclosure}/revoke", data={})
    walk.visit(f"/collect/{token}/records", status=410)


OURS = ("redact", "exempt", "data subject", "withheld", "disclosure", "bundle")


def test_no_screen_has_a_fault_that_axe_finds_or_scrolls_sideways(
    site: Site,
    client_of: ClientOf,
    desk: Desk,
    open_case: Callable[..., uuid.UUID],
    post: Callable[..., uuid.UUID],
    context_of: ContextOf,
) -> None:
    message_id, case_id, other_case = post(), open_case(), open_case()
    journey = PlainJourney(site.app, client_of, desk, case_id)
    case = f"/officer/cases/{case_id}"
    public = Walk(context_of().new_page())
    public.visit("/sign-in")
    public.visit("/collect/nobody-ever-made-this", status=404)
    journey.go("supply", "redact")
    officer = start(context_of, "officer")
    officer_screens(officer, case, message_id)
    redaction_screens(officer, case, journey)
    officer.visit("/nowhere", status=404)
    team = start(context_of, "team_member")
    team_screens(team, journey, other_case)
    journey.go("submit")
    approver = start(context_of, "approver")
    approver.visit("/officer/approvals", f"{case}/approval")
    journey.go("approve")
    officer.visit(f"{case}/bundles")
    bundle = journey.go("build")
    officer.visit(f"{case}/bundles", f"{case}/bundles/{bundle}/release", f"{case}/timeline")
    requester_screens(public, site, journey, journey.go("release", bundle_id=bundle))
    officer.visit(f"{case}/bundles")
    wrong = [each for walk in (public, officer, team, approver) for each in walk.wrong()]
    assert not wrong, "\n".join(wrong)
