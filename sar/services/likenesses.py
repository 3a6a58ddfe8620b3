"""Copies, near copies and quoted mails of a case: found by a worker, decided by an officer."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from sqlalchemy import func, or_, select

from sar.adapters.jobs import JobName, Report, Stage, Stages
from sar.documents.likeness import (
    PageText,
    Pair,
    Piece,
    RecordText,
    alike,
    compared,
    quoted_mails,
    same_content,
)
from sar.domain.events import EventName
from sar.domain.lifecycle import CaseMove, CaseStatus
from sar.domain.permissions import Permission
from sar.domain.searching import RecordScope, RecordStatus
from sar.extensions import db
from sar.models.base import now_utc
from sar.models.case import Case
from sar.models.likeness import Likeness, LikenessDecision, LikenessKind
from sar.models.page_words import IndexedPage
from sar.models.record import Page, Record
from sar.services import audit, pages, records, stages
from sar.services.access import load
from sar.services.actor import Actor, system
from sar.services.errors import RefusedError
from sar.services.jobs import enqueue
from sar.services.page_index import MAIL
from sar.services.record_order import IN_ORDER

PAGE_LENGTH = 50
_AT_WORK = frozenset({CaseStatus.RECEIVED, CaseStatus.SEARCHING, CaseStatus.REDACTING})
_CERTAIN = frozenset({LikenessKind.SAME_BYTES, LikenessKind.SAME_CONTENT})


@dataclass(frozen=True)
class Found:
    """A pair that was found, not yet a row."""

    kind: LikenessKind
    pair: Pair
    is_page: bool = False


@dataclass(frozen=True)
class Listed:
    """One page of a case's pairs."""

    rows: tuple[Likeness, ...]
    count: int
    open_count: int
    page: int

    @property
    def page_count(self) -> int:
        """How many pages there are, at least one."""
        return max(1, ceil(self.count / PAGE_LENGTH))


@dataclass(frozen=True)
class SideBySide:
    """Both texts of a pair, cut into pieces that both have and pieces that one alone has."""

    copy: Sequence[Piece]
    kept: Sequence[Piece]


def owe_comparison(case: Case) -> None:
    """Owes a comparison once no file of the case is waiting to be converted."""
    waiting = select(Record.id).where(
        Record.case_id == case.id, Record.status == RecordStatus.RECEIVED
    )
    if db.session.scalar(waiting.limit(1)) is None:
        enqueue(JobName.COMPARE_RECORDS, case.id, controller_id=case.controller_id, case_id=case.id)


def compare_records(case_id: uuid.UUID, report: Report) -> Stages:
    """Finds which records and pages of a case say the same; what is certain is set aside."""
    case = db.session.get(Case, case_id)
    if case is None:
        return
    texts = _texts(case)
    yield Stage.WORK
    report(0, 1, "Looking for copies")
    found = list(_found(texts))
    yield Stage.SAVE
    case = db.session.get(Case, case_id)
    assert case is not None
    _keep(case, found, system(now_utc()))


def of_case(case: Case, page: int = 1) -> Listed:
    """One page of the pairs of a case: those to decide first, in the order of the records."""
    own = Likeness.case_id == case.id
    is_open = Likeness.decision == LikenessDecision.PROPOSED
    count = db.session.scalar(select(func.count(Likeness.id)).where(own)) or 0
    open_count = db.session.scalar(select(func.count(Likeness.id)).where(own, is_open)) or 0
    page = min(max(1, page), max(1, ceil(count / PAGE_LENGTH)))
    rows = db.session.scalars(
        select(Likeness)
        .join(Record, Likeness.copy_id == Record.id)
        .where(own)
        .order_by(~is_open, *IN_ORDER, Likeness.id)
        .limit(PAGE_LENGTH)
        .offset((page - 1) * PAGE_LENGTH)
    ).all()
    return Listed(tuple(rows), count, open_count, page)


def of_record(record: Record) -> Sequence[Likeness]:
    """The pairs a record is part of."""
    return db.session.scalars(
        select(Likeness)
        .where(or_(Likeness.copy_id == record.id, Likeness.kept_id == record.id))
        .order_by(Likeness.created_at, Likeness.id)
    ).all()


def likeness_for(likeness_id: uuid.UUID, actor: Actor) -> Likeness:
    """The pair, when the actor may read records of its council."""
    return load(Likeness, likeness_id, actor, Permission.RECORD_READ)


def side_by_side(row: Likeness) -> SideBySide:
    """Both texts of a pair with the words that differ."""
    return SideBySide(*compared(_words(row.copy, row.copy_page), _words(row.kept, row.kept_page)))


def keep_one(likeness_id: uuid.UUID, actor: Actor, *, is_swapped: bool = False) -> Likeness:
    """Leaves the copy out, or with `is_swapped` the other one; what is kept must be in scope.

    Raises:
        RefusedError: what would be kept is left out itself, or either is out for consultation.
    """
    row = load(Likeness, likeness_id, actor, Permission.REDACTION_MARK)
    _reopen(row)
    if is_swapped:
        row.copy_id, row.kept_id = row.kept_id, row.copy_id
        row.copy_page_id, row.kept_page_id = row.kept_page_id, row.copy_page_id
        db.session.flush()
        db.session.refresh(row)
    _set_aside(row)
    _decided(row, LikenessDecision.COPY, actor)
    return row


def keep_both(likeness_id: uuid.UUID, actor: Actor) -> Likeness:
    """Says that both belong; what was left out as a copy is in scope again."""
    row = load(Likeness, likeness_id, actor, Permission.REDACTION_MARK)
    _reopen(row)
    _decided(row, LikenessDecision.DIFFERENT, actor)
    return row


def _texts(case: Case) -> list[RecordText]:
    words: dict[uuid.UUID, list[PageText]] = {}
    heads: dict[uuid.UUID, int] = {}
    for record_id, number, page_id, terms, look, head in db.session.execute(
        select(
            Page.record_id,
            Page.number,
            Page.id,
            IndexedPage.terms,
            IndexedPage.look,
            IndexedPage.head_count,
        )
        .join(Record, Page.record_id == Record.id)
        .join(IndexedPage, IndexedPage.page_id == Page.id)
        .where(Record.case_id == case.id)
        .order_by(Page.record_id, Page.number)
    ):
        # The first term names the case.
        words.setdefault(record_id, []).append(PageText(page_id, tuple(terms.split()[1:]), look))
        if number == 1:
            heads[record_id] = head
    rows = db.session.scalars(
        select(Record).where(Record.case_id == case.id).order_by(*IN_ORDER)
    ).all()
    return [
        RecordText(
            row.id,
            tuple(words[row.id]),
            row.media_type.startswith(MAIL),
            heads.get(row.id, 0),
            row.dated_on,
        )
        for row in rows
        if row.id in words
    ]


def _found(texts: Sequence[RecordText]) -> Iterator[Found]:
    """Each record and page at most once, by the surest reason there is."""
    told: set[uuid.UUID] = set()
    for kind, pairs in (
        (LikenessKind.SAME_CONTENT, same_content(texts)),
        (LikenessKind.QUOTED, quoted_mails(texts)),
        (LikenessKind.ALIKE, alike((each.id, each.terms) for each in texts)),
    ):
        for pair in pairs:
            if pair.copy not in told:
                told.add(pair.copy)
                yield Found(kind, pair)
    rest = [each for each in texts if each.id not in told and len(texts) > 1]
    record_of = {page.id: each.id for each in rest for page in each.pages}
    for pair in alike((page.id, page.terms) for each in rest for page in each.pages):
        if record_of[pair.copy] != record_of[pair.kept]:
            yield Found(LikenessKind.ALIKE, pair, is_page=True)


def _keep(case: Case, found: Iterable[Found], actor: Actor) -> None:
    rows = [*_same_bytes(case), *(row for each in found if (row := _row(case, each)))]
    known = {
        _between(row)
        for row in db.session.scalars(select(Likeness).where(Likeness.case_id == case.id))
    }
    fresh = [row for row in rows if _between(row) not in known]
    if not fresh:
        return
    db.session.add_all(fresh)
    db.session.flush()
    for row in fresh:
        _settle(case, row)
    db.session.flush()
    audit.record(
        EventName.LIKENESS_FOUND,
        actor,
        case,
        controller_id=case.controller_id,
        case_id=case.id,
        count=len(fresh),
    )


def _between(row: Likeness) -> frozenset[uuid.UUID]:
    return frozenset({row.copy_page_id or row.copy_id, row.kept_page_id or row.kept_id})


def _same_bytes(case: Case) -> Iterator[Likeness]:
    """Records that were known for copies when they came."""
    for record in db.session.scalars(
        select(Record).where(Record.case_id == case.id, Record.duplicate_of_id.is_not(None))
    ):
        assert record.duplicate_of_id is not None
        yield Likeness(
            controller_id=case.controller_id,
            case_id=case.id,
            copy_id=record.id,
            kept_id=record.duplicate_of_id,
            kind=LikenessKind.SAME_BYTES,
            share=1.0,
        )


def _row(case: Case, found: Found) -> Likeness | None:
    row = Likeness(
        controller_id=case.controller_id,
        case_id=case.id,
        copy_id=found.pair.copy,
        kept_id=found.pair.kept,
        kind=found.kind,
        share=found.pair.share,
    )
    if found.is_page:
        copy, kept = (db.session.get(Page, each) for each in (found.pair.copy, found.pair.kept))
        if copy is None or kept is None:
            return None
        row.copy_id, row.copy_page_id = copy.record_id, copy.id
        row.kept_id, row.kept_page_id = kept.record_id, kept.id
    elif db.session.get(Record, row.copy_id) is None or db.session.get(Record, row.kept_id) is None:
        return None
    return row


def _settle(case: Case, row: Likeness) -> None:
    """What is certain needs no officer, while the case is at work and both are in scope."""
    copy, kept = row.copy, row.kept
    if copy.scope is RecordScope.DUPLICATE and copy.duplicate_of_id == kept.id:
        row.decision = LikenessDecision.COPY
    elif (
        row.kind in _CERTAIN
        and case.status in _AT_WORK
        and copy.scope is RecordScope.IN
        and kept.scope is RecordScope.IN
    ):
        _set_aside(row)
        row.decision = LikenessDecision.COPY


def _set_aside(row: Likeness) -> None:
    kept = row.kept_page or row.kept
    copy = row.copy_page or row.copy
    scope = kept.standing_scope if isinstance(kept, Page) else kept.scope
    if scope is not RecordScope.IN:
        raise RefusedError("The one that would be kept is left out itself. Put it in scope first.")
    if RecordScope.CONSULT in {copy.scope, row.copy.scope}:
        raise RefusedError(records.CONSULTED)
    copy.scope = RecordScope.DUPLICATE
    where = f", page {row.kept_page.number}" if row.kept_page else ""
    copy.scope_reason = f"{row.kind.label}: {row.kept.name}{where}"
    if isinstance(copy, Record):
        copy.duplicate_of_id = row.kept_id


def _reopen(row: Likeness) -> None:
    """Takes a pair back to where nothing was decided about it."""
    copy = row.copy_page or row.copy
    if row.decision is LikenessDecision.COPY and copy.scope is RecordScope.DUPLICATE:
        copy.scope = RecordScope.IN if isinstance(copy, Record) else None
        copy.scope_reason = ""
        row.copy.duplicate_of_id = None if isinstance(copy, Record) else row.copy.duplicate_of_id


def _decided(row: Likeness, decision: LikenessDecision, actor: Actor) -> None:
    row.decision = decision
    row.decided_by_id, row.decided_at = actor.staff_id, actor.now
    stages.move(records.case_of(row.copy), CaseMove.CHANGE_RECORDS)
    db.session.flush()
    audit.record(
        EventName.LIKENESS_DECIDED,
        actor,
        row,
        controller_id=row.controller_id,
        case_id=row.case_id,
        decision=decision.value,
    )


def _words(record: Record, page: Page | None) -> list[str]:
    chosen = [page] if page is not None else record.pages
    return [word.text for each in chosen for word in pages.layout_of(each).words]
