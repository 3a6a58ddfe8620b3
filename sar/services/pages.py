"""Pages as an officer works on them: picture, lines of text, what is marked, who has seen it."""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy import case as sql_case
from sqlalchemy.orm import selectinload

from sar.adapters.doors import doors
from sar.documents.layout import PageLayout, parse_layout
from sar.domain.permissions import Permission
from sar.extensions import db
from sar.models.case import Case
from sar.models.record import Page, Record
from sar.services import reconciliation, records
from sar.services.access import load
from sar.services.actor import Actor
from sar.services.errors import NotFoundError, RefusedError
from sar.services.keys import open_data_key
from sar.services.record_order import IN_ORDER


def page_for(page_id: uuid.UUID, actor: Actor, permission: Permission) -> Page:
    """The page, when the actor has this permission for its council."""
    return load(Page, page_id, actor, permission)


def page_numbered(record: Record, number: int) -> Page:
    """A page of a record by its number, from 1.

    Raises:
        NotFoundError: the record has no such page.
    """
    page = db.session.scalar(select(Page).where(Page.record_id == record.id, Page.number == number))
    if page is None:
        raise NotFoundError("The record has no such page.")
    return page


def picture_of(page: Page) -> bytes:
    """The page's picture, as WebP."""
    return _read(page, page.picture_key)


def layout_of(page: Page) -> PageLayout:
    """The page's words and lines."""
    return parse_layout(json.loads(_read(page, page.layout_key)))


def in_scope(case: Case) -> list[Record]:
    """The converted records with a page that will be in the bundle, in its order, pages loaded."""
    rows = db.session.scalars(
        select(Record)
        .where(Record.case_id == case.id, reconciliation.has_page_in_scope())
        .options(selectinload(Record.pages))
        .order_by(*IN_ORDER)
    )
    return list(rows)


def pages_in_scope(case: Case) -> Sequence[Page]:
    """Every page that will be in the bundle, in its order."""
    return db.session.scalars(_in_scope(case).order_by(*IN_ORDER, Page.number)).all()


def mark_seen(page: Page, actor: Actor) -> None:
    """Notes that an officer has looked at the page; a page nobody has seen is never released."""
    if page.seen_by_id is None:
        page.seen_by_id = actor.staff_id
        db.session.flush()


@dataclass(frozen=True)
class Look:
    """What an officer says of a page they looked at, where looking alone is not enough."""

    has_read: bool = False
    keeps_hidden: bool = False


JUST_LOOKED = Look()


def mark_looked_at(page: Page, look: Look, *, is_withheld: bool, actor: Actor) -> None:
    """Marks the page as seen, read and decided, as far as each is asked of it.

    Raises:
        RefusedError: no machine could read it and nobody says they did, or it shows hidden
            content and nobody decided that the requester should get it.
    """
    if page.needs_reading and page.read_by_id is None and not look.has_read:
        raise RefusedError("Tick that you have read this page, because no machine could.")
    if page.is_hidden and not (is_withheld or look.keeps_hidden or page.hidden_kept_by_id):
        raise RefusedError(
            "Decide this hidden content: tick that the requester should get it, or withhold the "
            "page."
        )
    if look.has_read and page.needs_reading:
        page.read_by_id = page.read_by_id or actor.staff_id
    if look.keeps_hidden and page.is_hidden:
        page.hidden_kept_by_id = page.hidden_kept_by_id or actor.staff_id
    mark_seen(page, actor)
    db.session.flush()


@dataclass(frozen=True)
class Standing:
    """Where a page stands among those of the bundle: `place` from 1, or 0 when it is not there."""

    before: Page | None
    after: Page | None
    place: int
    page_count: int
    seen_count: int


def standing_of(case: Case, page: Page) -> Standing:
    """The pages around this one and how many there are; counted by the database, never loaded."""
    key, number = page.record.order_key, page.number
    is_before = or_(Record.order_key < key, and_(Record.id == page.record_id, Page.number < number))
    is_after = or_(Record.order_key > key, and_(Record.id == page.record_id, Page.number > number))
    count, seen, place = db.session.execute(
        _in_scope(case).with_only_columns(
            func.count(Page.id),
            func.count(Page.seen_by_id),
            func.count(sql_case((or_(is_before, Page.id == page.id), Page.id))),
        )
    ).one()
    inside = db.session.scalar(_in_scope(case).where(Page.id == page.id)) is not None
    if not inside:
        return Standing(None, None, 0, count, seen)
    before = _in_scope(case).where(is_before).order_by(Record.order_key.desc(), Page.number.desc())
    after = _in_scope(case).where(is_after).order_by(Record.order_key, Page.number)
    return Standing(
        db.session.scalar(before.limit(1)), db.session.scalar(after.limit(1)), place, count, seen
    )


def _in_scope(case: Case) -> Select[Page]:
    return (
        select(Page)
        .join(Record, Page.record_id == Record.id)
        .where(Record.case_id == case.id, reconciliation.is_in_scope())
    )


def _read(page: Page, object_key: str) -> bytes:
    case = records.case_of(page.record)
    return doors().files.read(open_data_key(case.data_key_id), object_key)
