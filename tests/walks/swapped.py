"""Doors of one's own unit with one argument of a foreign one, and what a walk left behind.

The number of a row says nothing about whose it is: an address that names a congress and
something in it must find that thing in this congress, for whoever has every right there and
for whoever has it everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select

from congress_app.database import Model, db
from congress_app.kernel.permissions import Permission, Role
from tests.walks.doors import Door, argument, call, hand_over, is_word, least_role
from tests.walks.faults import Faults

# Words and periods, the same everywhere.
WORDS = frozenset({"award_code", "paper_kind", "purpose", "quarter"})
VARIABLE = re.compile(r"<(?:[^:<>]*:)?(\w+)>")
# Every request of a session or a device leaves its mark there, every wrong link its count.
SEEN = frozenset({"device", "sign_in_failures", "sign_in_session"})


def swapped(found: list[Door], foreign: dict[str, object]) -> Iterator[tuple[str, Door]]:
    """Each door once for each argument that is looked for within another one.

    The first of an address is looked for within the actor's rights, which the walk of the
    foreign right proves; a device has no address of its own, so for it the first is one too.
    """
    for door in found:
        names = VARIABLE.findall(door.rule.rule)
        for name in names if door.access.kind == "device" else names[1:]:
            if name not in WORDS and not is_word(door.rule, name):
                yield name, door.leading_to(name, argument(foreign, door.rule, name))


@dataclass(frozen=True)
class Knock:
    """Somebody with every right before a door with one foreign thing behind it."""

    name: str
    door: Door
    client: FlaskClient


def knocks(
    found: list[Door], foreign: dict[str, object], as_role: Any, stranger: FlaskClient
) -> list[Knock]:
    """Who tries what: all signed in, with the right for the whole tree; nothing tried yet."""
    clients: dict[Role, FlaskClient] = {}
    ready = []
    for name, door in swapped(found, foreign):
        client = stranger
        if door.access.kind in ("permission", "signed_in"):
            role = least_role(door.access.permission or Permission.SELF)
            client = clients.setdefault(role, clients.get(role) or as_role(role))
            hand_over(door, client)
        ready.append(Knock(name, door, client))
    return ready


def swapped_faults(ready: list[Knock], secret: str) -> Faults:
    """Things of another congress that are found in one's own; `secret` is the device's."""
    faults = []
    for knock in ready:
        is_call = knock.door.access.kind == "device"
        answer = (
            call(knock.door, knock.client, secret) if is_call else knock.door.knock(knock.client)
        )
        if answer.status_code != 404:
            faults.append(f"{knock.door} answers {answer.status_code} to a foreign {knock.name}")
    return faults


def contents() -> dict[str, str]:
    """Every table with a digest of its rows."""
    return {
        table.name: sha256(
            repr(sorted(map(repr, db.session.execute(select(table))))).encode()
        ).hexdigest()
        for table in Model.metadata.sorted_tables
        if table.name not in SEEN
    }
