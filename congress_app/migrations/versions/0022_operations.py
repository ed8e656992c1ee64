"""Jobs that survive a crash, kept sheets in the database, processes and backups.

Revision ID: 0022
Revises: 0021
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from congress_app.database import Instant

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

# Rows of before get these values; afterwards the application always gives its own.
NEW_ON_JOB = (
    ("actor", sa.JSON(), "{}"),
    ("attempt", sa.Integer(), "0"),
    ("worker", sa.String(length=120), ""),
    ("cancel_asked", sa.Boolean(), sa.false()),
)


def upgrade() -> None:
    """More of a job, its file, sheets between two requests, processes, copies."""
    with op.batch_alter_table("job") as batch_op:
        batch_op.add_column(sa.Column("arguments", sa.JSON(none_as_null=True), nullable=True))
        for name, kind, before in NEW_ON_JOB:
            batch_op.add_column(sa.Column(name, kind, nullable=False, server_default=before))
        batch_op.create_index("ix_job_state", ["state"], unique=False)
    with op.batch_alter_table("job") as batch_op:
        for name, _kind, _before in NEW_ON_JOB:
            batch_op.alter_column(name, server_default=None)
    op.create_table(
        "job_file",
        sa.Column("job_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["job_id"], ["job.id"], name=op.f("fk_job_file_job_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("job_id", name=op.f("pk_job_file")),
    )
    op.create_table(
        "kept_upload",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("filename", sa.String(length=300), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_kept_upload")),
    )
    with op.batch_alter_table("kept_upload") as batch_op:
        batch_op.create_index(batch_op.f("ix_kept_upload_created_at"), ["created_at"])
    _create_operations()


def _create_operations() -> None:
    op.create_table(
        "server_process",
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("version", sa.String(length=40), nullable=False),
        sa.Column("started_at", Instant(), nullable=False),
        sa.Column("seen_at", Instant(), nullable=False),
        sa.Column("counters", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_server_process")),
    )
    op.create_table(
        "backup_record",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("file", sa.String(length=300), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("is_sealed", sa.Boolean(), nullable=False),
        sa.Column("revision", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_backup_record")),
    )
    with op.batch_alter_table("backup_record") as batch_op:
        batch_op.create_index(batch_op.f("ix_backup_record_at"), ["at"])


def downgrade() -> None:
    """Take the tables and columns back."""
    op.drop_table("backup_record")
    op.drop_table("server_process")
    op.drop_table("kept_upload")
    op.drop_table("job_file")
    with op.batch_alter_table("job") as batch_op:
        batch_op.drop_index("ix_job_state")
        for name in ("cancel_asked", "worker", "attempt", "actor", "arguments"):
            batch_op.drop_column(name)
