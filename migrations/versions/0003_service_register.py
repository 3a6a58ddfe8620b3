"""what a council changes in the service register."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "register_edit",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("controller_id", sa.Uuid(), nullable=False),
        sa.Column("service_id", sa.String(length=12), nullable=False),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["user_account.id"], name=op.f("fk_register_edit_author_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["controller_id"],
            ["controller.id"],
            name=op.f("fk_register_edit_controller_id_controller"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_edit")),
    )
    with op.batch_alter_table("register_edit", schema=None) as batch_op:
        batch_op.create_index(
            "ix_register_edit_of_service", ["controller_id", "service_id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("register_edit", schema=None) as batch_op:
        batch_op.drop_index("ix_register_edit_of_service")
    op.drop_table("register_edit")
