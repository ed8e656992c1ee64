"""The migrations make exactly the tables the models describe, and can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect, select, table, text

from congress_app.database import Model, db, transaction
from congress_app.kernel.permissions import Role
from congress_app.seating.models import HallSeat
from tests import builders
from tests.conftest import ON_POSTGRES


def kept() -> list[str]:
    """Tables that give the number of a row that was deleted to no other one."""
    return [
        table.name
        for table in Model.metadata.sorted_tables
        if table.dialect_options["sqlite"]["autoincrement"]
    ]


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


def scene() -> list[Callable[[], Any]]:
    """Makes a row of a table whose rows may be deleted, each time another one."""
    congress = builders.a_congress()
    delegate, exemplar = builders.a_delegate(congress), builders.an_exemplar()
    election = builders.an_election()
    session = builders.a_session(congress)

    def a_seat() -> HallSeat:
        hall = builders.a_hall(congress, "A: 1")
        return db.session.scalars(select(HallSeat).filter_by(hall_id=hall.id)).one()

    return [
        lambda: builders.an_award(exemplar, "Bằng khen", None, 2024),
        lambda: builders.a_candidate(election),
        builders.a_cluster,
        lambda: builders.a_seat(congress, full_name="Trần Văn Kiểm", about="Đơn vị chủ nhà"),
        lambda: builders.a_criteria_set(builders.a_unit()),
        lambda: builders.a_document(congress),
        builders.an_exemplar,
        lambda: builders.an_exemplar_file(exemplar),
        lambda: builders.a_ground(delegate),
        lambda: builders.an_item(session),
        lambda: builders.a_session(congress),
        a_seat,
    ]


def test_a_deleted_rows_number_is_given_to_no_other(app: Flask) -> None:
    for make in scene():
        row = make()
        given = row.id
        with transaction() as session:
            session.delete(session.get_one(type(row), given))
        assert make().id > given, type(row)


def test_the_database_keeps_the_numbers_of_the_tables_that_say_so(app: Flask) -> None:
    assert len(kept()) == 15
    told = text("SELECT name FROM sqlite_master WHERE sql LIKE '%PRIMARY KEY AUTOINCREMENT%'")
    # PostgreSQL's sequences never go back.
    assert ON_POSTGRES or sorted(db.session.scalars(told)) == sorted(kept())


def standing() -> dict[str, Any]:
    """All there is of these tables, but for how their numbers are given."""
    seen = inspect(db.engine)
    with db.engine.connect() as connection:
        rows = {
            name: sorted(map(repr, connection.execute(select(text("*")).select_from(table(name)))))
            for name in kept()
        }
    return {
        name: (
            [(one["name"], str(one["type"]), one["nullable"], one["default"])
             for one in seen.get_columns(name)],
            sorted(seen.get_foreign_keys(name), key=repr),
            sorted(seen.get_unique_constraints(name), key=repr),
            sorted(seen.get_check_constraints(name), key=repr),
            sorted(seen.get_indexes(name), key=repr),
            rows[name],
        )
        for name in kept()
    }  # fmt: skip


def test_tables_that_learn_to_keep_their_numbers_stay_as_they_are(app: Flask) -> None:
    for make in scene():
        make()
    builders.a_user(Role.ADMIN, builders.a_unit())
    before = standing()
    assert sum(bool(rows) for *_, rows in before.values()) >= 13
    db.session.remove()
    for move in (lambda: downgrade(revision="0029"), upgrade):
        move()
        db.engine.dispose()
        assert standing() == before
    assert differences() == []
