"""Hash chain of the log, rights of the person, dossiers and purge.

Revision ID: 0021
Revises: 0020
"""

from __future__ import annotations

import hashlib
import json
import secrets
from datetime import UTC
from typing import Any

import sqlalchemy as sa
from alembic import op

from congress_app.database import Instant

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

_FACTS = (
    "actor_kind",
    "actor_id",
    "actor_name",
    "address",
    "action",
    "subject_kind",
    "subject_id",
    "unit_path",
)


def upgrade() -> None:
    """Chain the entries that are there, in the order they were written."""
    _add_chain()
    _chain_stored_entries()
    op.create_index("ix_audit_entry_number", "audit_entry", ["number"], unique=True)
    op.create_index("ix_audit_entry_action", "audit_entry", ["action", "id"])
    op.create_index("ix_audit_entry_actor", "audit_entry", ["actor_kind", "actor_id"])
    op.add_column("person", sa.Column("restricted_at", Instant(), nullable=True))
    op.add_column("person", sa.Column("restriction", sa.String(length=500), nullable=True))
    _add_requests()
    _add_dossiers()


def downgrade() -> None:
    op.drop_table("dossier_file")
    op.drop_table("dossier")
    op.drop_table("data_request")
    with op.batch_alter_table("person") as batch_op:
        batch_op.drop_column("restriction")
        batch_op.drop_column("restricted_at")
    op.drop_index("ix_audit_entry_actor", "audit_entry")
    op.drop_index("ix_audit_entry_action", "audit_entry")
    op.drop_index("ix_audit_entry_number", "audit_entry")
    with op.batch_alter_table("audit_entry") as batch_op:
        for name in ("salt", "hash", "digest", "number"):
            batch_op.drop_column(name)
    op.drop_table("audit_head")


def _add_chain() -> None:
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_head")),
    )
    op.add_column("audit_entry", sa.Column("number", sa.Integer(), nullable=True))
    op.add_column("audit_entry", sa.Column("digest", sa.String(length=64), nullable=True))
    op.add_column("audit_entry", sa.Column("hash", sa.String(length=64), nullable=True))
    op.add_column("audit_entry", sa.Column("salt", sa.String(length=32), nullable=True))


def _chain_stored_entries() -> None:
    # Written out here, not taken from the program: what a migration does never changes.
    entries = sa.table(
        "audit_entry",
        sa.column("id", sa.Integer),
        sa.column("at", Instant()),
        *(sa.column(name) for name in _FACTS),
        sa.column("subject_name", sa.String),
        sa.column("changes", sa.JSON),
        *(sa.column(name) for name in ("number", "digest", "hash", "salt")),
    )
    connection = op.get_bind()
    number, previous, last = 0, "0" * 64, 0
    while rows := connection.execute(
        sa.select(entries).where(entries.c.id > last).order_by(entries.c.id).limit(1000)
    ).all():
        sealed = []
        for row in rows:
            number += 1
            salt = secrets.token_hex(16)
            content = _canonical([row.subject_name, row.changes])
            digest = hashlib.sha256(salt.encode() + content).hexdigest()
            at = row.at.astimezone(UTC).isoformat(timespec="microseconds")
            facts = [number, at, *(getattr(row, name) for name in _FACTS), digest]
            previous = hashlib.sha256(previous.encode() + _canonical(facts)).hexdigest()
            new = {"number": number, "digest": digest, "hash": previous, "salt": salt}
            sealed.append({f"new_{name}": value for name, value in new.items()} | {"row": row.id})
        last = rows[-1].id
        named = {name: sa.bindparam(f"new_{name}") for name in ("number", "digest", "hash", "salt")}
        wanted = sa.update(entries).where(entries.c.id == sa.bindparam("row")).values(named)
        connection.execute(wanted, sealed)
    head = sa.table("audit_head", *(sa.column(name) for name in ("id", "number", "hash")))
    connection.execute(sa.insert(head).values(id=1, number=number, hash=previous))


def _canonical(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _add_requests() -> None:
    op.create_table(
        "data_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("person_name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("paper", sa.String(length=200), nullable=True),
        sa.Column("reply_by", sa.Date(), nullable=False),
        sa.Column("finish_by", sa.Date(), nullable=False),
        sa.Column("replied_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("ground", sa.String(length=40), nullable=True),
        sa.Column("outcome", sa.String(length=1000), nullable=True),
        sa.Column("decided_at", Instant(), nullable=True),
        sa.Column("decided_by", sa.String(length=200), nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("created_by", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_data_request_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_request")),
    )
    op.create_index("ix_data_request_person_id", "data_request", ["person_id"])
    op.create_index("ix_data_request_state", "data_request", ["state", "finish_by"])


def _add_dossiers() -> None:
    op.create_table(
        "dossier",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("congress_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("manifest", sa.JSON(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_by", sa.String(length=200), nullable=False),
        sa.Column("checked_at", Instant(), nullable=True),
        sa.Column("checked_by", sa.String(length=200), nullable=True),
        sa.Column("purged_at", Instant(), nullable=True),
        sa.Column("purged_by", sa.String(length=200), nullable=True),
        sa.Column("figures", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(
            ["congress_id"], ["congress.id"], name=op.f("fk_dossier_congress_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier")),
    )
    op.create_index("ix_dossier_congress_id", "dossier", ["congress_id"])
    op.create_table(
        "dossier_file",
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossier.id"], name=op.f("fk_dossier_file_dossier_id")
        ),
        sa.PrimaryKeyConstraint("dossier_id", name=op.f("pk_dossier_file")),
    )
