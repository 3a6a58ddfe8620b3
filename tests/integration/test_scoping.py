from __future__ import annotations

import re
import uuid
from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from sar.domain.reconciliation import Place
from sar.domain.searching import RecordScope, RecordStatus
from sar.extensions import db
from sar.models.case import Case
from sar.models.consultation import Consultation
from sar.models.record import Record
from sar.services import pages, reconciliation, record_lists, redactions, reviews
from tests.integration.conftest import ActorOf, Desk
from tests.integration.record_rows import add_record


@pytest.fixture
def three(desk: Desk, case_id: uuid.UUID) -> list[uuid.UUID]:
    """Three records of two, one and three pages, added in no order."""
    with desk():
        return [
            add_record(case_id, "Letter.pdf", [["One"], ["Two"]], date(2014, 3, 4)).id,
            add_record(case_id, "Undated.pdf", [["Three"]]).id,
            add_record(case_id, "Note.pdf", [["Four"], ["Five"], ["Six"]], date(2010, 1, 2)).id,
        ]


def shown(officer: FlaskClient, path: str) -> dict[str, int]:
    text = officer.get(path).text
    cells = re.findall(
        r'row" class="govuk-table__header">([^<]+)</th><td[^>]*><a[^>]*>([\d,]+)', text
    )
    total = re.search(r"<strong>([\d,]+)</strong>", text[text.index("<tfoot>") :])
    assert total
    return {
        **{name: int(count.replace(",", "")) for name, count in cells},
        "Received": int(total[1]),
    }


def test_the_records_screen_adds_up_and_each_number_leads_to_its_records(
    officer: FlaskClient, case_id: uuid.UUID, three: list[uuid.UUID]
) -> None:
    path = f"/officer/cases/{case_id}/records"
    letter, undated, note = three
    sent = officer.post(
        f"{path}/triage",
        data={
            f"scope-{undated}": "other-person",
            f"reason-{undated}": "It is about her cousin.",
            f"scope-{note}": "unsure",
            "reason": "Ask the team.",
            f"scope-{letter}": "in",
        },
    )
    assert sent.status_code == 302, sent.text
    assert (
        officer.post(
            f"/officer/records/{letter}/pages",
            data={"scope-2": "out", "reason-2": "A blank form.", "scope-1": "with-record"},
        ).status_code
        == 302
    )
    counts = shown(officer, path)
    assert counts == {
        "In scope": 1,
        "Duplicate": 0,
        "Out of scope": 2,
        "Withheld whole": 0,
        "Out for consultation": 0,
        "Could not be opened": 0,
        "Not decided yet": 3,
        "Received": 6,
    }
    assert sum(counts.values()) == 2 * counts["Received"]
    out = officer.get(f"{path}?place=out-of-scope").text
    assert "Letter.pdf" in out
    assert "Undated.pdf" in out
    assert "Note.pdf" not in out
    assert "No bundle can be built" in out


def test_leaving_out_needs_a_reason_and_what_was_typed_is_kept(
    officer: FlaskClient, case_id: uuid.UUID, three: list[uuid.UUID]
) -> None:
    answer = officer.post(
        f"/officer/cases/{case_id}/records/triage", data={f"scope-{three[0]}": "out"}
    )
    assert answer.status_code == 422
    assert "Letter.pdf: Say why this is left out." in answer.text
    assert re.search(rf'id="scope-{three[0]}-out" value="out" checked', answer.text)


def test_a_page_taken_out_is_replaced_by_a_sheet_with_its_reason(
    desk: Desk, officer: FlaskClient, case_id: uuid.UUID, three: list[uuid.UUID]
) -> None:
    officer.post(
        f"/officer/records/{three[2]}/pages", data={"scope-2": "out", "reason-2": "A blank form."}
    )
    with desk():
        case = db.session.get_one(Case, case_id)
        note = pages.in_scope(case)[0]
        plan = redactions.plan_of(note, redactions.of_case(case))
        assert [(each.page, each.code) for each in plan.withheld_pages] == [(2, "OOS")]
        assert [page.number for page in pages.pages_in_scope(case) if page.record is note] == [1, 3]


def test_a_consultation_takes_pages_out_until_the_answer_is_recorded(
    desk: Desk, officer: FlaskClient, case_id: uuid.UUID, three: list[uuid.UUID]
) -> None:
    today = {"asked_on-day": "1", "asked_on-month": "2", "asked_on-year": "2026"}
    asked = officer.post(
        f"/officer/records/{three[2]}/consult",
        data={"whom": "The police", "pages": "1, 3", **today},
    )
    assert asked.status_code == 302, asked.text
    refused = officer.post(
        f"/officer/records/{three[2]}/pages", data={"scope-1": "in", "scope-2": "in"}
    )
    assert "out for consultation" in refused.text
    with desk():
        case = db.session.get_one(Case, case_id)
        assert reconciliation.of_case(case).count(Place.CONSULT) == 2
        one = db.session.scalars(select(Consultation.id)).first()
    listed = officer.get(f"/officer/cases/{case_id}/consultations").text
    assert "The police" in listed
    answered = officer.post(
        f"/officer/consultations/{one}/answer",
        data={
            "answer": "They agree.",
            "answered_on-day": "2",
            "answered_on-month": "2",
            "answered_on-year": "2026",
        },
    )
    assert answered.status_code == 302, answered.text
    with desk():
        case = db.session.get_one(Case, case_id)
        assert reconciliation.of_case(case).count(Place.CONSULT) == 1


@pytest.mark.parametrize("typed", ["x", "0", "3-2", "1-99999999", "9"])
def test_pages_that_are_none_are_refused_in_a_sentence(
    officer: FlaskClient, three: list[uuid.UUID], typed: str
) -> None:
    asked = officer.post(
        f"/officer/records/{three[0]}/consult",
        data={
            "whom": "The police",
            "pages": typed,
            "asked_on-day": "1",
            "asked_on-month": "2",
            "asked_on-year": "2026",
        },
    )
    assert asked.status_code in {404, 422}


def test_records_are_read_oldest_first_and_undated_last_with_what_was_inside_after_its_parent(
    desk: Desk, case_id: uuid.UUID, three: list[uuid.UUID], actor_of: ActorOf
) -> None:
    with desk():
        child = add_record(case_id, "Inside.pdf", [["Seven"]], date(1999, 1, 1), parent_id=three[0])
        case = db.session.get_one(Case, case_id)
        listed = record_lists.listed(case)
        names = [row.record.name for row in listed.rows]
        assert names == ["Note.pdf", "Letter.pdf", "Inside.pdf", "Undated.pdf"]
        page = child.pages[0]
        standing = pages.standing_of(case, page)
        assert (standing.place, standing.page_count) == (6, 7)
        assert standing.before is not None
        assert standing.after is not None
        assert standing.before.record_id == three[0]
        assert standing.after.record_id == three[1]


def test_every_place_lists_exactly_the_records_whose_pages_stand_there(
    desk: Desk, case_id: uuid.UUID, three: list[uuid.UUID], actor_of: ActorOf
) -> None:
    actor = actor_of("officer")
    with desk():
        first = db.session.get_one(Record, three[0])
        redactions.withhold_page(first.pages[0].id, redactions.Reason("TP16"), actor)
        broken = add_record(case_id, "Broken.pdf")
        broken.status = RecordStatus.QUARANTINED
        db.session.get_one(Record, three[1]).scope = RecordScope.DUPLICATE
        case = db.session.get_one(Case, case_id)
        db.session.flush()
        total = reconciliation.of_case(case)
        assert total.difference == 0
        for place in Place:
            rows = record_lists.listed(case, place.value).rows
            assert sum(row.places.get(place, 0) for row in rows) == total.count(place), place
            assert all(row.places.get(place) for row in rows)
        check = reviews.self_check(case, date.today())
        assert check.pages.count(Place.QUARANTINED) == 1
