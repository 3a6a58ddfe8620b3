"""Finding words in all pages of a case, and leaving out what was found."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import groupby
from math import ceil

from sqlalchemy import Select, func, select

from sar.documents.layout import PageLayout, Word
from sar.documents.page_terms import Hit, Sought, hits_in
from sar.domain.permissions import Permission
from sar.domain.redaction import Rect
from sar.domain.searching import RecordScope
from sar.extensions import db
from sar.models.case import Case
from sar.models.record import Page
from sar.models.redaction import Redaction
from sar.services import page_index, pages, redactions
from sar.services.access import load
from sar.services.actor import Actor
from sar.services.errors import RefusedError
from sar.services.record_order import IN_ORDER

PAGE_LENGTH = 20
WORDS_AROUND = 8
MOST_PAGES = 500  # whose words are read in one request
TOO_MANY = (
    f"That stands on more than {MOST_PAGES} pages. Look for something rarer, or tick page by page."
)


@dataclass(frozen=True)
class HitInContext:
    """One hit, in words: what stands before it, itself, and after; `key` names it in a form."""

    key: str
    before: str
    words: str
    after: str


@dataclass(frozen=True)
class PageOfHits:
    """A page and what was found on it."""

    page: Page
    hits: tuple[HitInContext, ...]

    @property
    def is_in_scope(self) -> bool:
        """Whether anything on it can be left out."""
        return self.page.standing_scope is RecordScope.IN


@dataclass(frozen=True)
class Found:
    """One page of results: how many pages of the case have what was sought."""

    rows: tuple[PageOfHits, ...]
    count: int
    page: int

    @property
    def page_count(self) -> int:
        """How many pages of results there are, at least one."""
        return max(1, ceil(self.count / PAGE_LENGTH))


@dataclass(frozen=True)
class Marking:
    """What would be left out: a dry run."""

    places: tuple[tuple[uuid.UUID, tuple[Rect, ...]], ...]
    hit_count: int

    @property
    def page_count(self) -> int:
        """On how many pages."""
        return len(self.places)


def find(case: Case, wanted: Sought, page: int = 1) -> Found:
    """One page of the pages that have what is sought, in the order of the case."""
    if not wanted.groups:
        return Found((), 0, 1)
    query = page_index.matching(case, wanted)
    count = _count(query)
    page = min(max(1, page), max(1, ceil(count / PAGE_LENGTH)))
    rows = _in_order(query).limit(PAGE_LENGTH).offset((page - 1) * PAGE_LENGTH)
    found = (_with_hits(each, wanted) for each in db.session.scalars(rows))
    return Found(tuple(found), count, page)


def not_searched(case: Case, limit: int = PAGE_LENGTH) -> tuple[Sequence[Page], int]:
    """Pages that no search can speak for, the first of them and how many there are."""
    query = page_index.not_searched(case)
    return db.session.scalars(_in_order(query).limit(limit)).all(), _count(query)


def rects_on(layout: PageLayout, wanted: Sought) -> tuple[Rect, ...]:
    """Where on a page the hits stand, one rectangle for each line."""
    return tuple(rect for hit in _hits(layout, wanted) for rect in _rects(layout, hit))


def dry_run(case: Case, wanted: Sought, keys: Collection[str] | None) -> Marking:
    """What leaving out these hits would mark; None means every hit on every page in scope.

    Raises:
        RefusedError: more pages have it than can be read at once, or nothing was ticked.
    """
    query = page_index.matching(case, wanted)
    if keys is not None:
        query = query.where(Page.id.in_(_ids_of(keys)))
    if _count(query) > MOST_PAGES:
        raise RefusedError(TOO_MANY)
    places, count = [], 0
    for page in db.session.scalars(_in_order(query)):
        if page.standing_scope is not RecordScope.IN:
            continue
        layout = pages.layout_of(page)
        hits = [hit for hit in _hits(layout, wanted) if keys is None or _key(page, hit) in keys]
        if hits:
            places.append((page.id, tuple(_all_rects(layout, hits))))
            count += len(hits)
    if not places:
        raise RefusedError("Tick what should be left out.")
    return Marking(tuple(places), count)


def mark(
    case_id: uuid.UUID,
    wanted: Sought,
    keys: Collection[str] | None,
    reason: redactions.Reason,
    actor: Actor,
) -> list[Redaction]:
    """Leaves out the hits that were ticked, or all; one undo takes them back.

    Raises:
        RefusedError: nothing was ticked, or all of it is left out already.
    """
    case = load(Case, case_id, actor, Permission.REDACTION_MARK)
    return redactions.mark_places(dry_run(case, wanted, keys).places, reason, actor)


def _in_order(query: Select[Page]) -> Select[Page]:
    return query.order_by(*IN_ORDER, Page.number)


def _count(query: Select[Page]) -> int:
    ids = query.with_only_columns(Page.id).subquery()
    return db.session.scalar(select(func.count()).select_from(ids)) or 0


def _with_hits(page: Page, wanted: Sought) -> PageOfHits:
    layout = pages.layout_of(page)
    hits = _hits(layout, wanted)
    return PageOfHits(page, tuple(_in_context(page, layout.words, hit) for hit in hits))


def _hits(layout: PageLayout, wanted: Sought) -> tuple[Hit, ...]:
    return hits_in([word.text for word in layout.words], wanted, is_ocr=layout.is_ocr)


def _in_context(page: Page, words: Sequence[Word], hit: Hit) -> HitInContext:
    def said(start: int, end: int) -> str:
        return " ".join(word.text for word in words[max(0, start) : end])

    return HitInContext(
        _key(page, hit),
        said(hit.start - WORDS_AROUND, hit.start),
        said(hit.start, hit.end),
        said(hit.end, hit.end + WORDS_AROUND),
    )


def _key(page: Page, hit: Hit) -> str:
    return f"{page.id}:{hit.start}-{hit.end}"


def _ids_of(keys: Collection[str]) -> Iterator[uuid.UUID]:
    for key in keys:
        with suppress(ValueError):  # nothing of ours: no page has it
            yield uuid.UUID(key.partition(":")[0])


def _all_rects(layout: PageLayout, hits: Iterable[Hit]) -> Iterator[Rect]:
    for hit in hits:
        yield from (redactions.padded(rect) for rect in _rects(layout, hit))


def _rects(layout: PageLayout, hit: Hit) -> Iterator[Rect]:
    for _, words in groupby(layout.words[hit.start : hit.end], key=lambda word: word.line):
        first, *others = words
        rect = first.rect
        for word in others:
            rect = rect.union(word.rect)
        yield rect
