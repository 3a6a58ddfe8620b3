"""places of pages"""
import re
import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("page", schema=None) as batch_op:
        batch_op.add_column(sa.Column("scope", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("scope_reason", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("page", schema=None) as batch_op:
        batch_op.alter_column("scope_reason", existing_type=sa.Text(), server_default=None)
    with op.batch_alter_table("record", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("order_key", sa.String(length=400), nullable=False, server_default="")
        )
    with op.batch_alter_table("record", schema=None) as batch_op:
        batch_op.alter_column("order_key", existing_type=sa.String(length=400), server_default=None)
        batch_op.create_index(
            batch_op.f("ix_record_case_id_record_order_key"), ["case_id", "order_key"], unique=False
        )
    op.create_table(
        "consultation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("controller_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("page_id", sa.Uuid(), nullable=True),
        sa.Column("whom", sa.String(length=200), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("reply_by", sa.Date(), nullable=True),
        sa.Column("asked_by_id", sa.Uuid(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["asked_by_id"], ["user_account.id"], name=op.f("fk_consultation_asked_by_id_user_account")),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_consultation_case_id_case_file")),
        sa.ForeignKeyConstraint(["controller_id"], ["controller.id"], name=op.f("fk_consultation_controller_id_controller")),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name=op.f("fk_consultation_page_id_page")),
        sa.ForeignKeyConstraint(["record_id"], ["record.id"], name=op.f("fk_consultation_record_id_record")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultation")),
    )
    with op.batch_alter_table("consultation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_consultation_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_consultation_record_id"), ["record_id"], unique=False)
    _order_records()


def downgrade() -> None:
    op.drop_table("consultation")
    with op.batch_alter_table("record", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_record_case_id_record_order_key"))
        batch_op.drop_column("order_key")
    with op.batch_alter_table("page", schema=None) as batch_op:
        batch_op.drop_column("scope_reason")
        batch_op.drop_column("scope")


def _order_records() -> None:
    """Gives every record there is its place: date, name and id, below that of its parent."""
    record = sa.table(
        "record",
        sa.column("id", sa.Uuid()),
        sa.column("parent_id", sa.Uuid()),
        sa.column("name", sa.Text()),
        sa.column("dated_on", sa.Date()),
        sa.column("order_key", sa.String()),
    )
    connection = op.get_bind()
    rows = {row.id: row for row in connection.execute(sa.select(record))}

    def key(row: sa.Row) -> str:
        plain = unicodedata.normalize("NFKD", row.name.casefold())
        letters = re.sub(r"[^a-z0-9]", "", plain)[:16].ljust(16, "0")
        day = row.dated_on.isoformat().replace("-", "") if row.dated_on else "99999999"
        before = key(rows[row.parent_id]) if row.parent_id else ""
        return f"{before}{day}{letters}{row.id.hex[:8]}"

    for row in rows.values():
        connection.execute(
            sa.update(record).where(record.c.id == row.id).values(order_key=key(row))
        )
