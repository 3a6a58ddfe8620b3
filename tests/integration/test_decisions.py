"""Deciding cases that are not about access, and telling those who were given the data."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from html import unescape
from urllib.parse import quote_plus

import pytest
from flask.testing import FlaskClient

from sar.domain.register import recipients_of, service
from sar.domain.rights import Right
from sar.extensions import db
from sar.models.case import Case
from sar.models.decision import RecipientNotice
from sar.models.hold import HoldRow
from tests.integration.conftest import Desk

Open = Callable[..., uuid.UUID]
TODAY = datetime.now(UTC)


def day(name: str) -> dict[str, str]:
    return {
        f"{name}-day": str(TODAY.day),
        f"{name}-month": str(TODAY.month),
        f"{name}-year": str(TODAY.year),
    }


def owed(desk: Desk, case_id: uuid.UUID) -> list[tuple[uuid.UUID, str]]:
    with desk():
        rows = db.session.scalars(
            db.select(RecipientNotice).where(RecipientNotice.case_id == case_id)
        )
        return [(row.id, row.recipient) for row in rows.unique() if row.state.value == "owed"]


def lift_inquiries(desk: Desk) -> None:
    with desk():
        for row in db.session.scalars(db.select(HoldRow)).unique():
            row.lifted_at = datetime.now(UTC)


def test_a_correction_makes_its_recipients_tasks_and_the_case_closes_once_each_is_done(
    officer: FlaskClient, open_case: Open, desk: Desk
) -> None:
    case_id = open_case(right=Right.RECTIFICATION)
    page = f"/officer/cases/{case_id}"
    assert "Not decided yet." in officer.get(page).text
    decided = officer.post(
        f"{page}/decision", data={"outcome": "upheld", "grounds": ["inaccurate"], "reasons": ""}
    )
    assert decided.status_code == 302
    waiting = owed(desk, case_id)
    assert {name for _, name in waiting} == {
        each.name for each in recipients_of([service("SVC-01")])
    }
    shown = officer.get(f"{page}/recipients").text
    assert "London Fire Brigade" in shown
    refused = officer.post(f"{page}/close", data={"outcome": "Corrected."})
    assert (refused.status_code, "still to be told" in refused.text) == (422, True)
    for number, (notice_id, _) in enumerate(waiting):
        data = (
            {"state": "told", "way": "letter"}
            if number % 2
            else {"state": "impossible", "reason": "It is not known which of them."}
        )
        assert officer.post(f"/officer/recipients/{notice_id}", data=data).status_code == 302
    assert officer.post(f"{page}/recipients/asked").status_code == 302
    refused = officer.post(f"{page}/close", data={"outcome": "Corrected."})
    assert "asked who was told" in refused.text
    assert officer.post(f"{page}/recipients/answered").status_code == 302
    assert officer.post(f"{page}/close", data={"outcome": "Corrected."}).status_code == 302


def test_the_letter_to_a_recipient_is_written_from_its_task_and_seen_beside_it(
    officer: FlaskClient, open_case: Open
) -> None:
    page = f"/officer/cases/{open_case(right=Right.RECTIFICATION)}"
    decision = {"outcome": "upheld", "grounds": ["inaccurate"], "reasons": ""}
    assert officer.post(f"{page}/decision", data=decision).status_code == 302
    new = f"{page}/letters/recipient-notice/new"
    body = "London Fire Brigade"
    assert f"{new}?to={quote_plus(body)}" in officer.get(f"{page}/recipients").text
    assert f'value="{body}"' in officer.get(new, query_string={"to": body}).text
    letter = {
        "to_name": body,
        "to_email": "records@example.org",
        "subject_details": "Name: Sam Okafor",
        "changes": "Put the date of birth right.",
    }
    assert officer.post(new, data=letter).status_code == 302
    shown = officer.get(f"{page}/recipients").text
    assert "Letter: draft" in shown
    assert f"{new}?to={quote_plus(body)}" not in shown


def test_who_was_told_and_who_could_not_be_stand_in_the_letter_to_the_person(
    officer: FlaskClient, open_case: Open, desk: Desk
) -> None:
    case_id = open_case(right=Right.RECTIFICATION)
    page = f"/officer/cases/{case_id}"
    decision = {"outcome": "upheld", "grounds": ["inaccurate"], "reasons": ""}
    assert officer.post(f"{page}/decision", data=decision).status_code == 302
    told, never = owed(desk, case_id)[:2]
    officer.post(f"/officer/recipients/{told[0]}", data={"state": "told", "way": "letter"})
    reason = {"state": "impossible", "reason": "It no longer exists."}
    officer.post(f"/officer/recipients/{never[0]}", data=reason)
    shown = unescape(officer.get(f"{page}/letters/recipients-told/new").text)
    assert f"- {told[1]}</textarea>" in shown
    assert f"- {never[1]}: It no longer exists.</textarea>" in shown


def test_a_notice_without_its_way_or_reason_is_refused_and_kept_as_it_was(
    officer: FlaskClient, open_case: Open, desk: Desk
) -> None:
    case_id = open_case(right=Right.RESTRICTION)
    officer.post(
        f"/officer/cases/{case_id}/decision", data={"outcome": "upheld", "grounds": ["accuracy"]}
    )
    before = owed(desk, case_id)
    path = f"/officer/recipients/{before[0][0]}"
    assert "Say how they were told" in officer.post(path, data={"state": "told"}).text
    assert "Say why" in officer.post(path, data={"state": "disproportionate"}).text
    assert owed(desk, case_id) == before


def test_nothing_is_erased_while_it_is_on_hold_and_a_refusal_may_say_so(
    officer: FlaskClient, open_case: Open, desk: Desk
) -> None:
    case_id = open_case(right=Right.ERASURE)
    path = f"/officer/cases/{case_id}/decision"
    upheld = {"outcome": "upheld", "grounds": ["no-longer-needed"]}
    assert "a public inquiry told councils to keep everything" in officer.get(path).text
    refused = officer.post(path, data=upheld)
    assert (refused.status_code, "Nothing may be erased" in refused.text) == (422, True)
    assert owed(desk, case_id) == []
    on_hold = {"outcome": "refused", "grounds": ["on-hold"], "reasons": "An inquiry needs it."}
    assert officer.post(path, data=on_hold).status_code == 302
    assert owed(desk, case_id) == [], "a refusal changes nothing that anybody was given"
    lift_inquiries(desk)
    assert officer.post(path, data=upheld).status_code == 302
    assert len(owed(desk, case_id)) > 3
    assert "Done as asked" in officer.get(f"/officer/cases/{case_id}").text


def test_the_reasons_of_a_right_that_is_not_open_stand_ready(
    officer: FlaskClient, open_case: Open
) -> None:
    case_id = open_case(right=Right.PORTABILITY)
    shown = officer.get(f"/officer/cases/{case_id}/decision").text
    assert "This right is only for data you gave us by agreement or for a contract." in shown


def test_a_correction_refused_without_the_offer_of_an_own_account_is_sent_back(
    officer: FlaskClient, open_case: Open
) -> None:
    path = f"/officer/cases/{open_case(right=Right.RECTIFICATION)}/decision"
    data = {"outcome": "refused", "grounds": ["opinion"], "reasons": "It is an opinion."}
    refused = officer.post(path, data=data)
    assert (refused.status_code, "own account" in refused.text) == (422, True)
    assert "It is an opinion." in refused.text, "what was typed is kept"
    assert officer.post(path, data={**data, "offers_statement": "y"}).status_code == 302


def test_an_objection_to_adverts_is_stopped_at_once_and_never_refused(
    officer: FlaskClient, open_case: Open
) -> None:
    path = f"/officer/cases/{open_case(right=Right.OBJECTION)}/decision"
    assert "Stop using the data until the objection is decided" in officer.get(path).text
    data = {
        "outcome": "refused",
        "grounds": ["compelling"],
        "reasons": "x",
        "is_direct_marketing": "y",
    }
    assert "cannot be refused" in officer.post(path, data=data).text


def test_an_objection_opened_as_one_to_adverts_is_told_to_stop_them_today(
    officer: FlaskClient, open_case: Open
) -> None:
    case_id = open_case(right=Right.OBJECTION, is_direct_marketing=True)
    path = f"/officer/cases/{case_id}/decision"
    assert "Stop the adverts today" in officer.get(path).text
    data = {"outcome": "refused", "grounds": ["compelling"], "reasons": "x"}
    assert "cannot be refused" in officer.post(path, data=data).text


def test_a_restriction_is_lifted_only_once_the_person_has_been_told(
    officer: FlaskClient, open_case: Open
) -> None:
    page = f"/officer/cases/{open_case(right=Right.OBJECTION)}"
    assert officer.post(f"{page}/restriction", data={"what": "The plan."}).status_code == 302
    assert (
        "stands on this case already"
        in officer.post(f"{page}/restriction", data={"what": "More."}).text
    )
    assert "The plan." in officer.get(page).text
    tomorrow = {**day("told_on"), "told_on-year": str(TODAY.year + 1)}
    late = officer.post(f"{page}/restriction/lift", data=tomorrow)
    assert (late.status_code, "before the restriction" in late.text) == (422, True)
    assert officer.post(f"{page}/restriction/lift", data=day("told_on")).status_code == 302
    assert "The plan." not in officer.get(page).text


def test_a_youth_offending_case_settles_its_law_before_it_is_decided(
    officer: FlaskClient, open_case: Open
) -> None:
    page = f"/officer/cases/{open_case(right=Right.OBJECTION, service_ids=('SVC-06',))}"
    data = {"outcome": "refused", "grounds": ["not-open"], "reasons": "A law makes us use it."}
    refused = officer.post(f"{page}/decision", data=data)
    assert (refused.status_code, "Settle first" in refused.text) == (422, True)
    officer.post(f"{page}/services/SVC-06", data={"regime": "uk-gdpr"})
    assert officer.post(f"{page}/decision", data=data).status_code == 302


@pytest.mark.parametrize("right", [Right.COMPLAINT, Right.AUTOMATED_DECISION])
def test_other_rights_are_decided_and_nobody_else_is_told(
    right: Right, officer: FlaskClient, open_case: Open, desk: Desk
) -> None:
    case_id = open_case(right=right)
    ground = "upheld" if right is Right.COMPLAINT else "reviewed"
    path = f"/officer/cases/{case_id}/decision"
    assert officer.post(path, data={"outcome": "upheld", "grounds": [ground]}).status_code == 302
    assert owed(desk, case_id) == []


def test_an_access_case_has_no_decision_and_a_closed_one_takes_none(
    officer: FlaskClient, open_case: Open, desk: Desk
) -> None:
    access = open_case()
    assert "Not decided yet." not in officer.get(f"/officer/cases/{access}").text
    erasure = open_case(right=Right.ERASURE)
    officer.post(f"/officer/cases/{erasure}/close", data={"outcome": "Withdrawn."})
    data = {"outcome": "refused", "grounds": ["claims"], "reasons": "x"}
    closed = officer.post(f"/officer/cases/{erasure}/decision", data=data)
    assert "This case is closed." in closed.text
    with desk():
        assert db.session.get_one(Case, erasure).closed_on is not None
