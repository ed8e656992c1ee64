"""Rows into PostgreSQL by COPY, which takes a million of them in a minute."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, cast

from sqlalchemy import Column, Table
from sqlalchemy.engine import Connection, Dialect

from congress_app.database import transaction
from congress_app.demo.rows import Row

_Encoder = Callable[[Any], Any]


def copy_rows(table: Table, rows: Sequence[Row]) -> None:
    """Store rows that all have the same columns, as an INSERT would: defaults fill the rest."""
    with transaction() as session:
        _copy(session.connection(), table, rows)


def _copy(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    dialect, driver = connection.dialect, cast(Any, connection.connection)
    given = [table.c[name] for name in rows[0]]
    filled = [column for column in table.c if column.default and column not in given]
    encoders = [_encoder(column, dialect) for column in given]
    spare = [(_encoder(column, dialect), _default(column)) for column in filled]
    with (
        driver.cursor() as cursor,
        cursor.copy(_statement(table, [*given, *filled], dialect)) as to,
    ):
        for row in rows:
            values = [
                value if encode is None else encode(value)
                for encode, value in zip(encoders, row.values(), strict=True)
            ]
            for encode, default in spare:
                value = default()
                values.append(value if encode is None else encode(value))
            to.write_row(values)


def _statement(table: Table, columns: Sequence[Column[Any]], dialect: Dialect) -> str:
    quote = dialect.identifier_preparer.quote
    names = ", ".join(quote(column.name) for column in columns)
    return f"COPY {quote(table.name)} ({names}) FROM STDIN"


def _encoder(column: Column[Any], dialect: Dialect) -> _Encoder | None:
    """What the column's type makes of a value before the driver gets it."""
    return column.type.dialect_impl(dialect).bind_processor(dialect)


def _default(column: Column[Any]) -> Callable[[], Any]:
    """What the model gives where a row says nothing."""
    default: Any = column.default
    if default.is_scalar:
        return lambda: default.arg
    if default.is_callable:
        return lambda: default.arg(None)
    raise TypeError(f"{column} has a default only a statement can give")
