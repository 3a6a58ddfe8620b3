"""The people of a case: changing, ending and joining their entries, and what follows from them."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import update

from sar.documents.people_register import PeopleRegister, Person
from sar.domain.dates import date_words
from sar.domain.events import EventName
from sar.domain.people import Role
from sar.domain.permissions import Permission
from sar.domain.persons import Employer, PersonPart, Share, presumption_of
from sar.domain.representation import Asking
from sar.domain.requesters import Capacity
from sar.extensions import db
from sar.models.case import Case, CasePerson
from sar.models.fact import CaseFact
from sar.models.redaction import Redaction
from sar.services import audit, coverage
from sar.services.access import load
from sar.services.actor import Actor
from sar.services.errors import RefusedError


@dataclass(frozen=True)
class NewPerson:
    """Somebody's part in a case, as an officer knows it.

    `protected_details` are pieces of text (an address, a school, a number) that must never appear
    in anything that leaves.
    """

    part: PersonPart
    full_name: str
    other_names: str = ""
    born_on: date | None = None
    email: str = ""
    phone: str = ""
    address: str = ""
    authority: str = ""
    role: Role = Role.UNKNOWN
    relation: str = ""
    acts_in_role: bool = False
    employer: Employer | None = None
    is_deceased: bool = False
    capacity: Capacity | None = None
    is_reply_direct: bool = False
    share: Share = Share.UNDECIDED
    share_reason: str = ""
    protected_details: tuple[str, ...] = ()


FIELDS = tuple(NewPerson.__dataclass_fields__)


def known(person: CasePerson) -> NewPerson:
    """What is known of somebody now."""
    given = {name: getattr(person, name) for name in FIELDS}
    return NewPerson(**{**given, "protected_details": tuple(person.protected_details)})


def new_row(new: NewPerson, controller_id: uuid.UUID) -> CasePerson:
    """The row of somebody who joins a case.

    Raises:
        RefusedError: what is said of them cannot be right.
    """
    person = CasePerson(controller_id=controller_id)
    _write(person, new)
    return person


def person_for(person_id: uuid.UUID, actor: Actor) -> CasePerson:
    """The person, when the actor may change people in its council."""
    return load(CasePerson, person_id, actor, Permission.CASE_CREATE)


def change(person_id: uuid.UUID, new: NewPerson, actor: Actor) -> CasePerson:
    """Puts right what is known of somebody.

    Raises:
        RefusedError: what is said cannot be right, or the case would be about nobody.
    """
    person = person_for(person_id, actor)
    case = case_of(person)
    if new.part is not person.part and person.part is PersonPart.DATA_SUBJECT:
        _keep_a_subject(case, person)
    before = {name: getattr(person, name) for name in FIELDS}
    _write(person, new)
    coverage.recheck(case)
    changed = sorted(name for name in FIELDS if getattr(person, name) != before[name])
    _record(EventName.CASE_PERSON_CHANGED, case, person, actor, fields=",".join(changed))
    return person


def end_role(person_id: uuid.UUID, on: date, reason: str, actor: Actor) -> CasePerson:
    """Ends somebody's part in the case from a day on; their row stays, and nothing goes to them.

    Raises:
        RefusedError: it has ended, the day is to come, or the case would be about nobody.
    """
    person = person_for(person_id, actor)
    if person.ended_on is not None:
        raise RefusedError(f"This part ended on {date_words(person.ended_on)} already.")
    if on > actor.today:
        raise RefusedError("The day their part ended cannot be in the future.")
    if not reason.strip():
        raise RefusedError("Say why their part has ended.")
    if person.part is PersonPart.DATA_SUBJECT:
        _keep_a_subject(case_of(person), person)
    person.ended_on, person.ended_reason = on, reason.strip()
    _record(EventName.CASE_PERSON_ENDED, case_of(person), person, actor, on=on.isoformat())
    return person


def merge(person_id: uuid.UUID, other_id: uuid.UUID, actor: Actor) -> CasePerson:
    """Makes two entries for one human being into one; the first is kept and gains the other's.

    Raises:
        RefusedError: they are the same entry, of two cases, or born on different days.
    """
    kept, other = person_for(person_id, actor), person_for(other_id, actor)
    if kept.id == other.id or kept.case_id != other.case_id:
        raise RefusedError("Choose another person of the same case.")
    if kept.born_on and other.born_on and kept.born_on != other.born_on:
        raise RefusedError("They were born on different days. Put that right first.")
    case = case_of(kept)
    _take_over(kept, other)
    for table in (CaseFact, Redaction):
        db.session.execute(
            update(table).where(table.person_id == other.id).values(person_id=kept.id)
        )
    db.session.flush()
    case.people.remove(other)
    coverage.recheck(case)
    _record(EventName.CASE_PERSON_MERGED, case, kept, actor, gone=str(other_id))
    return kept


def others_of(person: CasePerson) -> tuple[CasePerson, ...]:
    """The other people of the case, whom this one could turn out to be."""
    return tuple(each for each in case_of(person).people if each.id != person.id)


def case_of(person: CasePerson) -> Case:
    """The case somebody has a part in."""
    return db.session.get_one(Case, person.case_id)


def subject_of(case: Case) -> CasePerson | None:
    """Whose data the case is about."""
    return next(iter(_standing(case, PersonPart.DATA_SUBJECT)), None)


def asker_of(case: Case) -> CasePerson | None:
    """Who asks for the data subject, or None when they ask for themselves."""
    subject = subject_of(case)
    for part in (PersonPart.REPRESENTATIVE, PersonPart.REQUESTER):
        for person in _standing(case, part):
            is_self = subject is not None and person.full_name == subject.full_name
            if person.capacity is not Capacity.SELF and not is_self:
                return person
    return None


def asking_of(case: Case) -> Asking:
    """Who asks for whom, as the rules read it."""
    subject, asker = subject_of(case), asker_of(case)
    return Asking(
        subject_name=subject.full_name if subject else "the data subject",
        subject_born_on=subject.born_on if subject else None,
        is_subject_deceased=subject is not None and subject.is_deceased,
        received_on=case.received_on,
        asker_id=str(asker.id) if asker else "",
        asker_name=asker.full_name if asker else "",
        capacity=asker.capacity if asker else None,
    )


def protected_details(case: Case) -> tuple[str, ...]:
    """Every piece of text that must not stand in anything that leaves the case."""
    found = (detail for person in case.people for detail in person.protected_details)
    return tuple(dict.fromkeys(found))


def register_of(case: Case) -> PeopleRegister:
    """The people of a case as the engine that suggests redactions reads them."""
    return PeopleRegister(case.reference, tuple(_registered(each) for each in case.people))


def _write(person: CasePerson, new: NewPerson) -> None:
    if not new.full_name.strip():
        raise RefusedError("Enter their full name.")
    if new.acts_in_role and new.employer is None:
        raise RefusedError("Say whose worker they are, as they acted in their role.")
    is_presumed = presumption_of(new.employer, acts_in_role=new.acts_in_role) is not None
    if is_presumed and new.share is Share.LEAVE_OUT and not new.share_reason.strip():
        raise RefusedError("The law presumes this name is given. Write down why it is not.")
    is_subject = new.part is PersonPart.DATA_SUBJECT
    given = replace(new, role=Role.DATA_SUBJECT) if is_subject else new
    for name in FIELDS:
        value = getattr(given, name)
        setattr(person, name, value.strip() if type(value) is str else value)
    person.protected_details = list(new.protected_details)


def _take_over(kept: CasePerson, other: CasePerson) -> None:
    """What the other entry knew and this one did not."""
    names = dict.fromkeys((*kept.names, *other.names))
    kept.other_names = "; ".join(name for name in names if name != kept.full_name)[:400]
    for name in ("born_on", "email", "phone", "address", "authority", "relation", "employer"):
        if not getattr(kept, name):
            setattr(kept, name, getattr(other, name))
    if other.part is PersonPart.DATA_SUBJECT:
        kept.part, kept.role = other.part, other.role
    if kept.role is Role.UNKNOWN:
        kept.role = other.role
    kept.capacity = kept.capacity or other.capacity
    kept.acts_in_role = kept.acts_in_role or other.acts_in_role
    kept.is_deceased = kept.is_deceased or other.is_deceased
    both = dict.fromkeys((*kept.protected_details, *other.protected_details))
    kept.protected_details = list(both)


def _standing(case: Case, part: PersonPart) -> list[CasePerson]:
    return [each for each in case.people if each.part is part and each.ended_on is None]


def _keep_a_subject(case: Case, leaving: CasePerson) -> None:
    if not [each for each in _standing(case, PersonPart.DATA_SUBJECT) if each.id != leaving.id]:
        raise RefusedError("The case must stay about somebody. Add that person first.")


def _registered(person: CasePerson) -> Person:
    given, _, family = person.full_name.rpartition(" ")
    return Person(
        person_id=str(person.id),
        role=_register_role(person),
        given=given,
        family=family,
        relation=person.relation,
        aliases=person.names[1:],
        dob=person.born_on,
        address=person.address,
        phones=(person.phone,) if person.phone else (),
        emails=(person.email,) if person.email else (),
    )


def _register_role(person: CasePerson) -> Role:
    if person.role is Role.PROFESSIONAL and not person.acts_in_role:
        return Role.UNKNOWN
    return person.role


def _record(name: EventName, case: Case, person: CasePerson, actor: Actor, **details: str) -> None:
    db.session.flush()
    told = {"person": str(person.id), "part": person.part.value, **details}
    audit.record(name, actor, case, controller_id=case.controller_id, case_id=case.id, **told)
