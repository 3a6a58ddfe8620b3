"""virus scans: what the scanner said of each record."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("record") as table:
        table.add_column(
            sa.Column("scan", sa.String(length=40), nullable=False, server_default="not-scanned")
        )
    with op.batch_alter_table("record") as table:
        table.alter_column("scan", existing_type=sa.String(length=40), server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("record") as table:
        table.drop_column("scan")
