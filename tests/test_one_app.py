"""The application the tests of a process share keeps what took time to make."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select

from congress_app.database import db
from congress_app.units.models import Unit
from tests.one_app import OneApp


def test_a_statement_is_compiled_for_one_test_and_serves_the_next(
    one_app: OneApp, database_url: str, tmp_path: Path
) -> None:
    def compiled_anew() -> int:
        with one_app.over(database_url, tmp_path / "instance") as app, app.app_context():
            before = len(db.engine._compiled_cache)
            db.session.scalars(select(Unit.id).where(Unit.name == "once").limit(7)).all()
            assert db.session.connection().engine._compiled_cache is db.engine._compiled_cache
            found = len(db.engine._compiled_cache) - before
            db.session.remove()
            db.engine.dispose()
            return found

    assert [compiled_anew(), compiled_anew()] == [1, 0]
