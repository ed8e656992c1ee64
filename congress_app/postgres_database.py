"""PostgreSQL's connections: nothing is sent that a question does not need.

Every word to the server costs a question more than what it asks: its own way there and back.
So what only reads begins no transaction (each statement sees what is committed, as it does
in one at READ COMMITTED), and a connection that answered a moment ago is not asked first
whether it still lives.
"""

from __future__ import annotations

import time
from typing import Any

import psycopg
from sqlalchemy import Connection, Engine, event, exc

# A server that vanished is noticed within seconds, not after the kernel's two hours.
CONNECTION = {
    "connect_timeout": 5,
    "keepalives": 1,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
}
# Whoever was used so lately lives; else the server may have been restarted meanwhile.
FRESH_SECONDS = 1.0
# Marks who only reads: he begins no transaction unless he also says that he writes.
READS = "reads"
_USED = "used_at"


def prepare(engine: Engine) -> None:
    """Make the engine's transactions explicit and its connections honest."""
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)
    event.listen(engine, "checkin", _on_checkin)
    event.listen(engine, "checkout", _on_checkout)


def _on_connect(connection: Any, _record: object) -> None:
    """An answer sent is an answer on disk, whatever the server's own settings say.

    And no statement is compiled to machine code: that takes half a second, and what a page
    asks takes a fraction of it.
    """
    connection.autocommit = True
    connection.execute("SET synchronous_commit TO on; SET jit TO off")


def _on_begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    begins_none = options.get(READS) or options.get("isolation_level") == "AUTOCOMMIT"
    if options.get("write") or not begins_none:
        connection.exec_driver_sql("BEGIN")


def _on_checkin(_connection: object, record: Any) -> None:
    record.info[_USED] = time.monotonic()


def _on_checkout(connection: Any, record: Any, _fairy: object) -> None:
    """Ask one that has rested; when it is dead all others are doubted, too, and made anew."""
    if not connection.autocommit:  # whoever had it asked for another isolation
        connection.autocommit = True
    used = record.info.get(_USED)
    if used is None or time.monotonic() - used < FRESH_SECONDS:
        return
    try:
        connection.execute(";")
    except psycopg.Error as error:
        raise exc.InvalidatePoolError() from error
