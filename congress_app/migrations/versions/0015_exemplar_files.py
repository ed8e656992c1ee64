"""Reviews and consents of exemplars; one set of criteria for a unit.

Revision ID: 0015
Revises: 0014
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from congress_app.database import Instant

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

COLUMNS = (
    ("reviewed_at", Instant),
    ("reviewed_by", lambda: sa.String(length=200)),
    ("story_consent_at", Instant),
    ("story_consent_by", lambda: sa.String(length=200)),
    ("photo_consent_at", Instant),
    ("photo_consent_by", lambda: sa.String(length=200)),
)


def upgrade() -> None:
    """When an exemplar was looked at last, and who recorded a consent when."""
    with op.batch_alter_table("exemplar") as batch_op:
        for name, kind in COLUMNS:
            batch_op.add_column(sa.Column(name, kind(), nullable=True))
    # A move from stage to stage was a review, too.
    op.execute(
        "UPDATE exemplar SET reviewed_at = "
        "(SELECT max(at) FROM exemplar_step WHERE exemplar_step.exemplar_id = exemplar.id)"
    )
    with op.batch_alter_table("criteria_set") as batch_op:
        batch_op.drop_index(batch_op.f("ix_criteria_set_unit_id"))
        batch_op.create_unique_constraint(op.f("uq_criteria_set_unit_id"), ["unit_id"])


def downgrade() -> None:
    """Without reviews and who recorded consents."""
    with op.batch_alter_table("criteria_set") as batch_op:
        batch_op.drop_constraint(op.f("uq_criteria_set_unit_id"), type_="unique")
        batch_op.create_index(batch_op.f("ix_criteria_set_unit_id"), ["unit_id"])
    with op.batch_alter_table("exemplar") as batch_op:
        for name, _ in reversed(COLUMNS):
            batch_op.drop_column(name)
