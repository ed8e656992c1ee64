"""What is wrong with the answers an address gives, for each kind of caller.

`tests/walks/test_permissions.py` walks them.
"""

from __future__ import annotations

import re
from typing import Any

from flask.testing import FlaskClient

from congress_app.kernel.permissions import Permission, Role
from congress_app.units.models import Unit
from tests.walks.doors import Door, call, hand_over, least_role

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
    "/calendar/<",
    "/d/<",
    "/hall/<",
    "/api/v1/devices/pair",
    "/api/v1/openapi.json",
)
# Arguments that name nothing of one unit, and why; all others are not there for whoever has
# rights elsewhere.
WHOLE_SYSTEM = {
    "award_code": "one list of names for the sector; only a right at the root writes it",
    "cluster_id": "clusters join units of the whole sector; a page shows those within reach",
}
Faults = list[str]


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
        shared = not door.rule.arguments - WHOLE_SYSTEM.keys()
        if door.access.kind not in ("permission", "signed_in") or (
            shared and (door.method == "GET" or not door.rule.arguments)
        ):
            continue
        role = least_role(door.access.permission or Permission.SELF)
        client = clients.setdefault(role, clients.get(role) or as_role(role, elsewhere))
        status = door.knock(client).status_code
        # Refused, or nothing done: the test looks into the log.
        if status != 404 and not (shared and status in (403, 422)):
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
        hand_over(door, client)
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
# Takes away what others need.
LAST = frozenset({"documents.discard", "seating.remove_hall"})
# Needs a second right, and says so as the gate does: that of sensitive facts.
SECOND_RIGHT = frozenset({"documents.sensitive_file"})
# An empty form of these names nothing that could be found.
EMPTY_HANDED = frozenset(
    {
        "accounts.reset_factor",
        "documents.create",
        "exemplar_sheets.confirm",
        "places.move_many",
        "programme.start",
        "programme.undo",
        "unit_sheets.confirm",
    }
)


def acting_faults(found: list[Door], as_role: Any) -> Faults:
    """Acts that turn somebody away who has exactly the right they ask for.

    What stands in their way by rule (not in this state, not one's own, a form left empty) is
    no refusal; the gate's own answer is, a planted row that is not found, and any fault.
    """
    clients: dict[Role, FlaskClient] = {}
    faults = []
    for door in sorted(found, key=lambda door: door.rule.endpoint in LAST):
        declared = door.access.kind in ("permission", "signed_in")
        if door.method == "GET" or not declared or door.rule.endpoint in ENDS_THE_WALK:
            continue
        role = least_role(door.access.permission or Permission.SELF)
        client = clients.setdefault(role, clients.get(role) or as_role(role))
        hand_over(door, client)
        try:
            answer = door.knock(client)
        except Exception as error:  # noqa: BLE001 - told beside the faults of the others
            faults.append(f"{door} raises {error!r}")
            continue
        away = answer.headers.get("Location", "").startswith("/sign-in")
        gate = answer.status_code == 403 and GATES_OWN.search(answer.text)
        refused = gate and door.rule.endpoint not in SECOND_RIGHT
        # Else the same door with something foreign behind it is closed for another reason.
        found_nothing = answer.status_code == 404 and door.known
        missed = found_nothing and door.rule.endpoint not in EMPTY_HANDED
        if refused or missed or away or answer.status_code == 401 or answer.status_code >= 500:
            faults.append(f"{door} answers {answer.status_code} to a {role}")
    return faults


def bearer_faults(found: list[Door], client: FlaskClient, secret: str, *, devices: bool) -> Faults:
    """What a bearer secret opens that it must not, and what it must open and does not."""
    faults = []
    for door in found:
        if door.access.kind == "public":
            continue
        answer = call(door, client, secret)
        status = answer.status_code
        if door.access.kind == "device":
            right = status not in (401, 403, 404) and status < 500 if devices else status == 401
        else:
            right = status == 302 and answer.headers["Location"].startswith("/sign-in")
        if not right:
            faults.append(f"{door} answers {status} to a bearer")
    return faults
