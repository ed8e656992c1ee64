"""Who may read what."""

from __future__ import annotations

import pytest

from congress_app.delegates import privacy
from congress_app.delegates.registration import PersonFacts
from congress_app.kernel.permissions import Actor, Grant, Role


def actor(role: Role, path: str = "/1/") -> Actor:
    return Actor("user", 1, "u", "U", (Grant(role, path),))


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (Role.ADMIN, True),
        (Role.ORGANISER, True),
        (Role.REGISTRAR, True),
        (Role.SECRETARY, False),
        (Role.TELLER, False),
        (Role.CHECKIN, False),
        (Role.SUPERVISOR, False),
        (Role.VIEWER, False),
    ],
)
def test_roles(role: Role, may: bool) -> None:
    assert privacy.may_read_sensitive(actor(role), "/1/5/") is may


def test_only_below_the_own_unit() -> None:
    registrar = actor(Role.REGISTRAR, "/1/5/")
    assert privacy.may_read_all(registrar, ("/1/5/",))
    assert not privacy.may_read_all(registrar, ("/1/5/", "/1/6/"))
    assert not privacy.may_read_all(registrar, ("/1/",))


def test_public_facts_leave_out_the_sensitive_ones() -> None:
    facts = PersonFacts("Lê An", ethnicity="Tày", party_member=False, phone="0912345678")
    assert privacy.public_facts(facts) == PersonFacts("Lê An", phone="0912345678")
    assert set(privacy.SENSITIVE) == {"ethnicity", "party_member"}


def test_priorities_are_hidden_unless_they_are_known_to_be_open() -> None:
    marks, known = ["women", "ethnic_minority", "nguoi_co_dao", "tre"], {"women", "tre"}
    assert privacy.visible_priorities(marks, known, sensitive=False) == ["women", "tre"]
    assert privacy.visible_priorities(marks, known, sensitive=True) == marks
    assert privacy.hidden_marks(marks, known) == ["nguoi_co_dao"]
