"""Holds on screen: the inquiry hold from the start, and what each keeps from being destroyed."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient

from sar.domain.holds import HoldKind
from sar.domain.rights import Right
from sar.extensions import db
from sar.models.case import Case
from sar.models.hold import HoldRow
from sar.models.user import User
from sar.services import cases, holds, keys
from sar.services.errors import RefusedError
from tests.integration.conftest import ActorOf, ClientOf, Desk

INQUIRY = "Independent Inquiry into Child Sexual Abuse"
Open = Callable[..., uuid.UUID]


def day(name: str, days: int) -> dict[str, str]:
    on = datetime.now(UTC) + timedelta(days=days)
    return {
        f"{name}-day": str(on.day),
        f"{name}-month": str(on.month),
        f"{name}-year": str(on.year),
    }


def owner(desk: Desk) -> str:
    with desk():
        found = db.session.scalar(db.select(User).where(User.email == "officer@desk.test"))
        assert found is not None
        return str(found.id)


def lift_inquiries(desk: Desk) -> None:
    with desk():
        for row in db.session.scalars(db.select(HoldRow)).unique():
            row.lifted_at = datetime.now(UTC)


def reasons(desk: Desk, case_id: uuid.UUID, **given: bool) -> tuple[str, ...]:
    with desk():
        return holds.frozen_because(db.session.get_one(Case, case_id), **given)


def test_the_inquiry_hold_is_on_for_each_council_and_asks_for_an_owner(
    officer: FlaskClient,
) -> None:
    shown = officer.get("/officer/holds").text
    assert shown.count(f"{INQUIRY}<br>") == 2
    assert shown.count("Nobody yet") == 2
    assert shown.count("Look at it now") == 2
    assert "<strong>2</strong> holds to look at" in officer.get("/officer/work").text


def test_keeping_a_hold_on_gives_it_an_owner_and_a_day_and_it_is_no_longer_shouted(
    officer: FlaskClient, desk: Desk
) -> None:
    with desk():
        hold_id = db.session.scalars(db.select(HoldRow.id)).first()
    path = f"/officer/holds/{hold_id}/review"
    who = owner(desk)
    late = officer.post(path, data={"owner": who, **day("review_on", 400)})
    assert (late.status_code, "within a year" in late.text) == (422, True)
    assert officer.post(path, data={"owner": who, **day("review_on", 90)}).status_code == 302
    assert "<strong>1</strong> hold to look at" in officer.get("/officer/work").text


def test_a_second_person_lifts_a_hold_and_says_why(
    officer: FlaskClient, client_of: ClientOf, desk: Desk, case_id: uuid.UUID
) -> None:
    with desk():
        rows = db.session.scalars(db.select(HoldRow)).unique().all()
        hold_id = next(row.id for row in rows if row.controller.code == "RBKC")
    path = f"/officer/holds/{hold_id}/lift"
    assert officer.get(path).status_code == 403
    approver = client_of("approver")
    assert approver.post(path, data={"reason": ""}).status_code == 422
    assert any(INQUIRY in each for each in reasons(desk, case_id))
    assert approver.post(path, data={"reason": "The inquiry wrote to us."}).status_code == 302
    assert not any(INQUIRY in each for each in reasons(desk, case_id))
    assert "The inquiry wrote to us." in approver.get("/officer/holds").text
    with desk():
        controller = db.session.get_one(Case, case_id).controller_id
        holds.ensure_inquiry_hold(controller)
    assert not any(INQUIRY in each for each in reasons(desk, case_id)), "a lifted hold stays lifted"


@pytest.mark.parametrize("covering", list(holds.Covering))
def test_a_hold_placed_from_a_case_covers_what_it_says(
    covering: holds.Covering, officer: FlaskClient, open_case: Open, desk: Desk
) -> None:
    mine, hers_again, another = (
        open_case(),
        open_case(right=Right.ERASURE),
        open_case(people=(cases.NewPerson(cases.PersonPart.DATA_SUBJECT, "Ben Example"),)),
    )
    lift_inquiries(desk)
    placed = officer.post(
        f"/officer/cases/{mine}/holds/new",
        data={
            "kind": "litigation",
            "name": "Claim 7",
            "reason": "A letter before action.",
            "covering": covering.value,
            "owner": owner(desk),
            **day("review_on", 60),
        },
    )
    assert placed.status_code == 302
    held = [
        any("Claim 7" in why for why in reasons(desk, each)) for each in (mine, hers_again, another)
    ]
    expected = {
        holds.Covering.CASE: [True, False, False],
        holds.Covering.PERSON: [True, True, False],
        holds.Covering.COUNCIL: [True, True, True],
    }
    assert held == expected[covering]


def test_an_open_request_of_the_same_person_freezes_the_records_until_it_is_closed(
    open_case: Open, desk: Desk, actor_of: ActorOf
) -> None:
    erasure, access = open_case(right=Right.ERASURE), open_case()
    lift_inquiries(desk)
    (why,) = reasons(desk, erasure, is_own_answer=True)
    with desk():
        assert db.session.get_one(Case, access).reference in why
    actor = actor_of("officer")
    with desk():
        cases.close(access, "Withdrawn.", actor)
    assert reasons(desk, erasure, is_own_answer=True) == ()
    assert len(reasons(desk, erasure)) == 1, "its own request keeps its own file"


def test_the_key_of_a_case_cannot_be_destroyed_while_anything_is_on_hold(
    case_id: uuid.UUID, desk: Desk, actor_of: ActorOf
) -> None:
    now = datetime.now(UTC)
    actor = actor_of("officer")
    with desk():
        cases.close(case_id, "Withdrawn.", actor)
        key = db.session.get_one(Case, case_id).data_key_id
        with pytest.raises(RefusedError, match="public inquiry"):
            keys.destroy_data_key(key, now)
        assert keys.open_data_key(key)
    lift_inquiries(desk)
    with desk():
        keys.destroy_data_key(key, now)


def test_the_page_of_a_case_says_why_nothing_may_be_erased(
    officer: FlaskClient, case_id: uuid.UUID, desk: Desk
) -> None:
    assert (
        "a public inquiry told councils to keep everything"
        in officer.get(f"/officer/cases/{case_id}").text
    )
    lift_inquiries(desk)
    assert "Nothing stands in the way of erasing." in officer.get(f"/officer/cases/{case_id}").text


def test_a_hold_needs_an_owner_of_its_own_council(
    case_id: uuid.UUID, desk: Desk, actor_of: ActorOf
) -> None:
    actor, stranger = actor_of("officer"), actor_of("wcc_officer").staff_id
    new = holds.NewHold(
        HoldKind.OTHER,
        "x",
        "y",
        holds.Covering.CASE,
        stranger,
        actor.today + timedelta(days=9),
    )
    with desk(), pytest.raises(RefusedError, match="Choose an officer or approver"):
        holds.place(case_id, new, actor)
