"""Badge designs.

Revision ID: 0011
Revises: 0010
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from congress_app.database import Instant

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """How badges look, portraits on them, and the log of printings."""
    with op.batch_alter_table("badge") as batch_op:
        batch_op.add_column(sa.Column("printed_digest", sa.String(length=64), nullable=True))
    op.create_table(
        "badge_design",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("congress_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("logo", sa.LargeBinary(), nullable=True),
        sa.Column("updated_at", Instant(), nullable=False),
        sa.Column("updated_by", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["congress_id"], ["congress.id"], name=op.f("fk_badge_design_congress_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_badge_design")),
        sa.UniqueConstraint("congress_id", name=op.f("uq_badge_design_congress_id")),
    )
    op.create_table(
        "badge_photo",
        sa.Column("delegate_id", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("updated_at", Instant(), nullable=False),
        sa.Column("updated_by", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["delegate_id"], ["delegate.id"], name=op.f("fk_badge_photo_delegate_id")
        ),
        sa.PrimaryKeyConstraint("delegate_id", name=op.f("pk_badge_photo")),
    )
    _prints()


def _prints() -> None:
    op.create_table(
        "badge_print",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("congress_id", sa.Integer(), nullable=False),
        sa.Column("printed_at", Instant(), nullable=False),
        sa.Column("printed_by", sa.String(length=200), nullable=False),
        sa.Column("imposition", sa.String(length=20), nullable=False),
        sa.Column("size", sa.String(length=20), nullable=False),
        sa.Column("two_sided", sa.Boolean(), nullable=False),
        sa.Column("filters", sa.JSON(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["congress_id"], ["congress.id"], name=op.f("fk_badge_print_congress_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_badge_print")),
    )
    with op.batch_alter_table("badge_print") as batch_op:
        batch_op.create_index("ix_badge_print_congress", ["congress_id", "id"])
    op.create_table(
        "badge_print_item",
        sa.Column("print_id", sa.Integer(), nullable=False),
        sa.Column("badge_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["badge_id"], ["badge.id"], name=op.f("fk_badge_print_item_badge_id")
        ),
        sa.ForeignKeyConstraint(
            ["print_id"], ["badge_print.id"], name=op.f("fk_badge_print_item_print_id")
        ),
        sa.PrimaryKeyConstraint("print_id", "badge_id", name=op.f("pk_badge_print_item")),
    )
    with op.batch_alter_table("badge_print_item") as batch_op:
        batch_op.create_index(batch_op.f("ix_badge_print_item_badge_id"), ["badge_id"])


def downgrade() -> None:
    """Without designs, portraits and the log."""
    op.drop_table("badge_print_item")
    op.drop_table("badge_print")
    op.drop_table("badge_photo")
    op.drop_table("badge_design")
    with op.batch_alter_table("badge") as batch_op:
        batch_op.drop_column("printed_digest")
