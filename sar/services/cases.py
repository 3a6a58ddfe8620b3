"""Cases: opening, people, services, assigning, noting, closing."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select

from sar.domain.clock import ClockEventType
from sar.domain.events import EventName
from sar.domain.lifecycle import CaseMove, CaseStatus, status_after
from sar.domain.permissions import Permission, Role
from sar.domain.persons import PersonPart
from sar.domain.rights import AccessKind, Right
from sar.extensions import db
from sar.models.case import Case, CasePerson, ClockEventRow, Note
from sar.models.controller import CaseNumber, Controller
from sar.models.user import Membership, User
from sar.services import audit, clock_basis, clocks, notices, register
from sar.services.access import load
from sar.services.actor import Actor
from sar.services.clock_basis import Basis
from sar.services.councils import council_named
from sar.services.coverage import recheck
from sar.services.errors import NotFoundError, RefusedError
from sar.services.keys import create_data_key
from sar.services.people import NewPerson, asker_of, new_row, subject_of

ORIGINS = ("mail", "phone", "letter", "visit", "form")


@dataclass(frozen=True)
class NewCase:
    """What an officer knows when a case is opened."""

    council_code: str
    right: Right
    received_on: date
    origin: str
    summary: str
    people: tuple[NewPerson, ...]
    service_ids: tuple[str, ...] = ()
    is_part_3: bool = False
    message_id: uuid.UUID | None = field(default=None)
    received_by: str = ""
    is_direct_marketing: bool = False
    access_kind: AccessKind = AccessKind.PERSONAL_DATA
    school_id: uuid.UUID | None = None
    results_on: date | None = None

    @property
    def basis(self) -> Basis:
        """What the case is counted by: what of it goes with its right."""
        return Basis(
            self.received_on,
            self.received_by,
            is_part_3=self.is_part_3,
            is_direct_marketing=self.is_direct_marketing,
            access_kind=self.access_kind,
            school_id=self.school_id,
        ).narrowed_to(self.right)


def open_case(new: NewCase, actor: Actor) -> Case:
    """A case with its reference, key, people and clock; the officer who opens it has it.

    Raises:
        NotFoundError: the council is not one the officer works for.
        RefusedError: the dates, people or services cannot be right.
    """
    controller = _own_council(new.council_code, actor)
    _check_new(new, actor)
    case_id = uuid.uuid4()
    case = Case(
        id=case_id,
        created_at=actor.now,
        controller_id=controller.id,
        data_key_id=create_data_key(controller.code, case_id).id,
        reference=_next_reference(controller, actor.today.year),
        right=new.right,
        status=CaseStatus.RECEIVED,
        origin=new.origin,
        logged_at=actor.now,
        summary=new.summary.strip(),
        service_ids=_known_services(new.service_ids, controller),
        officer_id=actor.staff_id,
        people=[new_row(each, controller.id) for each in new.people],
    )
    clock_basis.put(case, new.basis, actor)
    if new.results_on is not None and new.basis.access_kind is AccessKind.EXAM_MARKS:
        case.clock_events.append(_results(new.results_on, controller.id, actor))
    db.session.add(case)
    db.session.flush()
    clocks.refresh(case)
    told = {"reference": case.reference, "right": case.right.value, "origin": case.origin}
    _record(EventName.CASE_OPENED, actor, case, **told)
    return case


def case_for(case_id: uuid.UUID, actor: Actor, permission: Permission) -> Case:
    """The case, when the actor has this permission for its council."""
    return load(Case, case_id, actor, permission)


def assign(case_id: uuid.UUID, officer_id: uuid.UUID, actor: Actor) -> Case:
    """Gives a case to an officer of its council."""
    case = case_for(case_id, actor, Permission.CASE_ASSIGN)
    officer = db.session.scalar(
        select(User)
        .join(Membership)
        .where(
            User.id == officer_id,
            User.is_active,
            Membership.controller_id == case.controller_id,
            Membership.role == Role.OFFICER,
        )
    )
    if officer is None:
        raise RefusedError("Choose an officer of the council whose case this is.")
    case.officer_id = officer.id
    _record(EventName.CASE_ASSIGNED, actor, case, officer=str(officer.id))
    return case


def note(case_id: uuid.UUID, text: str, actor: Actor) -> Note:
    """Keeps something an officer or approver wrote on the case."""
    case = case_for(case_id, actor, Permission.CASE_NOTE)
    row = Note(
        created_at=actor.now,
        controller_id=case.controller_id,
        case_id=case.id,
        author_id=actor.staff_id,
        text=text.strip(),
    )
    db.session.add(row)
    db.session.flush()
    _record(EventName.CASE_NOTED, actor, case, note=str(row.id))
    return row


def choose_services(case_id: uuid.UUID, service_ids: tuple[str, ...], actor: Actor) -> Case:
    """Says which services of the register the case concerns."""
    case = case_for(case_id, actor, Permission.CASE_CREATE)
    case.service_ids = _known_services(service_ids, case.controller)
    _record(EventName.CASE_SERVICES_CHOSEN, actor, case, services=",".join(case.service_ids))
    return case


def add_person(case_id: uuid.UUID, new: NewPerson, actor: Actor) -> CasePerson:
    """Adds somebody with a part in the case."""
    case = case_for(case_id, actor, Permission.CASE_CREATE)
    person = new_row(new, case.controller_id)
    case.people.append(person)
    db.session.flush()
    recheck(case)
    _record(EventName.CASE_PERSON_ADDED, actor, case, person=str(person.id), part=new.part.value)
    return person


def close(case_id: uuid.UUID, outcome: str, actor: Actor) -> Case:
    """Closes a case with what came of it; it can be reopened."""
    case = case_for(case_id, actor, Permission.CASE_CLOSE)
    if not outcome.strip():
        raise RefusedError("Say what came of the case.")
    notices.check_may_close(case)
    case.status = status_after(case.status, CaseMove.CLOSE)
    case.closed_on, case.outcome = actor.today, outcome.strip()
    _record(EventName.CASE_CLOSED, actor, case)
    return case


def reopen(case_id: uuid.UUID, actor: Actor) -> Case:
    """Opens a closed case again; its clock never stopped being computed from its events."""
    case = case_for(case_id, actor, Permission.CASE_CLOSE)
    case.status = status_after(case.status, CaseMove.REOPEN)
    case.closed_on = None
    clocks.refresh(case)  # what it is counted by may have changed while it was closed
    _record(EventName.CASE_REOPENED, actor, case)
    return case


def requester_of(case: Case) -> CasePerson | None:
    """Who is written to: whoever asks, unless the reply goes to the data subject direct."""
    asker, subject = asker_of(case), subject_of(case)
    if asker is not None and not (asker.is_reply_direct and subject is not None):
        return asker
    own = (each for each in case.people if each.part is PersonPart.REQUESTER and not each.ended_on)
    return subject if asker is not None else next(own, subject)


def _record(name: EventName, actor: Actor, case: Case, **details: str) -> None:
    db.session.flush()
    audit.record(name, actor, case, controller_id=case.controller_id, case_id=case.id, **details)


def _own_council(code: str, actor: Actor) -> Controller:
    controller = council_named(code)
    if not actor.may(Permission.CASE_CREATE, controller.id):
        raise NotFoundError(f"You do not work for {code}.")
    return controller


def _known_services(service_ids: tuple[str, ...], controller: Controller) -> list[str]:
    return [each.id for each in register.services_named(service_ids, controller.code)]


def _check_new(new: NewCase, actor: Actor) -> None:
    clock_basis.check(new.basis, new.right, actor)
    if not any(person.full_name.strip() for person in new.people):
        raise RefusedError("Say whose request it is.")
    if new.origin not in ORIGINS:
        raise RefusedError("Say how the request came in.")


def _results(day: date, controller_id: uuid.UUID, actor: Actor) -> ClockEventRow:
    return ClockEventRow(
        created_at=actor.now,
        controller_id=controller_id,
        type=ClockEventType.RESULTS_ANNOUNCED,
        on=day,
        actor_id=actor.staff_id,
    )


def _next_reference(controller: Controller, year: int) -> str:
    row = db.session.scalar(
        select(CaseNumber)
        .where(CaseNumber.controller_id == controller.id, CaseNumber.year == year)
        .with_for_update()
    )
    if row is None:
        row = CaseNumber(controller_id=controller.id, year=year, last=0)
        db.session.add(row)
    row.last += 1
    db.session.flush()
    return f"{controller.code}-{year}-{row.last:06d}"
