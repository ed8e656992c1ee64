"""Availability of speakers and criteria of review.

Revision ID: 0018
Revises: 0017
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from congress_app.database import Instant

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("speech", schema=None) as batch_op:
        batch_op.add_column(sa.Column("available_from", sa.Time(), nullable=True))
        batch_op.add_column(sa.Column("available_until", sa.Time(), nullable=True))
        batch_op.create_check_constraint(
            batch_op.f("ck_speech_available"), "available_until > available_from"
        )

    op.create_table(
        "review_sheet",
        sa.Column("congress_id", sa.Integer(), nullable=False),
        sa.Column("highest", sa.Integer(), nullable=False),
        sa.Column("criteria", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.Column("saved_at", Instant(), nullable=False),
        sa.Column("saved_by", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("highest > 0", name=op.f("ck_review_sheet_highest")),
        sa.ForeignKeyConstraint(
            ["congress_id"], ["congress.id"], name=op.f("fk_review_sheet_congress_id")
        ),
        sa.PrimaryKeyConstraint("congress_id", name=op.f("pk_review_sheet")),
    )


def downgrade() -> None:
    op.drop_table("review_sheet")
    with op.batch_alter_table("speech", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_speech_available"), type_="check")
        batch_op.drop_column("available_until")
        batch_op.drop_column("available_from")
