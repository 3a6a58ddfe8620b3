"""Lists of a case's records, a page at a time, and how the whole case adds up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from sqlalchemy import ColumnElement, func, select

from sar.domain.reconciliation import Place, Reconciliation
from sar.domain.searching import RecordScope
from sar.extensions import db
from sar.models.case import Case
from sar.models.record import Page, Record
from sar.services import reconciliation
from sar.services.record_order import IN_ORDER

PAGE_LENGTH = 50


@dataclass(frozen=True)
class Row:
    """One record of a list, how many pages it has, and where they stand."""

    record: Record
    page_count: int
    places: Mapping[Place, int]

    @property
    def is_split(self) -> bool:
        """Whether its pages stand in more than one place."""
        return len(self.places) > 1


@dataclass(frozen=True)
class Listed:
    """One page of a list; the numbers above it are of the whole case."""

    rows: tuple[Row, ...]
    count: int
    page: int
    place: Place | None
    total: Reconciliation

    @property
    def page_count(self) -> int:
        """How many pages there are, at least one."""
        return max(1, ceil(self.count / PAGE_LENGTH))


def listed(case: Case, place: str = "", page: int = 1) -> Listed:
    """One page of the records with a page in `place`, in order; any other word means all."""
    wanted = Place(place) if place in set(Place) else None
    conditions: list[ColumnElement[bool]] = [Record.case_id == case.id]
    if wanted is not None:
        conditions.append(reconciliation.has_page_in(wanted))
    count = db.session.scalar(select(func.count(Record.id)).where(*conditions)) or 0
    page = min(max(1, page), max(1, ceil(count / PAGE_LENGTH)))
    found = db.session.scalars(
        select(Record)
        .where(*conditions)
        .order_by(*IN_ORDER)
        .limit(PAGE_LENGTH)
        .offset((page - 1) * PAGE_LENGTH)
    ).all()
    total = reconciliation.of_case(case)
    return Listed(tuple(_rows(found)), count, page, wanted, total)


def choices_of(record: Record) -> tuple[RecordScope, ...]:
    """What may be said of a record: only a known copy can be called one."""
    usual = (RecordScope.IN, RecordScope.OUT, RecordScope.OTHER_PERSON, RecordScope.UNSURE)
    if record.duplicate_of_id is not None:
        return (usual[0], RecordScope.DUPLICATE, *usual[1:])
    return usual


def _rows(records: Sequence[Record]) -> list[Row]:
    ids = [record.id for record in records]
    places = reconciliation.of_records(ids)
    counted = db.session.execute(
        select(Page.record_id, func.count()).where(Page.record_id.in_(ids)).group_by(Page.record_id)
    )
    pages = {row[0]: row[1] for row in counted}
    return [Row(each, pages.get(each.id, 0), places.get(each.id, {})) for each in records]
