"""The keyboard alone is enough to sign in and to leave lines out."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.e2e.conftest import Site
from tests.e2e.stages import PlainJourney
from tests.integration.conftest import PASSWORD, PEOPLE, ClientOf, Desk
from tests.integration.test_journey import SECRET

MOST_STOPS = 60
HAS_FOCUS = "each => each === document.activeElement"


def tab_to(page: Page, wanted: Locator) -> None:
    """Presses Tab until the element has the focus, and can be seen to have it."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if wanted.evaluate(HAS_FOCUS):
            return
    raise AssertionError(f"the keyboard does not reach {wanted}")


def test_lines_are_left_out_by_the_keyboard_alone(
    site: Site,
    client_of: ClientOf,
    desk: Desk,
    case_id: uuid.UUID,
    context_of: Callable[..., BrowserContext],
) -> None:
    journey = PlainJourney(site.app, client_of, desk, case_id)
    journey.go("supply")
    page = context_of().new_page()
    page.goto("/sign-in")
    for label, typed in (("Email address", PEOPLE["officer"].email), ("Password", PASSWORD)):
        tab_to(page, page.get_by_label(label, exact=True))
        page.keyboard.type(typed)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/officer/work"))
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()

    page.goto(f"/officer/pages/{journey.pages()[0]}")
    tab_to(page, page.get_by_label("Why is it left out?"))
    page.keyboard.type("TP16")
    tab_to(page, page.get_by_label(re.compile(SECRET)))
    page.keyboard.press("Space")
    tab_to(page, page.get_by_role("button", name="Leave out the ticked lines"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Left out under TP16")).to_be_visible()
    expect(page.locator(".desk-mark")).to_have_count(1)
