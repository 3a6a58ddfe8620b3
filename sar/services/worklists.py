"""Reads for the officer's lists: my work, all cases, what waits for approval."""

from __future__ import annotations

import unicodedata
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import selectinload

from sar.domain.clock import ClockEventType
from sar.domain.lifecycle import CaseStatus
from sar.domain.permissions import Permission
from sar.domain.rights import Right
from sar.extensions import db
from sar.models.case import Case, CasePerson, ClockEventRow
from sar.models.controller import Controller
from sar.models.letter import Letter
from sar.models.message import InboundMessage, MessageStatus
from sar.models.redaction import Review, ReviewDecision
from sar.models.search import Search
from sar.services import due, holds, letters
from sar.services.actor import Actor
from sar.services.clock_nudges import Nudge, nudges_of
from sar.services.holidays import ending_warning
from sar.services.recounting import Moved, moved_for

PAGE_LENGTH = 25
MESSAGES_SHOWN = 100
MESSAGE_STATUSES = tuple((str(each), each.label) for each in MessageStatus)
_ANSWERED = (CaseStatus.RELEASED, CaseStatus.CLOSED)
_ACKNOWLEDGING = (ClockEventType.COMPLAINT_ACKNOWLEDGED, ClockEventType.COMPLAINT_OUTCOME_SENT)


@dataclass(frozen=True)
class Row:
    """A case in a list, with when it is due."""

    case: Case
    due: due.Due

    @property
    def subject(self) -> str:
        """Whose case it is."""
        return self.case.people[0].full_name if self.case.people else ""


@dataclass(frozen=True)
class Work:
    """An officer's own work and the counts beside it."""

    rows: tuple[Row, ...]
    waiting_message_count: int
    approval_count: int
    overdue_searches: Sequence[Search]
    nudges: Sequence[Nudge]
    moved: Sequence[Moved]
    warning: str
    letters_not_sent: Sequence[tuple[Letter, Case]]
    holds_to_review: int = 0

    def count(self, *tones: str) -> int:
        """How many of the cases have one of these tones."""
        return sum(1 for row in self.rows if row.due.tone in tones)


@dataclass(frozen=True)
class Wanted:
    """What to show of all cases; empty means any."""

    find: str = ""
    status: str = ""
    right: str = ""
    council: str = ""
    officer: str = ""
    is_overdue: bool = False
    page: int = 1


@dataclass(frozen=True)
class Found:
    """One page of a list of cases."""

    rows: tuple[Row, ...]
    count: int
    page: int

    @property
    def page_count(self) -> int:
        """How many pages there are, at least one."""
        return max(1, ceil(self.count / PAGE_LENGTH))


@dataclass(frozen=True)
class Waiting:
    """A case that waits for a second person, and who sent it when."""

    row: Row
    review: Review


def my_work(actor: Actor) -> Work:
    """The actor's open cases, soonest due first, and what else waits for them."""
    mine = _cases(actor).where(Case.officer_id == actor.user_id, Case.closed_on.is_(None))
    cases = list(db.session.scalars(mine).unique())
    rows = sorted(rows_of(cases, actor.today), key=_soonest)
    return Work(
        rows=tuple(rows),
        waiting_message_count=_waiting_message_count(actor),
        approval_count=len(_awaiting(actor)),
        overdue_searches=_overdue_searches([case.id for case in cases], actor.today),
        nudges=nudges_of([row.case for row in rows], actor.today),
        moved=moved_for(actor),
        warning=ending_warning(actor.today),
        holds_to_review=len(holds.to_review(actor)),
        letters_not_sent=letters.not_sent(actor),
    )


def all_cases(wanted: Wanted, actor: Actor) -> Found:
    """One page of the cases of the actor's councils that fit, open and soonest due first."""
    conditions = _conditions(wanted, actor)
    count = db.session.scalar(select(func.count(Case.id)).where(_own(actor), *conditions)) or 0
    last = max(1, ceil(count / PAGE_LENGTH))
    page = min(max(1, wanted.page), last)
    cases = db.session.scalars(
        _cases(actor)
        .where(*conditions)
        .order_by(
            Case.closed_on.is_not(None), Case.due_on.is_(None), Case.due_on, Case.reference.desc()
        )
        .limit(PAGE_LENGTH)
        .offset((page - 1) * PAGE_LENGTH)
    ).unique()
    return Found(tuple(rows_of(list(cases), actor.today)), count, page)


def awaiting_approval(actor: Actor) -> list[Waiting]:
    """Cases that wait for an approver of their council, soonest due first."""
    found = []
    for case in _awaiting(actor):
        review = db.session.scalar(
            select(Review)
            .where(Review.case_id == case.id, Review.decision == ReviewDecision.WAITING)
            .order_by(Review.created_at.desc())
            .limit(1)
        )
        if review is not None:
            found.append(Waiting(rows_of([case], actor.today)[0], review))
    return sorted(found, key=lambda each: _soonest(each.row))


def messages_with(status: str, actor: Actor) -> Sequence[InboundMessage]:
    """Messages somebody dealt with, newest first; the 100 latest of a status, or of any."""
    wanted = {MessageStatus(status)} if status in set(MessageStatus) else set(MessageStatus)
    return db.session.scalars(
        select(InboundMessage)
        .where(
            InboundMessage.controller_id.in_(actor.councils_with(Permission.MESSAGE_READ)),
            InboundMessage.status.in_(wanted),
        )
        .order_by(InboundMessage.received_on.desc(), InboundMessage.created_at.desc())
        .limit(MESSAGES_SHOWN)
    ).all()


def rows_of(cases: Sequence[Case], today: date) -> list[Row]:
    """These cases as rows of a list."""
    return [Row(case, due.due_of(case, today)) for case in cases]


def _cases(actor: Actor) -> Select[Case]:
    return (
        select(Case)
        .where(_own(actor))
        .options(selectinload(Case.people), selectinload(Case.clock_events))
    )


def _own(actor: Actor) -> ColumnElement[bool]:
    return Case.controller_id.in_(actor.councils_with(Permission.CASE_READ))


def _soonest(row: Row) -> tuple[bool, bool, date, str]:
    """Dated first, then what waits for somebody, then what owes nothing."""
    is_done = row.due.tone == due.DONE
    return is_done, row.due.on is None, row.due.on or date.max, row.case.reference


def _conditions(wanted: Wanted, actor: Actor) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.find.strip():
        found.append(_matches(wanted.find, actor))
    if wanted.status in set(CaseStatus):
        found.append(Case.status == CaseStatus(wanted.status))
    if wanted.right in set(Right):
        found.append(Case.right == Right(wanted.right))
    if wanted.council:
        codes = select(Controller.id).where(Controller.code == wanted.council)
        found.append(Case.controller_id.in_(codes))
    if wanted.officer:
        found.append(_kept_by(wanted.officer))
    if wanted.is_overdue:
        found += _overdue(actor.today)
    return found


def _matches(words: str, actor: Actor) -> ColumnElement[bool]:
    """By part of a reference or of a name; a database would fold only ASCII, so names are here."""
    sought = folded(words)
    people = db.session.execute(
        select(CasePerson.case_id, CasePerson.full_name, CasePerson.other_names).where(
            CasePerson.controller_id.in_(actor.councils_with(Permission.CASE_READ))
        )
    )
    named = {
        case_id
        for case_id, name, other in people
        if sought in folded(name) or sought in folded(other)
    }
    reference = words.strip().upper()
    return or_(Case.reference.contains(reference, autoescape=True), Case.id.in_(named))


def folded(text: str) -> str:
    """Text as it is compared: no case, accents, apostrophes or doubled spaces."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    kept = (char for char in plain if not unicodedata.combining(char) and char not in "'’‘`")
    return " ".join("".join(kept).split())


def _kept_by(officer: str) -> ColumnElement[bool]:
    try:
        return Case.officer_id == uuid.UUID(officer)
    except ValueError:
        return Case.officer_id.is_(None)


def _overdue(today: date) -> list[ColumnElement[bool]]:
    acknowledged = select(ClockEventRow.case_id).where(
        ClockEventRow.type.in_(_ACKNOWLEDGING), ClockEventRow.struck_at.is_(None)
    )
    return [
        Case.due_on < today,
        Case.is_paused.is_(False),
        Case.status.not_in(_ANSWERED),
        Case.id.not_in(acknowledged),
    ]


def _waiting_message_count(actor: Actor) -> int:
    count = select(func.count(InboundMessage.id)).where(
        InboundMessage.controller_id.in_(actor.councils_with(Permission.MESSAGE_READ)),
        InboundMessage.status == MessageStatus.WAITING,
    )
    return db.session.scalar(count) or 0


def _awaiting(actor: Actor) -> Sequence[Case]:
    return (
        db.session.scalars(
            _cases(actor).where(
                Case.status == CaseStatus.AWAITING_APPROVAL,
                Case.controller_id.in_(actor.councils_with(Permission.REDACTION_APPROVE)),
            )
        )
        .unique()
        .all()
    )


def _overdue_searches(case_ids: Sequence[uuid.UUID], today: date) -> Sequence[Search]:
    return db.session.scalars(
        select(Search)
        .where(Search.case_id.in_(case_ids), Search.returned_at.is_(None), Search.due_on < today)
        .order_by(Search.due_on, Search.id)
    ).all()
