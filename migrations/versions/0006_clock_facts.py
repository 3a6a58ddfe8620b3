"""What clocks are counted by: kinds of request, schools, choices of councils, bank holidays."""

import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:

    op.create_table('holiday_list',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('days', sa.JSON(), nullable=False),
    sa.Column('cause', sa.Text(), nullable=False),
    sa.Column('taken_by', sa.String(length=80), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_holiday_list'))
    )
    op.create_table('clock_choice',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('controller_id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('value', sa.JSON(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('actor_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['actor_id'], ['user_account.id'], name=op.f('fk_clock_choice_actor_id_user_account')),
    sa.ForeignKeyConstraint(['controller_id'], ['controller.id'], name=op.f('fk_clock_choice_controller_id_controller')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_clock_choice'))
    )
    with op.batch_alter_table('clock_choice', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_clock_choice_controller_id'), ['controller_id'], unique=False)

    op.create_table('school',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('controller_id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.ForeignKeyConstraint(['controller_id'], ['controller.id'], name=op.f('fk_school_controller_id_controller')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_school'))
    )
    with op.batch_alter_table('school', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_school_controller_id'), ['controller_id'], unique=False)

    op.create_table('school_closure',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('controller_id', sa.Uuid(), nullable=False),
    sa.Column('school_id', sa.Uuid(), nullable=False),
    sa.Column('first_day', sa.Date(), nullable=False),
    sa.Column('last_day', sa.Date(), nullable=False),
    sa.Column('why', sa.String(length=120), nullable=False),
    sa.Column('struck_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['controller_id'], ['controller.id'], name=op.f('fk_school_closure_controller_id_controller')),
    sa.ForeignKeyConstraint(['school_id'], ['school.id'], name=op.f('fk_school_closure_school_id_school')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_school_closure'))
    )
    with op.batch_alter_table('school_closure', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_school_closure_school_id'), ['school_id'], unique=False)

    with op.batch_alter_table('case_file', schema=None) as batch_op:
        batch_op.add_column(sa.Column('is_direct_marketing', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column('access_kind', sa.String(length=40), nullable=False, server_default='personal-data'))
        batch_op.add_column(sa.Column('school_id', sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column('received_by', sa.String(length=120), nullable=False, server_default=''))
        batch_op.create_foreign_key(batch_op.f('fk_case_file_school_id_school'), 'school', ['school_id'], ['id'])




def downgrade() -> None:

    with op.batch_alter_table('case_file', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_case_file_school_id_school'), type_='foreignkey')
        batch_op.drop_column('received_by')
        batch_op.drop_column('school_id')
        batch_op.drop_column('access_kind')
        batch_op.drop_column('is_direct_marketing')

    with op.batch_alter_table('school_closure', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_school_closure_school_id'))

    op.drop_table('school_closure')
    with op.batch_alter_table('school', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_school_controller_id'))

    op.drop_table('school')
    with op.batch_alter_table('clock_choice', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_clock_choice_controller_id'))

    op.drop_table('clock_choice')
    op.drop_table('holiday_list')

