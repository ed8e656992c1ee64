"""Every address with every method, its arguments filled with planted things.

`tests/walks/faults.py` tells what is wrong with the answers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update
from werkzeug.routing import AnyConverter, IntegerConverter, Rule
from werkzeug.test import TestResponse

from congress_app.accounts.models import SignInSession
from congress_app.database import transaction
from congress_app.documents.models import DocumentFile
from congress_app.jobs.models import Job, KeptUpload
from congress_app.kernel.permissions import ROLE_PERMISSIONS, Permission, Role
from congress_app.scanners.supervisor_api import SESSION_HEADER
from congress_app.web.guards import Access, access_of
from tests.walks.everything import NAMED

NOWHERE = 999_999
# Calls that look at what they hold before they look for the row.
SAID = {
    "scanners_supervisor.admit": {
        "uuid": "00000000-0000-4000-9000-000000000001",
        "direction": "in",
        "scanned_at": "2020-06-15T01:00:00+00:00",
    },
    "scanners_supervisor.take_back": {"reason": "Quét nhầm người."},
}
# Forms that say what is wanted before the row is looked for; <…> is something planted.
FORMS = {
    "candidates.add": {"person_id": "<person_id>", "how": "unit"},
    "clusters.rename": {"name": "Cụm đổi tên"},
    "committees.set_post": {"post": "secretary"},
    "day.act": {"act": "start"},
    "day.swap": {"other": "<item_id>"},
    "rounds.mark_ballot": {"standing": "issued"},
    "seats.block": {"version": "1"},
    "seats.pin": {"version": "1"},
    "seats.put": {"version": "1", "name": NAMED},
    "seats.swap": {"version": "1", "target": "<seats.seat_id>", "target_version": "1"},
    "seats.take_away": {"version": "1"},
    "speeches.decide": {"state": "in_review"},
}
# What is its owner's alone, whatever rights others have; by endpoint or argument.
OWNERS: dict[str, tuple[Any, Any]] = {
    "job_id": (Job.id, Job.owner_id),
    "file_key": (DocumentFile.key, DocumentFile.owner_id),
    "accounts.end_session": (SignInSession.id, SignInSession.user_id),
}


@dataclass(frozen=True)
class Door:
    """One address with one method, its arguments filled in."""

    rule: Rule
    method: str
    path: str
    access: Access
    known: bool  # every argument names something that exists
    values: dict[str, object]
    form: dict[str, str]

    def __str__(self) -> str:
        return f"{self.method} {self.rule.rule}"

    def knock(self, client: FlaskClient) -> TestResponse:
        """The answer to a request that is empty, or says no more than what is wanted."""
        form = self.form if self.method == "POST" else None
        return client.open(self.path, method=self.method, data=form)

    def leading_to(self, name: str, value: object) -> Door:
        """The same door with another thing behind one of its arguments."""
        values = self.values | {name: value}
        return replace(self, values=values, path=path_of(self.rule, values))


def doors(app: Flask, arguments: dict[str, object]) -> Iterator[Door]:
    """Every address and method of the application, static files apart."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        access = access_of(app.view_functions[rule.endpoint])
        if rule.endpoint == "static" or access is None:
            continue
        given = {name: argument(arguments, rule, name) for name in rule.arguments}
        values = {name: _nowhere(rule, name) if one is None else one for name, one in given.items()}
        known = all(one is not None or is_word(rule, name) for name, one in given.items())
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            form = filled(rule.endpoint, arguments)
            yield Door(rule, method, path_of(rule, values), access, known, values, form)


def filled(endpoint: str, arguments: dict[str, object]) -> dict[str, str]:
    """The form of an endpoint; empty for most."""
    form = FORMS.get(endpoint, {})
    return {
        name: str(arguments.get(text[1:-1], "")) if text.startswith("<") else text
        for name, text in form.items()
    }


def argument(arguments: dict[str, object], rule: Rule, name: str) -> object:
    """What is planted for an argument of the rule; None for nothing."""
    chapter = rule.endpoint.partition(".")[0]
    keys = (f"{rule.endpoint}.{name}", f"{chapter}.{name}", name)
    return next((arguments[key] for key in keys if key in arguments), None)


def is_word(rule: Rule, name: str) -> bool:
    """Whether the argument is one of a few words and names no row."""
    return isinstance(rule._converters[name], AnyConverter)


def path_of(rule: Rule, values: dict[str, object]) -> str:
    """The address with these arguments."""
    built = rule.build(values)
    if built is None:
        raise AssertionError(f"{rule.rule} takes other arguments")
    return built[1]


def _nowhere(rule: Rule, name: str) -> object:
    converter = rule._converters[name]
    if isinstance(converter, AnyConverter):
        return min(converter.items)
    return NOWHERE if isinstance(converter, IntegerConverter) else "nowhere"


def least_role(permission: Permission) -> Role:
    """The role that holds the permission and the fewest others."""
    holders = [role for role in Role if permission in ROLE_PERMISSIONS[role]]
    return min(holders, key=lambda role: (len(ROLE_PERMISSIONS[role]), role))


def hand_over(door: Door, client: Any) -> None:
    """Make the client's own what only its owner may open."""
    for name, value in door.values.items():
        row, owner = OWNERS.get(door.rule.endpoint, OWNERS.get(name, (None, None)))
        if row is not None:
            with transaction() as session:
                session.execute(
                    update(row.class_).where(row == value).values({owner: client.user.id})
                )
                if name == "job_id":  # with the sheet behind it
                    session.execute(update(KeptUpload).values(owner_id=client.user.id))


def call(door: Door, client: FlaskClient, secret: str) -> TestResponse:
    """The answer to a device's call with its secret, opened by the PIN."""
    headers = {"Authorization": f"Bearer {secret}", SESSION_HEADER: secret}
    said = SAID.get(door.rule.endpoint)
    return client.open(door.path, method=door.method, headers=headers, json=said)
