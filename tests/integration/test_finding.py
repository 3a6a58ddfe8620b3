from __future__ import annotations

import re
import uuid

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, text

from sar.documents.page_terms import Sought, Way, sought
from sar.extensions import db
from sar.models.case import Case
from sar.models.page_words import IndexedPage
from sar.models.record import Page
from sar.models.redaction import Redaction
from sar.services import finding, redactions
from tests.integration.conftest import ActorOf, Desk
from tests.integration.record_rows import add_record

HOSTILE = (
    "O'Brien",
    "a-b",
    '"',
    "'; DROP TABLE page; --",
    "NEAR(a b)",
    "terms:x OR slips:y",
    "AND OR NOT",
    "x*y*",
    "(((",
    "a & b | !c",
    "\\",
    "%_",
    "::tsquery",
    "مرحبا",
    "x" * 500,
)


@pytest.fixture
def told(desk: Desk, case_id: uuid.UUID) -> list[uuid.UUID]:
    """Pages that name a neighbour natively, on a scan with a slip, and on a page left aside."""
    with desk():
        native = add_record(case_id, "Note.pdf", [["Derek Pargeter rang twice."], ["Nobody rang."]])
        scan = add_record(case_id, "Scan.pdf", [["Mr D Pargeter5 and 0kafor"]], is_ocr=True)
        blank = add_record(case_id, "Blank.pdf", [[]])
        scan.pages[0].confidence = 80.0
        return [*(page.id for page in native.pages), scan.pages[0].id, blank.pages[0].id]


def count(case: Case, wanted: Sought) -> int:
    return finding.find(case, wanted).count


def test_words_are_found_over_native_and_scanned_text(
    desk: Desk, case_id: uuid.UUID, told: list[uuid.UUID], open_case: object
) -> None:
    other_id = open_case(council_code="WCC")  # type: ignore[operator]
    with desk():
        case = db.session.get_one(Case, case_id)
        assert count(case, sought("rang")) == 2
        assert count(case, sought("pargeter rang")) == 1
        assert count(case, sought('"rang twice"')) == 1
        assert count(case, sought("okafor")) == 1
        assert count(case, sought("okafor", has_slips=False)) == 0
        assert count(case, sought("parg*")) == 2
        assert count(case, sought("Derek Pargeter", Way.NAME)) == 1
        assert count(db.session.get_one(Case, other_id), sought("rang")) == 0


@pytest.mark.parametrize("typed", HOSTILE)
def test_nothing_that_is_typed_is_a_fault(
    officer: FlaskClient, case_id: uuid.UUID, told: list[uuid.UUID], typed: str
) -> None:
    for way in Way:
        asked = {"find": typed, "way": way}
        answer = officer.get(f"/officer/cases/{case_id}/find", query_string=asked)
        assert answer.status_code == 200, typed


def test_hits_stand_in_context_and_lead_to_a_page_that_shows_them(
    officer: FlaskClient, case_id: uuid.UUID, told: list[uuid.UUID]
) -> None:
    answer = officer.get(f"/officer/cases/{case_id}/find?find=pargeter").text
    assert re.search(r"Derek <mark[^>]*>Pargeter</mark> rang twice", answer)
    link = re.search(rf'href="(/officer/pages/{told[0]}\?[^"]*find=pargeter[^"]*)"', answer)
    assert link
    assert officer.get(link[1].replace("&amp;", "&")).text.count('class="desk-hit"') == 1


def test_pages_a_machine_could_not_read_are_told_beside_the_results(
    desk: Desk, officer: FlaskClient, case_id: uuid.UUID, told: list[uuid.UUID]
) -> None:
    answer = officer.get(f"/officer/cases/{case_id}/find?find=nobody").text
    assert "1 page not searched" in answer
    assert "Blank.pdf, page 1" in answer
    with desk():
        db.session.get_one(Page, told[2]).needs_reading = True
    assert "2 pages not searched" in officer.get(f"/officer/cases/{case_id}/find").text
    assert "Scan.pdf" in officer.get(f"/officer/cases/{case_id}/not-searched").text


def test_what_was_found_is_counted_left_out_and_taken_back_together(
    desk: Desk, officer: FlaskClient, case_id: uuid.UUID, told: list[uuid.UUID], actor_of: ActorOf
) -> None:
    path = f"/officer/cases/{case_id}/find?find=rang"
    counted = officer.post(path, data={"everywhere": "1", "code": "TP16"})
    assert "Leave out 2 hits on 2 pages?" in counted.text
    with desk():
        assert db.session.scalars(select(Redaction)).all() == []
    data = {"everywhere": "1", "code": "TP16", "confirmed": "y"}
    assert officer.post(path, data=data).status_code == 302
    with desk():
        marks = db.session.scalars(select(Redaction)).all()
        assert {mark.page_id for mark in marks} == set(told[:2])
        assert len({mark.batch for mark in marks}) == 1
        assert all(mark.page.seen_by_id is None for mark in marks), "nobody has looked"
    again = officer.post(path, data=data)
    assert again.status_code == 422
    assert "left out already" in again.text
    with desk():
        redactions.undo_last(case_id, actor_of("officer"))
        assert all(mark.undone_at for mark in db.session.scalars(select(Redaction)))


def test_only_ticked_hits_are_left_out_and_never_those_of_another_case(
    desk: Desk, officer: FlaskClient, case_id: uuid.UUID, told: list[uuid.UUID]
) -> None:
    path = f"/officer/cases/{case_id}/find?find=rang"
    assert officer.post(path, data={"code": "TP16"}).status_code == 422
    data = {"hit": f"{told[1]}:1-2", "code": "TP16", "confirmed": "y"}
    assert officer.post(path, data=data).status_code == 302
    with desk():
        assert [mark.page_id for mark in db.session.scalars(select(Redaction))] == [told[1]]
    for key in (f"{told[1]}:0-9", f"{uuid.uuid4()}:0-1", "nothing", ""):
        answer = officer.post(path, data={**data, "hit": key})
        assert answer.status_code == 422, key


def test_words_leave_the_index_with_their_page(desk: Desk, told: list[uuid.UUID]) -> None:
    with desk():
        db.session.execute(text("DELETE FROM page WHERE id = :id"), {"id": told[0].hex})
        db.session.commit()
        assert told[0] not in db.session.scalars(select(IndexedPage.page_id)).all()
        left = db.session.execute(
            text("SELECT count(*) FROM page_words WHERE page_words MATCH 'derek'")
        )
        assert left.scalar_one() == 0
