"""The feed, derived locks of badges, and what a device reports and may do.

Revision ID: 0003
Revises: 0002
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from congress_app.database import Instant

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

NEW_ON_DEVICE = (
    ("session_ids", sa.JSON(none_as_null=True)),
    ("pin_hash", sa.String(length=200)),
    ("pin_locked_until", Instant()),
    ("supervisor_hash", sa.String(length=64)),
    ("supervisor_name", sa.String(length=100)),
    ("supervisor_until", Instant()),
    ("queue_length", sa.Integer()),
    ("app_version", sa.String(length=40)),
)


def upgrade() -> None:
    """Three tables, and the columns of a device."""
    with op.batch_alter_table("device", schema=None) as batch_op:
        for name, kind in NEW_ON_DEVICE:
            batch_op.add_column(sa.Column(name, kind, nullable=True))
        batch_op.add_column(
            sa.Column("pin_failures", sa.Integer(), nullable=False, server_default="0")
        )
    with op.batch_alter_table("device", schema=None) as batch_op:
        batch_op.alter_column("pin_failures", server_default=None)
    _create_feed()
    op.create_table(
        "badge_key",
        sa.Column("badge_id", sa.Integer(), nullable=False),
        sa.Column("locator", sa.String(length=32), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["badge_id"], ["badge.id"], name=op.f("fk_badge_key_badge_id")),
        sa.PrimaryKeyConstraint("badge_id", name=op.f("pk_badge_key")),
        sa.UniqueConstraint("locator", name=op.f("uq_badge_key_locator")),
    )


def _create_feed() -> None:
    op.create_table(
        "feed_state",
        sa.Column("congress_id", sa.Integer(), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.Column("index_key", sa.String(length=64), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("pulse", sa.Integer(), nullable=False),
        sa.Column("made_at", Instant(), nullable=True),
        sa.Column("took_ms", sa.Integer(), nullable=False),
        sa.Column("is_whole", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["congress_id"], ["congress.id"], name=op.f("fk_feed_state_congress_id")
        ),
        sa.PrimaryKeyConstraint("congress_id", name=op.f("pk_feed_state")),
    )
    op.create_table(
        "feed_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("congress_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("body", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(
            ["congress_id"], ["congress.id"], name=op.f("fk_feed_entry_congress_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feed_entry")),
        sa.UniqueConstraint(
            "congress_id", "kind", "key", name=op.f("uq_feed_entry_congress_id_kind_key")
        ),
    )
    with op.batch_alter_table("feed_entry", schema=None) as batch_op:
        batch_op.create_index("ix_feed_entry_seq", ["congress_id", "seq"], unique=False)


def downgrade() -> None:
    """Take all of it back; devices then ask again from nothing."""
    op.drop_table("badge_key")
    op.drop_table("feed_entry")
    op.drop_table("feed_state")
    with op.batch_alter_table("device", schema=None) as batch_op:
        batch_op.drop_column("pin_failures")
        for name, _kind in reversed(NEW_ON_DEVICE):
            batch_op.drop_column(name)
