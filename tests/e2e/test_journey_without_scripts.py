"""The whole journey in a browser with scripts off: mail, case, search, redaction, bundle, reply."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pypdfium2
from playwright.sync_api import BrowserContext, Page, expect

from sar.adapters.doors import doors
from sar.adapters.jobs import JobName
from sar.services.jobs import enqueue
from tests.e2e.conftest import Site, sign_in
from tests.integration.conftest import Desk
from tests.integration.test_journey import SECRET, report

ContextOf = Callable[..., BrowserContext]
MAIL = (
    b"From: Niamh Warsame <niamh@example.org>\r\n"
    b"To: dataprotectionact@rbkc.gov.uk\r\n"
    b"Subject: My social care file\r\n"
    b"Date: Mon, 02 Nov 2026 19:42:10 +0000\r\n"
    b"Message-ID: <a-request@example.org>\r\n\r\n"
    b"Please send me a copy of everything in my social care file. I was born on 14 March 2004.\r\n"
)


def drop_mail(site: Site, desk: Desk) -> None:
    inbox = doors().inbox
    inbox.prepare()
    for name in ("one.eml", "the same again.eml"):
        (inbox.root / "rbkc-dataprotectionact" / name).write_bytes(MAIL)
    with desk():
        enqueue(JobName.POLL_MAIL, uuid.uuid4())
    site.work()


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def open_case(page: Page) -> str:
    page.get_by_role("link", name="Triage", exact=True).click()
    expect(page.get_by_role("link", name="My social care file")).to_have_count(1)
    page.get_by_role("link", name="My social care file").click()
    page.get_by_role("button", name="Open a case").click()
    page.get_by_label("Full name").fill("Niamh Warsame")
    page.locator("input[name=asker][value=self]").check()
    page.locator("form button.govuk-button").last.click()
    heading = page.get_by_role("heading", level=1).inner_text()
    found = re.search(r"RBKC-\d{4}-\d{6}", heading)
    assert found, page.inner_text("main")
    return found[0]


def send_search(page: Page) -> None:
    page.get_by_role("link", name="Searches", exact=True).click()
    page.get_by_role("button", name="Send a search request").click()
    page.get_by_label("Children's social care", exact=True).check()
    press(page, "Send")
    expect(page.get_by_text("Waiting", exact=True).first).to_be_visible()


def supply(page: Page, reference: str, folder: Path) -> None:
    files = {"note.pdf": report(), "2011-05-20 letter.txt": b"Dear Niamh, a letter for you."}
    for name, content in files.items():
        (folder / name).write_bytes(content)
    page.get_by_role("link", name=reference).click()
    page.get_by_label("Files", exact=True).set_input_files([folder / name for name in files])
    press(page, "Upload")
    expect(page.get_by_text("2 files added and being converted.")).to_be_visible()
    page.get_by_role("button", name="Answer this search").click()
    page.get_by_label("Records: I have uploaded everything we hold").check()
    page.get_by_label("Search statement").fill("We looked in the case system.")
    press(page, "Send my answer")
    expect(page.get_by_text("Your answer has been sent")).to_be_visible()


def redact(page: Page) -> None:
    page.get_by_role("link", name="Go on with the next page").or_(
        page.get_by_role("button", name="Go on with the next page")
    ).click()
    while page.get_by_label(re.compile(SECRET)).count() == 0:
        page.get_by_role("button", name=re.compile("^Seen")).click()
    page.get_by_label("Why is it left out?").select_option("TP16")
    page.get_by_label(re.compile(SECRET)).check()
    press(page, "Leave out the ticked lines")
    expect(page.get_by_text("Left out under TP16")).to_be_visible()
    page.get_by_text("Leave out an area").click()
    for edge, points in (("Left", "400"), ("Top", "700"), ("Right", "460"), ("Bottom", "720")):
        page.get_by_label(edge, exact=True).fill(points)
    press(page, "Leave out the area")
    expect(page.locator(".desk-mark")).to_have_count(2)
    press(page, "Withhold the whole page")
    expect(page.locator(".desk-mark--page")).to_have_count(1)
    press(page, "Undo my last mark")
    expect(page.locator(".desk-mark--page")).to_have_count(0)
    while "/officer/pages/" in page.url:
        page.get_by_role("button", name=re.compile("^Seen")).click()


def submit(page: Page) -> None:
    page.get_by_role("button", name="Check and send for approval").click()
    page.get_by_label("I have looked at every page").check()
    press(page, "Send for approval")
    expect(page.get_by_text("Sent for approval")).to_be_visible()


def approve(page: Page, reference: str) -> None:
    page.get_by_role("link", name="Approvals", exact=True).click()
    page.get_by_role("link", name=reference).first.click()
    page.get_by_label("Approve: it can be disclosed as it is").check()
    press(page, "Save my decision")
    expect(page.get_by_text("Approved.")).to_be_visible()


def release(page: Page, site: Site, reference: str) -> None:
    page.get_by_role("link", name=reference).first.click()
    page.get_by_role("link", name="Bundle and disclosure").click()
    press(page, "Build the bundle")
    expect(page.get_by_text("Waiting for a worker")).to_be_visible()
    site.work()
    # The page asks again by itself, with scripts or without.
    done = page.get_by_text("Nothing that was left out can be found in it")
    expect(done).to_be_visible(timeout=30_000)
    page.get_by_role("button", name="Release to the requester").click()
    page.get_by_label("This is the right person").check()
    page.get_by_label("Type the reference of the case").fill(reference)
    press(page, "Release")
    expect(page.get_by_text("The link has been sent")).to_be_visible()
    site.work()


def newest_mail(pattern: str) -> str:
    for path in sorted(doors().outbox.sent(), key=lambda each: -each.stat().st_mtime_ns):
        text = message_from_bytes(path.read_bytes(), policy=default).get_content()
        if found := re.search(pattern, text):
            return found[1]
    raise AssertionError("no such mail left")


def collect(page: Page, site: Site) -> bytes:
    page.goto("/collect/" + newest_mail(r"/collect/(\S+)"))
    press(page, "Send me a code")
    site.work()
    page.get_by_label("Code").fill(newest_mail(r"(?m)^(\d{6}) is your code"))
    press(page, "Go on")
    expect(page.get_by_role("heading", name="Before you open it")).to_be_visible()
    with page.expect_download() as download:
        press(page, "Download")
    return download.value.path().read_bytes()


def test_a_request_becomes_a_reply_without_any_script(
    site: Site, desk: Desk, context_of: ContextOf, tmp_path: Path
) -> None:
    def person(who: str) -> Page:
        return sign_in(context_of(java_script_enabled=False).new_page(), who)

    drop_mail(site, desk)
    officer = person("officer")
    reference = open_case(officer)
    send_search(officer)
    supply(person("team_member"), reference, tmp_path)
    site.work()
    officer.goto("/officer/work")
    officer.get_by_role("link", name=reference).first.click()
    officer.get_by_role("link", name="Redaction and approval").click()
    redact(officer)
    submit(officer)
    approve(person("approver"), reference)
    officer.goto("/officer/work")
    release(officer, site, reference)
    pdf = collect(context_of(java_script_enabled=False).new_page(), site)
    text = "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))
    assert SECRET not in text
    assert "Niamh likes school" in text
    assert "a letter for you" in text
