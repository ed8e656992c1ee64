"""Have PostgreSQL forget deleted rows on the disk: tables, indexes and its own notes on columns."""

from __future__ import annotations

import time
from typing import Any

_LOCK_NOT_AVAILABLE = "55P03"
_PATIENCE = 10.0  # seconds
# A rewrite copies deleted rows, too, as long as any transaction may see them: one with a
# number before the deletion in whatever database of the server (the rewrite's own snapshot
# knows all of them), or a snapshot as old in this one or of a standby.
_NOW = "SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint"
_SOMEBODY_SEES_BEFORE = """
SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint < %(now)s OR EXISTS (
    SELECT FROM pg_stat_activity
    WHERE pid <> pg_backend_pid() AND coalesce(datname, current_database()) = current_database()
    AND age(backend_xmin) > age((%(now)s %% 4294967296)::text::xid)
) OR EXISTS (
    SELECT FROM pg_replication_slots WHERE age(xmin) > age((%(now)s %% 4294967296)::text::xid)
)
"""
_OWN_TABLES = """
SELECT oid::regclass::text FROM pg_class
WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace
"""


def rewritten(raw: Any) -> bool:
    """Rewrite all tables of the current schema (VACUUM FULL) through a psycopg connection.

    Outside any transaction; the connection begins none by itself. False when a transaction that
    still sees the deleted rows, or a table in use, was waited for in vain; then nothing or only
    a part was rewritten.
    """
    try:
        # Without an end to the wait one forgotten reader would hold this request for ever,
        # and behind it everybody who wants the table.
        raw.execute(f"SET lock_timeout = '{_PATIENCE:.0f}s'")
        _forget_statistics(raw)
        if not _nobody_sees_deleted(raw):
            return False
        # Table by table: of the whole it would rewrite what all databases of the server share,
        # and wait for everybody who connects to any of them.
        names = [name for (name,) in raw.execute(_OWN_TABLES).fetchall()]
        raw.execute(f"VACUUM FULL {', '.join(names)}, pg_catalog.pg_statistic")
    except Exception as error:
        if getattr(error, "sqlstate", None) != _LOCK_NOT_AVAILABLE:
            raise
        return False
    finally:
        raw.execute("RESET lock_timeout")
    return True


def _nobody_sees_deleted(raw: Any) -> bool:
    (now,) = raw.execute(_NOW).fetchone()
    until = time.monotonic() + _PATIENCE
    while raw.execute(_SOMEBODY_SEES_BEFORE, {"now": now}).fetchone()[0]:
        if time.monotonic() > until:
            return False
        time.sleep(0.1)
    return True


# For each table with statistics: whether it has rows, and an ALTER that changes no type but
# drops what is known of the columns' values. Keys are left out: they hold numbers only, and
# other tables hang on them.
_OF_EMPTY_TABLES = """
SELECT format('SELECT EXISTS (SELECT 1 FROM %s)', t.oid::regclass),
       format('ALTER TABLE %s %s', t.oid::regclass, string_agg(
           format('ALTER COLUMN %I TYPE %s', c.attname, format_type(c.atttypid, c.atttypmod)),
           ', '))
FROM pg_stats AS s
JOIN pg_class AS t ON t.relname = s.tablename AND t.relnamespace = current_schema()::regnamespace
JOIN pg_attribute AS c ON c.attrelid = t.oid AND c.attname = s.attname
WHERE s.schemaname = current_schema() AND t.relkind = 'r' AND NOT EXISTS (
    SELECT FROM pg_constraint AS k WHERE k.contype IN ('p', 'f')
    AND (k.conrelid = t.oid AND c.attnum = ANY (k.conkey)
         OR k.confrelid = t.oid AND c.attnum = ANY (k.confkey)))
GROUP BY t.oid
"""


def _forget_statistics(raw: Any) -> None:
    """PostgreSQL keeps frequent values of every column for its planner: telephone numbers too.

    ANALYZE replaces them where rows are left; of a table without any it keeps the old ones.
    """
    raw.execute("ANALYZE")
    for has_rows, forget in raw.execute(_OF_EMPTY_TABLES).fetchall():
        if not raw.execute(has_rows).fetchone()[0]:
            raw.execute(forget)
