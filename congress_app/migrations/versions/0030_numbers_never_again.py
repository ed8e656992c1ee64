"""The number of a deleted row is not given to another one, on SQLite as on PostgreSQL.

Revision ID: 0030
Revises: 0029
"""

from __future__ import annotations

import re

from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

# Rows of these are deleted one by one, and addresses name them.
TABLES = (
    "award",
    "candidate",
    "cluster",
    "committee_seat",
    "criteria_set",
    "document",
    "exemplar",
    "exemplar_file",
    "ground",
    "hall",
    "hall_seat",
    "job",
    "programme_item",
    "session",
    "user_grant",
)
PLAIN, COUNTED = "id INTEGER NOT NULL", "id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT"


def upgrade() -> None:
    """Let SQLite keep the highest number that each table ever gave."""
    for name in TABLES:
        key = re.escape(_key(name))
        _rebuild(name, (rf"\b{PLAIN}\b", COUNTED), (rf",\s*{key}", ""))


def downgrade() -> None:
    """Let it forget them."""
    for name in TABLES:
        _rebuild(name, (rf"\b{COUNTED}\b", PLAIN), (r"\s*\)\s*$", f",\n\t{_key(name)}\n)"))


def _key(name: str) -> str:
    return f"CONSTRAINT pk_{name} PRIMARY KEY (id)"


def _rebuild(name: str, *changes: tuple[str, str]) -> None:
    """The same table with its text changed, rows, indexes and triggers as they are.

    By its own text, because Alembic's way of building a table anew forgets its checks.
    """
    connection = op.get_bind()
    if connection.dialect.name != "sqlite":
        return
    run = connection.exec_driver_sql
    anew = (rf'^CREATE TABLE "?{name}"?', f'CREATE TABLE "{name}_anew"')
    told = "SELECT sql FROM sqlite_master WHERE tbl_name = ? AND sql IS NOT NULL"
    made = run(f"{told} AND type = 'table'", (name,)).scalar_one()
    besides = run(f"{told} AND type <> 'table'", (name,)).scalars().all()
    for old, new in (anew, *changes):
        made, found = re.subn(old, new, made)
        if found != 1:
            raise RuntimeError(f"table {name} is not as the migrations made it: {made}")
    run(made)
    run(f'INSERT INTO "{name}_anew" SELECT * FROM "{name}"')  # noqa: S608 - fixed names
    run(f'DROP TABLE "{name}"')
    run(f'ALTER TABLE "{name}_anew" RENAME TO "{name}"')
    for each in besides:
        run(each)
