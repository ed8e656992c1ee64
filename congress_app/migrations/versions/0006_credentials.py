"""Credentials.

Revision ID: 0006
Revises: 0005
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from congress_app.database import Instant

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bodies of a congress with their adoption; rulings, reports and the vote on them."""
    _committees()
    _credentials()


def _committees() -> None:
    op.create_table(
        "committee_seat",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("congress_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.String(length=20), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("post", sa.String(length=20), nullable=False),
        sa.Column("delegate_id", sa.Integer(), nullable=True),
        sa.Column("full_name", sa.String(length=200), nullable=True),
        sa.Column("about", sa.String(length=300), nullable=True),
        sa.Column("added_at", Instant(), nullable=False),
        sa.Column("added_by", sa.String(length=200), nullable=False),
        sa.CheckConstraint(
            "(delegate_id IS NULL) <> (full_name IS NULL)", name=op.f("ck_committee_seat_who")
        ),
        sa.ForeignKeyConstraint(
            ["congress_id"], ["congress.id"], name=op.f("fk_committee_seat_congress_id")
        ),
        sa.ForeignKeyConstraint(
            ["delegate_id"], ["delegate.id"], name=op.f("fk_committee_seat_delegate_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_committee_seat")),
        sa.UniqueConstraint(
            "congress_id",
            "body",
            "delegate_id",
            name=op.f("uq_committee_seat_congress_id_body_delegate_id"),
        ),
    )
    with op.batch_alter_table("committee_seat", schema=None) as batch_op:
        batch_op.create_index(
            "ix_committee_seat_order", ["congress_id", "body", "position"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_committee_seat_delegate_id"), ["delegate_id"], unique=False
        )
    op.create_table(
        "committee_adoption",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("congress_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.String(length=20), nullable=False),
        sa.Column("voting", sa.Integer(), nullable=True),
        sa.Column("agree", sa.Integer(), nullable=True),
        sa.Column("against", sa.Integer(), nullable=True),
        sa.Column("other", sa.Integer(), nullable=True),
        sa.Column("document", sa.String(length=100), nullable=True),
        sa.Column("members", sa.JSON(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.CheckConstraint(
            "(voting IS NULL AND agree IS NULL AND against IS NULL AND other IS NULL"
            " AND document IS NOT NULL)"
            " OR (voting IS NOT NULL AND voting = agree + against + other)",
            name=op.f("ck_committee_adoption_figures"),
        ),
        sa.ForeignKeyConstraint(
            ["congress_id"], ["congress.id"], name=op.f("fk_committee_adoption_congress_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_committee_adoption")),
    )
    with op.batch_alter_table("committee_adoption", schema=None) as batch_op:
        batch_op.create_index(
            "ix_committee_adoption_body", ["congress_id", "body", "id"], unique=False
        )


def _credentials() -> None:
    op.create_table(
        "credential_ruling",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("delegate_id", sa.Integer(), nullable=False),
        sa.Column("ruling", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.Column("decided_by", sa.String(length=200), nullable=False),
        sa.Column("recorded_by", sa.String(length=200), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint(
            "ruling = 'valid' OR reason IS NOT NULL", name=op.f("ck_credential_ruling_reason")
        ),
        sa.ForeignKeyConstraint(
            ["delegate_id"], ["delegate.id"], name=op.f("fk_credential_ruling_delegate_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credential_ruling")),
    )
    with op.batch_alter_table("credential_ruling", schema=None) as batch_op:
        batch_op.create_index("ix_credential_ruling_latest", ["delegate_id", "id"], unique=False)
    op.create_table(
        "credential_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("congress_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("as_of", Instant(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=True),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_by", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["congress_id"], ["congress.id"], name=op.f("fk_credential_report_congress_id")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session.id"], name=op.f("fk_credential_report_session_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credential_report")),
        sa.UniqueConstraint(
            "congress_id", "number", name=op.f("uq_credential_report_congress_id_number")
        ),
    )
    op.create_table(
        "recognition_vote",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("voting", sa.Integer(), nullable=False),
        sa.Column("agree", sa.Integer(), nullable=False),
        sa.Column("against", sa.Integer(), nullable=False),
        sa.Column("other", sa.Integer(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.CheckConstraint(
            "voting = agree + against + other", name=op.f("ck_recognition_vote_figures")
        ),
        sa.ForeignKeyConstraint(
            ["report_id"], ["credential_report.id"], name=op.f("fk_recognition_vote_report_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recognition_vote")),
        sa.UniqueConstraint("report_id", name=op.f("uq_recognition_vote_report_id")),
    )


def downgrade() -> None:
    """Take the tables away, those that point to others first."""
    for table in (
        "recognition_vote",
        "credential_report",
        "credential_ruling",
        "committee_adoption",
        "committee_seat",
    ):
        op.drop_table(table)
