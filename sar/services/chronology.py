"""The records of a case from the oldest to the newest, and what is missing between them."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil

from sqlalchemy import ColumnElement, and_, func, select

from sar.documents.page_terms import terms_of
from sar.domain.chronology import (
    Gap,
    ReviewKind,
    mentions_attachment,
    missing_reviews,
    missing_years,
    review_kind,
    undated,
)
from sar.domain.searching import RecordScope, RecordStatus
from sar.extensions import db
from sar.models.case import Case
from sar.models.page_words import IndexedPage
from sar.models.record import Page, Record
from sar.services.page_index import MAIL
from sar.services.record_order import IN_ORDER

PAGE_LENGTH = 100
HEAD_LETTERS = 3000  # of the first page
TITLE_LETTERS = 400  # in which a record says what it is


@dataclass(frozen=True)
class Held:
    """What is needed of a record to tell gaps: `words` are the first of it, folded."""

    record_id: uuid.UUID
    name: str
    is_mail: bool
    dated_on: date | None
    words: str


@dataclass(frozen=True)
class Chronology:
    """One page of the records in scope, and the gaps of all of them.

    `absent` are mails that say something came with them, and nothing did.
    """

    rows: tuple[Record, ...]
    count: int
    page: int
    gaps: tuple[Gap, ...]
    absent: tuple[Held, ...]

    @property
    def page_count(self) -> int:
        """How many pages there are, at least one."""
        return max(1, ceil(self.count / PAGE_LENGTH))


def chronology_of(case: Case, page: int = 1) -> Chronology:
    """The records in scope, oldest first and undated last, and what a reader would miss."""
    held = list(_held(case))
    page = min(max(1, page), max(1, ceil(len(held) / PAGE_LENGTH)))
    rows = db.session.scalars(
        select(Record)
        .where(_wanted(case))
        .order_by(*IN_ORDER)
        .limit(PAGE_LENGTH)
        .offset((page - 1) * PAGE_LENGTH)
    ).all()
    return Chronology(tuple(rows), len(held), page, tuple(_gaps(held)), tuple(_absent(case, held)))


def _wanted(case: Case) -> ColumnElement[bool]:
    return and_(
        Record.case_id == case.id,
        Record.scope == RecordScope.IN,
        Record.status == RecordStatus.CONVERTED,
    )


def _held(case: Case) -> Iterator[Held]:
    rows = db.session.execute(
        select(
            Record.id,
            Record.name,
            Record.media_type,
            Record.dated_on,
            func.coalesce(func.substr(IndexedPage.terms, 1, HEAD_LETTERS), ""),
        )
        .outerjoin(Page, and_(Page.record_id == Record.id, Page.number == 1))
        .outerjoin(IndexedPage, IndexedPage.page_id == Page.id)
        .where(_wanted(case))
        .order_by(*IN_ORDER)
    )
    for record_id, name, media_type, dated_on, words in rows:
        yield Held(record_id, name, media_type.startswith(MAIL), dated_on, words)


def _gaps(held: Sequence[Held]) -> Iterator[Gap]:
    dates = [each.dated_on for each in held if each.dated_on is not None]
    yield from missing_years(dates)
    reviews: dict[ReviewKind, list[date]] = defaultdict(list)
    for each in held:
        if each.dated_on is None or each.is_mail:
            continue  # a mail speaks of a review and is none
        kind = review_kind(" ".join((*terms_of(each.name), each.words[:TITLE_LETTERS])))
        if kind is not None:
            reviews[kind].append(each.dated_on)
    for kind in ReviewKind:
        yield from missing_reviews(kind, reviews[kind])
    yield from undated(len(held) - len(dates))


def _absent(case: Case, held: Sequence[Held]) -> Iterator[Held]:
    parents = set(
        db.session.scalars(
            select(Record.parent_id)
            .where(Record.case_id == case.id, Record.parent_id.is_not(None))
            .distinct()
        )
    )
    for each in held:
        if each.is_mail and each.record_id not in parents and mentions_attachment(each.words):
            yield each
