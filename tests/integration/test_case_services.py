"""What a case settles about its services, on screen, and what follows from it."""

from __future__ import annotations

import uuid

from flask.testing import FlaskClient

from sar.domain.rights import ProcessingRegime
from sar.extensions import db
from sar.models.case import Case
from sar.models.record import Record
from sar.services import records
from tests.integration.conftest import Desk


def concern(desk: Desk, case_id: uuid.UUID, *service_ids: str) -> str:
    with desk():
        case = db.session.get_one(Case, case_id)
        case.service_ids = list(service_ids)
    return f"/officer/cases/{case_id}"


def test_opening_a_case_shows_which_rights_each_service_leaves_open(officer: FlaskClient) -> None:
    shown = officer.get("/officer/cases/new").text
    assert "Not open: portability. Limited: erasure." in shown


def test_choosing_services_shows_whether_the_right_of_the_case_is_open(
    officer: FlaskClient, case_id: uuid.UUID
) -> None:
    shown = officer.get(f"/officer/cases/{case_id}/services").text
    assert "Available. You can ask for a copy of what we hold about you." in shown


def test_a_youth_offending_case_is_told_under_both_laws_until_the_law_is_settled(
    officer: FlaskClient, case_id: uuid.UUID, desk: Desk
) -> None:
    page = concern(desk, case_id, "SVC-06")
    before = officer.get(page).text
    assert "Which law are these records kept under?" in before
    assert "DPA 2018 s.45" in before
    assert "UK GDPR Art 15" in before
    answer = officer.post(f"{page}/services/SVC-06", data={"regime": "law-enforcement"})
    assert answer.status_code == 302
    after = officer.get(page).text
    assert "Which law are these records kept under?" not in after
    assert "DPA 2018 s.45" in after
    assert "UK GDPR Art 15" not in after


def test_a_record_of_a_split_case_says_its_law_and_its_exemptions_follow(
    officer: FlaskClient, case_id: uuid.UUID, desk: Desk
) -> None:
    concern(desk, case_id, "SVC-06")
    with desk():
        case = db.session.get_one(Case, case_id)
        record = Record(
            controller_id=case.controller_id,
            case_id=case.id,
            name="Order.pdf",
            byte_count=1,
            sha256="0" * 64,
            original_key="none",
        )
        db.session.add(record)
        db.session.flush()
        record_id = record.id
        assert records.regime_of(record) is ProcessingRegime.UK_GDPR
    assert "As the case" in officer.get(f"/officer/records/{record_id}").text
    path = f"/officer/records/{record_id}/regime"
    assert officer.post(path, data={"regime": "law-enforcement"}).status_code == 302
    with desk():
        record = db.session.get_one(Record, record_id)
        assert records.regime_of(record) is ProcessingRegime.LAW_ENFORCEMENT


def test_the_lead_of_mash_is_chosen_and_the_part_is_passed_on(
    officer: FlaskClient, case_id: uuid.UUID, desk: Desk
) -> None:
    page = concern(desk, case_id, "SVC-07")
    form = officer.get(f"{page}/services/SVC-07").text
    assert "London Borough of Hammersmith and Fulham" in form
    officer.post(f"{page}/services/SVC-07", data={"lead": "LBHF"})
    assert "Hammersmith and Fulham leads on these records" in officer.get(page).text


def test_a_case_that_names_islington_tells_where_to_send_the_person(
    officer: FlaskClient, case_id: uuid.UUID, desk: Desk
) -> None:
    page = concern(desk, case_id, "SVC-90")
    assert "Tell the person to ask them at foia@islington.gov.uk." in officer.get(page).text


def test_another_authority_can_be_chosen_so_that_the_person_is_told_where_to_ask(
    officer: FlaskClient, case_id: uuid.UUID
) -> None:
    assert "Islington Council answers for this" in officer.get("/officer/cases/new").text
    page = f"/officer/cases/{case_id}"
    assert officer.post(f"{page}/services", data={"services": ["SVC-90"]}).status_code == 302
    assert "foia@islington.gov.uk" in officer.get(page).text


def test_a_day_settles_from_when_retention_counts_and_a_future_one_is_refused(
    officer: FlaskClient, case_id: uuid.UUID, desk: Desk
) -> None:
    page = concern(desk, case_id, "SVC-05")
    assert "date of birth is not known" in officer.get(page).text
    path = f"{page}/services/SVC-05"
    day = {"youngest_born-day": "1", "youngest_born-month": "1", "youngest_born-year": "2023"}
    future = {**day, "youngest_born-year": "2099"}
    refused = officer.post(path, data=future)
    assert (refused.status_code, "A day in the future" in refused.text) == (422, True)
    assert officer.post(path, data=day).status_code == 302
    assert "Not before 31 August 2029, because" in officer.get(page).text


def test_nothing_answered_and_a_service_the_case_does_not_concern(
    officer: FlaskClient, case_id: uuid.UUID, desk: Desk
) -> None:
    page = concern(desk, case_id, "SVC-06")
    assert officer.post(f"{page}/services/SVC-06", data={}).status_code == 422
    assert officer.get(f"{page}/services/SVC-07").status_code == 404
