from __future__ import annotations

import uuid
from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from sar.domain.reconciliation import Place
from sar.domain.searching import RecordScope
from sar.extensions import db
from sar.models.case import Case
from sar.models.likeness import Likeness, LikenessDecision, LikenessKind
from sar.models.page_words import IndexedPage
from sar.models.record import Record
from sar.services import chronology, likenesses, reconciliation
from tests.integration.conftest import Desk
from tests.integration.record_rows import add_record

LONG = [f"word{number} said twice again" for number in range(30)]
OTHER = [f"other{number} said once only" for number in range(30)]
NEARLY = [*LONG[:10], "something different here", *LONG[11:]]


def compare(desk: Desk, case_id: uuid.UUID) -> None:
    with desk():
        for _ in likenesses.compare_records(case_id, lambda *_: None):
            pass


def look_alike(record: Record, look: str) -> None:
    for page in record.pages:
        row = db.session.scalars(select(IndexedPage).where(IndexedPage.page_id == page.id)).one()
        row.look = look


@pytest.fixture
def four(desk: Desk, case_id: uuid.UUID) -> list[uuid.UUID]:
    """A note, the same once more, nearly the same, and a bundle that holds the note's page."""
    with desk():
        rows = [
            add_record(case_id, "First.pdf", [LONG], date(2012, 1, 1)),
            add_record(case_id, "Again.pdf", [LONG], date(2013, 1, 1)),
            add_record(case_id, "Nearly.pdf", [NEARLY], date(2014, 1, 1)),
            add_record(case_id, "Bundle.pdf", [OTHER, LONG, OTHER[::-1]], date(2016, 1, 1)),
        ]
        for row in rows[:2]:
            look_alike(row, "the same")
        return [row.id for row in rows]


def by_copy(desk: Desk) -> dict[uuid.UUID, tuple[uuid.UUID, LikenessKind, LikenessDecision]]:
    with desk():
        return {
            row.copy_page_id or row.copy_id: (row.kept_id, row.kind, row.decision)
            for row in db.session.scalars(select(Likeness))
        }


def test_what_is_certain_is_set_aside_and_what_is_not_waits(
    desk: Desk, case_id: uuid.UUID, four: list[uuid.UUID]
) -> None:
    compare(desk, case_id)
    found = by_copy(desk)
    assert found[four[1]] == (four[0], LikenessKind.SAME_CONTENT, LikenessDecision.COPY)
    assert found[four[2]] == (four[0], LikenessKind.ALIKE, LikenessDecision.PROPOSED)
    with desk():
        again = db.session.get_one(Record, four[1])
        assert (again.scope, again.duplicate_of_id) == (RecordScope.DUPLICATE, four[0])
        page = db.session.get_one(Record, four[3]).pages[1]
        assert found[page.id] == (four[0], LikenessKind.ALIKE, LikenessDecision.PROPOSED)
    before = by_copy(desk)
    compare(desk, case_id)
    assert by_copy(desk) == before, "looking again finds nothing new"


def test_an_officer_sees_why_and_overrules_either_way(
    desk: Desk, officer: FlaskClient, case_id: uuid.UUID, four: list[uuid.UUID]
) -> None:
    compare(desk, case_id)
    with desk():
        ids = {row.copy_id: row.id for row in db.session.scalars(select(Likeness))}
    shown = officer.get(f"/officer/copies/{ids[four[2]]}").text
    assert "something different here" in shown
    assert "only here" in shown
    again = officer.post(f"/officer/copies/{ids[four[1]]}", data={"decision": "both"})
    assert again.status_code == 302
    nearly = officer.post(f"/officer/copies/{ids[four[2]]}", data={"decision": "swap"})
    assert nearly.status_code == 302
    page = officer.post(f"/officer/copies/{ids[four[3]]}", data={"decision": "copy"})
    assert page.status_code == 422, "the first is left out itself now"
    assert "Put it in scope first" in page.text
    with desk():
        rows = {row.name: row for row in db.session.scalars(select(Record))}
        assert rows["Again.pdf"].scope is RecordScope.IN
        assert rows["First.pdf"].scope is RecordScope.DUPLICATE
        assert rows["First.pdf"].duplicate_of_id == four[2]
        total = reconciliation.of_case(db.session.get_one(Case, case_id))
        assert (total.count(Place.DUPLICATE), total.difference) == (1, 0)
    back = officer.post(f"/officer/copies/{ids[four[2]]}", data={"decision": "both"})
    assert back.status_code == 302
    taken = officer.post(f"/officer/copies/{ids[four[3]]}", data={"decision": "copy"})
    assert taken.status_code == 302, taken.text
    with desk():
        total = reconciliation.of_case(db.session.get_one(Case, case_id))
        assert (total.count(Place.DUPLICATE), total.count(Place.IN_SCOPE)) == (1, 5)


def test_the_chronology_tells_what_is_missing(
    desk: Desk, officer: FlaskClient, case_id: uuid.UUID, four: list[uuid.UUID]
) -> None:
    with desk():
        mail = add_record(case_id, "Re.eml", [["Please find attached the report."]])
        mail.media_type = "message/rfc822"
        for day in (date(2012, 2, 1), date(2014, 2, 1)):
            add_record(case_id, f"LAC review {day.year}.docx", [["Minutes"]], day)
        told = chronology.chronology_of(db.session.get_one(Case, case_id))
        assert [each.name for each in told.absent] == ["Re.eml"]
    shown = officer.get(f"/officer/cases/{case_id}/chronology").text
    assert "No record is dated 2015." in shown
    assert "A looked after child review was due by 1 May 2012" in shown
    assert "1 record has no date and stands last." in shown
    assert shown.index("First.pdf") < shown.index("Bundle.pdf") < shown.rindex("Re.eml")
    officer.post(
        f"/officer/records/{four[3]}",
        data={"scope": "in", "dated_on-day": "1", "dated_on-month": "1", "dated_on-year": "2011"},
    )
    shown = officer.get(f"/officer/cases/{case_id}/chronology").text
    assert shown.index("Bundle.pdf") < shown.index("First.pdf")
    assert "given by an officer" in shown
