"""The words of pages, to be found by: kept by the database's own index for text.

`indexed_page` is a table like any other. Beside it stands `page_words`, kept in step by triggers:
an FTS5 table on SQLite, a table of tsvectors with GIN indexes on PostgreSQL.
"""

from __future__ import annotations

import uuid
from typing import Any

from sqlalchemy import DDL, ForeignKey, String, Text, Uuid, event
from sqlalchemy.orm import Mapped, mapped_column

from sar.models.base import Model

INDEX_TABLES = "page_words"  # what the names of tables that only the databases know begin with


class IndexedPage(Model):
    """The terms of a page, and the same as a scan might have misread them; both may be empty.

    The first term of a page that has any names its case, so that one index serves them all. `look`
    is the digest of its picture; the first `head_count` terms of a mail's first page are its head.
    """

    __tablename__ = "indexed_page"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    page_id: Mapped[uuid.UUID] = mapped_column(
        Uuid, ForeignKey("page.id", ondelete="CASCADE"), unique=True
    )
    term_count: Mapped[int] = mapped_column(default=0)
    look: Mapped[str] = mapped_column(String(64), default="")
    head_count: Mapped[int] = mapped_column(default=0)
    terms: Mapped[str] = mapped_column(Text, default="")
    slips: Mapped[str] = mapped_column(Text, default="")


SQLITE = (
    """CREATE VIRTUAL TABLE page_words USING fts5(
        terms, slips, content='indexed_page', content_rowid='number', tokenize='ascii')""",
    """CREATE TRIGGER page_words_added AFTER INSERT ON indexed_page BEGIN
        INSERT INTO page_words(rowid, terms, slips) VALUES (new.number, new.terms, new.slips);
    END""",
    """CREATE TRIGGER page_words_gone AFTER DELETE ON indexed_page BEGIN
        INSERT INTO page_words(page_words, rowid, terms, slips)
        VALUES ('delete', old.number, old.terms, old.slips);
    END""",
)
POSTGRESQL = (
    """CREATE TABLE page_words (
        number integer PRIMARY KEY REFERENCES indexed_page ON DELETE CASCADE,
        terms tsvector NOT NULL, slips tsvector NOT NULL)""",
    "CREATE INDEX page_words_terms ON page_words USING gin (terms)",
    "CREATE INDEX page_words_slips ON page_words USING gin (slips)",
    """CREATE FUNCTION page_words_added() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        INSERT INTO page_words VALUES (NEW.number, to_tsvector('simple', NEW.terms),
            to_tsvector('simple', NEW.slips));
        RETURN NULL; END $$""",
    """CREATE TRIGGER page_words_added AFTER INSERT ON indexed_page
        FOR EACH ROW EXECUTE FUNCTION page_words_added()""",
)

_table: Any = IndexedPage.__table__
for _dialect, _statements in (("sqlite", SQLITE), ("postgresql", POSTGRESQL)):
    for _statement in _statements:
        event.listen(
            _table,
            "after_create",
            DDL(_statement).execute_if(dialect=_dialect),  # type: ignore[no-untyped-call]
        )
