"""Second factor, sessions and idle accounts.

Revision ID: 0020
Revises: 0018
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from congress_app.database import Instant

revision = "0020"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What proves a second factor, when a session was last used, when an account rests."""
    op.create_table(
        "second_factor",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("sealed_secret", sa.String(length=200), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("confirmed_at", Instant(), nullable=True),
        sa.Column("last_step", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["user_account.id"],
            name="fk_second_factor_user_id_user_account",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("user_id", name="pk_second_factor"),
    )
    op.create_table(
        "recovery_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(length=200), nullable=False),
        sa.Column("used_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["user_account.id"],
            name="fk_recovery_code_user_id_user_account",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_recovery_code"),
    )
    op.create_index("ix_recovery_code_user_id", "recovery_code", ["user_id"])
    with op.batch_alter_table("user_account") as batch_op:
        batch_op.add_column(sa.Column("second_factor_due_at", Instant(), nullable=True))
        batch_op.add_column(sa.Column("idle_locked_at", Instant(), nullable=True))
        batch_op.add_column(sa.Column("reopened_at", Instant(), nullable=True))
    with op.batch_alter_table("sign_in_session") as batch_op:
        batch_op.add_column(sa.Column("last_seen_at", Instant(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("sign_in_session") as batch_op:
        batch_op.drop_column("last_seen_at")
    with op.batch_alter_table("user_account") as batch_op:
        batch_op.drop_column("reopened_at")
        batch_op.drop_column("idle_locked_at")
        batch_op.drop_column("second_factor_due_at")
    op.drop_index("ix_recovery_code_user_id", "recovery_code")
    op.drop_table("recovery_code")
    op.drop_table("second_factor")
