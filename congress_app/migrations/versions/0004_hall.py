"""Hall: the screen's secret link, the paper sheets of the doors and their rows.

Revision ID: 0004
Revises: 0003
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from congress_app.database import Instant

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Three new tables; nothing that stands is touched."""
    op.create_table(
        "hall_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("congress_id", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("created_by", sa.String(length=200), nullable=False),
        sa.Column("revoked_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["congress_id"], ["congress.id"], name=op.f("fk_hall_link_congress_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hall_link")),
        sa.UniqueConstraint("token", name=op.f("uq_hall_link_token")),
    )
    with op.batch_alter_table("hall_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hall_link_congress_id"), ["congress_id"], unique=False)
    _create_paper_sheet()
    _create_paper_line()


def _create_paper_sheet() -> None:
    op.create_table(
        "paper_sheet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("congress_id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("batch", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("gate", sa.String(length=100), nullable=False),
        sa.Column("printed_at", Instant(), nullable=False),
        sa.Column("printed_by", sa.String(length=200), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_paper_sheet_number")),
        sa.ForeignKeyConstraint(
            ["congress_id"], ["congress.id"], name=op.f("fk_paper_sheet_congress_id")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session.id"], name=op.f("fk_paper_sheet_session_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_sheet")),
        sa.UniqueConstraint(
            "congress_id", "number", name=op.f("uq_paper_sheet_congress_id_number")
        ),
    )
    with op.batch_alter_table("paper_sheet", schema=None) as batch_op:
        batch_op.create_index("ix_paper_sheet_batch", ["congress_id", "batch"], unique=False)
        batch_op.create_index(batch_op.f("ix_paper_sheet_session_id"), ["session_id"], unique=False)


def _create_paper_line() -> None:
    op.create_table(
        "paper_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sheet_id", sa.Integer(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("delegate_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["delegate_id"], ["delegate.id"], name=op.f("fk_paper_line_delegate_id")
        ),
        sa.ForeignKeyConstraint(
            ["sheet_id"], ["paper_sheet.id"], name=op.f("fk_paper_line_sheet_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_line")),
        sa.UniqueConstraint("sheet_id", "row", name=op.f("uq_paper_line_sheet_id_row")),
    )
    with op.batch_alter_table("paper_line", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_paper_line_delegate_id"), ["delegate_id"], unique=False
        )


def downgrade() -> None:
    """Take the three tables away."""
    with op.batch_alter_table("paper_line", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_paper_line_delegate_id"))
    op.drop_table("paper_line")
    with op.batch_alter_table("paper_sheet", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_paper_sheet_session_id"))
        batch_op.drop_index("ix_paper_sheet_batch")
    op.drop_table("paper_sheet")
    with op.batch_alter_table("hall_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hall_link_congress_id"))
    op.drop_table("hall_link")
