"""Programme releases.

Revision ID: 0009
Revises: 0008
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from congress_app.database import Instant

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Announcements of elections, items beside others; releases, notices and acts."""
    with op.batch_alter_table("programme_item") as batch_op:
        batch_op.add_column(sa.Column("announces_id", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column("parallel", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_programme_item_announces_id"),
            "programme_item",
            ["announces_id"],
            ["id"],
            ondelete="SET NULL",
        )
    _releases()
    _acts()


def _releases() -> None:
    op.create_table(
        "programme_release",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("congress_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("released_at", Instant(), nullable=False),
        sa.Column("released_by", sa.String(length=200), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=True),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["congress_id"], ["congress.id"], name=op.f("fk_programme_release_congress_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_release")),
        sa.UniqueConstraint(
            "congress_id", "number", name=op.f("uq_programme_release_congress_id_number")
        ),
    )
    op.create_table(
        "programme_notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("delegate_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=250), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("told_at", Instant(), nullable=True),
        sa.Column("told_by", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(
            ["delegate_id"], ["delegate.id"], name=op.f("fk_programme_notice_delegate_id")
        ),
        sa.ForeignKeyConstraint(
            ["release_id"], ["programme_release.id"], name=op.f("fk_programme_notice_release_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_notice")),
    )
    with op.batch_alter_table("programme_notice") as batch_op:
        batch_op.create_index(batch_op.f("ix_programme_notice_delegate_id"), ["delegate_id"])
        batch_op.create_index(batch_op.f("ix_programme_notice_release_id"), ["release_id"])


def _acts() -> None:
    op.create_table(
        "programme_act",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("congress_id", sa.Integer(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=400), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("undone_at", Instant(), nullable=True),
        sa.Column("undone_by", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(
            ["congress_id"], ["congress.id"], name=op.f("fk_programme_act_congress_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_act")),
    )
    with op.batch_alter_table("programme_act") as batch_op:
        batch_op.create_index("ix_programme_act_last", ["congress_id", "id"])


def downgrade() -> None:
    """Back to a programme that is its own draft."""
    for table in ("programme_act", "programme_notice", "programme_release"):
        op.drop_table(table)
    with op.batch_alter_table("programme_item") as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_programme_item_announces_id"), type_="foreignkey")
        batch_op.drop_column("parallel")
        batch_op.drop_column("announces_id")
