"""What stands before every page of a congress."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient

from congress_app.kernel.permissions import Role
from tests.builders import a_congress, a_unit, the_root
from tests.conftest import AsRole


def test_a_stranger_learns_nothing_of_which_congresses_exist(
    app: Flask, client: FlaskClient
) -> None:
    congress = a_congress()
    answers = [client.get(f"/congresses/{number}/plan") for number in (congress.id, 999)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert all(answer.headers["Location"].startswith("/sign-in") for answer in answers)


def test_unknown_and_foreign_congresses_look_alike(app: Flask, as_role: AsRole) -> None:
    foreign, own = a_congress(), a_unit(parent=the_root())
    organiser = as_role(Role.ORGANISER, own)
    pages = [organiser.get(f"/congresses/{number}/plan") for number in (foreign.id, 999)]
    assert [page.status_code for page in pages] == [404, 404]
