"""The pages of a case by the place each stands in, counted by the database."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, literal, or_, select

from sar.domain.reconciliation import PageFacts, Place, Reconciliation, place_of, reconcile
from sar.domain.searching import RecordScope, RecordStatus
from sar.extensions import db
from sar.models.case import Case
from sar.models.record import Page, Record
from sar.models.redaction import Redaction, RedactionKind


def of_case(case_file: Case) -> Reconciliation:
    """Every page the case received, and where each stands."""
    is_own: ColumnElement[bool] = Record.case_id == case_file.id
    pages = db.session.scalar(select(func.count(Page.id)).join(Record).where(is_own)) or 0
    files = db.session.scalar(select(func.count(Record.id)).where(is_own, _is_uncounted())) or 0
    return reconcile(pages + files, ((facts, count) for _, facts, count in _counted(is_own)))


def of_records(record_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, dict[Place, int]]:
    """For each of these records, how many of its pages stand in each place."""
    found: dict[uuid.UUID, dict[Place, int]] = defaultdict(dict)
    for record_id, facts, count in _counted(Record.id.in_(record_ids), Record.id):
        own, place = found[record_id], place_of(facts)
        own[place] = own.get(place, 0) + count
    return found


def has_page_in(place: Place) -> ColumnElement[bool]:
    """That a record has a page in this place, for a query of records."""
    own = (
        select(Page.id)
        .where(Page.record_id == Record.id, _stands(place, func.coalesce(Page.scope, Record.scope)))
        .correlate(Record)
    )
    return or_(own.exists(), and_(_is_uncounted(), _stands(place, Record.scope, is_page=False)))


def is_in_scope() -> ColumnElement[bool]:
    """That a page belongs in the disclosure, for a query of pages joined with their records."""
    return and_(
        Record.status == RecordStatus.CONVERTED,
        func.coalesce(Page.scope, Record.scope) == RecordScope.IN,
    )


def has_page_in_scope() -> ColumnElement[bool]:
    """That a record has a page that belongs in the disclosure, for a query of records."""
    own = select(Page.id).where(Page.record_id == Record.id, is_in_scope())
    return own.correlate(Record).exists()


def _is_uncounted() -> ColumnElement[bool]:
    """A file that is not open: it has no pages yet, or never will. An archive is only its files."""
    return Record.status != RecordStatus.CONVERTED


def _is_withheld() -> ColumnElement[bool]:
    return (
        select(Redaction.id)
        .where(
            Redaction.page_id == Page.id,
            Redaction.kind == RedactionKind.PAGE,
            Redaction.undone_at.is_(None),
        )
        .correlate(Page)
        .exists()
    )


def _counted(
    wanted: ColumnElement[bool],
    by: Any = literal(None),  # noqa: ANN401, B008  # any column
) -> Iterator[tuple[Any, PageFacts, int]]:
    withheld = case((_is_withheld(), 1), else_=0).label("withheld")
    pages = (
        select(by.label("by"), Record.status, Record.scope, Page.scope, withheld, Page.id)
        .join(Page, Page.record_id == Record.id)
        .where(wanted)
        .subquery()
    )
    whole: list[Any] = list(pages.c)[:-1]
    for key, status, scope, own, is_withheld, count in _grouped(whole):
        yield key, PageFacts(status, scope, own, bool(is_withheld)), count
    files = select(by.label("by"), Record.status, Record.scope).where(wanted, _is_uncounted())
    single: list[Any] = list(files.subquery().c)
    for key, status, scope, count in _grouped(single):
        yield key, PageFacts(status, scope), count


def _grouped(columns: list[Any]) -> Iterable[Any]:
    return db.session.execute(select(*columns, func.count()).group_by(*columns))


def _stands(
    place: Place,
    scope: Any,  # noqa: ANN401  # any column
    *,
    is_page: bool = True,
) -> ColumnElement[bool]:
    """The rule of the domain as a condition: every set of facts that leads to this place."""
    found = [
        and_(
            Record.status == status,
            scope == held,
            *([_is_withheld() if is_withheld else ~_is_withheld()] if is_page else []),
        )
        for status, held, is_withheld in product(
            RecordStatus, RecordScope, (False, True) if is_page else (False,)
        )
        if place_of(PageFacts(status, held, None, is_withheld)) is place
    ]
    return or_(*found) if found else literal(value=False)
