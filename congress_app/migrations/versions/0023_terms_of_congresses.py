"""What lists ask of frozen rules, and the sums of the tree, kept; indexes for a whole country.

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
SUMS = ("units", "people", "unknown")
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
    op.create_table(
        "unit_sum",
        sa.Column("unit_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("unknown", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_unit_sum_unit_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("unit_id", name=op.f("pk_unit_sum")),
    )
    _add_up()


def downgrade() -> None:
    """Take columns, sums and indexes back."""
    op.drop_table("unit_sum")
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


def _add_up() -> None:
    """The sums of the trees already there, the deepest units first."""
    names = ("id", "parent_id", "path", "headcount", "merged_into_id")
    unit = sa.table("unit", *(sa.column(name) for name in names))
    columns = (unit.c.id, unit.c.parent_id, unit.c.path, unit.c.headcount)
    rows = op.get_bind().execute(sa.select(*columns).where(unit.c.merged_into_id.is_(None))).all()
    below: dict[int, tuple[int, int, int]] = {}
    for key, parent_id, _path, headcount in sorted(rows, key=lambda row: -row.path.count("/")):
        units, people, unknown = below.get(key, (0, 0, int(headcount is None)))
        told = (units + 1, people + (headcount or 0), unknown)
        if key in below:
            below[key] = told
        if parent_id is not None:
            above = below.get(parent_id, (0, 0, 0))
            below[parent_id] = (above[0] + told[0], above[1] + told[1], above[2] + told[2])
    sums = sa.table("unit_sum", *(sa.column(name) for name in ("unit_id", *SUMS)))
    values = [{"unit_id": key, **dict(zip(SUMS, told, strict=True))} for key, told in below.items()]
    if values:
        op.get_bind().execute(sums.insert(), values)
