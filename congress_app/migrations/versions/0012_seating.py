"""Seating.

Revision ID: 0012
Revises: 0011
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Halls and their seats; nothing that stands is touched."""
    op.create_table(
        "hall",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("congress_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["congress_id"], ["congress.id"], name=op.f("fk_hall_congress_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hall")),
        sa.UniqueConstraint("congress_id", "name", name=op.f("uq_hall_congress_id_name")),
    )
    op.create_table(
        "hall_seat",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hall_id", sa.Integer(), nullable=False),
        sa.Column("row", sa.String(length=20), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("x", sa.Integer(), nullable=False),
        sa.Column("y", sa.Integer(), nullable=False),
        sa.Column("is_blocked", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("is_fixed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("delegate_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "NOT is_blocked OR delegate_id IS NULL", name=op.f("ck_hall_seat_blocked")
        ),
        sa.CheckConstraint(
            "NOT is_fixed OR delegate_id IS NOT NULL", name=op.f("ck_hall_seat_fixed")
        ),
        sa.ForeignKeyConstraint(
            ["delegate_id"], ["delegate.id"], name=op.f("fk_hall_seat_delegate_id")
        ),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_hall_seat_hall_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hall_seat")),
        sa.UniqueConstraint(
            "hall_id", "row", "number", name=op.f("uq_hall_seat_hall_id_row_number")
        ),
        sa.UniqueConstraint("delegate_id", name=op.f("uq_hall_seat_delegate_id")),
    )
    with op.batch_alter_table("hall_seat") as batch_op:
        batch_op.create_index("ix_hall_seat_order", ["hall_id", "y", "x"])


def downgrade() -> None:
    """Take the two tables away."""
    with op.batch_alter_table("hall_seat") as batch_op:
        batch_op.drop_index("ix_hall_seat_order")
    op.drop_table("hall_seat")
    op.drop_table("hall")
