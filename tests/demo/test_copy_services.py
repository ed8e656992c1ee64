"""The demonstration holds the same rows however the database takes them in."""

from __future__ import annotations

from pathlib import Path

from flask import Flask
from sqlalchemy import select

from congress_app import create_app
from congress_app.database import db
from congress_app.demo import services
from congress_app.demo.sizes import Size
from congress_app.demo.writer_services import ORDER
from congress_app.kernel.permissions import system_actor
from tests.conftest import FrozenClock, make_tables


def rows_of_every_table() -> dict[str, list[tuple[object, ...]]]:
    return {
        model.__tablename__: sorted(
            map(tuple, db.session.execute(select(model.__table__))), key=repr
        )
        for model in ORDER
    }


def test_copied_rows_are_the_inserted_ones(
    app: Flask, frozen_clock: FrozenClock, tmp_path: Path
) -> None:
    """On PostgreSQL rows are copied, in the SQLite file beside it they are inserted."""
    services.load(Size.SMALL, 1, actor=system_actor())
    loaded = rows_of_every_table()
    other = create_app("config.Testing", DATABASE_URL=f"sqlite:///{tmp_path / 'other.sqlite'}")
    with other.app_context():
        make_tables()
        services.load(Size.SMALL, 1, actor=system_actor())
        inserted = rows_of_every_table()
        db.session.remove()
        db.engine.dispose()
    assert len(loaded["delegate"]) > 450
    assert loaded == inserted
