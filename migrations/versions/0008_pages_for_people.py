"""pages for people: hidden content that somebody decides, pages that somebody reads."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

PEOPLE = ("read_by_id", "hidden_kept_by_id")


def upgrade() -> None:
    with op.batch_alter_table("page") as table:
        for name in ("is_hidden", "needs_reading"):
            table.add_column(
                sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false())
            )
        for name in PEOPLE:
            table.add_column(sa.Column(name, sa.Uuid(), nullable=True))
            table.create_foreign_key(
                op.f(f"fk_page_{name}_user_account"), "user_account", [name], ["id"]
            )
    with op.batch_alter_table("page") as table:
        for name in ("is_hidden", "needs_reading"):
            table.alter_column(name, existing_type=sa.Boolean(), server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("page") as table:
        for name in PEOPLE:
            table.drop_constraint(op.f(f"fk_page_{name}_user_account"), type_="foreignkey")
        for name in ("is_hidden", "needs_reading", *PEOPLE):
            table.drop_column(name)
