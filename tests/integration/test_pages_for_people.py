"""Pages that a machine cannot decide: hidden content, and what no machine could read."""

from __future__ import annotations

import uuid
from datetime import date

import pytest
from flask.testing import FlaskClient

from sar.extensions import db
from sar.models.case import Case
from sar.models.record import Page
from sar.services import reviews
from tests.integration.conftest import Desk
from tests.integration.record_rows import add_record


@pytest.fixture
def page_ids(desk: Desk, case_id: uuid.UUID) -> list[uuid.UUID]:
    """A plain page, one of hidden content, and one that no machine could read."""
    with desk():
        record = add_record(case_id, "Notes.xlsx", [["Shown"], ["Behind"], ["~"]])
        _, behind, scribble = record.pages
        behind.is_hidden, scribble.needs_reading = True, True
        return [page.id for page in record.pages]


def obstacles(desk: Desk, case_id: uuid.UUID) -> str:
    with desk():
        return " ".join(
            reviews.self_check(db.session.get_one(Case, case_id), date.today()).obstacles
        )


def see(officer: FlaskClient, page_id: uuid.UUID, **said: str) -> tuple[int, str]:
    answer = officer.post(f"/officer/pages/{page_id}/seen", data=said)
    return answer.status_code, answer.text


def test_hidden_content_goes_nowhere_until_somebody_decides_it(
    desk: Desk, officer: FlaskClient, case_id: uuid.UUID, page_ids: list[uuid.UUID]
) -> None:
    behind = page_ids[1]
    shown = officer.get(f"/officer/pages/{behind}").text
    assert "Hidden content" in shown
    assert "The requester should get this hidden content" in shown
    status, text = see(officer, behind)
    assert status == 422
    assert "Decide this hidden content" in text
    assert "1 pages of hidden content have not been decided" in obstacles(desk, case_id)
    assert see(officer, behind, keeps_hidden="y")[0] == 302
    assert "hidden content" not in obstacles(desk, case_id)
    with desk():
        page = db.session.get_one(Page, behind)
        assert page.hidden_kept_by_id == page.seen_by_id is not None


def test_hidden_content_that_is_withheld_is_decided(
    desk: Desk, officer: FlaskClient, case_id: uuid.UUID, page_ids: list[uuid.UUID]
) -> None:
    behind = page_ids[1]
    assert officer.post(f"/officer/pages/{behind}/page", data={"code": "TP16"}).status_code == 302
    assert "hidden content" not in obstacles(desk, case_id)
    assert see(officer, behind)[0] == 302


def test_a_page_no_machine_could_read_waits_for_a_person(
    desk: Desk, officer: FlaskClient, case_id: uuid.UUID, page_ids: list[uuid.UUID]
) -> None:
    scribble = page_ids[2]
    overview = officer.get(f"/officer/cases/{case_id}/redaction").text
    assert "A person must read this" in overview
    assert f"/officer/pages/{scribble}" in overview.split("Read the first of them")[0]
    status, text = see(officer, scribble)
    assert status == 422
    assert "Tick that you have read this page" in text
    assert "1 pages must be read by a person" in obstacles(desk, case_id)
    assert see(officer, scribble, has_read="y")[0] == 302
    assert "must be read" not in obstacles(desk, case_id)
    assert "Read by a person" in officer.get(f"/officer/cases/{case_id}/redaction").text


def test_an_ordinary_page_asks_for_nothing_but_a_look(
    officer: FlaskClient, page_ids: list[uuid.UUID]
) -> None:
    assert "I have read this page" not in officer.get(f"/officer/pages/{page_ids[0]}").text
    assert see(officer, page_ids[0])[0] == 302
