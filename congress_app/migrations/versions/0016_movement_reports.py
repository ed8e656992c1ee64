"""Movements and what units report of them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from congress_app.database import Instant

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_OF_MOVEMENTS = {
    "kind": "kind IN ('regular', 'campaign', 'theme')",
    "reporters": "reporters IN ('direct', 'base')",
    "report_days": "report_days BETWEEN 1 AND 90",
}


def upgrade() -> None:
    """Who reports on a movement and how soon, its closing; the last correction of a report."""
    with op.batch_alter_table("movement") as batch_op:
        batch_op.add_column(
            sa.Column("reporters", sa.String(length=20), nullable=False, server_default="direct")
        )
        batch_op.add_column(
            sa.Column("report_days", sa.Integer(), nullable=False, server_default="15")
        )
        batch_op.add_column(sa.Column("closed_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("closed_reason", sa.String(length=300), nullable=True))
        for name, condition in _OF_MOVEMENTS.items():
            batch_op.create_check_constraint(batch_op.f(f"ck_movement_{name}"), condition)
    with op.batch_alter_table("movement_result") as batch_op:
        batch_op.add_column(sa.Column("edited_at", Instant(), nullable=True))
        batch_op.add_column(sa.Column("edited_by", sa.String(length=200), nullable=True))
        batch_op.create_check_constraint(
            batch_op.f("ck_movement_result_reached"), "reached BETWEEN 0 AND 999"
        )


def downgrade() -> None:
    with op.batch_alter_table("movement_result") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_movement_result_reached"), type_="check")
        batch_op.drop_column("edited_by")
        batch_op.drop_column("edited_at")
    with op.batch_alter_table("movement") as batch_op:
        for name in _OF_MOVEMENTS:
            batch_op.drop_constraint(batch_op.f(f"ck_movement_{name}"), type_="check")
        batch_op.drop_column("closed_reason")
        batch_op.drop_column("closed_on")
        batch_op.drop_column("report_days")
        batch_op.drop_column("reporters")
