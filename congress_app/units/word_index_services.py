"""The index for words inside the names of units, where PostgreSQL can have one.

It needs the extension pg_trgm, which some servers lack and some accounts may not add. So no
table depends on it and no copy brings it back; without it a search looks at every unit.
"""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from congress_app.database import db, transaction

NAME = "ix_unit_words_trgm"


def make_word_index() -> bool:
    """Make it unless it is there; False where it cannot be, and on SQLite, which needs none."""
    if db.engine.dialect.name != "postgresql":
        return False
    try:
        with transaction() as session:
            session.execute(text("CREATE EXTENSION IF NOT EXISTS pg_trgm"))
            session.execute(
                text(
                    f"CREATE INDEX IF NOT EXISTS {NAME} ON unit"
                    " USING gin (search_key gin_trgm_ops, lower(code) gin_trgm_ops)"
                )
            )
    except DBAPIError:
        return False
    return True
