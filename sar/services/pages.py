"""Pages as an officer works on them: picture, lines of text, what is marked, who has seen it."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator, Sequence

from sqlalchemy import select

from sar.adapters.doors import doors
from sar.documents.layout import PageLayout, parse_layout
from sar.domain.permissions import Permission
from sar.domain.searching import RecordScope, RecordStatus
from sar.extensions import db
from sar.models.case import Case
from sar.models.record import Page, Record
from sar.services import records
from sar.services.access import load
from sar.services.actor import Actor
from sar.services.errors import NotFoundError
from sar.services.keys import open_data_key


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
    """The converted records that will be in the bundle, in its order."""
    return [
        record
        for record in records.records_of(case)
        if record.scope is RecordScope.IN
        and record.status is RecordStatus.CONVERTED
        and record.pages
    ]


def pages_in_scope(case: Case) -> Iterator[Page]:
    """Every page that will be in the bundle, in its order."""
    for record in in_scope(case):
        yield from record.pages


def mark_seen(page: Page, actor: Actor) -> None:
    """Notes that an officer has looked at the page; a page nobody has seen is never released."""
    if page.seen_by_id is None:
        page.seen_by_id = actor.staff_id
        db.session.flush()


def neighbours(case: Case, page: Page) -> tuple[Page | None, Page | None, int, int]:
    """The page before, the page after, this page's place from 1, and how many there are."""
    everything: Sequence[Page] = list(pages_in_scope(case))
    place = next((n for n, each in enumerate(everything) if each.id == page.id), None)
    if place is None:
        return None, None, 0, len(everything)
    before = everything[place - 1] if place else None
    after = everything[place + 1] if place + 1 < len(everything) else None
    return before, after, place + 1, len(everything)


def _read(page: Page, object_key: str) -> bytes:
    case = records.case_of(page.record)
    return doors().files.read(open_data_key(case.data_key_id), object_key)
