"""Who decided that a round which had a result is held again, and by which paper.

Revision ID: 0032
Revises: 0031
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Rounds taken down before name nobody."""
    op.add_column("election_round", sa.Column("invalid_for", sa.String(300)))
    op.add_column("election_round", sa.Column("invalid_paper", sa.String(100)))


def downgrade() -> None:
    """Forget both."""
    op.drop_column("election_round", "invalid_paper")
    op.drop_column("election_round", "invalid_for")
