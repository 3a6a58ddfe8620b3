"""copies and dates"""
import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("indexed_page", sa.Column("look", sa.String(length=64), nullable=False, server_default=""))
    op.add_column("indexed_page", sa.Column("head_count", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("record", sa.Column("dated_from", sa.String(length=40), nullable=True))
    op.create_table(
        "likeness",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("controller_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("copy_id", sa.Uuid(), nullable=False),
        sa.Column("copy_page_id", sa.Uuid(), nullable=True),
        sa.Column("kept_id", sa.Uuid(), nullable=False),
        sa.Column("kept_page_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("share", sa.Double(), nullable=False),
        sa.Column("decision", sa.String(length=40), nullable=False),
        sa.Column("decided_by_id", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_likeness_case_id_case_file")),
        sa.ForeignKeyConstraint(["controller_id"], ["controller.id"], name=op.f("fk_likeness_controller_id_controller")),
        sa.ForeignKeyConstraint(["copy_id"], ["record.id"], name=op.f("fk_likeness_copy_id_record")),
        sa.ForeignKeyConstraint(["copy_page_id"], ["page.id"], name=op.f("fk_likeness_copy_page_id_page")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["user_account.id"], name=op.f("fk_likeness_decided_by_id_user_account")),
        sa.ForeignKeyConstraint(["kept_id"], ["record.id"], name=op.f("fk_likeness_kept_id_record")),
        sa.ForeignKeyConstraint(["kept_page_id"], ["page.id"], name=op.f("fk_likeness_kept_page_id_page")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_likeness")),
    )
    for name in ("case_id", "copy_id", "kept_id"):
        op.create_index(op.f(f"ix_likeness_{name}"), "likeness", [name], unique=False)


def downgrade() -> None:
    op.drop_table("likeness")
    op.drop_column("record", "dated_from")
    op.drop_column("indexed_page", "head_count")
    op.drop_column("indexed_page", "look")
