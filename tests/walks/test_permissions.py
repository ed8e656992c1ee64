"""The permission table, walked over every address: signed out, no right, foreign right, right.

New routes fall under it by themselves. What an address needs for its arguments comes from
`arguments`, and of a brother's unit from `foreign`; a name nothing is planted for is a fault.
"""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient
from sqlalchemy import func, select

from congress_app.audit.models import Entry
from congress_app.database import db
from congress_app.kernel.permissions import Permission
from congress_app.units.models import Unit
from congress_app.web.guards import public, requires, signed_in
from tests import builders
from tests.walks.doors import Door, doors, least_role
from tests.walks.everything import secret_of
from tests.walks.faults import (
    acting_faults,
    bearer_faults,
    foreign_faults,
    no_right_faults,
    open_faults,
    right_faults,
    signed_out_faults,
)
from tests.walks.swapped import contents, knocks, swapped_faults


def entries() -> int:
    """How many entries the log holds of anything but signing in."""
    counted = select(func.count(Entry.id)).where(Entry.action.not_like("sign_%"))
    return db.session.scalar(counted) or 0


@pytest.fixture
def found(app: Flask, arguments: dict[str, object]) -> list[Door]:
    return list(doors(app, arguments))


def test_every_argument_of_an_address_names_something_planted(found: list[Door]) -> None:
    """Else the walks would find an address closed because nothing stands behind it."""
    assert [str(door) for door in found if not door.known] == []


def test_only_what_is_on_the_list_is_open(found: list[Door]) -> None:
    assert open_faults(found) == []


def test_a_stranger_is_sent_to_the_sign_in_page(found: list[Door], client: FlaskClient) -> None:
    assert signed_out_faults(found, client) == []
    assert entries() == 0


def test_somebody_without_rights_is_refused(found: list[Door], app: Flask) -> None:
    client = app.test_client()
    user = builders.a_user()
    client.post("/sign-in", data={"username": user.username, "password": builders.PASSWORD})
    assert client.get("/me").status_code == 200
    assert no_right_faults(found, client) == []
    assert entries() == 0


def test_a_right_elsewhere_is_no_right_here(
    found: list[Door], elsewhere: Unit, as_role: Any
) -> None:
    assert foreign_faults(found, elsewhere, as_role) == []
    assert entries() == 0


def test_a_foreign_thing_is_not_found_beside_ones_own(
    found: list[Door],
    foreign: dict[str, object],
    place: Unit,
    client: FlaskClient,
    as_role: Any,
) -> None:
    ready = knocks(found, foreign, as_role, client)
    before = contents()
    assert swapped_faults(ready, secret_of(place)) == []
    after = contents()
    assert {name for name in before if before[name] != after[name]} == set()


def test_the_right_itself_opens_every_page(found: list[Door], as_role: Any) -> None:
    assert right_faults(found, as_role) == []


def test_the_right_itself_lets_everybody_act(found: list[Door], as_role: Any) -> None:
    assert acting_faults(found, as_role) == []


def test_a_device_reaches_what_is_for_devices_and_nothing_else(
    found: list[Door], client: FlaskClient, place: Unit
) -> None:
    assert bearer_faults(found, client, secret_of(place), devices=True) == []


def test_a_delegates_secret_opens_his_own_page_and_nothing_else(
    found: list[Door], client: FlaskClient, arguments: dict[str, object]
) -> None:
    token = str(arguments["token"])
    assert bearer_faults(found, client, token, devices=False) == []
    assert client.get(f"/d/{token}").status_code == 200
    assert client.get(f"/hall/{token}").status_code == 404
    assert client.get(f"/d/{arguments['hall_token']}").status_code == 404
    client.get(f"/d/{token}")
    assert client.get("/me").status_code == 302


def test_every_permission_is_held_by_some_role() -> None:
    assert {permission for permission in Permission if least_role(permission)} == set(Permission)


# What follows shows that the walk finds planted faults.


def test_planted_holes_are_found(app: Flask, place: Unit, elsewhere: Unit, as_role: Any) -> None:
    manage = requires(Permission.USER_MANAGE)
    app.add_url_rule("/open", "open", public(lambda: "x"))
    app.add_url_rule("/hidden/<int:unit_id>", "hidden", manage(lambda unit_id: f"unit {unit_id}"))
    app.add_url_rule("/closed", "closed", manage(lambda: abort(403)))
    app.add_url_rule("/self", "self", signed_in(lambda: "x"))
    planted = [
        door
        for door in doors(app, {"unit_id": place.id})
        if door.rule.endpoint in ("open", "hidden", "closed", "self")
    ]
    assert open_faults(planted) == ["GET /open is open to everybody"]
    assert foreign_faults(planted, elsewhere, as_role) == [
        "GET /hidden/<int:unit_id> answers 200 to a admin of another unit"
    ]
    assert right_faults(planted, as_role) == ["GET /closed answers 403 to a admin"]
    insider = as_role("admin")
    assert no_right_faults(planted, insider) == [
        "GET /hidden/<int:unit_id> answers 200 to somebody without any right"
    ]
    assert signed_out_faults(planted, insider) == [
        "GET /closed answers a stranger 403",
        "GET /hidden/<int:unit_id> answers a stranger 200",
        "GET /self answers a stranger 200",
    ]


def test_a_planted_thing_of_another_parent_is_found(
    app: Flask, place: Unit, client: FlaskClient, as_role: Any
) -> None:
    manage = requires(Permission.USER_MANAGE)
    path = "/hidden/<int:unit_id>/<int:item_id>"
    app.add_url_rule(path, "hidden", manage(lambda unit_id, item_id: f"{unit_id} {item_id}"))
    planted = [
        door
        for door in doors(app, {"unit_id": place.id, "item_id": 1})
        if door.rule.endpoint == "hidden"
    ]
    assert swapped_faults(knocks(planted, {"item_id": 2}, as_role, client), "") == [
        "GET /hidden/<int:unit_id>/<int:item_id> answers 200 to a foreign item_id"
    ]
