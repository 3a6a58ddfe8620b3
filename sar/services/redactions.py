"""Redactions: marking areas, lines and pages, undoing, and the plan that follows from them."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from sar.domain.errors import PlanError
from sar.domain.events import EventName
from sar.domain.exemptions import check_hidden_use, check_mark, check_third_party_use
from sar.domain.lifecycle import CaseMove
from sar.domain.permissions import Permission
from sar.domain.redaction import Area, Plan, Rect, WithheldPage, check_pages, parse_plan
from sar.domain.representation import is_by_representative
from sar.domain.searching import RecordScope
from sar.extensions import db
from sar.models.case import Case, CasePerson
from sar.models.record import Page, Record
from sar.models.redaction import Redaction, RedactionKind
from sar.services import audit, coverage, pages, people, records, stages
from sar.services.access import load
from sar.services.actor import Actor
from sar.services.coverage import workers_of
from sar.services.errors import NotFoundError, RefusedError

LINE_MARGIN = 0.5  # points added above and below a ticked line, so that no part of a letter stays
# What the requester reads in place of a page that was taken out by itself.
_CODES_ASIDE = {
    RecordScope.DUPLICATE: "DUP",
    RecordScope.OUT: "OOS",
    RecordScope.OTHER_PERSON: "NPD",
}


@dataclass(frozen=True)
class Reason:
    """Why something is left out: a code of the catalogue, and what the officer adds.

    `override` is why a worker in role is not named although the law presumes it; `is_use_told` is
    False where reading the code would itself do the harm; `person_id` is whom it is about.
    """

    code: str
    comment: str = ""
    override: str = ""
    is_use_told: bool = True
    person_id: uuid.UUID | None = None


def mark_areas(
    page_id: uuid.UUID, rects: Sequence[Rect], reason: Reason, actor: Actor
) -> list[Redaction]:
    """Marks areas of a page, in points of the page as displayed; what lies outside is cut off.

    Raises:
        PlanError: an area lies wholly outside the page, or there is none.
        ExemptionError: the code is unknown, has no effect on this right, or covers a worker in
            role without a reason.
    """
    page = _page_to_mark(page_id, reason, actor)
    if not rects:
        raise PlanError("Mark at least one area, or tick at least one line.")
    areas = tuple(Area(1, rect, reason.code) for rect in rects)
    inside = check_pages(Plan(areas), [(page.width, page.height)]).areas
    return _add(page, [(RedactionKind.AREA, area.rect) for area in inside], reason, actor)


def mark_box(
    page_id: uuid.UUID, edges: Sequence[float], reason: Reason, actor: Actor
) -> list[Redaction]:
    """Marks one area given as it was typed or drawn: two corners, in any order.

    Raises:
        PlanError: it is not four numbers, or has no width or height, or lies outside the page.
    """
    plan = parse_plan({"areas": [{"page": 1, "rect": list(edges), "code": reason.code}]})
    return mark_areas(page_id, [area.rect for area in plan.areas], reason, actor)


def mark_lines(
    page_id: uuid.UUID, lines: Sequence[int], reason: Reason, actor: Actor
) -> list[Redaction]:
    """Marks whole lines of a page's text, by their numbers from 0."""
    page = load(Page, page_id, actor, Permission.REDACTION_MARK)
    known = {line.number: line.rect for line in pages.layout_of(page).lines}
    if any(number not in known for number in lines):
        raise PlanError("The page has no such line.")
    rects = [padded(known[number]) for number in dict.fromkeys(lines)]
    return mark_areas(page_id, rects, reason, actor)


def withhold_page(page_id: uuid.UUID, reason: Reason, actor: Actor) -> list[Redaction]:
    """Leaves a whole page out."""
    page = _page_to_mark(page_id, reason, actor)
    if any(each.kind is RedactionKind.PAGE for each in on_page(page)):
        raise RefusedError("This page is withheld already.")
    whole = Rect(0, 0, page.width, page.height)
    return _add(page, [(RedactionKind.PAGE, whole)], reason, actor)


def undo(redaction_id: uuid.UUID, actor: Actor) -> Redaction:
    """Takes a redaction back; its row stays as history."""
    redaction = load(Redaction, redaction_id, actor, Permission.REDACTION_MARK)
    if redaction.undone_at is not None:
        raise RefusedError("This redaction has been taken back already.")
    _start(redaction.page.record)
    redaction.undone_at, redaction.undone_by_id = actor.now, actor.staff_id
    db.session.flush()
    _record(EventName.REDACTION_UNDONE, redaction, actor, count=1)
    return redaction


def undo_last(case_id: uuid.UUID, actor: Actor) -> Redaction:
    """Takes back the last thing this officer marked on the case.

    Raises:
        RefusedError: there is nothing to take back.
    """
    case = load(Case, case_id, actor, Permission.REDACTION_MARK)
    last = db.session.scalar(
        select(Redaction)
        .where(
            Redaction.case_id == case.id,
            Redaction.author_id == actor.staff_id,
            Redaction.undone_at.is_(None),
        )
        .order_by(Redaction.created_at.desc(), Redaction.id)
        .limit(1)
    )
    if last is None:
        raise RefusedError("There is nothing of yours to undo.")
    batch = db.session.scalars(
        select(Redaction).where(Redaction.batch == last.batch, Redaction.undone_at.is_(None))
    ).all()
    _start(last.page.record)
    for each in batch:
        each.undone_at, each.undone_by_id = actor.now, actor.staff_id
    db.session.flush()
    _record(EventName.REDACTION_UNDONE, last, actor, count=len(batch))
    return last


def on_page(page: Page) -> Sequence[Redaction]:
    """The redactions of a page that stand, in the order they were made."""
    return db.session.scalars(
        select(Redaction)
        .where(Redaction.page_id == page.id, Redaction.undone_at.is_(None))
        .order_by(Redaction.created_at, Redaction.id)
    ).all()


def of_case(case: Case) -> Sequence[Redaction]:
    """The redactions of a case that stand."""
    return db.session.scalars(
        select(Redaction)
        .where(Redaction.case_id == case.id, Redaction.undone_at.is_(None))
        .order_by(Redaction.created_at, Redaction.id)
    ).all()


def plan_of(record: Record, standing: Sequence[Redaction]) -> Plan:
    """What to remove from one record; areas of a page that is left out whole say nothing more.

    A page that was taken out by itself is left out whole, with the reason the requester can read.

    Raises:
        RefusedError: a page of it has no place yet, so nobody can say what is to be done with it.
    """
    own = [each for each in standing if each.page.record_id == record.id]
    whole = {each.page.number: each.told_code for each in own if each.kind is RedactionKind.PAGE}
    whole |= {page.number: _code_aside(page) for page in record.pages if _is_aside(page)}
    areas = (
        each.area
        for each in own
        if each.kind is RedactionKind.AREA and each.page.number not in whole
    )
    return Plan(
        areas=tuple(sorted(areas)),
        withheld_pages=tuple(WithheldPage(number, code) for number, code in sorted(whole.items())),
    )


def _is_aside(page: Page) -> bool:
    return page.standing_scope is not RecordScope.IN


def _code_aside(page: Page) -> str:
    code = _CODES_ASIDE.get(page.standing_scope)
    if code is None:
        raise RefusedError("A page of a record in the disclosure has not been decided about.")
    return code


def _page_to_mark(page_id: uuid.UUID, reason: Reason, actor: Actor) -> Page:
    page = load(Page, page_id, actor, Permission.REDACTION_MARK)
    case = records.case_of(page.record)
    check_mark(
        reason.code,
        case.right,
        reason.comment,
        regime=records.regime_of(page.record),
        is_by_representative=is_by_representative(people.asking_of(case), actor.today),
    )
    if not reason.is_use_told:
        check_hidden_use(reason.code)
    if reason.person_id and reason.person_id not in {person.id for person in case.people}:
        raise RefusedError("Choose a person of this case.")
    if _is_aside(page):
        raise RefusedError("This page is not in the disclosure, so nothing on it is redacted.")
    return page


def mark_places(
    places: Sequence[tuple[uuid.UUID, Sequence[Rect]]], reason: Reason, actor: Actor
) -> list[Redaction]:
    """Marks areas of many pages of a case in one go, which one undo takes back.

    Nobody has looked at a page because something on it was found; what an area of the same page
    covers already is not marked again.

    Raises:
        RefusedError: nothing is left to mark.
    """
    rows: list[Redaction] = []
    batch = uuid.uuid4()
    for page_id, rects in places:
        page = _page_to_mark(page_id, reason, actor)
        standing = [Rect(each.x0, each.y0, each.x1, each.y1) for each in on_page(page)]
        fresh = [rect for rect in rects if not any(area.contains(rect) for area in standing)]
        rows += _rows(page, [(RedactionKind.AREA, rect) for rect in fresh], reason, actor, batch)
    if not rows:
        raise RefusedError("All of that is left out already, or nothing was ticked.")
    db.session.add_all(rows)
    db.session.flush()
    _start(rows[0].page.record)
    _record(EventName.REDACTION_MARKED, rows[0], actor, count=len(rows), code=reason.code)
    return rows


def _add(
    page: Page, marked: Sequence[tuple[RedactionKind, Rect]], reason: Reason, actor: Actor
) -> list[Redaction]:
    _start(page.record)
    rows = _rows(page, marked, reason, actor, uuid.uuid4())
    db.session.add_all(rows)
    pages.mark_seen(page, actor)
    db.session.flush()
    _record(EventName.REDACTION_MARKED, rows[0], actor, count=len(rows), code=reason.code)
    return rows


def _rows(
    page: Page,
    marked: Sequence[tuple[RedactionKind, Rect]],
    reason: Reason,
    actor: Actor,
    batch: uuid.UUID,
) -> list[Redaction]:
    under = _people_under(page, [rect for _, rect in marked], reason)
    return [
        Redaction(
            created_at=actor.now,
            controller_id=page.controller_id,
            case_id=page.record.case_id,
            page_id=page.id,
            kind=kind,
            x0=rect.x0,
            y0=rect.y0,
            x1=rect.x1,
            y1=rect.y1,
            code=reason.code,
            comment=reason.comment.strip(),
            person_id=reason.person_id or _only_one(named),
            covers_worker=reason.code == coverage.THIRD_PARTY and bool(workers_of(named)),
            override_reason=reason.override.strip(),
            is_use_told=reason.is_use_told,
            batch=batch,
            author_id=actor.staff_id,
        )
        for (kind, rect), named in zip(marked, under, strict=True)
    ]


def _people_under(page: Page, rects: Sequence[Rect], reason: Reason) -> list[list[CasePerson]]:
    """Whoever is named in each; a worker in role is left out only for a reason that is written."""
    under = coverage.people_under(page, records.case_of(page.record).people, rects)
    if reason.code == coverage.THIRD_PARTY:
        for worker in workers_of(person for named in under for person in named):
            check_third_party_use(worker.presumption, reason.override)
    return under


def _only_one(named: Sequence[CasePerson]) -> uuid.UUID | None:
    """Whom a mark is about when nobody says: the one person under it who is no worker in role."""
    others = [person for person in named if not person.presumption]
    return others[0].id if len(others) == 1 else None


def _start(record: Record) -> None:
    stages.move(records.case_of(record), CaseMove.START_REDACTION)


def padded(rect: Rect) -> Rect:
    """The area to mark for words that stand there."""
    return Rect(
        rect.x0 - LINE_MARGIN, rect.y0 - LINE_MARGIN, rect.x1 + LINE_MARGIN, rect.y1 + LINE_MARGIN
    )


def _record(name: EventName, redaction: Redaction, actor: Actor, **details: str | int) -> None:
    audit.record(
        name,
        actor,
        redaction,
        controller_id=redaction.controller_id,
        case_id=redaction.case_id,
        **details,
    )


def redaction_for(redaction_id: uuid.UUID, actor: Actor) -> Redaction:
    """The redaction, when the actor may mark in its council.

    Raises:
        NotFoundError: there is none, or it was taken back.
    """
    redaction = load(Redaction, redaction_id, actor, Permission.REDACTION_MARK)
    if redaction.undone_at is not None:
        raise NotFoundError("This redaction was taken back.")
    return redaction
