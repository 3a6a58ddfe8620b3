"""what a case settles about its services, and the law of a record."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "service_answer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("controller_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("service_id", sa.String(length=12), nullable=False),
        sa.Column("question", sa.String(length=40), nullable=False),
        sa.Column("answer", sa.String(length=40), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"],
            ["user_account.id"],
            name=op.f("fk_service_answer_author_id_user_account"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_service_answer_case_id_case_file")
        ),
        sa.ForeignKeyConstraint(
            ["controller_id"],
            ["controller.id"],
            name=op.f("fk_service_answer_controller_id_controller"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_answer")),
        sa.UniqueConstraint(
            "case_id", "service_id", "question", name=op.f("uq_service_answer_case_id_service_id_question")
        ),
    )
    with op.batch_alter_table("service_answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_service_answer_case_id"), ["case_id"], unique=False)
    with op.batch_alter_table("record", schema=None) as batch_op:
        batch_op.add_column(sa.Column("regime", sa.String(length=40), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("record", schema=None) as batch_op:
        batch_op.drop_column("regime")
    with op.batch_alter_table("service_answer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_service_answer_case_id"))
    op.drop_table("service_answer")
