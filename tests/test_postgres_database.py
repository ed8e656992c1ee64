"""What is sent to PostgreSQL beside the questions themselves."""

from __future__ import annotations

import psycopg
import pytest
from flask import Flask
from psycopg.pq import TransactionStatus
from sqlalchemy import exc, select, text

from congress_app import postgres_database
from congress_app.database import db, one_reading, transaction
from tests.conftest import ON_POSTGRES

pytestmark = pytest.mark.skipif(not ON_POSTGRES, reason="only of PostgreSQL's connections")


def standing() -> TransactionStatus:
    raw = db.session.connection().connection.dbapi_connection
    return TransactionStatus(raw.info.transaction_status)


def test_who_only_reads_begins_no_transaction_and_who_writes_does(app: Flask) -> None:
    db.session.scalar(select(1))
    seen = [standing()]
    with transaction() as session:
        session.scalar(select(1))
        seen.append(standing())
        with transaction():
            session.scalar(select(1))
    with one_reading() as session:
        session.scalar(select(1))
        seen.append(standing())
    db.session.scalar(select(1))
    idle, within = TransactionStatus.IDLE, TransactionStatus.INTRANS
    assert [*seen, standing()] == [idle, within, within, idle]


def written(number: int, *, breaks: bool) -> None:
    with transaction() as session:
        session.execute(text("INSERT INTO scratch VALUES (:number)"), {"number": number})
        if breaks:
            raise ZeroDivisionError


def test_what_was_written_is_rolled_back_as_a_whole(app: Flask) -> None:
    with transaction() as session:
        session.execute(text("CREATE TABLE scratch (number int)"))
    with pytest.raises(ZeroDivisionError):
        written(1, breaks=True)
    with transaction():
        written(2, breaks=False)
        with pytest.raises(ZeroDivisionError):
            written(3, breaks=True)
    assert db.session.scalars(text("SELECT number FROM scratch")).all() == [2]


@pytest.mark.parametrize("is_asked", [True, False], ids=["asked", "control"])
def test_a_connection_that_rested_and_died_is_noticed_before_it_is_used(
    app: Flask, monkeypatch: pytest.MonkeyPatch, is_asked: bool
) -> None:
    monkeypatch.setattr(postgres_database, "FRESH_SECONDS", 0.0 if is_asked else 3600.0)
    own = db.session.scalar(text("SELECT pg_backend_pid()"))
    db.session.remove()
    address = db.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [own])
    answers = []
    for _ in range(2):
        try:
            answers.append(db.session.scalar(select(1)))
        except exc.OperationalError:
            answers.append("broken")
        db.session.remove()
    assert answers == [1 if is_asked else "broken", 1]


def test_no_statement_is_compiled_and_every_answer_is_on_disk(app: Flask) -> None:
    told = [db.session.scalar(text(f"SHOW {name}")) for name in ("jit", "synchronous_commit")]
    assert told == ["off", "on"]
