"""The register, holds, decisions and recipients in a browser: with scripts off, and by axe."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from playwright.sync_api import BrowserContext, Page, expect

from sar.domain.rights import Right
from tests.e2e.axe import faults_of
from tests.e2e.conftest import Site, sign_in
from tests.integration.conftest import Desk

ContextOf = Callable[..., BrowserContext]
Open = Callable[..., uuid.UUID]


def press(page: Page, button: str) -> None:
    page.get_by_role("button", name=button).click()


def fill_day(page: Page, days: int) -> None:
    on = datetime.now(UTC) + timedelta(days=days)
    for part, value in (("Day", on.day), ("Month", on.month), ("Year", on.year)):
        page.get_by_label(part).fill(str(value))


def test_an_administrator_changes_the_register_with_scripts_off(context_of: ContextOf) -> None:
    page = sign_in(context_of(java_script_enabled=False).new_page(), "admin")
    expect(page.get_by_role("heading", level=1)).to_have_text("Administration")
    page.get_by_role("link", name="Service register").click()
    page.locator('a[href="/register/WCC/SVC-08"]').click()
    page.get_by_role("link", name="Change how long records are kept").click()
    page.get_by_label("What it should say").fill("Until they are 30.")
    page.get_by_label("Why", exact=True).fill("The schedule of 2026 says so.")
    press(page, "Save")
    expect(page.get_by_role("definition").filter(has_text="Until they are 30.")).to_be_visible()
    page.get_by_role("link", name="Change how long records are kept").click()
    page.get_by_role("link", name="Go back to the shipped text").click()
    page.get_by_label("Why", exact=True).fill("It was right.")
    press(page, "Go back to the shipped text")
    page.get_by_role("link", name="History of changes").click()
    expect(page.get_by_role("cell", name="As shipped")).to_be_visible()


def test_a_youth_offending_correction_is_settled_decided_and_told_with_scripts_off(
    context_of: ContextOf, open_case: Open, desk: Desk
) -> None:
    case_id = open_case(right=Right.RECTIFICATION, service_ids=("SVC-06",))
    page = sign_in(context_of(java_script_enabled=False).new_page(), "officer")
    page.goto(f"/officer/cases/{case_id}")
    page.get_by_role("link", name="Answer for Youth Offending Team").click()
    page.get_by_label("Both: say which on each record").check()
    press(page, "Save")
    page.get_by_role("link", name="Decide", exact=True).click()
    page.get_by_label("Done as asked").check()
    page.get_by_label("It was wrong and is put right").check()
    press(page, "Keep the decision")
    page.get_by_role("link", name="Recipients to tell").click()
    page.get_by_role("link", name="Note it for Home Office").click()
    page.get_by_label("Told", exact=True).check()
    press(page, "Save")
    expect(page.get_by_role("alert")).to_contain_text("Say how they were told")
    page.get_by_label("By letter").check()
    press(page, "Save")
    expect(page.get_by_role("row").filter(has_text="Home Office")).to_contain_text("By letter")


def test_these_screens_have_no_fault_that_axe_finds_and_do_not_scroll_sideways(
    site: Site, context_of: ContextOf, open_case: Open
) -> None:
    case_id = open_case(right=Right.ERASURE, service_ids=("SVC-06", "SVC-07", "SVC-90"))
    page = sign_in(context_of().new_page(), "officer")
    case = f"/officer/cases/{case_id}"
    page.goto(f"{case}/restriction")
    page.get_by_label("Which data").fill("The assessment.")
    press(page, "Restrict it")
    officer = (
        case,
        f"{case}/services",
        f"{case}/services/SVC-06",
        f"{case}/services/SVC-07",
        f"{case}/decision",
        f"{case}/restriction/lift",
        f"{case}/recipients",
        f"{case}/holds/new",
        "/officer/holds",
        "/officer/work",
        "/officer/cases/new",
        "/register/WCC/SVC-01",
    )
    admin = (
        "/admin",
        "/register",
        "/register/services/new",
        "/register/WCC/SVC-06",
        "/register/WCC/SVC-06/history",
        "/register/WCC/SVC-06/fields/bases",
        "/register/WCC/SVC-06/fields/team",
    )
    faults = _faults(page, officer)
    faults += _faults(sign_in(context_of().new_page(), "admin"), admin)
    assert not faults, "\n".join(faults)


def _faults(page: Page, paths: tuple[str, ...]) -> list[str]:
    found = []
    for path in paths:
        shown = page.goto(path)
        assert shown is not None
        assert shown.status == 200, (path, shown.status)
        found += [f"{path}: {each}" for each in faults_of(page)]
    return found
