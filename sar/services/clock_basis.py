"""What a case is counted by, put right: when it was received and by whom, and its kind."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from sar.domain.clock_dates import EARLIEST
from sar.domain.events import EventName
from sar.domain.permissions import Permission
from sar.domain.rights import PART_3_RIGHTS, AccessKind, Right, request_type_for
from sar.models.case import Case, Note
from sar.models.clock import School
from sar.services import audit, clocks
from sar.services.access import load
from sar.services.actor import Actor
from sar.services.errors import NotFoundError, RefusedError


@dataclass(frozen=True)
class Basis:
    """The facts about a request that decide which clock it has and when that began."""

    received_on: date
    received_by: str = ""
    is_part_3: bool = False
    is_direct_marketing: bool = False
    access_kind: AccessKind = AccessKind.PERSONAL_DATA
    school_id: uuid.UUID | None = None

    def narrowed_to(self, right: Right) -> Basis:
        """The same for one right: what cannot go with it falls away."""
        is_access = right is Right.ACCESS
        return Basis(
            received_on=self.received_on,
            received_by=self.received_by,
            is_part_3=self.is_part_3,
            is_direct_marketing=self.is_direct_marketing and right is Right.OBJECTION,
            access_kind=self.access_kind if is_access else AccessKind.PERSONAL_DATA,
            school_id=self.school_id if is_access else None,
        )


def basis_of(case: Case) -> Basis:
    """What a case is counted by now."""
    return Basis(
        received_on=case.received_on,
        received_by=case.received_by,
        is_part_3=case.is_part_3,
        is_direct_marketing=case.is_direct_marketing,
        access_kind=case.access_kind,
        school_id=case.school_id,
    )


def check(basis: Basis, right: Right, actor: Actor) -> None:
    """Passes when a case of this right can be counted by it.

    Raises:
        RefusedError: a day that cannot be, or a right the regime does not give.
        ClockError: a kind of request that does not go with the right.
        NotFoundError: the school is not one of the council's.
    """
    if basis.received_on > actor.today:
        raise RefusedError("The request cannot have been received in the future.")
    if basis.received_on < EARLIEST:
        raise RefusedError("The law of this desk began on 25 May 2018; check the day of receipt.")
    if basis.is_part_3 and right not in PART_3_RIGHTS:
        raise RefusedError("Part 3 of the Act gives no such right over law-enforcement records.")
    request_type_for(
        right, is_direct_marketing=basis.is_direct_marketing, access_kind=basis.access_kind
    )
    if basis.school_id and basis.access_kind is not AccessKind.EDUCATIONAL_RECORD:
        raise RefusedError("A school matters only to a request for an educational record.")


def put(case: Case, basis: Basis, actor: Actor) -> None:
    """Sets what a case is counted by; part of opening it or of putting it right.

    Raises:
        NotFoundError: the school is not one of the council's.
    """
    if basis.school_id is not None:
        school = load(School, basis.school_id, actor, Permission.CASE_READ)
        if school.controller_id != case.controller_id:
            raise NotFoundError("That school is in the other council's list.")
    case.received_on = basis.received_on
    case.received_by = basis.received_by.strip()
    case.is_part_3 = basis.is_part_3
    case.is_direct_marketing = basis.is_direct_marketing
    case.access_kind = basis.access_kind
    case.school_id = basis.school_id


def change(case_id: uuid.UUID, basis: Basis, reason: str, actor: Actor) -> Case:
    """Puts right what a case is counted by; its pauses, gates and extension are kept.

    Raises:
        RefusedError: no reason, or facts that cannot be.
        ClockError: a kind of request that does not go with the right.
    """
    case = load(Case, case_id, actor, Permission.CLOCK_RECORD)
    if not reason.strip():
        raise RefusedError("Write down why it is changed: dates may already have been told.")
    check(basis, case.right, actor)
    before, due_before = basis_of(case), case.due_on
    put(case, basis, actor)
    note = Note(
        created_at=actor.now,
        controller_id=case.controller_id,
        case_id=case.id,
        author_id=actor.staff_id,
        text=f"What the clock is counted by was changed. {reason.strip()}",
    )
    case.notes.append(note)
    result = clocks.refresh(case)
    changed = sorted(name for name, value in vars(basis).items() if value != getattr(before, name))
    audit.record(
        EventName.CLOCK_BASIS_CHANGED,
        actor,
        case,
        controller_id=case.controller_id,
        case_id=case.id,
        changed=",".join(changed),
        received_before=before.received_on.isoformat(),
        received_on=basis.received_on.isoformat(),
        note=str(note.id),
        due_before=due_before.isoformat() if due_before else None,
        due=result.effective_due.isoformat() if result.effective_due else None,
    )
    return case
