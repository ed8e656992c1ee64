"""Scan truth: what the door showed, the measured clock, conflicts, who a session admits.

Revision ID: 0002
Revises: 0001
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from congress_app.database import Instant

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Columns of the log and of the session; the tables of conflicts and of wrong codes."""
    with op.batch_alter_table("session", schema=None) as batch_op:
        batch_op.add_column(sa.Column("categories", sa.JSON(none_as_null=True), nullable=True))
    with op.batch_alter_table("scan", schema=None) as batch_op:
        batch_op.add_column(sa.Column("badge_version", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("sent_at", Instant(), nullable=True))
        batch_op.add_column(sa.Column("door_verdict", sa.String(length=20), nullable=True))
        batch_op.add_column(sa.Column("stands_for_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_scan_stands_for_id"), "scan", ["stands_for_id"], ["id"]
        )
        batch_op.create_index(batch_op.f("ix_scan_stands_for_id"), ["stands_for_id"], unique=False)
    _create_scan_conflict()
    _create_wrong_code()


def _create_scan_conflict() -> None:
    op.create_table(
        "scan_conflict",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("congress_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("delegate_id", sa.Integer(), nullable=True),
        sa.Column("first_scan_id", sa.Integer(), nullable=True),
        sa.Column("second_scan_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("opened_at", Instant(), nullable=False),
        sa.Column("closed_at", Instant(), nullable=True),
        sa.Column("closed_by", sa.String(length=200), nullable=True),
        sa.Column("resolution", sa.String(length=20), nullable=True),
        sa.Column("note", sa.String(length=300), nullable=True),
        sa.ForeignKeyConstraint(
            ["congress_id"], ["congress.id"], name=op.f("fk_scan_conflict_congress_id")
        ),
        sa.ForeignKeyConstraint(
            ["delegate_id"], ["delegate.id"], name=op.f("fk_scan_conflict_delegate_id")
        ),
        sa.ForeignKeyConstraint(
            ["first_scan_id"], ["scan.id"], name=op.f("fk_scan_conflict_first_scan_id")
        ),
        sa.ForeignKeyConstraint(
            ["second_scan_id"], ["scan.id"], name=op.f("fk_scan_conflict_second_scan_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scan_conflict")),
    )
    with op.batch_alter_table("scan_conflict", schema=None) as batch_op:
        batch_op.create_index("ix_scan_conflict_open", ["congress_id", "state", "id"])
        batch_op.create_index(batch_op.f("ix_scan_conflict_delegate_id"), ["delegate_id"])
        batch_op.create_index(batch_op.f("ix_scan_conflict_first_scan_id"), ["first_scan_id"])
        batch_op.create_index(batch_op.f("ix_scan_conflict_second_scan_id"), ["second_scan_id"])


def _create_wrong_code() -> None:
    op.create_table(
        "wrong_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("device_id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wrong_code")),
    )
    with op.batch_alter_table("wrong_code", schema=None) as batch_op:
        batch_op.create_index("ix_wrong_code_device", ["device_id", "at"])
        batch_op.create_index("ix_wrong_code_address", ["address", "at"])


def downgrade() -> None:
    """Take all of it back; what the columns said is lost."""
    op.drop_table("wrong_code")
    op.drop_table("scan_conflict")
    with op.batch_alter_table("scan", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_scan_stands_for_id"))
        batch_op.drop_constraint(batch_op.f("fk_scan_stands_for_id"), type_="foreignkey")
        batch_op.drop_column("stands_for_id")
        batch_op.drop_column("door_verdict")
        batch_op.drop_column("sent_at")
        batch_op.drop_column("badge_version")
    with op.batch_alter_table("session", schema=None) as batch_op:
        batch_op.drop_column("categories")
