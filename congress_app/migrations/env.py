"""How migrations meet the application's database; Flask-Migrate runs this file."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

from alembic import context
from flask import current_app
from sqlalchemy import Connection

from congress_app.database import Instant, Model, db

# A table counts from the moment its file is there, whether or not a page uses it yet.
for models in sorted(Path(__file__).parent.parent.glob("*/*models.py")):
    importlib.import_module(f"congress_app.{models.parent.name}.{models.stem}")


def render_item(kind: str, item: Any, autogen: Any) -> str | bool:
    """Write our own column type by its short name, with the import it needs."""
    if kind == "type" and isinstance(item, Instant):
        autogen.imports.add("from congress_app.database import Instant")
        return "Instant()"
    return False


def skip_empty(_context: Any, _revision: Any, directives: list[Any]) -> None:
    """Write no revision when nothing changed."""
    script = directives[0]
    if script.upgrade_ops.is_empty() and getattr(context.config.cmd_opts, "autogenerate", False):
        directives.clear()


def include_object(_object: Any, name: str | None, kind: str, *_rest: Any) -> bool:
    """Leave out the indexes that only some servers can have: no model tells of them."""
    return not (kind == "index" and name is not None and name.endswith("_trgm"))


def run(connection: Connection) -> None:
    """All pending revisions in one transaction: a failed one leaves nothing behind."""
    context.configure(
        connection=connection,
        target_metadata=Model.metadata,
        render_as_batch=True,
        render_item=render_item,
        include_object=include_object,
        compare_type=True,
        transactional_ddl=True,
        process_revision_directives=skip_empty,
    )
    with context.begin_transaction():
        context.run_migrations()


def migrate() -> None:
    """Open the connection as the database at hand needs it."""
    if db.engine.dialect.name != "sqlite":
        with db.engine.connect() as connection:
            run(connection)
        return
    # SQLite changes a table by building it anew; with foreign keys on, dropping the old one
    # would delete every row that refers to it. The switch works only outside a transaction.
    with db.engine.connect() as connection:
        raw = connection.connection.dbapi_connection
        raw.execute("PRAGMA foreign_keys=OFF")
        try:
            # Two processes started at once: the second waits here and finds nothing to do.
            run(connection.execution_options(write=True))
            broken = raw.execute("PRAGMA foreign_key_check").fetchall()
        finally:
            raw.execute("PRAGMA foreign_keys=ON")
    if broken:
        raise RuntimeError(f"rows refer to nothing after the migration: {broken[:5]}")


if context.is_offline_mode():
    raise SystemExit("Migrations need the database itself: leave out --sql.")
with current_app.app_context():
    migrate()
