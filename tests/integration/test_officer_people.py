"""The people of a case: what is known of each can be put right, ended and joined."""

from __future__ import annotations

import re
import uuid
from datetime import date

import pytest
from flask.testing import FlaskClient

from sar.domain.people import Role
from sar.domain.persons import Employer, PersonPart, Share
from sar.domain.requesters import Capacity
from sar.extensions import db
from sar.models.audit import AuditEvent
from sar.models.case import Case, CasePerson
from sar.services import cases, people
from sar.services.errors import RefusedError
from sar.services.people import NewPerson
from tests.integration.conftest import ActorOf, ClientOf, Desk

WORKER = NewPerson(
    PersonPart.MENTIONED,
    "Karen Boateng",
    other_names="Kaz; K. Boateng",
    role=Role.PROFESSIONAL,
    relation="social worker",
    acts_in_role=True,
    employer=Employer.SOCIAL_CARE,
)


def add(desk: Desk, actor_of: ActorOf, case_id: uuid.UUID, new: NewPerson) -> uuid.UUID:
    with desk():
        return cases.add_person(case_id, new, actor_of("officer")).id


def test_everything_known_of_a_person_can_be_put_right_on_screen(
    case_id: uuid.UUID, officer: FlaskClient, desk: Desk, actor_of: ActorOf
) -> None:
    person_id = add(desk, actor_of, case_id, NewPerson(PersonPart.MENTIONED, "Karen Boteng"))
    given = {
        "part": "mentioned",
        "full_name": "Karen Boateng",
        "other_names": "Kaz",
        "born_on-day": "4",
        "born_on-month": "5",
        "born_on-year": "1980",
        "role": "professional",
        "relation": "social worker",
        "acts_in_role": "y",
        "employer": "social-care",
        "share": "give",
        "protected_details": "12 Hidden Road\n\n07700 900123\n12 Hidden Road",
    }
    sent = officer.post(f"/officer/people/{person_id}", data=given)
    assert sent.status_code == 302
    with desk():
        person = db.session.get_one(CasePerson, person_id)
        assert person.names == ("Karen Boateng", "Kaz")
        assert person.born_on == date(1980, 5, 4)
        assert person.presumption == "RP17-S"
        assert person.protected_details == ["12 Hidden Road", "07700 900123"]
        event = db.session.scalars(
            db.select(AuditEvent).order_by(AuditEvent.sequence.desc()).limit(1)
        ).one()
        assert event.name == "case.person-changed"
        assert "full_name" in event.details["fields"]
        assert "Karen" not in str(event.details)
    page = officer.get(f"/officer/people/{person_id}").text
    assert 'value="Karen Boateng"' in page
    assert "12 Hidden Road\n07700 900123" in page
    shown = officer.get(f"/officer/cases/{case_id}").text
    assert "Professional in role" in shown
    assert "2 protected details" in shown


def test_a_worker_in_role_needs_an_employer_and_a_reason_to_be_left_out(
    case_id: uuid.UUID, officer: FlaskClient
) -> None:
    given = {"part": "mentioned", "full_name": "Karen Boateng", "acts_in_role": "y"}
    path = f"/officer/cases/{case_id}/people/new"
    refused = officer.post(path, data=given)
    assert refused.status_code == 422
    assert "Say whose worker they are" in refused.text
    given |= {"employer": "health", "share": "leave-out"}
    refused = officer.post(path, data=given)
    assert "The law presumes this name is given" in refused.text
    assert officer.post(path, data={**given, "share_reason": "Threats."}).status_code == 302


def test_a_part_that_ended_gets_no_letter_and_stays_in_the_history(
    case_id: uuid.UUID, officer: FlaskClient, desk: Desk, actor_of: ActorOf
) -> None:
    mother = NewPerson(
        PersonPart.REPRESENTATIVE, "Mary Example", email="m@example.org", capacity=Capacity.PARENT
    )
    person_id = add(desk, actor_of, case_id, mother)
    with desk():
        written_to = cases.requester_of(db.session.get_one(Case, case_id))
        assert written_to is not None
        assert written_to.id == person_id
    given = {"reason": "The child is 18 now.", "on-day": "1", "on-month": "1", "on-year": "2026"}
    assert officer.post(f"/officer/people/{person_id}/end", data=given).status_code == 302
    again = officer.post(f"/officer/people/{person_id}/end", data=given)
    assert "ended on 1 January 2026 already" in again.text
    with desk():
        case = db.session.get_one(Case, case_id)
        written_to = cases.requester_of(case)
        assert written_to is people.subject_of(case)
        assert people.asker_of(case) is None
    assert "Ended 1 January 2026" in officer.get(f"/officer/cases/{case_id}").text


def test_a_reply_can_go_to_the_data_subject_direct(
    case_id: uuid.UUID, desk: Desk, actor_of: ActorOf
) -> None:
    agent = NewPerson(
        PersonPart.REPRESENTATIVE,
        "Sol Icitor",
        capacity=Capacity.SOLICITOR,
        is_reply_direct=True,
    )
    add(desk, actor_of, case_id, agent)
    with desk():
        case = db.session.get_one(Case, case_id)
        assert cases.requester_of(case) is people.subject_of(case)


def test_two_entries_for_one_person_become_one_with_the_names_of_both(
    case_id: uuid.UUID, officer: FlaskClient, desk: Desk, actor_of: ActorOf
) -> None:
    kept = add(desk, actor_of, case_id, WORKER)
    other = add(
        desk,
        actor_of,
        case_id,
        NewPerson(
            PersonPart.MENTIONED,
            "Karen Smith",
            born_on=date(1980, 5, 4),
            phone="020 7361 0000",
            protected_details=("12 Hidden Road",),
        ),
    )
    page = officer.get(f"/officer/people/{kept}/merge").text
    assert "Karen Smith" in page
    sent = officer.post(f"/officer/people/{kept}/merge", data={"other": str(other)})
    assert sent.status_code == 302
    with desk():
        person = db.session.get_one(CasePerson, kept)
        assert person.names == ("Karen Boateng", "Kaz", "K. Boateng", "Karen Smith")
        assert (person.phone, person.born_on) == ("020 7361 0000", date(1980, 5, 4))
        assert person.protected_details == ["12 Hidden Road"]
        assert person.acts_in_role
        assert db.session.get(CasePerson, other) is None


def test_people_born_on_different_days_or_of_two_cases_are_never_joined(
    case_id: uuid.UUID, open_case: object, desk: Desk, actor_of: ActorOf
) -> None:
    first = add(
        desk, actor_of, case_id, NewPerson(PersonPart.MENTIONED, "A", born_on=date(1980, 1, 1))
    )
    second = add(
        desk, actor_of, case_id, NewPerson(PersonPart.MENTIONED, "B", born_on=date(1981, 1, 1))
    )
    with desk(), pytest.raises(RefusedError, match="different days"):
        people.merge(first, second, actor_of("officer"))
    elsewhere = add(desk, actor_of, open_case(), NewPerson(PersonPart.MENTIONED, "C"))  # type: ignore[operator]
    with desk(), pytest.raises(RefusedError, match="of the same case"):
        people.merge(first, elsewhere, actor_of("officer"))


def test_a_case_always_stays_about_somebody(
    case_id: uuid.UUID, desk: Desk, actor_of: ActorOf
) -> None:
    with desk():
        subject = people.subject_of(db.session.get_one(Case, case_id))
        assert subject is not None
        acting = actor_of("officer")
        with pytest.raises(RefusedError, match="about somebody"):
            people.end_role(subject.id, acting.today, "Gone.", acting)
        with pytest.raises(RefusedError, match="about somebody"):
            people.change(subject.id, NewPerson(PersonPart.MENTIONED, "X"), acting)


def test_the_register_of_suggestions_follows_the_people_of_the_case(
    case_id: uuid.UUID, desk: Desk, actor_of: ActorOf
) -> None:
    add(desk, actor_of, case_id, WORKER)
    out_of_role = NewPerson(
        PersonPart.MENTIONED, "Ned Teacher", role=Role.PROFESSIONAL, share=Share.EACH_TIME
    )
    add(desk, actor_of, case_id, out_of_role)
    with desk():
        register = people.register_of(db.session.get_one(Case, case_id))
    roles = {person.name: person.role for person in register.people}
    assert roles["Karen Boateng"] is Role.PROFESSIONAL
    assert roles["Ned Teacher"] is Role.UNKNOWN
    assert Role.DATA_SUBJECT in roles.values()


def test_an_approver_reads_people_but_changes_none(
    case_id: uuid.UUID, client_of: ClientOf, desk: Desk, actor_of: ActorOf
) -> None:
    person_id = add(desk, actor_of, case_id, WORKER)
    approver = client_of("approver")
    assert not re.search(r"/officer/people/", approver.get(f"/officer/cases/{case_id}").text)
    assert approver.get(f"/officer/people/{person_id}").status_code == 403
