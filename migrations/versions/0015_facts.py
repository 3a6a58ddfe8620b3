"""facts."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

EMPTY = sa.text("''")


def key(name: str, target: str, *, is_owed: bool = False) -> tuple[sa.Column, sa.Constraint]:
    """A column that points at another table, and its constraint."""
    constraint = sa.ForeignKeyConstraint(
        [name], [f"{target}.id"], name=op.f(f"fk_case_fact_{name}_{target}")
    )
    return sa.Column(name, sa.Uuid(), nullable=not is_owed), constraint


def upgrade() -> None:
    op.create_table(
        "case_fact",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        *key("controller_id", "controller", is_owed=True),
        *key("case_id", "case_file", is_owed=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        *key("person_id", "case_person"),
        *key("record_id", "record"),
        *key("redaction_id", "redaction"),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        *key("author_id", "user_account", is_owed=True),
        sa.Column("struck_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_fact")),
    )
    op.create_index(op.f("ix_case_fact_case_id"), "case_fact", ["case_id"])
    with op.batch_alter_table("case_file") as table:
        for name in ("is_care_experienced", "has_adoption_records"):
            table.add_column(
                sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false())
            )
    with op.batch_alter_table("record") as table:
        table.add_column(sa.Column("is_health", sa.Boolean(), nullable=True))
        table.add_column(
            sa.Column("health_known", sa.Text(), nullable=False, server_default=EMPTY)
        )
    with op.batch_alter_table("redaction") as table:
        table.add_column(sa.Column("person_id", sa.Uuid(), nullable=True))
        table.add_column(
            sa.Column("covers_worker", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        table.add_column(
            sa.Column("override_reason", sa.Text(), nullable=False, server_default=EMPTY)
        )
        table.add_column(
            sa.Column("is_use_told", sa.Boolean(), nullable=False, server_default=sa.true())
        )
        table.create_foreign_key(
            op.f("fk_redaction_person_id_case_person"), "case_person", ["person_id"], ["id"]
        )


def downgrade() -> None:
    with op.batch_alter_table("redaction") as table:
        table.drop_constraint(op.f("fk_redaction_person_id_case_person"), type_="foreignkey")
        for name in ("is_use_told", "override_reason", "covers_worker", "person_id"):
            table.drop_column(name)
    with op.batch_alter_table("record") as table:
        table.drop_column("health_known")
        table.drop_column("is_health")
    with op.batch_alter_table("case_file") as table:
        table.drop_column("has_adoption_records")
        table.drop_column("is_care_experienced")
    op.drop_index(op.f("ix_case_fact_case_id"), "case_fact")
    op.drop_table("case_fact")
