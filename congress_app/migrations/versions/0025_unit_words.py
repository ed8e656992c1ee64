"""An index for words inside the names and codes of units, where PostgreSQL can have one.

Revision ID: 0025
Revises: 0023
"""

from __future__ import annotations

import logging

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0023"
branch_labels = None
depends_on = None

INDEX = "ix_unit_words_trgm"
log = logging.getLogger("alembic.runtime.migration")


def upgrade() -> None:
    """Make the index; without the extension it needs, search works as before, only slower.

    The owner of the database may add the extension himself, if the server has its files.
    SQLite has no such index; there every name is looked through.
    """
    connection = op.get_bind()
    if connection.dialect.name != "postgresql":
        return
    try:
        with connection.begin_nested():
            op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            op.execute(
                f"CREATE INDEX IF NOT EXISTS {INDEX} ON unit"
                " USING gin (search_key gin_trgm_ops, lower(code) gin_trgm_ops)"
            )
    except sa.exc.DBAPIError as error:
        log.warning("No index for words inside names (docs/production.md): %s", error.orig)


def downgrade() -> None:
    """Take the index back; the extension may serve others."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"DROP INDEX IF EXISTS {INDEX}")
