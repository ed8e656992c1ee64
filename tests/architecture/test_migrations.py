"""The migrations make exactly the tables the models describe, and can be taken back."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect

from congress_app.database import Model, db


def is_compared(_object: object, name: str | None, kind: str, *_rest: object) -> bool:
    """False for the indexes that only some servers can have."""
    return not (kind == "index" and str(name).endswith("_trgm"))


def differences() -> list[object]:
    """What the models have and the database lacks, or the other way round."""
    options = {"compare_type": True, "include_object": is_compared}
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=options)
        return list(compare_metadata(context, Model.metadata))


def test_migrations_and_models_agree(app: Flask) -> None:
    assert differences() == []
    assert "alembic_version" in inspect(db.engine).get_table_names()


def test_a_missing_column_is_found(app: Flask) -> None:
    with db.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE job DROP COLUMN title")
    assert differences() != []


def test_migrations_run_down_and_up_again(app: Flask) -> None:
    downgrade(revision="base")
    db.engine.dispose()
    assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}
    upgrade()
    db.engine.dispose()
    assert differences() == []
