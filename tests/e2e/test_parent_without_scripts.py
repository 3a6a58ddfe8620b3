"""A parent asks about a 15-year-old: an officer walks it in a browser that runs no script."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.conftest import sign_in
from tests.integration.conftest import ActorOf


def fill_day(page: Page, question: str, year: int, month: int = 1, day: int = 2) -> None:
    group = page.get_by_role("group", name=question)
    for label, value in (("Day", day), ("Month", month), ("Year", year)):
        group.get_by_label(label).fill(str(value))


def choose(page: Page, question: str, answer: str) -> None:
    page.get_by_role("group", name=question).get_by_label(answer, exact=True).check()


def save(page: Page) -> None:
    page.get_by_role("button", name="Save").click()


def test_a_parent_asking_about_a_15_year_old_meets_each_question_the_law_asks(
    context_of: Callable[..., BrowserContext], actor_of: ActorOf
) -> None:
    page = sign_in(context_of(java_script_enabled=False).new_page(), "rbkc_officer")
    year = actor_of("officer").today.year
    page.goto("/officer/cases/new")
    page.get_by_label("By telephone").check()
    fill_day(page, "Date received", year - 1)
    page.get_by_label("Access", exact=True).check()
    page.get_by_label("The request in short").fill("All you hold about Ines, and about me.")
    page.get_by_label("Full name").fill("Ines Example")
    fill_day(page, "Date of birth", year - 15)
    page.get_by_label("Somebody who acts for them, such as a parent or solicitor").check()
    page.get_by_label("Name of the person who asks").fill("Mary Example")
    page.get_by_label("Their email address").fill("mary@example.org")
    page.get_by_role("button", name="Open").click()

    expect(page.get_by_text("1 in the way")).to_be_visible()
    page.get_by_role("link", name="Change Mary Example").click()
    page.get_by_label("In what capacity do they ask?").select_option("parent")
    save(page)
    expect(page.get_by_text("2 in the way")).to_be_visible()
    expect(page.get_by_text("also ask for their own information?")).to_be_visible()

    page.get_by_role("link", name="Reasons and proofs").click()
    expect(page.get_by_text("has not shown proof of parental responsibility")).to_be_visible()
    expect(page.get_by_text("Ines Example is 15")).to_be_visible()
    page.get_by_role("button", name="Write down a reason or proof").click()
    page.get_by_role("link", name="Proof of authority").click()
    save(page)
    expect(page.get_by_role("link", name="Say what was seen")).to_be_visible()
    choose(page, "Whom is it about?", "Mary Example")
    choose(page, "What was seen?", "Birth certificate that names them")
    fill_day(page, "When was it seen?", year - 1, 2)
    choose(page, "What does it cover?", "This request")
    save(page)
    expect(page.get_by_text("Seen: birth certificate that names them.")).to_be_visible()

    page.get_by_role("button", name="Write down a reason or proof").click()
    page.get_by_role("link", name="What the child understands and wants").click()
    choose(page, "Whom is it about?", "Ines Example")
    choose(page, "Does the child understand the request and what may follow?", "Yes")
    choose(
        page, "Does the child want it answered to the person who asks?", "The child does not agree"
    )
    page.get_by_label("Is answering in the child's best interests, and why?").fill("Not yet.")
    choose(page, "So is it plainly in the child's best interests to answer?", "No")
    page.get_by_label("Who says so?").fill("Karen Boateng, her social worker")
    fill_day(page, "When?", year - 1, 2)
    save(page)
    expect(
        page.get_by_text("Ines Example understands the request, or may, and does not want it")
    ).to_be_visible()

    page.get_by_role("link", name="Put right what the child understands and wants").click()
    choose(page, "Does the child want it answered to the person who asks?", "The child agrees")
    save(page)
    expect(page.get_by_role("heading", name="What stands in the way")).to_be_hidden()
