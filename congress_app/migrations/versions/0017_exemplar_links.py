"""Exemplars as delegates, speakers and honoured.

Revision ID: 0017
Revises: 0016
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from congress_app.database import Instant

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Which person an exemplar is, whose model a speech tells, whom an item honours."""
    op.create_table(
        "exemplar_person",
        sa.Column("exemplar_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("linked_at", Instant(), nullable=False),
        sa.Column("linked_by", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["exemplar_id"], ["exemplar.id"], name=op.f("fk_exemplar_person_exemplar_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_exemplar_person_person_id")
        ),
        sa.PrimaryKeyConstraint("exemplar_id", name=op.f("pk_exemplar_person")),
    )
    with op.batch_alter_table("exemplar_person") as batch_op:
        batch_op.create_index(batch_op.f("ix_exemplar_person_person_id"), ["person_id"])
    with op.batch_alter_table("speech") as batch_op:
        batch_op.add_column(sa.Column("exemplar_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_speech_exemplar_id"), "exemplar", ["exemplar_id"], ["id"]
        )
        batch_op.create_index(batch_op.f("ix_speech_exemplar_id"), ["exemplar_id"])
        batch_op.create_unique_constraint(
            batch_op.f("uq_speech_congress_id_exemplar_id"), ["congress_id", "exemplar_id"]
        )
    with op.batch_alter_table("programme_item") as batch_op:
        batch_op.add_column(sa.Column("honours", sa.JSON(), nullable=True))


def downgrade() -> None:
    """Take the links back."""
    with op.batch_alter_table("programme_item") as batch_op:
        batch_op.drop_column("honours")
    with op.batch_alter_table("speech") as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_speech_congress_id_exemplar_id"), type_="unique")
        batch_op.drop_index(batch_op.f("ix_speech_exemplar_id"))
        batch_op.drop_constraint(batch_op.f("fk_speech_exemplar_id"), type_="foreignkey")
        batch_op.drop_column("exemplar_id")
    with op.batch_alter_table("exemplar_person") as batch_op:
        batch_op.drop_index(batch_op.f("ix_exemplar_person_person_id"))
    op.drop_table("exemplar_person")
