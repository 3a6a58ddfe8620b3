"""The whole journey by the screens, with the real tools: from a team's upload to the download."""

from __future__ import annotations

import io
import re
import uuid
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from flask import Flask
from flask.testing import FlaskClient
from reportlab.pdfgen.canvas import Canvas
from sqlalchemy import select

from sar.adapters.doors import doors
from sar.extensions import db
from sar.models.case import Case
from sar.models.disclosure import Disclosure, DisclosureBundle
from sar.models.record import Page, Record
from sar.models.redaction import Review
from sar.models.search import Search
from sar.services import audit
from tests.integration.carrying import carry_all
from tests.integration.conftest import ClientOf, Desk

SECRET = "Derek Pargeter"


PAGES = (
    ("Contact note, 4 March 2014", f"{SECRET} rang about the noise.", "Niamh was well."),
    ("Second page", "Niamh likes school."),
)


def report() -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842), invariant=1)
    for lines in PAGES:
        for row, line in enumerate(lines):
            canvas.drawString(72, 760 - 24 * row, line)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


class Journey:
    """Who does what, with what the next person needs."""

    def __init__(self, app: Flask, client_of: ClientOf, desk: Desk, case_id: uuid.UUID) -> None:
        self.app, self.client_of, self.desk, self.case_id = app, client_of, desk, case_id
        self.officer = client_of("officer")
        self.team = client_of("team_member")
        self.approver = client_of("approver")

    def supply(self) -> None:
        sent = self.officer.post(
            f"/officer/cases/{self.case_id}/searches/new",
            data={
                "teams": ["children-social-care"],
                "instructions": "Everything about her.",
                "due_on-day": "1",
                "due_on-month": "12",
                "due_on-year": "2099",
            },
        )
        assert sent.status_code == 302, sent.text
        search_id = self.one(select(Search.id))
        files = [(io.BytesIO(report()), "note.pdf"), (io.BytesIO(b""), "../../etc/empty\x07.docx")]
        kept = self.team.post(f"/team/searches/{search_id}/files", data={"files": files})
        assert kept.status_code == 302, kept.text
        carry_all(self.app)
        answered = self.team.post(
            f"/team/searches/{search_id}/answer",
            data={"result": "records", "statement": "We looked everywhere."},
        )
        assert answered.status_code == 302, answered.text

    def redact(self) -> None:
        first, second = self.pages()
        shown = self.officer.get(f"/officer/pages/{first}").text
        line = re.search(r'value="(\d+)"[^>]*id="line-\d+"[^>]*>\s*<label[^>]*>' + SECRET, shown)
        assert line, shown
        for page_id, way, data in (
            (first, "lines", {"lines": [line[1]], "code": "TP16"}),
            (first, "box", {"x0": "400", "y0": "700", "x1": "900", "y1": "760", "code": "TP16"}),
        ):
            marked = self.officer.post(f"/officer/pages/{page_id}/{way}", data=data)
            assert marked.status_code == 302, marked.text
        assert self.officer.post(f"/officer/pages/{second}/seen").status_code == 302

    def submit(self) -> None:
        sent = self.officer.post(f"/officer/cases/{self.case_id}/submit", data={"checked": "y"})
        assert sent.status_code == 302, sent.text

    def approve(self) -> None:
        content = self.one(select(Review.content_hash))
        said = self.approver.post(
            f"/officer/cases/{self.case_id}/approval",
            data={"decision": "approve", "content": content},
        )
        assert said.status_code == 302, said.text

    def build(self) -> uuid.UUID:
        assert self.officer.post(f"/officer/cases/{self.case_id}/bundles").status_code == 302
        carry_all(self.app)
        with self.desk():
            newest = select(DisclosureBundle).order_by(DisclosureBundle.number.desc()).limit(1)
            bundle = db.session.scalars(newest).one()
            assert bundle.status == "verified", bundle.reason
            return bundle.id

    def release(self, bundle_id: uuid.UUID) -> str:
        reference = self.one(select(Case.reference).where(Case.id == self.case_id))
        sent = self.officer.post(
            f"/officer/cases/{self.case_id}/bundles/{bundle_id}/release",
            data={"is_right_person": "y", "reference": reference},
        )
        assert sent.status_code == 302, sent.text
        carry_all(self.app)
        return self.mailed(r"/collect/(\S+)")

    def collect(self, token: str) -> tuple[FlaskClient, str]:
        browser = self.app.test_client()
        assert browser.post(f"/collect/{token}").status_code == 302
        carry_all(self.app)
        return browser, self.mailed(r"(?m)^(\d{6}) is your code")

    def pages(self) -> list[uuid.UUID]:
        with self.desk():
            return list(db.session.scalars(select(Page.id).join(Record).order_by(Page.number)))

    def one(self, query: Any) -> Any:  # any row or value
        with self.desk():
            return db.session.scalars(query.limit(1)).one()

    def mailed(self, pattern: str) -> str:
        newest = sorted(doors().outbox.sent(), key=lambda each: -each.stat().st_mtime_ns)
        for path in newest:
            text = message_from_bytes(path.read_bytes(), policy=default).get_content()
            if found := re.search(pattern, text):
                return found[1]
        raise AssertionError("no such mail left")


@pytest.fixture
def journey(app: Flask, client_of: ClientOf, desk: Desk, case_id: uuid.UUID) -> Journey:
    return Journey(app, client_of, desk, case_id)


@pytest.fixture
def redacted(journey: Journey) -> Journey:
    journey.supply()
    journey.redact()
    return journey


def text_of(pdf: bytes) -> str:
    return "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))


def test_a_case_goes_from_upload_to_download_and_what_was_left_out_is_gone(
    redacted: Journey,
) -> None:
    redacted.submit()
    redacted.approve()
    token = redacted.release(redacted.build())
    browser, code = redacted.collect(token)

    assert browser.get(f"/collect/{token}/records").status_code == 302  # no code yet
    opened = browser.post(f"/collect/{token}/code", data={"code": f" {code[:3]} {code[3:]} "})
    assert opened.headers["Location"].endswith("/records")
    page = browser.get(f"/collect/{token}/records").text
    assert "Before you open it" in page
    path = re.search(r'action="(/collect/[^"]+/files/[^"]+)"', page)
    assert path
    assert browser.post(path[1]).status_code == 303
    answer = browser.get(path[1])
    text = text_of(answer.data)
    assert SECRET not in text
    assert "Niamh likes school" in text.replace("\r\n", " ")
    assert re.search(r"RBKC-\d{4}-000001 page 1 of \d+", text)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    part = browser.get(path[1], headers={"Range": "bytes=0-7"})
    assert (part.status_code, part.data) == (206, answer.data[:8])
    with redacted.desk():
        assert audit.check_chain().faults == ()


def test_a_code_works_once_and_only_in_the_browser_that_gave_it(redacted: Journey) -> None:
    redacted.submit()
    redacted.approve()
    token = redacted.release(redacted.build())
    browser, code = redacted.collect(token)
    wrong = browser.post(f"/collect/{token}/code", data={"code": "000000"}, follow_redirects=True)
    assert "That code is wrong" in wrong.text
    assert browser.post(f"/collect/{token}/code", data={"code": code}).location.endswith("records")
    other = redacted.app.test_client()
    assert other.get(f"/collect/{token}/records").status_code == 302
    assert "wrong=1" in other.post(f"/collect/{token}/code", data={"code": code}).location
    disclosure = redacted.one(select(Disclosure.id))
    assert redacted.officer.post(f"/officer/releases/{disclosure}/revoke").status_code == 302
    ended = browser.get(f"/collect/{token}/records")
    assert (ended.status_code, "link has ended" in ended.text) == (410, True)


def test_nobody_approves_their_own_work_and_a_later_change_voids_an_approval(
    redacted: Journey, client_of: ClientOf
) -> None:
    redacted.submit()
    assert redacted.officer.get(f"/officer/cases/{redacted.case_id}/approval").status_code == 403
    redacted.approve()
    first = redacted.pages()[0]
    assert (
        redacted.officer.post(f"/officer/pages/{first}/page", data={"code": "TP16"}).status_code
        == 302
    )
    refused = redacted.officer.post(f"/officer/cases/{redacted.case_id}/bundles")
    assert refused.status_code == 409
    assert "second person" in refused.text


def test_pages_nobody_has_seen_cannot_be_sent_for_approval(journey: Journey) -> None:
    journey.supply()
    refused = journey.officer.post(
        f"/officer/cases/{journey.case_id}/submit", data={"checked": "y"}
    )
    assert refused.status_code == 422
    assert "2 pages have not been looked at" in refused.text


def test_a_file_that_cannot_be_used_is_set_aside_with_a_reason_and_its_name_made_plain(
    journey: Journey,
) -> None:
    journey.supply()
    shown = journey.officer.get(f"/officer/cases/{journey.case_id}/records").text
    assert "Needs attention" in shown
    assert "empty.docx" in shown
    assert "etc/" not in shown


@pytest.mark.parametrize(
    ("way", "data", "sentence"),
    [
        ("box", {"x0": "900", "y0": "10", "x1": "950", "y1": "20"}, "lies outside the page"),
        ("box", {"x0": "10", "y0": "10", "x1": "10", "y1": "20"}, "a width and a height"),
        ("box", {"x0": "nan", "y0": "10", "x1": "30", "y1": "20"}, "must be a number"),
        ("box", {}, "four numbers"),
        ("lines", {}, "tick at least one line"),
    ],
)
def test_a_mark_that_cannot_be_is_refused_in_a_sentence(
    journey: Journey, way: str, data: dict[str, str], sentence: str
) -> None:
    journey.supply()
    first = journey.pages()[0]
    refused = journey.officer.post(f"/officer/pages/{first}/{way}", data={**data, "code": "TP16"})
    assert refused.status_code == 422
    assert sentence in refused.text


def test_a_code_the_councils_may_not_use_is_not_offered(journey: Journey) -> None:
    journey.supply()
    first = journey.pages()[0]
    refused = journey.officer.post(f"/officer/pages/{first}/page", data={"code": "IM4"})
    assert refused.status_code == 422


def test_undo_takes_back_all_of_the_last_thing_marked(redacted: Journey) -> None:
    first = redacted.pages()[0]
    undone = redacted.officer.post(f"/officer/cases/{redacted.case_id}/redaction/undo")
    assert undone.status_code == 302
    assert redacted.officer.get(f"/officer/pages/{first}").text.count("desk-mark__code") == 1


def test_an_unknown_link_is_not_found(app: Flask, tmp_path: Path) -> None:
    assert app.test_client().get("/collect/nobody-ever-made-this").status_code == 404
