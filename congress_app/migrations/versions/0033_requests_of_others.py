"""A request about data may be an exemplar's, or of somebody known by name only.

Revision ID: 0033
Revises: 0032
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Let the person be unknown; name the exemplar, or the unit that has to answer."""
    with op.batch_alter_table("data_request") as table:
        table.alter_column("person_id", existing_type=sa.Integer(), nullable=True)
        table.add_column(sa.Column("exemplar_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("unit_id", sa.Integer(), nullable=True))
        table.create_foreign_key(
            op.f("fk_data_request_exemplar_id_exemplar"),
            "exemplar",
            ["exemplar_id"],
            ["id"],
            ondelete="SET NULL",
        )
        table.create_foreign_key(op.f("fk_data_request_unit_id_unit"), "unit", ["unit_id"], ["id"])
    op.create_index("ix_data_request_exemplar_id", "data_request", ["exemplar_id"])


def downgrade() -> None:
    """Requests of others have no place in the tables before."""
    op.execute("DELETE FROM data_request WHERE person_id IS NULL")
    op.drop_index("ix_data_request_exemplar_id", "data_request")
    with op.batch_alter_table("data_request") as table:
        table.drop_constraint(op.f("fk_data_request_unit_id_unit"), type_="foreignkey")
        table.drop_constraint(op.f("fk_data_request_exemplar_id_exemplar"), type_="foreignkey")
        table.drop_column("unit_id")
        table.drop_column("exemplar_id")
        table.alter_column("person_id", existing_type=sa.Integer(), nullable=False)
