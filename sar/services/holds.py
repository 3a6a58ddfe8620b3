"""Holds: placed, reviewed and lifted; whatever erases or destroys asks here whether it may."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import Select, func, select

from sar.domain.events import EventName
from sar.domain.holds import (
    INQUIRY_NAME,
    Disposal,
    HoldKind,
    OpenRequest,
    check_lift,
    check_review_date,
    needs_review,
    why_frozen,
)
from sar.domain.lifecycle import CaseStatus
from sar.domain.permissions import Permission, Role
from sar.domain.persons import PersonPart
from sar.domain.rights import Right
from sar.extensions import db
from sar.models.case import Case, CasePerson
from sar.models.hold import HoldRow
from sar.models.user import Membership, User
from sar.services import audit
from sar.services.access import load
from sar.services.actor import Actor
from sar.services.errors import RefusedError


class Covering(StrEnum):
    """What a hold that is placed from a case covers."""

    CASE = "case"
    PERSON = "person"
    COUNCIL = "council"


@dataclass(frozen=True)
class NewHold:
    """What is needed to place a hold; `owner_id` looks at it again on `review_on`."""

    kind: HoldKind
    name: str
    reason: str
    covering: Covering
    owner_id: uuid.UUID
    review_on: date


def ensure_inquiry_hold(controller_id: uuid.UUID) -> None:
    """Puts the inquiry hold on, unless the council has had one: on, or lifted with its reason.

    It is on by default, with no owner and no day of review yet, so that somebody is asked for both.
    """
    query = select(HoldRow.id).where(
        HoldRow.controller_id == controller_id, HoldRow.kind == HoldKind.INQUIRY
    )
    if db.session.scalar(query.limit(1)) is None:
        hold = HoldRow(
            controller_id=controller_id,
            kind=HoldKind.INQUIRY,
            name=INQUIRY_NAME,
            reason="Letter of 2 July 2015: keep everything about abuse, child protection and care.",
        )
        db.session.add(hold)


def frozen_because(case: Case, *, is_own_answer: bool = False) -> tuple[str, ...]:
    """Why nothing of this case may be erased or destroyed now; nothing when it may.

    `is_own_answer` is for the decision that answers the case itself: its own request does not
    stand in its way, every other one of the same person does.
    """
    people = frozenset(_subjects(case))
    disposal = Disposal(str(case.id), frozenset(case.service_ids), people)
    holds = [row.hold for row in _standing(case.controller_id)]
    return why_frozen(disposal, holds, _open_requests(case, people, is_own_answer=is_own_answer))


def check_disposal(case: Case, *, is_own_answer: bool = False) -> None:
    """Lets what erases or destroys go on, or refuses with every reason.

    Raises:
        RefusedError: a hold or an open request stands in the way.
    """
    reasons = frozen_because(case, is_own_answer=is_own_answer)
    if reasons:
        raise RefusedError(" ".join(reasons))


def place(case_id: uuid.UUID, new: NewHold, actor: Actor) -> HoldRow:
    """Places a hold on a case, on the person it is about, or on everything of its council.

    Raises:
        RefusedError: it has no name or reason, or its owner does not work for the council.
        DomainError: the day of review has gone by or is too far off.
    """
    case = load(Case, case_id, actor, Permission.HOLD_PLACE)
    if not new.name.strip() or not new.reason.strip():
        raise RefusedError("Give the hold a name, and say why it is placed.")
    check_review_date(new.review_on, actor.today)
    row = HoldRow(
        created_at=actor.now,
        controller_id=case.controller_id,
        kind=new.kind,
        name=new.name.strip(),
        reason=new.reason.strip(),
        case_id=case.id if new.covering is Covering.CASE else None,
        person=_subject(case) if new.covering is Covering.PERSON else "",
        owner_id=_owner(new.owner_id, case.controller_id),
        review_on=new.review_on,
        placed_by_id=actor.staff_id,
    )
    db.session.add(row)
    _record(EventName.HOLD_PLACED, row, actor, case_id=case.id)
    return row


def review(hold_id: uuid.UUID, owner_id: uuid.UUID, review_on: date, actor: Actor) -> HoldRow:
    """Keeps a hold on, with who looks at it next, and when.

    Raises:
        RefusedError: it has been lifted, or its owner does not work for the council.
        DomainError: the day has gone by or is too far off.
    """
    row = load(HoldRow, hold_id, actor, Permission.HOLD_PLACE)
    if row.lifted_at is not None:
        raise RefusedError("This hold has been lifted.")
    check_review_date(review_on, actor.today)
    row.owner_id = _owner(owner_id, row.controller_id)
    row.review_on = review_on
    _record(EventName.HOLD_REVIEWED, row, actor, case_id=row.case_id)
    return row


def lift(hold_id: uuid.UUID, reason: str, actor: Actor) -> HoldRow:
    """Lifts a hold for good, with the reason.

    Raises:
        DomainError: it has been lifted already, or no reason is given.
    """
    row = load(HoldRow, hold_id, actor, Permission.HOLD_LIFT)
    check_lift(row.hold, reason)
    row.lifted_at, row.lifted_by_id, row.lift_reason = actor.now, actor.staff_id, reason.strip()
    _record(EventName.HOLD_LIFTED, row, actor, case_id=row.case_id)
    return row


def hold_for(hold_id: uuid.UUID, actor: Actor, permission: Permission) -> HoldRow:
    """The hold, when the actor has this permission for its council."""
    return load(HoldRow, hold_id, actor, permission)


def all_holds(actor: Actor) -> Sequence[HoldRow]:
    """Every hold of the actor's councils: those that stand first, soonest review first."""
    theirs = actor.councils_with(Permission.HOLD_PLACE)
    return (
        db.session.scalars(
            select(HoldRow)
            .where(HoldRow.controller_id.in_(theirs))
            .order_by(HoldRow.lifted_at.is_not(None), HoldRow.review_on, HoldRow.name)
        )
        .unique()
        .all()
    )


def to_review(actor: Actor) -> list[HoldRow]:
    """Holds that somebody should look at: no owner, no date, or the date has come."""
    return [row for row in all_holds(actor) if needs_review(row.hold, actor.today)]


def owners_of(controller_id: uuid.UUID, actor: Actor) -> list[tuple[str, str]]:
    """Who may own a hold of a council, to choose from: (id, name), by name."""
    if controller_id not in actor.councils_with(Permission.HOLD_PLACE):
        return []
    return [
        (str(user.id), user.name) for user in db.session.scalars(_owning(controller_id)).unique()
    ]


def _owner(owner_id: uuid.UUID, controller_id: uuid.UUID) -> uuid.UUID:
    found = db.session.scalars(_owning(controller_id).where(User.id == owner_id)).unique().first()
    if found is None:
        raise RefusedError("Choose an officer or approver of the council as owner.")
    return owner_id


def _owning(controller_id: uuid.UUID) -> Select[User]:
    return (
        select(User)
        .join(Membership)
        .where(
            Membership.controller_id == controller_id,
            Membership.role.in_((Role.OFFICER, Role.APPROVER)),
            User.is_active,
        )
        .order_by(User.name)
    )


def _standing(controller_id: uuid.UUID) -> Sequence[HoldRow]:
    return (
        db.session.scalars(
            select(HoldRow).where(
                HoldRow.controller_id == controller_id, HoldRow.lifted_at.is_(None)
            )
        )
        .unique()
        .all()
    )


def _open_requests(
    case: Case, people: frozenset[str], *, is_own_answer: bool
) -> Iterator[OpenRequest]:
    """Open cases of the same person with the same council, this one too unless it is answered."""
    query = (
        select(Case)
        .join(CasePerson, CasePerson.case_id == Case.id)
        .where(
            Case.controller_id == case.controller_id,
            Case.status != CaseStatus.CLOSED,
            CasePerson.part == PersonPart.DATA_SUBJECT,
            func.lower(CasePerson.full_name).in_([each.lower() for each in people]),
        )
        .order_by(Case.reference)
    )
    for other in db.session.scalars(query).unique():
        if other.id != case.id or not is_own_answer:
            yield OpenRequest(other.reference, other.right is Right.COMPLAINT)


def _subjects(case: Case) -> list[str]:
    return [each.full_name for each in case.people if each.part is PersonPart.DATA_SUBJECT]


def _subject(case: Case) -> str:
    subjects = _subjects(case)
    if not subjects:
        raise RefusedError("The case names nobody whom a hold could cover.")
    return subjects[0]


def _record(name: EventName, row: HoldRow, actor: Actor, *, case_id: uuid.UUID | None) -> None:
    db.session.flush()
    audit.record(
        name, actor, row, controller_id=row.controller_id, case_id=case_id, kind=row.kind.value
    )
