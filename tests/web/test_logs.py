"""What the server writes of a request, and that nothing of a person is in it."""

from __future__ import annotations

import io
import json
import logging
import re
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from congress_app.database import transaction
from congress_app.kernel.permissions import Role
from congress_app.web import logs
from congress_app.web.guards import public
from tests import builders

PHONE = "0912345678"
NAME = "Nguyễn Thị Bí Mật"
TOKEN = "bimat" * 6 + "zz"


@pytest.fixture
def written():
    """Everything the process logs, as JSON lines."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.JsonLines())
    before = (logging.root.handlers, logging.root.level)
    logging.root.handlers, level = [*logging.root.handlers, handler], logging.INFO
    logging.root.setLevel(level)
    yield stream
    logging.root.handlers = before[0]
    logging.root.setLevel(before[1])


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def requests(stream: io.StringIO) -> list[dict[str, Any]]:
    return [line for line in lines(stream) if line["logger"] == "congress_app.requests"]


def test_a_request_is_one_line_with_its_rule_and_its_actor(as_role, written):
    admin = as_role(Role.ADMIN)
    written.seek(0)
    written.truncate()
    answer = admin.get("/units", headers={"X-Request-ID": "4f1c2a9e-0000-4000-8000-1234567890ab"})
    (line,) = requests(written)
    assert {key: line[key] for key in ("level", "message", "method", "route", "endpoint")} == {
        "level": "info",
        "message": "request",
        "method": "GET",
        "route": "/units",
        "endpoint": "units.index",
    }
    assert (line["status"], line["actor"]) == (200, f"user:{admin.user.id}")
    assert line["ms"] > 0
    assert line["bytes"] == len(answer.data)
    assert (
        line["request_id"]
        == answer.headers["X-Request-ID"]
        == ("4f1c2a9e-0000-4000-8000-1234567890ab")
    )


@pytest.mark.parametrize("sent", ["", PHONE, "x" * 65, "a" * 20 + " \t", "a" * 16 + "é"])
def test_what_is_no_number_of_a_request_is_replaced(client, sent):
    answer = client.get("/healthz", headers={"X-Request-ID": sent} if sent else {})
    assert re.fullmatch(r"[0-9a-f]{32}", answer.headers["X-Request-ID"])


def test_an_unknown_address_is_written_without_its_path(client, written):
    client.get(f"/d/{TOKEN}/{PHONE}")
    (line,) = requests(written)
    assert (line["route"], line["endpoint"], line["status"]) == (None, "unknown", 404)


def test_nothing_of_a_person_is_ever_written(app, client, as_role, written):
    congress = builders.a_congress()
    person = builders.a_person(NAME, congress.unit, phone=PHONE)
    builders.a_delegate(congress, person, link_token=TOKEN)
    registrar = as_role(Role.ORGANISER)
    assert client.get(f"/d/{TOKEN}").status_code == 200
    client.post("/sign-in", data={"username": PHONE, "password": TOKEN})
    registrar.get(f"/congresses/{congress.id}/delegates?q={PHONE}")
    registrar.get(f"/congresses/{congress.id}/delegates?q={NAME}")
    client.post("/api/v1/scans", headers={"Authorization": f"Bearer {TOKEN}"}, json={"code": PHONE})
    assert requests(written)
    for planted in (PHONE, NAME, TOKEN):
        assert planted not in written.getvalue()


def test_an_error_is_written_by_its_kind_and_place_only(app, written):
    app.testing = False

    @app.get("/breaks/<word>")
    @public
    def breaks(word: str) -> str:
        raise ValueError(f"{word} and {PHONE}")

    answer = app.test_client().get(f"/breaks/{TOKEN}")
    (error,) = [line for line in lines(written) if line["level"] == "error"]
    assert (answer.status_code, error["message"]) == (500, "unforeseen error at /breaks/<word>")
    assert error["error"]["type"] == "ValueError"
    assert error["error"]["at"][-1].endswith(" breaks")
    assert error["request_id"] in answer.text
    assert PHONE not in written.getvalue()
    assert TOKEN not in written.getvalue()


def test_a_databases_error_keeps_its_row_to_itself(app, written):
    unit = builders.a_unit("A", name=NAME)
    try:
        with transaction() as session:
            session.execute(
                text("INSERT INTO unit (id, code, name) VALUES (:id, :code, :name)"),
                {"id": unit.id, "code": PHONE, "name": NAME},
            )
    except IntegrityError:
        logging.getLogger("congress_app.trial").exception("it broke")
    (line,) = lines(written)
    assert line["error"]["type"] == "IntegrityError"
    assert PHONE not in written.getvalue()
    assert NAME not in written.getvalue()


def test_of_others_words_what_is_filled_in_stays_out(written):
    logging.getLogger("gunicorn.error").warning("Error handling request %s", f"/d/{TOKEN}")
    logging.getLogger("congress_app.jobs").warning("job %s failed", 7)
    foreign = logging.getLogger("gunicorn.error")
    foreign.warning("words over two 'lines'")
    foreign.warning(f"Invalid request from ip={PHONE}")
    foreign.warning(f"Invalid request line {TOKEN} %s", NAME)
    told = [line["message"] for line in lines(written)]
    assert told[:3] == ["Error handling request %s", "job 7 failed", "words over two 'lines'"]
    places = [re.fullmatch(r"\(.+test_logs\.py:\d+ test_\w+\)", line) for line in told[3:]]
    assert len(places) == 2
    assert all(places)
