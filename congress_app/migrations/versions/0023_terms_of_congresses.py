"""What lists ask of frozen rules in columns of their own, and indexes for a whole country.

Revision ID: 0023
Revises: 0022
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

DAYS = ("due_before", "due_from", "due_until")
_AT_ONCE = 200


def upgrade() -> None:
    """Add the columns, fill them from the rules already frozen, and add the indexes."""
    with op.batch_alter_table("congress") as batch_op:
        for name in DAYS:
            batch_op.add_column(sa.Column(name, sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("cap", sa.JSON(none_as_null=True), nullable=True))
    _fill()
    with op.batch_alter_table("unit") as batch_op:
        batch_op.create_index(batch_op.f("ix_unit_kind"), ["kind"], unique=False)
        # Without it PostgreSQL asks "is below" of every unit, whatever the database sorts by.
        batch_op.create_index(
            "ix_unit_below", ["path"], unique=False, postgresql_ops={"path": "varchar_pattern_ops"}
        )
        batch_op.drop_index(batch_op.f("ix_unit_path"))


def downgrade() -> None:
    """Take columns and indexes back."""
    with op.batch_alter_table("unit") as batch_op:
        batch_op.create_index(batch_op.f("ix_unit_path"), ["path"], unique=False)
        batch_op.drop_index("ix_unit_below")
        batch_op.drop_index(batch_op.f("ix_unit_kind"))
    with op.batch_alter_table("congress") as batch_op:
        for name in ("cap", *reversed(DAYS)):
            batch_op.drop_column(name)


def _fill() -> None:
    congress = sa.table(
        "congress",
        sa.column("id", sa.Integer),
        sa.column("level", sa.String),
        sa.column("rules", sa.JSON),
        *(sa.column(name, sa.Date) for name in DAYS),
        sa.column("cap", sa.JSON(none_as_null=True)),
    )
    connection = op.get_bind()
    keys = list(connection.scalars(sa.select(congress.c.id).where(congress.c.rules.is_not(None))))
    change = congress.update().where(congress.c.id == sa.bindparam("key"))
    for start in range(0, len(keys), _AT_ONCE):
        wanted = sa.select(congress.c.id, congress.c.level, congress.c.rules)
        rows = connection.execute(wanted.where(congress.c.id.in_(keys[start : start + _AT_ONCE])))
        values = list(_values(rows.all()))
        if values:
            connection.execute(change, values)


def _values(rows: Any) -> Iterator[dict[str, Any]]:
    for key, level, rules in rows:
        if rules is None:  # kept as the JSON word null
            continue
        own = rules["levels"][level]
        opens, closes = own["window"] or (None, None)
        days = (own["deadline"], opens, closes)
        found = (date.fromisoformat(day) if day else None for day in days)
        yield {"key": key, **dict(zip(DAYS, found, strict=True)), "cap": own["cap"]}
