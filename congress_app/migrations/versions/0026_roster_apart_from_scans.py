"""What only scans changed is told apart from the roster; released papers are found by an index.

Revision ID: 0026
Revises: 0025
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from congress_app.database import Instant

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing is known of earlier changes: each feed is compared whole once."""
    with op.batch_alter_table("pulse") as batch_op:
        batch_op.add_column(sa.Column("scans", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("feed_state") as batch_op:
        batch_op.add_column(sa.Column("roster", sa.Integer(), nullable=False, server_default="-1"))
        batch_op.add_column(sa.Column("compared_at", Instant(), nullable=True))
    # The value of before belongs to rows of before, not to what is written from now on.
    for table, column in (("pulse", "scans"), ("feed_state", "roster")):
        with op.batch_alter_table(table) as batch_op:
            batch_op.alter_column(column, server_default=None)
    # A document's body lies before its later columns: without the index SQLite reads past it
    # on every question of every phone.
    op.create_index(
        "ix_document_released", "document", ["congress_id", "state", "released_at"], unique=False
    )
    op.drop_index("ix_document_congress", table_name="document")


def downgrade() -> None:
    """Take columns and index back."""
    op.create_index("ix_document_congress", "document", ["congress_id", "state"], unique=False)
    op.drop_index("ix_document_released", table_name="document")
    with op.batch_alter_table("feed_state") as batch_op:
        batch_op.drop_column("compared_at")
        batch_op.drop_column("roster")
    with op.batch_alter_table("pulse") as batch_op:
        batch_op.drop_column("scans")
