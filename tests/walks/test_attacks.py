"""What a tester tries first: forged forms, foreign names, answers kept by the browser."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import AnyConverter, IntegerConverter, Rule

from congress_app.accounts.sessions import token_hash
from congress_app.web.guards import access_of
from tests import builders
from tests.builders import PASSWORD

CHANGING = frozenset({"POST", "PUT", "PATCH", "DELETE"})


def some_path(app: Flask, rule: Rule) -> str:
    """An address of the rule; whether its things exist does not matter."""
    values: dict[str, object] = {}
    for name, converter in rule._converters.items():
        if isinstance(converter, AnyConverter):
            values[name] = min(converter.items)
        else:
            values[name] = 1 if isinstance(converter, IntegerConverter) else "x"
    return str(app.url_map.bind("localhost").build(rule.endpoint, values, method="POST"))


def changing(app: Flask) -> list[Rule]:
    """Every rule that takes what changes something, devices' calls apart: they hold no
    cookie a foreign page could use, and read none."""
    return [
        rule
        for rule in app.url_map.iter_rules()
        if CHANGING & (rule.methods or set())
        and rule.endpoint != "static"
        and not rule.rule.startswith("/api/v1/")
    ]


@pytest.mark.parametrize("json", [None, {"anything": 1}])
def test_without_its_token_nothing_is_changed(app: Flask, as_role: Any, json: Any) -> None:
    client = as_role("admin")
    app.config["WTF_CSRF_ENABLED"] = True
    rules = changing(app)
    assert len(rules) > 100
    told = {}
    for rule in rules:
        answer = client.post(some_path(app, rule), json=json)
        if answer.status_code != 400 or "400 · csrf" not in answer.text:
            told[rule.rule] = answer.status_code
    assert told == {}


def test_devices_calls_take_no_cookie_for_a_proof(app: Flask, as_role: Any) -> None:
    client = as_role("admin")
    for rule in app.url_map.iter_rules():
        access = access_of(app.view_functions[rule.endpoint])
        if access is not None and access.kind == "device":
            method = min((rule.methods or set()) - {"HEAD", "OPTIONS"})
            path = some_path(app, rule) if method == "POST" else None
            if path is not None:
                assert (path, client.post(path, json={}).status_code) == (path, 401)


def test_a_foreign_name_of_the_server_is_refused(app: Flask, client: FlaskClient) -> None:
    app.config["TRUSTED_HOSTS"] = ["daihoi.example.vn", "127.0.0.1", "localhost"]
    statuses = {
        host: client.get("/sign-in", headers={"Host": host}).status_code
        for host in ("daihoi.example.vn", "localhost", "evil.example", "daihoi.example.vn.evil")
    }
    assert statuses == {
        "daihoi.example.vn": 200,
        "localhost": 200,
        "evil.example": 400,
        "daihoi.example.vn.evil": 400,
    }


def test_a_token_set_before_signing_in_is_not_taken_over(app: Flask) -> None:
    user = builders.a_user("viewer", username="mai")
    attacker, victim = app.test_client(), app.test_client()
    attacker.get("/sign-in")
    name = app.config["SESSION_COOKIE_NAME"]
    if (planted := attacker.get_cookie(name)) is not None:
        victim.set_cookie(name, planted.value)
    victim.post("/sign-in", data={"username": "mai", "password": PASSWORD})
    assert victim.get("/me").status_code == 200
    assert attacker.get("/me").status_code == 302
    assert user.id
    with victim.session_transaction() as kept:
        assert len(token_hash(kept["token"])) == 64


def test_half_a_sign_in_opens_nothing_but_the_second_step(app: Flask) -> None:
    user = builders.a_user("admin", username="mai")
    builders.a_second_factor(user)
    client = app.test_client()
    answer = client.post("/sign-in", data={"username": "mai", "password": PASSWORD})
    assert answer.headers["Location"] == "/sign-in/code"
    for path in ("/", "/me", "/users", "/me/second-factor"):
        assert client.get(path).headers["Location"].startswith("/sign-in")


def test_the_second_step_leads_to_no_other_site(app: Flask, frozen_clock: Any) -> None:
    user = builders.a_user("admin", username="mai")
    builders.a_second_factor(user)
    client = app.test_client()
    fields = {"username": "mai", "password": PASSWORD, "next": "https://evil.example/"}
    client.post("/sign-in", data=fields)
    answer = client.post("/sign-in/code?next=//evil.example", data={"code": builders.a_code()})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")


def test_pages_of_whoever_is_signed_in_stay_in_no_cache(app: Flask, as_role: Any) -> None:
    client = as_role("admin")
    kept = {}
    for rule in app.url_map.iter_rules():
        access = access_of(app.view_functions[rule.endpoint])
        if rule.arguments or "GET" not in (rule.methods or ()) or access is None:
            continue
        if access.kind not in ("permission", "signed_in"):
            continue
        answer = client.get(rule.rule)
        cache = answer.headers.get("Cache-Control", "")
        if not ({"no-store", "no-cache"} & set(cache.split(", "))) or "public" in cache:
            kept[rule.rule] = cache
    assert kept == {}


def test_tracing_is_not_offered(client: FlaskClient) -> None:
    assert client.open("/sign-in", method="TRACE").status_code == 405
    assert client.open("/healthz", method="PUT").status_code == 405
