"""words of pages"""
import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

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


def upgrade() -> None:
    op.create_table(
        "indexed_page",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("page_id", sa.Uuid(), nullable=False),
        sa.Column("term_count", sa.Integer(), nullable=False),
        sa.Column("terms", sa.Text(), nullable=False),
        sa.Column("slips", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name=op.f("fk_indexed_page_page_id_page"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_indexed_page")),
        sa.UniqueConstraint("page_id", name=op.f("uq_indexed_page_page_id")),
    )
    for statement in SQLITE if _is_sqlite() else POSTGRESQL:
        op.execute(sa.text(statement.replace(":", "\\:")))


def downgrade() -> None:
    op.execute("DROP TABLE page_words")
    op.drop_table("indexed_page")
    if not _is_sqlite():
        op.execute("DROP FUNCTION page_words_added()")


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"
