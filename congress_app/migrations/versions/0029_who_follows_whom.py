"""Who took whose place, and which unit went into which, are found by an index.

Revision ID: 0029
Revises: 0026
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0026"
branch_labels = None
depends_on = None

# Few rows have a value; the others need no place in the index.
INDEXES = (
    ("ix_delegate_replaced_by", "delegate", "replaced_by_id"),
    ("ix_unit_merged_into", "unit", "merged_into_id"),
)


def upgrade() -> None:
    """Make both; without them every delegate or unit was looked at."""
    for name, table, column in INDEXES:
        told = sa.text(f"{column} IS NOT NULL")
        op.create_index(name, table, [column], sqlite_where=told, postgresql_where=told)


def downgrade() -> None:
    """Take both back."""
    for name, table, _column in reversed(INDEXES):
        op.drop_index(name, table_name=table)
