"""What must hold before anything is approved, built or released, walked as an officer would."""

from __future__ import annotations

import json
import uuid
from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient

from sar.adapters.doors import doors
from sar.documents.layout import PageLayout, Word
from sar.domain.errors import ExemptionError
from sar.domain.facts import FactKind
from sar.domain.people import Role
from sar.domain.persons import Employer, PersonPart
from sar.domain.redaction import Rect
from sar.domain.requesters import Capacity
from sar.domain.searching import RecordStatus
from sar.extensions import db
from sar.models.case import Case
from sar.models.fact import CaseFact
from sar.models.record import Page, Record
from sar.models.redaction import Redaction
from sar.services import (
    cases,
    circumstances,
    clock_choices,
    facts,
    people,
    redactions,
    reviews,
    safeguards,
)
from sar.services.errors import RefusedError
from sar.services.facts import NewFact
from sar.services.keys import open_data_key
from sar.services.people import NewPerson
from sar.services.redactions import Reason
from tests.integration.conftest import ActorOf, Desk

TEXT = "Karen Boateng visited. The neighbour, Derek Pargeter, rang."
WORKER = NewPerson(
    PersonPart.MENTIONED,
    "Karen Boateng",
    role=Role.PROFESSIONAL,
    acts_in_role=True,
    employer=Employer.SOCIAL_CARE,
)
NEIGHBOUR = NewPerson(PersonPart.MENTIONED, "Derek Pargeter", role=Role.REFERRER)
OVER_WORKER, OVER_NEIGHBOUR = Rect(70.0, 70.0, 155.0, 86.0), Rect(275.0, 70.0, 360.0, 86.0)
HARM = {
    "who": "A sister",
    "harm": "She would be found.",
    "professional": "Ann Senior, service manager",
    "view_on": "2026-01-02",
    "decided_by": "Olu Officer",
    "decided_on": "2026-01-03",
}


@pytest.fixture
def page_id(case_id: uuid.UUID, desk: Desk, actor_of: ActorOf) -> uuid.UUID:
    """A page of one line in the case, seen already; the worker and the neighbour are entered."""
    acting = actor_of("officer")
    with desk():
        case = db.session.get_one(Case, case_id)
        page = _page(case, "Case note", acting.staff_id)
        for new in (WORKER, NEIGHBOUR):
            cases.add_person(case_id, new, acting)
        return page.id


def _page(case: Case, name: str, seen_by: uuid.UUID) -> Page:
    put, key = doors().files.put, open_data_key(case.data_key_id)
    words = tuple(
        Word(word, Rect(72 + 40 * place, 72, 110 + 40 * place, 84), 0)
        for place, word in enumerate(TEXT.split())
    )
    layout = json.dumps(PageLayout(1, 595, 842, words).as_dict()).encode()
    page = Page(
        controller_id=case.controller_id,
        number=1,
        width=595,
        height=842,
        picture_key=put(key, b"RIFF").object_key,
        layout_key=put(key, layout).object_key,
        seen_by_id=seen_by,
    )
    original = put(key, name.encode())
    record = Record(
        controller_id=case.controller_id,
        case_id=case.id,
        name=name,
        byte_count=original.size,
        sha256=original.sha256,
        original_key=original.object_key,
        prepared_key=original.object_key,
        prepared_sha256=original.sha256,
        status=RecordStatus.CONVERTED,
        pages=[page],
    )
    db.session.add(record)
    db.session.flush()
    return page


def person(case_id: uuid.UUID, name: str) -> uuid.UUID:
    case = db.session.get_one(Case, case_id)
    return next(each.id for each in case.people if each.full_name == name)


def obstacles(case_id: uuid.UUID, today: date) -> str:
    return " ".join(safeguards.of_case(db.session.get_one(Case, case_id), today).obstacles)


def test_a_worker_in_role_comes_out_only_for_a_written_reason_the_approver_sees(
    page_id: uuid.UUID,
    case_id: uuid.UUID,
    officer: FlaskClient,
    desk: Desk,
) -> None:
    box = {"x0": "70", "y0": "70", "x1": "155", "y1": "86", "code": "TP16"}
    refused = officer.post(f"/officer/pages/{page_id}/box", data=box)
    assert refused.status_code == 422
    assert "the law presumes this name is given" in refused.text
    given = {**box, "override": "Threats were made against her."}
    assert officer.post(f"/officer/pages/{page_id}/box", data=given).status_code == 302
    neighbour = {**box, "x0": "275", "x1": "360"}
    assert officer.post(f"/officer/pages/{page_id}/box", data=neighbour).status_code == 302
    with desk():
        first, second = redactions.of_case(db.session.get_one(Case, case_id))
        assert (first.covers_worker, first.override_reason) == (
            True,
            "Threats were made against her.",
        )
        assert not second.covers_worker
        assert second.person_id == person(case_id, "Derek Pargeter")
    page = officer.get(f"/officer/cases/{case_id}/submit").text
    assert "A worker who acted in role is left out for a reason (1 mark)." in page
    assert "No weighing is written down for TP16 (2 marks)." in page


def test_whoever_becomes_a_worker_in_role_later_makes_old_marks_answer_for_it(
    page_id: uuid.UUID, case_id: uuid.UUID, desk: Desk, actor_of: ActorOf
) -> None:
    acting = actor_of("officer")
    with desk():
        redactions.mark_areas(page_id, [OVER_NEIGHBOUR], Reason("TP16"), acting)
        assert "acted in role" not in obstacles(case_id, acting.today)
        worker = replace(NEIGHBOUR, acts_in_role=True, employer=Employer.EDUCATION)
        people.change(person(case_id, "Derek Pargeter"), worker, acting)
        assert "left out under TP16 (1 mark)" in obstacles(case_id, acting.today)
        with pytest.raises(RefusedError, match="acted in role"):
            reviews.submit(case_id, "", acting)


def test_a_code_that_needs_reasons_waits_for_them_and_each_place_they_can_stand(
    page_id: uuid.UUID, case_id: uuid.UUID, desk: Desk, actor_of: ActorOf
) -> None:
    acting = actor_of("officer")
    with desk():
        (mark,) = redactions.mark_areas(page_id, [OVER_NEIGHBOUR], Reason("SW11"), acting)
        assert "No reasons are written down for SW11 (1 mark)" in obstacles(case_id, acting.today)
        with pytest.raises(RefusedError, match="no exemption is used as a blanket"):
            facts.write(case_id, NewFact(FactKind.SERIOUS_HARM, HARM, "SW11"), acting)
        with pytest.raises(ExemptionError, match="Choose one of the codes"):
            facts.write(
                case_id, NewFact(FactKind.SERIOUS_HARM, HARM, "TP16", f"mark:{mark.id}"), acting
            )
        derek = person(case_id, "Derek Pargeter")
        for about in (f"mark:{mark.id}", f"person:{derek}", f"record:{mark.page.record_id}"):
            fact = facts.write(case_id, NewFact(FactKind.SERIOUS_HARM, HARM, "SW11", about), acting)
            assert obstacles(case_id, acting.today) == "", about
            assert "Decided by Olu Officer on 3 January 2026." in fact.text
            facts.strike(fact.id, acting)
            assert "SW11" in obstacles(case_id, acting.today)
        with pytest.raises(RefusedError, match="of this case"):
            facts.write(
                case_id,
                NewFact(FactKind.SERIOUS_HARM, HARM, "SW11", f"person:{uuid.uuid4()}"),
                acting,
            )


def test_reasons_are_part_of_what_is_approved(
    page_id: uuid.UUID, case_id: uuid.UUID, desk: Desk, actor_of: ActorOf
) -> None:
    acting = actor_of("officer")
    with desk():
        (mark,) = redactions.mark_areas(page_id, [OVER_NEIGHBOUR], Reason("SW11"), acting)
        new = NewFact(FactKind.SERIOUS_HARM, HARM, "SW11", f"mark:{mark.id}")
        fact_id = facts.write(case_id, new, acting).id
        reviews.submit(case_id, "", acting)
    approver = actor_of("approver")
    with desk():
        case = db.session.get_one(Case, case_id)
        review = reviews.current(case)
        assert review is not None
        reviews.approve(case_id, review.content_hash, approver)
        assert reviews.approved(case)
        facts.revise(fact_id, {**HARM, "who": "A brother"}, acting)
        with pytest.raises(RefusedError, match="second person must approve"):
            reviews.approved(case)
        rows = db.session.scalars(db.select(CaseFact).order_by(CaseFact.created_at)).all()
        assert [row.struck_at is None for row in rows] == [False, True]


def test_the_requester_is_not_told_a_code_whose_naming_does_the_harm(
    page_id: uuid.UUID, case_id: uuid.UUID, desk: Desk, actor_of: ActorOf
) -> None:
    acting = actor_of("officer")
    with desk():
        with pytest.raises(ExemptionError, match="must be shown"):
            redactions.mark_areas(
                page_id, [OVER_NEIGHBOUR], Reason("TP16", is_use_told=False), acting
            )
        hidden = Reason("CT2", is_use_told=False)
        redactions.mark_areas(page_id, [OVER_NEIGHBOUR], hidden, acting)
        redactions.withhold_page(page_id, hidden, acting)
        case = db.session.get_one(Case, case_id)
        record = db.session.get_one(Page, page_id).record
        standing = redactions.of_case(case)
        plan = redactions.plan_of(record, standing)
        assert {each.code for each in plan.withheld_pages} == {"DPA"}
        areas = redactions.plan_of(record, [each for each in standing if each.kind == "area"])
        assert {each.code for each in areas.areas} == {"DPA"}
        assert "The requester is not told the code (2 marks)." in " ".join(
            safeguards.of_case(case, acting.today).risks
        )


def test_health_information_waits_for_an_opinion_of_the_last_six_months(
    case_id: uuid.UUID, officer: FlaskClient, desk: Desk, actor_of: ActorOf
) -> None:
    acting = actor_of("officer")
    with desk():
        record_id = _page(
            db.session.get_one(Case, case_id), "CAMHS letter", acting.staff_id
        ).record_id
        assert "looks like health information" in obstacles(case_id, acting.today)
        with pytest.raises(RefusedError, match="looks like health"):
            reviews.submit(case_id, "", acting)
    path = f"/officer/records/{record_id}/health"
    assert officer.post(path, data={"is_health": "yes"}).status_code == 302
    opinion = {
        "professional": "Dr A. Patel, consultant",
        "standing": "now",
        "obtained_on": (acting.today - timedelta(days=100)).isoformat(),
        "harm": "no",
        "opinion": "No harm is likely.",
    }
    with desk():
        assert "Ask the health professional" in obstacles(case_id, acting.today)
        facts.write(case_id, NewFact(FactKind.HEALTH_OPINION, opinion), acting)
        assert obstacles(case_id, acting.today) == ""
        later = acting.today + timedelta(days=120)
        assert "more than six months old" in obstacles(case_id, later)
        circumstances.judge_health(
            record_id, is_health=True, known="It is a letter to her.", actor=acting
        )
        assert obstacles(case_id, later) == ""


def test_a_parent_who_asks_about_a_15_year_old_is_walked_to_the_end_on_screen(
    page_id: uuid.UUID, case_id: uuid.UUID, officer: FlaskClient, desk: Desk, actor_of: ActorOf
) -> None:
    acting = actor_of("officer")
    with desk():
        subject = people.subject_of(db.session.get_one(Case, case_id))
        assert subject is not None
        fifteen = acting.today.replace(year=acting.today.year - 15, month=1, day=1)
        people.change(subject.id, replace(people.known(subject), born_on=fifteen), acting)
        mother = NewPerson(
            PersonPart.REPRESENTATIVE,
            "Mary Example",
            email="m@example.org",
            capacity=Capacity.PARENT,
        )
        mother_id = cases.add_person(case_id, mother, acting).id
        subject_id = subject.id
    page = officer.get(f"/officer/cases/{case_id}/facts").text
    assert "Mary Example has not shown proof of parental responsibility." in page
    assert "does the child understand the request" in page
    assert "also ask for their own information?" in page
    today = {
        f"{{}}-{part}": str(value)
        for part, value in zip(
            ("day", "month", "year"),
            (acting.today.day, acting.today.month, acting.today.year),
            strict=True,
        )
    }
    proof = {
        "kind": "authority",
        "about": f"person:{mother_id}",
        "shows": "birth-certificate",
        "scope": "request",
        **{name.format("seen_on"): value for name, value in today.items()},
    }
    view = {
        "kind": "competence",
        "about": f"person:{subject_id}",
        "understands": "yes",
        "agrees": "objects",
        "interests": "She says that she is not ready.",
        "is_in_interests": "no",
        "decided_by": "Karen Boateng, social worker",
        **{name.format("decided_on"): value for name, value in today.items()},
    }
    path = f"/officer/cases/{case_id}/facts/new"
    assert officer.get(f"{path}?kind=authority").status_code == 200
    assert officer.post(path, data={**proof, "seen_on-day": ""}).status_code == 422
    assert officer.post(path, data=proof).status_code == 302
    assert officer.post(path, data=view).status_code == 302
    with desk():
        assert "does not want it answered" in obstacles(case_id, acting.today)
        with pytest.raises(RefusedError, match="does not want it answered"):
            reviews.submit(case_id, "", acting)
        fact_id = facts.of_case(db.session.get_one(Case, case_id))[-1].id
    revised = {**view, "agrees": "agrees"}
    assert officer.post(f"/officer/facts/{fact_id}", data=revised).status_code == 302
    with desk():
        assert obstacles(case_id, acting.today) == ""
        adult = fifteen.replace(year=fifteen.year + 18)
        assert "turned 18 on" in obstacles(case_id, adult)
    assert officer.get(f"/officer/pages/{page_id}").text.count("CA21") > 0


def test_the_age_from_which_a_child_is_heard_is_a_setting_of_the_council(
    case_id: uuid.UUID, desk: Desk, actor_of: ActorOf
) -> None:
    acting = actor_of("officer")
    with desk():
        case = db.session.get_one(Case, case_id)
        subject = people.subject_of(case)
        assert subject is not None
        ten = acting.today.replace(year=acting.today.year - 10, month=1, day=1)
        people.change(subject.id, replace(people.known(subject), born_on=ten), acting)
        mother = NewPerson(PersonPart.REPRESENTATIVE, "Mary Example", capacity=Capacity.PARENT)
        cases.add_person(case_id, mother, acting)
        assert "does the child understand" not in obstacles(case_id, acting.today)
    with desk():
        clock_choices.change_setting(
            "RBKC", "competence_prompt_age", "9", "Our practice.", actor_of("admin")
        )
    with desk():
        assert "does the child understand" in obstacles(case_id, acting.today)


def test_codes_against_parents_are_refused_where_the_person_asks_for_themselves(
    page_id: uuid.UUID, officer: FlaskClient, desk: Desk, actor_of: ActorOf
) -> None:
    with desk(), pytest.raises(ExemptionError, match="works only against a parent"):
        redactions.mark_areas(page_id, [OVER_NEIGHBOUR], Reason("CA21"), actor_of("officer"))
    assert "CA21" not in officer.get(f"/officer/pages/{page_id}").text


def test_an_order_of_a_court_stands_at_the_head_of_the_case_and_stops_the_reply(
    page_id: uuid.UUID, case_id: uuid.UUID, officer: FlaskClient, desk: Desk, actor_of: ActorOf
) -> None:
    acting = actor_of("officer")
    order = {
        "order": "wardship",
        "made_on": "2026-01-02",
        "terms": "No step without the court",
        "effect": "leave",
    }
    with desk():
        subject = people.subject_of(db.session.get_one(Case, case_id))
        assert subject is not None
        new = NewFact(FactKind.COURT_ORDER, order, about=f"person:{subject.id}")
        facts.write(case_id, new, acting)
    assert "Wardship: No step without the court." in officer.get(f"/officer/cases/{case_id}").text
    with desk(), pytest.raises(RefusedError, match="without leave of the court"):
        safeguards.check(db.session.get_one(Case, case_id), acting.today)


def test_care_and_adoption_become_tasks_until_they_are_done(
    case_id: uuid.UUID, officer: FlaskClient, desk: Desk, actor_of: ActorOf
) -> None:
    acting = actor_of("officer")
    path = f"/officer/cases/{case_id}/circumstances"
    given = {"is_care_experienced": "y", "has_adoption_records": "y"}
    assert officer.post(path, data=given).status_code == 302
    assert "checked" in officer.get(path).text
    page = officer.get(f"/officer/cases/{case_id}").text
    assert "Offer a person to support them" in page
    assert "adoption regulations" in page
    with desk():
        subject = people.subject_of(db.session.get_one(Case, case_id))
        assert subject is not None
        offer = {"offer": "support-person", "outcome": "done", "on": "2026-01-02"}
        facts.write(
            case_id, NewFact(FactKind.CARE_OFFER, offer, about=f"person:{subject.id}"), acting
        )
    assert "Offer a person to support them" not in officer.get(f"/officer/cases/{case_id}").text


def test_marks_and_reasons_follow_two_entries_that_become_one(
    page_id: uuid.UUID, case_id: uuid.UUID, desk: Desk, actor_of: ActorOf
) -> None:
    acting = actor_of("officer")
    with desk():
        (mark,) = redactions.mark_areas(page_id, [OVER_NEIGHBOUR], Reason("SW11"), acting)
        derek = person(case_id, "Derek Pargeter")
        new = NewFact(FactKind.SERIOUS_HARM, HARM, "SW11", f"person:{derek}")
        fact_id = facts.write(case_id, new, acting).id
        other = cases.add_person(case_id, replace(NEIGHBOUR, full_name="D. P."), acting)
        people.merge(other.id, derek, acting)
        mark_id, kept = mark.id, other.id
    with desk():
        assert db.session.get_one(Redaction, mark_id).person_id == kept
        assert db.session.get_one(CaseFact, fact_id).person_id == kept
        assert obstacles(case_id, acting.today) == ""


def test_every_page_under_one_code_is_told_as_a_blanket(
    page_id: uuid.UUID, case_id: uuid.UUID, desk: Desk, actor_of: ActorOf
) -> None:
    acting = actor_of("officer")
    with desk():
        case = db.session.get_one(Case, case_id)
        second = _page(case, "Another note", acting.staff_id)
        reason = Reason("TP16", override="A joint file.")
        for each in (page_id, second.id):
            redactions.withhold_page(each, reason, acting)
        told = " ".join(safeguards.of_case(case, acting.today).risks)
        assert "Every page is left out under TP16" in told
