"""Released papers.

Revision ID: 0013
Revises: 0012
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from congress_app.database import Instant

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Since when a paper is on the delegates' phones, by whom, and how large its file is."""
    with op.batch_alter_table("document") as batch_op:
        batch_op.add_column(sa.Column("released_at", Instant(), nullable=True))
        batch_op.add_column(sa.Column("released_by", sa.String(length=200), nullable=True))
        batch_op.add_column(sa.Column("released_size", sa.Integer(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("document") as batch_op:
        batch_op.drop_column("released_size")
        batch_op.drop_column("released_by")
        batch_op.drop_column("released_at")
