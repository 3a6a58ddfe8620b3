"""people in full."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

EMPTY, NO = sa.text("''"), sa.false()


def columns() -> tuple[sa.Column, ...]:
    """Fresh columns: one belongs to one table."""
    return (
    sa.Column("role", sa.String(length=40), nullable=False, server_default="unknown"),
    sa.Column("relation", sa.String(length=100), nullable=False, server_default=EMPTY),
    sa.Column("acts_in_role", sa.Boolean(), nullable=False, server_default=NO),
    sa.Column("employer", sa.String(length=40), nullable=True),
    sa.Column("is_deceased", sa.Boolean(), nullable=False, server_default=NO),
    sa.Column("capacity", sa.String(length=40), nullable=True),
    sa.Column("is_reply_direct", sa.Boolean(), nullable=False, server_default=NO),
    sa.Column("share", sa.String(length=40), nullable=False, server_default="undecided"),
    sa.Column("share_reason", sa.Text(), nullable=False, server_default=EMPTY),
    sa.Column("protected_details", sa.JSON(), nullable=False, server_default="[]"),
    sa.Column("ended_on", sa.Date(), nullable=True),
    sa.Column("ended_reason", sa.Text(), nullable=False, server_default=EMPTY),
    )


def upgrade() -> None:
    with op.batch_alter_table("case_person") as table:
        for column in columns():
            table.add_column(column)
    op.execute("UPDATE case_person SET role = 'data_subject' WHERE part = 'data-subject'")


def downgrade() -> None:
    with op.batch_alter_table("case_person") as table:
        for column in reversed(columns()):
            table.drop_column(column.name)
