"""Every address with every method, and what is wrong with the answers it gives.

`tests/walks/test_permissions.py` walks them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import AnyConverter, IntegerConverter, Rule
from werkzeug.test import TestResponse

from congress_app.kernel.permissions import ROLE_PERMISSIONS, Permission, Role
from congress_app.units.models import Unit
from congress_app.web.guards import Access, access_of

# Open without signing in, and nothing else: signing in and its language switch, liveness,
# a monitor's figures (behind a token of their own), the scanner's empty shell and its
# pairing, the local certificate, links with a secret.
OPEN = (
    "/sign-in",
    "/language",
    "/healthz",
    "/readyz",
    "/metrics",
    "/scanner",
    "/certificate",
    "/d/<",
    "/hall/<",
    "/api/v1/devices/pair",
    "/api/v1/openapi.json",
)
# Arguments that name a thing of one unit: for whoever has rights elsewhere it is not there.
OWNED = frozenset({"congress_id", "exemplar_id", "person_id", "request_id", "unit_id", "user_id"})
NOWHERE = 999_999
Faults = list[str]


@dataclass(frozen=True)
class Door:
    """One address with one method, its arguments filled in."""

    rule: Rule
    method: str
    path: str
    access: Access
    known: bool  # every argument names something that exists

    def __str__(self) -> str:
        return f"{self.method} {self.rule.rule}"

    def knock(self, client: FlaskClient) -> TestResponse:
        """The answer to an empty request."""
        return client.open(self.path, method=self.method)


def doors(app: Flask, arguments: dict[str, object]) -> Iterator[Door]:
    """Every address and method of the application, static files apart."""
    adapter = app.url_map.bind("localhost")
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        access = access_of(app.view_functions[rule.endpoint])
        if rule.endpoint == "static" or access is None:
            continue
        values = {name: arguments.get(name, _nowhere(rule, name)) for name in rule.arguments}
        named = {n for n, made in rule._converters.items() if isinstance(made, AnyConverter)}
        known = rule.arguments <= arguments.keys() | named
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            path = adapter.build(rule.endpoint, values, method=method)
            yield Door(rule, method, path, access, known)


def _nowhere(rule: Rule, name: str) -> object:
    converter = rule._converters[name]
    if isinstance(converter, AnyConverter):
        return min(converter.items)
    return NOWHERE if isinstance(converter, IntegerConverter) else "nowhere"


def least_role(permission: Permission) -> Role:
    """The role that holds the permission and the fewest others."""
    holders = [role for role in Role if permission in ROLE_PERMISSIONS[role]]
    return min(holders, key=lambda role: (len(ROLE_PERMISSIONS[role]), role))


def open_faults(found: list[Door]) -> Faults:
    """Addresses that are open and not on the list."""
    return [
        f"{door} is open to everybody"
        for door in found
        if door.access.kind == "public" and not door.rule.rule.startswith(OPEN)
    ]


def signed_out_faults(found: list[Door], client: FlaskClient) -> Faults:
    """Addresses that do not send a stranger to the sign-in page (a device: away)."""
    faults = []
    for door in found:
        if door.access.kind == "public":
            continue
        answer = door.knock(client)
        device = door.access.kind == "device"
        to_sign_in = answer.headers.get("Location", "").startswith("/sign-in")
        if answer.status_code != (401 if device else 302) or not (device or to_sign_in):
            faults.append(f"{door} answers a stranger {answer.status_code}")
    return faults


def no_right_faults(found: list[Door], client: FlaskClient) -> Faults:
    """Addresses with a permission that let in somebody who has none."""
    return [
        f"{door} answers {status} to somebody without any right"
        for door in found
        if door.access.kind == "permission"
        and (status := door.knock(client).status_code) not in (403, 404)
    ]


def foreign_faults(found: list[Door], elsewhere: Unit, as_role: Any) -> Faults:
    """Things of one unit that are not hidden from somebody with the right beside it."""
    clients: dict[Role, FlaskClient] = {}
    faults = []
    for door in found:
        if door.access.permission is None or not OWNED & door.rule.arguments:
            continue
        role = least_role(door.access.permission)
        client = clients.setdefault(role, clients.get(role) or as_role(role, elsewhere))
        if (status := door.knock(client).status_code) != 404:
            faults.append(f"{door} answers {status} to a {role} of another unit")
    return faults


def right_faults(found: list[Door], as_role: Any) -> Faults:
    """Pages that refuse somebody who has exactly the right they ask for."""
    clients: dict[Role, FlaskClient] = {}
    faults = []
    for door in found:
        if door.method != "GET" or door.access.kind not in ("permission", "signed_in"):
            continue
        role = least_role(door.access.permission or Permission.SELF)
        client = clients.setdefault(role, clients.get(role) or as_role(role))
        answer = door.knock(client)
        status = answer.status_code
        away = answer.headers.get("Location", "").startswith("/sign-in")
        # What the page shows may not exist, or not be in the right state: that is no refusal.
        refused = status in (401, 403) or (status == 404 and door.known)
        if refused or away or status >= 500:
            faults.append(f"{door} answers {status} to a {role}")
    return faults


# The codes of `web/guards.py`, as the page of a refusal prints them.
GATES_OWN = re.compile(r"403 · (forbidden|undeclared)\b")
# A right sent with an empty form changes much, and these would end the walk itself.
ENDS_THE_WALK = frozenset({"accounts.sign_out"})


def acting_faults(found: list[Door], as_role: Any) -> Faults:
    """Acts that turn somebody away who has exactly the right they ask for.

    What stands in their way by rule (no such row any more, not in this state, not one's own,
    a form left empty) is no refusal; the gate's own answer is, and any fault.
    """
    clients: dict[Role, FlaskClient] = {}
    faults = []
    for door in found:
        declared = door.access.kind in ("permission", "signed_in")
        if door.method == "GET" or not declared or door.rule.endpoint in ENDS_THE_WALK:
            continue
        role = least_role(door.access.permission or Permission.SELF)
        client = clients.setdefault(role, clients.get(role) or as_role(role))
        try:
            answer = door.knock(client)
        except Exception as error:  # noqa: BLE001 - told beside the faults of the others
            faults.append(f"{door} raises {error!r}")
            continue
        away = answer.headers.get("Location", "").startswith("/sign-in")
        refused = answer.status_code == 403 and GATES_OWN.search(answer.text)
        if refused or away or answer.status_code == 401 or answer.status_code >= 500:
            faults.append(f"{door} answers {answer.status_code} to a {role}")
    return faults


def bearer_faults(found: list[Door], client: FlaskClient, secret: str, *, devices: bool) -> Faults:
    """What a bearer secret opens that it must not, and what it must open and does not."""
    faults = []
    for door in found:
        if door.access.kind == "public":
            continue
        answer = client.open(
            door.path, method=door.method, headers={"Authorization": f"Bearer {secret}"}
        )
        status = answer.status_code
        if door.access.kind == "device":
            right = status not in (401, 403) and status < 500 if devices else status == 401
        else:
            right = status == 302 and answer.headers["Location"].startswith("/sign-in")
        if not right:
            faults.append(f"{door} answers {status} to a bearer")
    return faults
