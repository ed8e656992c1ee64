"""Two databases compared row by row, read past the application."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import MetaData, create_engine, select

# Both grow or turn by restoring itself: its entry in the log, the log's head, the revision.
BY_RESTORING = {"alembic_version", "audit_head"}


@dataclass(frozen=True)
class Table:
    """The rows of a table by their primary key, each with a value for every column."""

    columns: frozenset[str]
    rows: Mapping[tuple[Any, ...], Mapping[str, Any]]


def content(url: str) -> dict[str, Table]:
    """Every row of every table at the address."""
    engine = create_engine(url)
    metadata = MetaData()
    metadata.reflect(engine)
    found = {}
    with engine.connect() as connection:
        for table in metadata.sorted_tables:
            keys = [column.name for column in table.primary_key] or [c.name for c in table.columns]
            rows = [dict(row) for row in connection.execute(select(table)).mappings()]
            names = frozenset(column.name for column in table.columns)
            found[table.name] = Table(names, {tuple(row[k] for k in keys): row for row in rows})
    engine.dispose()
    return found


def differences(before: Mapping[str, Table], after: Mapping[str, Table]) -> dict[str, Any]:
    """What is lost (tables, rows), what came, and whose values are others now.

    `equal` counts the tables of which every row and every column both know is the same.
    """
    lost: dict[str, Any] = {}
    added: dict[str, int] = {}
    changed: dict[str, dict[str, int]] = {}
    for name, old in before.items():
        new = after.get(name)
        if new is None:
            lost[name] = "table"
            continue
        if name in BY_RESTORING:
            continue
        if missing := old.rows.keys() - new.rows.keys():
            lost[name] = len(missing)
        if more := len(new.rows.keys() - old.rows.keys()):
            added[name] = more
        if others := _other_values(old, new):
            changed[name] = others
    for name in after.keys() - before.keys():
        if rows := len(after[name].rows):
            added[name] = rows
    untouched = before.keys() - lost.keys() - added.keys() - changed.keys() - BY_RESTORING
    return {"equal": len(untouched), "lost": lost, "added": added, "changed": changed}


def _other_values(old: Table, new: Table) -> dict[str, int]:
    """By column: in how many rows its value is another."""
    shared = old.columns & new.columns
    found: Counter[str] = Counter()
    for key in old.rows.keys() & new.rows.keys():
        found.update(name for name in shared if old.rows[key][name] != new.rows[key][name])
    dropped = {f"-{name}": len(old.rows) for name in old.columns - new.columns if old.rows}
    return dict(found) | dropped
