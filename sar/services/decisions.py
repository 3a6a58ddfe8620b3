"""Decisions on rights other than access: taken once it may be, with what must follow."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from sar.domain.decisions import (
    Answer,
    Outcome,
    articles_of,
    check_decision,
    check_lifting,
    tells_recipients,
)
from sar.domain.events import EventName
from sar.domain.lifecycle import CaseStatus
from sar.domain.permissions import Permission
from sar.domain.rights import Right
from sar.extensions import db
from sar.models.case import Case
from sar.models.decision import Decision, Restriction
from sar.services import audit, case_services, holds, notices
from sar.services.access import load
from sar.services.actor import Actor
from sar.services.errors import RefusedError

CLOSED = "This case is closed. Open it again to decide on it."


@dataclass(frozen=True)
class NewDecision:
    """What an officer decided, and what the person is told."""

    outcome: Outcome
    grounds: tuple[str, ...]
    reasons: str = ""
    offers_statement: bool = False
    is_direct_marketing: bool = False


def decide(case_id: uuid.UUID, new: NewDecision, actor: Actor) -> Decision:
    """Keeps a decision; where data was changed, its recipients become tasks.

    Raises:
        RefusedError: the case is closed.
        DomainError: the law does not allow it, or something is missing.
    """
    case = _open_case(case_id, actor)
    check_decision(_answer(case, new))
    row = Decision(
        created_at=actor.now,
        controller_id=case.controller_id,
        case_id=case.id,
        outcome=new.outcome,
        grounds=list(new.grounds),
        articles=articles_of(case.right, new.grounds),
        reasons=new.reasons.strip(),
        offers_statement=new.offers_statement,
        is_direct_marketing=new.is_direct_marketing,
        decided_on=actor.today,
        author_id=actor.staff_id,
    )
    db.session.add(row)
    told = notices.owe(case, actor) if tells_recipients(case.right, new.outcome) else 0
    _record(EventName.DECISION_MADE, row, actor, outcome=new.outcome.value, recipients=told)
    return row


def restrict(case_id: uuid.UUID, what: str, actor: Actor) -> Restriction:
    """Begins to keep data stored and nothing else.

    Raises:
        RefusedError: the case is closed, nothing is named, or a restriction stands already.
    """
    case = _open_case(case_id, actor)
    if not what.strip():
        raise RefusedError("Say which data is only stored from now on.")
    if standing_restriction(case) is not None:
        raise RefusedError("A restriction stands on this case already.")
    row = Restriction(
        created_at=actor.now,
        controller_id=case.controller_id,
        case_id=case.id,
        what=what.strip(),
        began_on=actor.today,
        author_id=actor.staff_id,
    )
    db.session.add(row)
    _record(EventName.RESTRICTION_BEGUN, row, actor)
    return row


def lift_restriction(case_id: uuid.UUID, told_on: date | None, actor: Actor) -> Restriction:
    """Ends a restriction, once the person has been told that it ends.

    Raises:
        RefusedError: no restriction stands.
        DomainError: the person has not been told, or only on a later day.
    """
    case = load(Case, case_id, actor, Permission.DECISION_MAKE)
    row = standing_restriction(case)
    if row is None:
        raise RefusedError("No restriction stands on this case.")
    check_lifting(told_on, actor.today)
    row.told_on, row.lifted_on = told_on, actor.today
    _record(EventName.RESTRICTION_LIFTED, row, actor)
    return row


def of_case(case: Case) -> Sequence[Decision]:
    """The decisions of a case, the one that stands first."""
    return db.session.scalars(
        select(Decision)
        .where(Decision.case_id == case.id)
        .order_by(Decision.created_at.desc(), Decision.id)
    ).all()


def standing_restriction(case: Case) -> Restriction | None:
    """The restriction that has not been lifted, if there is one."""
    return db.session.scalar(
        select(Restriction).where(Restriction.case_id == case.id, Restriction.lifted_on.is_(None))
    )


def suggested_reasons(case: Case) -> str:
    """What the register says a refusal should tell, where the right is closed."""
    return "\n\n".join(each.refusal for each in case_services.of_case(case) if each.refusal)


def _answer(case: Case, new: NewDecision) -> Answer:
    unsettled = [
        f"{service.entry.name}: {question.words}"
        for service in case_services.of_case(case)
        for question in service.to_settle
    ]
    is_erasure = case.right is Right.ERASURE
    return Answer(
        right=case.right,
        outcome=new.outcome,
        grounds=new.grounds,
        reasons=new.reasons,
        offers_statement=new.offers_statement,
        is_direct_marketing=new.is_direct_marketing or case.is_direct_marketing,
        frozen_because=holds.frozen_because(case, is_own_answer=True) if is_erasure else (),
        unsettled=tuple(unsettled),
    )


def _open_case(case_id: uuid.UUID, actor: Actor) -> Case:
    case = load(Case, case_id, actor, Permission.DECISION_MAKE)
    if case.status is CaseStatus.CLOSED:
        raise RefusedError(CLOSED)
    return case


def _record(
    name: EventName, row: Decision | Restriction, actor: Actor, **details: str | int
) -> None:
    db.session.flush()
    audit.record(name, actor, row, controller_id=row.controller_id, case_id=row.case_id, **details)
