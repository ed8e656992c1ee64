"""Exemplars.

Revision ID: 0014
Revises: 0013
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from congress_app.database import Instant

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "award_name",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=250), nullable=False),
        sa.Column("aliases", sa.JSON(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("is_offered", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award_name")),
        sa.UniqueConstraint("code", name=op.f("uq_award_name_code")),
    )
    op.create_table(
        "criteria_set",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=250), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("is_preset", sa.Boolean(), nullable=False),
        sa.Column("copied_from", sa.String(length=40), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_criteria_set_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_criteria_set")),
        sa.UniqueConstraint("key", name=op.f("uq_criteria_set_key")),
    )
    with op.batch_alter_table("criteria_set", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_criteria_set_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "exemplar",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=250), nullable=False),
        sa.Column("sort_key", sa.String(length=600), nullable=False),
        sa.Column("search_key", sa.String(length=250), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(length=60), nullable=True),
        sa.Column("stage", sa.String(length=20), nullable=False),
        sa.Column("detected_year", sa.Integer(), nullable=False),
        sa.Column("position", sa.String(length=200), nullable=True),
        sa.Column("birth_year", sa.Integer(), nullable=True),
        sa.Column("birth_month", sa.Integer(), nullable=True),
        sa.Column("birth_day", sa.Integer(), nullable=True),
        sa.Column("sex", sa.String(length=1), nullable=True),
        sa.Column("is_minority", sa.Boolean(), nullable=True),
        sa.Column("is_direct", sa.Boolean(), nullable=True),
        sa.Column("is_leader", sa.Boolean(), nullable=True),
        sa.Column("leads_id", sa.Integer(), nullable=True),
        sa.Column("is_hard_area", sa.Boolean(), nullable=False),
        sa.Column("solution", sa.Text(), nullable=True),
        sa.Column("story", sa.Text(), nullable=True),
        sa.Column("conduct", sa.Boolean(), nullable=True),
        sa.Column("exceeds_targets", sa.Boolean(), nullable=True),
        sa.Column("runs_movements", sa.Boolean(), nullable=True),
        sa.Column("discipline", sa.Integer(), nullable=True),
        sa.Column("initiatives", sa.Boolean(), nullable=True),
        sa.Column("takes_part", sa.Boolean(), nullable=True),
        sa.Column("ratings", sa.JSON(), nullable=False),
        sa.Column("story_consent", sa.String(length=300), nullable=True),
        sa.Column("photo_consent", sa.String(length=300), nullable=True),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("created_by", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('collective', 'individual')", name=op.f("ck_exemplar_kind")),
        sa.ForeignKeyConstraint(["leads_id"], ["exemplar.id"], name=op.f("fk_exemplar_leads_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_exemplar_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exemplar")),
    )
    with op.batch_alter_table("exemplar", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_exemplar_leads_id"), ["leads_id"], unique=False)
        batch_op.create_index("ix_exemplar_search", ["search_key", "unit_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_exemplar_sort_key"), ["sort_key"], unique=False)
        batch_op.create_index(batch_op.f("ix_exemplar_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "movement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("goals", sa.Text(), nullable=True),
        sa.Column("criteria", sa.Text(), nullable=True),
        sa.Column("document", sa.String(length=100), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_movement_period")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_movement_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_movement")),
    )
    with op.batch_alter_table("movement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_movement_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "award",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("exemplar_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=True),
        sa.Column("name", sa.String(length=250), nullable=False),
        sa.Column("decision_number", sa.String(length=100), nullable=True),
        sa.Column("decision_year", sa.Integer(), nullable=True),
        sa.Column("decision_month", sa.Integer(), nullable=True),
        sa.Column("decision_day", sa.Integer(), nullable=True),
        sa.Column("signatory", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(
            ["exemplar_id"], ["exemplar.id"], name=op.f("fk_award_exemplar_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award")),
    )
    with op.batch_alter_table("award", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_award_exemplar_id"), ["exemplar_id"], unique=False)

    op.create_table(
        "exemplar_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("exemplar_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("is_portrait", sa.Boolean(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("added_at", Instant(), nullable=False),
        sa.Column("added_by", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["exemplar_id"], ["exemplar.id"], name=op.f("fk_exemplar_file_exemplar_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exemplar_file")),
    )
    with op.batch_alter_table("exemplar_file", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_exemplar_file_exemplar_id"), ["exemplar_id"], unique=False
        )

    op.create_table(
        "exemplar_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("exemplar_id", sa.Integer(), nullable=False),
        sa.Column("from_stage", sa.String(length=20), nullable=False),
        sa.Column("to_stage", sa.String(length=20), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["exemplar_id"], ["exemplar.id"], name=op.f("fk_exemplar_step_exemplar_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exemplar_step")),
    )
    with op.batch_alter_table("exemplar_step", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_exemplar_step_exemplar_id"), ["exemplar_id"], unique=False
        )

    op.create_table(
        "movement_result",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("movement_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.Integer(), nullable=False),
        sa.Column("reached", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("reported_at", Instant(), nullable=False),
        sa.Column("reported_by", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("quarter BETWEEN 1 AND 4", name=op.f("ck_movement_result_quarter")),
        sa.ForeignKeyConstraint(
            ["movement_id"], ["movement.id"], name=op.f("fk_movement_result_movement_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_movement_result_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_movement_result")),
        sa.UniqueConstraint(
            "movement_id",
            "unit_id",
            "year",
            "quarter",
            name=op.f("uq_movement_result_movement_id_unit_id_year_quarter"),
        ),
    )
    with op.batch_alter_table("movement_result", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_movement_result_movement_id"), ["movement_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_movement_result_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "nomination",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("exemplar_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("council_unit_id", sa.Integer(), nullable=False),
        sa.Column("standing", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("nominated_at", Instant(), nullable=False),
        sa.Column("nominated_by", sa.String(length=200), nullable=False),
        sa.Column("finding", sa.JSON(), nullable=True),
        sa.Column("appraisal", sa.Text(), nullable=True),
        sa.Column("votes_for", sa.Integer(), nullable=True),
        sa.Column("votes_against", sa.Integer(), nullable=True),
        sa.Column("votes_other", sa.Integer(), nullable=True),
        sa.Column("minutes_number", sa.String(length=100), nullable=True),
        sa.Column("minutes_on", sa.Date(), nullable=True),
        sa.Column("decided_at", Instant(), nullable=True),
        sa.Column("decided_by", sa.String(length=200), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["council_unit_id"], ["unit.id"], name=op.f("fk_nomination_council_unit_id")
        ),
        sa.ForeignKeyConstraint(
            ["exemplar_id"], ["exemplar.id"], name=op.f("fk_nomination_exemplar_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nomination")),
        sa.UniqueConstraint("exemplar_id", "year", name=op.f("uq_nomination_exemplar_id_year")),
    )
    with op.batch_alter_table("nomination", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_nomination_council_unit_id"), ["council_unit_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_nomination_exemplar_id"), ["exemplar_id"], unique=False
        )


def downgrade() -> None:

    with op.batch_alter_table("nomination", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_nomination_exemplar_id"))
        batch_op.drop_index(batch_op.f("ix_nomination_council_unit_id"))

    op.drop_table("nomination")
    with op.batch_alter_table("movement_result", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_movement_result_unit_id"))
        batch_op.drop_index(batch_op.f("ix_movement_result_movement_id"))

    op.drop_table("movement_result")
    with op.batch_alter_table("exemplar_step", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_exemplar_step_exemplar_id"))

    op.drop_table("exemplar_step")
    with op.batch_alter_table("exemplar_file", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_exemplar_file_exemplar_id"))

    op.drop_table("exemplar_file")
    with op.batch_alter_table("award", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_award_exemplar_id"))

    op.drop_table("award")
    with op.batch_alter_table("movement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_movement_unit_id"))

    op.drop_table("movement")
    with op.batch_alter_table("exemplar", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_exemplar_unit_id"))
        batch_op.drop_index(batch_op.f("ix_exemplar_sort_key"))
        batch_op.drop_index("ix_exemplar_search")
        batch_op.drop_index(batch_op.f("ix_exemplar_leads_id"))

    op.drop_table("exemplar")
    with op.batch_alter_table("criteria_set", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_criteria_set_unit_id"))

    op.drop_table("criteria_set")
    op.drop_table("award_name")
