"""Speeches.

Revision ID: 0007
Revises: 0006
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from congress_app.database import Instant

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Facts of a speech for the selection; the call, files, reviews and runs."""
    with op.batch_alter_table("speech") as batch_op:
        batch_op.add_column(sa.Column("region", sa.String(length=20), nullable=True))
        batch_op.add_column(sa.Column("topic", sa.String(length=120), nullable=True))
        batch_op.add_column(sa.Column("submitted_at", Instant(), nullable=True))
        batch_op.add_column(sa.Column("submitted_by", sa.String(length=200), nullable=True))
    _call_and_files()
    _reviews_and_runs()


def _call_and_files() -> None:
    op.create_table(
        "speech_call",
        sa.Column("congress_id", sa.Integer(), nullable=False),
        sa.Column("closes_at", Instant(), nullable=True),
        sa.Column("spread", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["congress_id"], ["congress.id"], name=op.f("fk_speech_call_congress_id")
        ),
        sa.PrimaryKeyConstraint("congress_id", name=op.f("pk_speech_call")),
    )
    op.create_table(
        "speech_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("speech_id", sa.Integer(), nullable=False),
        sa.Column("slot", sa.String(length=10), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("stored_at", Instant(), nullable=False),
        sa.Column("stored_by", sa.String(length=200), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["speech_id"],
            ["speech.id"],
            name=op.f("fk_speech_file_speech_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_speech_file")),
        sa.UniqueConstraint("speech_id", "slot", name=op.f("uq_speech_file_speech_id_slot")),
    )


def _reviews_and_runs() -> None:
    op.create_table(
        "speech_review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("speech_id", sa.Integer(), nullable=False),
        sa.Column("reviewer_id", sa.Integer(), nullable=False),
        sa.Column("reviewer_name", sa.String(length=200), nullable=False),
        sa.Column("marks", sa.JSON(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("saved_at", Instant(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["speech_id"],
            ["speech.id"],
            name=op.f("fk_speech_review_speech_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_speech_review")),
        sa.UniqueConstraint(
            "speech_id", "reviewer_id", name=op.f("uq_speech_review_speech_id_reviewer_id")
        ),
    )
    op.create_table(
        "speech_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("congress_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("asked_by", sa.String(length=200), nullable=False),
        sa.Column("problem", sa.JSON(), nullable=False),
        sa.Column("engine", sa.String(length=60), nullable=False),
        sa.Column("answer", sa.JSON(), nullable=True),
        sa.Column("adopted_at", Instant(), nullable=True),
        sa.Column("adopted_by", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(
            ["congress_id"], ["congress.id"], name=op.f("fk_speech_run_congress_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_speech_run")),
    )
    with op.batch_alter_table("speech_run") as batch_op:
        batch_op.create_index(batch_op.f("ix_speech_run_congress_id"), ["congress_id"])


def downgrade() -> None:
    """Back to speeches without call, files, reviews and runs."""
    with op.batch_alter_table("speech_run") as batch_op:
        batch_op.drop_index(batch_op.f("ix_speech_run_congress_id"))
    for table in ("speech_run", "speech_review", "speech_file", "speech_call"):
        op.drop_table(table)
    with op.batch_alter_table("speech") as batch_op:
        for column in ("submitted_by", "submitted_at", "topic", "region"):
            batch_op.drop_column(column)
