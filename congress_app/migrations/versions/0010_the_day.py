"""The day.

Revision ID: 0010
Revises: 0009
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from congress_app.database import Instant

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The acts of the run sheet; the list of speakers of a discussion."""
    op.create_table(
        "day_act",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("congress_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=820), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("corrects_id", sa.Integer(), nullable=True),
        sa.Column("planned_at", Instant(), nullable=True),
        sa.Column("planned_minutes", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["congress_id"], ["congress.id"], name=op.f("fk_day_act_congress_id")
        ),
        sa.ForeignKeyConstraint(
            ["corrects_id"], ["day_act.id"], name=op.f("fk_day_act_corrects_id")
        ),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["programme_item.id"],
            name=op.f("fk_day_act_item_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_day_act")),
    )
    with op.batch_alter_table("day_act") as batch_op:
        batch_op.create_index("ix_day_act_congress", ["congress_id", "id"])
        batch_op.create_index(batch_op.f("ix_day_act_item_id"), ["item_id"])
    _speakers()


def _speakers() -> None:
    op.create_table(
        "speaking_turn",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("delegate_id", sa.Integer(), nullable=False),
        sa.Column("queue", sa.Integer(), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("called_at", Instant(), nullable=True),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("entered_by", sa.String(length=200), nullable=False),
        sa.CheckConstraint("queue IN (1, 2)", name=op.f("ck_speaking_turn_queue")),
        sa.ForeignKeyConstraint(
            ["delegate_id"], ["delegate.id"], name=op.f("fk_speaking_turn_delegate_id")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["session.id"],
            name=op.f("fk_speaking_turn_session_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_speaking_turn")),
    )
    with op.batch_alter_table("speaking_turn") as batch_op:
        batch_op.create_index(batch_op.f("ix_speaking_turn_delegate_id"), ["delegate_id"])
        batch_op.create_index(
            "uq_speaking_turn_open",
            ["session_id", "delegate_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )


def downgrade() -> None:
    """Back to a programme that nobody runs."""
    op.drop_table("speaking_turn")
    op.drop_table("day_act")
