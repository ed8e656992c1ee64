"""The database away, a disk full or read-only: told clearly, and over by itself."""

from __future__ import annotations

import errno
import re
import sqlite3
from html import unescape
from io import BytesIO
from types import SimpleNamespace

import pytest
from sqlalchemy import event, select
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection

from congress_app.database import COMMITTING, db
from congress_app.kernel.permissions import Role
from congress_app.units.models import Cluster
from congress_app.web import outages
from congress_app.web.guards import public
from congress_app.web.outages import AWAY, BUSY, FULL, READ_ONLY, UNSURE, outage_of


def of_sqlite(words: str) -> DBAPIError:
    return OperationalError("INSERT", {}, sqlite3.OperationalError(words))


def of_postgres(state: str | None, *, lost: bool = False) -> DBAPIError:
    kind = type(
        "OperationalError", (Exception,), {"__module__": "psycopg.errors", "sqlstate": state}
    )
    return OperationalError("INSERT", {}, kind("…"), connection_invalidated=lost)


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (of_sqlite("database or disk is full"), FULL),
        (of_sqlite("attempt to write a readonly database"), READ_ONLY),
        (of_sqlite("database is locked"), BUSY),
        (of_sqlite("disk I/O error"), READ_ONLY),
        (of_sqlite("unable to open database file"), AWAY),
        (of_sqlite("no such table: unit"), None),
        (of_postgres("53100"), FULL),
        (of_postgres("53300"), BUSY),
        (of_postgres("57P01"), AWAY),
        (of_postgres("57P03"), AWAY),
        (of_postgres("08006"), AWAY),
        (of_postgres("25006"), READ_ONLY),
        (of_postgres("40P01"), BUSY),
        (of_postgres(None), AWAY),
        (of_postgres("42P01"), None),
        (of_postgres("42P01", lost=True), AWAY),
        (NoConnection("pool"), BUSY),
        (OSError(errno.ENOSPC, "x"), FULL),
        (OSError(errno.EROFS, "x"), READ_ONLY),
        (OSError(errno.ENOENT, "x"), None),
        (IntegrityError("INSERT", {}, sqlite3.IntegrityError("UNIQUE")), None),
        (ValueError("x"), None),
    ],
)
def test_what_the_error_tells_of(error, expected):
    assert outage_of(error) is expected


def test_a_connection_lost_while_committing_leaves_it_open_whether_it_is_stored():
    for error, expected in (
        (of_postgres("57P01"), UNSURE),
        (of_postgres(None), UNSURE),
        (of_sqlite("database or disk is full"), FULL),
        (of_postgres("40001"), BUSY),
    ):
        error.add_note(COMMITTING)
        assert outage_of(error) is expected


def raising(app, error):
    @app.route("/trial", methods=["GET", "POST"])
    @app.route("/api/v1/trial", methods=["POST"], endpoint="api_trial")
    @public
    def trial():
        raise error

    return app.test_client()


def test_a_reader_gets_a_page_with_what_happened_and_when_to_come_again(app):
    answer = raising(app, of_sqlite("database or disk is full")).get("/trial?page=2")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
    assert "Ổ đĩa của máy chủ đã đầy" in answer.text
    assert 'href="/trial?page=2"' in answer.text
    assert answer.headers["X-Request-ID"] in answer.text


def hidden(page):
    """Names and values of what the page holds to be sent again, and where it goes."""
    form = re.search(r'<form method="post" action="(/trial[^"]*)">(.*?)</form>', page, re.S)
    if form is None:
        return None
    found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', form[2])
    return form[1], [(unescape(name), unescape(value)) for name, value in found]


def test_what_was_typed_is_kept_to_be_sent_again(app):
    client = raising(app, of_postgres("57P01"))
    typed = {"name": 'Cụm "A" & <b>\ndòng hai', "unit": ["1", "2"], "csrf_token": "x"}
    answer = client.post("/trial?page=2", data=typed)
    assert (answer.status_code, "Gửi lại" in answer.text) == (503, True)
    fields = [("name", typed["name"]), ("unit", "1"), ("unit", "2"), ("csrf_token", "x")]
    assert hidden(answer.text) == ("/trial?page=2", fields)


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"username": "a", "password": "bí mật"},
        {"name": "x" * 300_000},
        {"name": "x", "file": (BytesIO(b"abc"), "a.xlsx")},
    ],
)
def test_secrets_files_and_very_much_are_not_written_into_the_page(app, typed):
    answer = raising(app, of_postgres("57P01")).post("/trial", data=typed)
    assert (answer.status_code, hidden(answer.text)) == (503, None)
    assert "bí mật" not in answer.text


def test_a_device_gets_it_as_data(app):
    answer = raising(app, of_postgres("57P01")).post("/api/v1/trial")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")
    assert answer.json == {"error": {"code": "database_away", "message": outages.AWAY.sentence}}


def test_an_error_of_our_own_is_no_outage(app):
    with pytest.raises(OperationalError):
        raising(app, of_sqlite("no such table: unit")).get("/trial")


# How a disk without room, or a database that may not be written, is made and ended.
GROUND = {
    "sqlite": ("PRAGMA max_page_count=1", "PRAGMA max_page_count=1000000", FULL),
    "postgresql": (
        "SET default_transaction_read_only = on",
        "SET default_transaction_read_only = off",
        READ_ONLY,
    ),
}


def test_without_ground_to_write_on_pages_open_and_it_ends_by_itself(app, as_role):
    gone, back, outage = GROUND[db.engine.dialect.name]
    admin = as_role(Role.ADMIN)
    now = SimpleNamespace(statement=gone)

    @event.listens_for(db.engine, "checkout")
    def limited(connection, _record, _proxy):
        if db.engine.dialect.name == "postgresql":
            connection.autocommit = True
        connection.execute(now.statement)
        if db.engine.dialect.name == "postgresql":
            connection.autocommit = False

    def create(number):
        return admin.post("/clusters", data={"name": f"Cụm {number} " + "x" * 150})

    refused = next(one for one in map(create, range(200)) if one.status_code != 302)
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "60")
    assert outage.sentence in refused.text
    assert admin.get("/units").status_code == 200
    now.statement = back
    assert create("cuối").status_code == 302
    name = db.session.scalar(select(Cluster.name).order_by(Cluster.id.desc()).limit(1))
    assert name.startswith("Cụm cuối")


def test_a_connection_that_became_read_only_is_not_kept(app, as_role):
    admin = as_role(Role.ADMIN)
    words = {
        "sqlite": "PRAGMA query_only = ON",
        "postgresql": "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY",
    }
    with db.engine.connect() as one, db.engine.connect() as other:
        for connection in (one, other):
            connection.exec_driver_sql(words[db.engine.dialect.name])
            connection.commit()
    answers = [admin.post("/clusters", data={"name": f"Cụm {n}"}) for n in range(3)]
    assert READ_ONLY.sentence in answers[0].text
    assert [one.status_code for one in answers] == [503, 302, 302]
