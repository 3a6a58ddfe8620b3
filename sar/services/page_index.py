"""The index of the words of a case's pages: one function finds, whatever the database."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Select, cast, column, func, or_, select, table
from sqlalchemy.dialects.postgresql import TSQUERY

from sar.documents.layout import PageLayout
from sar.documents.mail_head import mail_head
from sar.documents.page_terms import Phrase, Sought, skeleton, terms_of
from sar.extensions import db
from sar.models.case import Case
from sar.models.page_words import IndexedPage
from sar.models.record import Page, Record

MAIL = ("message/", "application/vnd.ms-outlook")
_WORDS = table("page_words", column("rowid"), column("number"), column("terms"), column("slips"))


def add(page: Page, layout: PageLayout, look: str = "") -> None:
    """Indexes the words of a page just made; those of a scan also as they may be misread.

    `look` is the digest of its picture, by which pages of the same words are told apart.
    """
    case_id = page.record.case_id
    terms = terms_of(" ".join(word.text for word in layout.words))
    slips = (skeleton(term) for term in terms) if layout.is_ocr else ()
    mark = _mark(case_id)
    is_mail = page.record.media_type.startswith(MAIL)
    db.session.add(
        IndexedPage(
            page_id=page.id,
            term_count=len(terms),
            look=look,
            head_count=mail_head(layout) if is_mail and page.number == 1 else 0,
            terms=" ".join((mark, *terms)) if terms else "",
            slips=" ".join(slips),
        )
    )


def matching(case: Case, wanted: Sought) -> Select[Page]:
    """The pages of a case that have what is sought, as a query joined with their records."""
    is_postgresql = db.session.get_bind().dialect.name == "postgresql"
    found = _in_postgresql(case.id, wanted) if is_postgresql else _in_sqlite(case.id, wanted)
    return (
        select(Page)
        .join(Record, Page.record_id == Record.id)
        .join(IndexedPage, IndexedPage.page_id == Page.id)
        .where(Record.case_id == case.id, IndexedPage.number.in_(found))
    )


def not_searched(case: Case) -> Select[Page]:
    """Pages whose words nobody can rely on: none were found, or a scan was read too poorly."""
    return (
        select(Page)
        .join(Record, Page.record_id == Record.id)
        .outerjoin(IndexedPage, IndexedPage.page_id == Page.id)
        .where(
            Record.case_id == case.id,
            or_(func.coalesce(IndexedPage.term_count, 0) == 0, Page.needs_reading),
        )
    )


def _mark(case_id: uuid.UUID) -> str:
    return f"case{case_id.hex}"


def _in_sqlite(case_id: uuid.UUID, wanted: Sought) -> Select[Any]:
    """By FTS5: every term is quoted, so nothing that is typed can be an operator."""

    def quoted(phrase: Phrase) -> str:
        plain = " ".join(term.rstrip("*") for term in phrase)
        return f'"{plain}"*' if phrase[-1].endswith("*") else f'"{plain}"'

    def alternatives(group: Iterable[Phrase]) -> str:
        exact = [f"terms : {quoted(phrase)}" for phrase in group]
        slips = [f"slips : {quoted(_blurred(phrase))}" for phrase in group]
        return f"({' OR '.join(exact + slips if wanted.has_slips else exact)})"

    every = (f'terms : "{_mark(case_id)}"', *(alternatives(group) for group in wanted.groups))
    query = " AND ".join(every)
    return select(_WORDS.c.rowid).where(column("page_words").op("MATCH")(query))


def _in_postgresql(case_id: uuid.UUID, wanted: Sought) -> Select[Any]:
    """By tsvector: the query is cast from quoted terms, and never parsed from what was typed."""

    def joined(phrase: Phrase) -> str:
        terms = [f"'{term.rstrip('*')}'" for term in phrase]
        if phrase[-1].endswith("*"):
            terms[-1] += ":*"
        return f"({' <-> '.join(terms)})"

    def has(name: str, query: str) -> ColumnElement[bool]:
        return _WORDS.c[name].op("@@")(cast(query, TSQUERY))

    conditions = [has("terms", f"'{_mark(case_id)}'")]
    for group in wanted.groups:
        exact = has("terms", " | ".join(joined(phrase) for phrase in group))
        slips = " | ".join(joined(_blurred(phrase)) for phrase in group)
        conditions.append(or_(exact, has("slips", slips)) if wanted.has_slips else exact)
    return select(_WORDS.c.number).where(*conditions)


def _blurred(phrase: Phrase) -> Phrase:
    return tuple(
        skeleton(term.rstrip("*")) + ("*" if term.endswith("*") else "") for term in phrase
    )
