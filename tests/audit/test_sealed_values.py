"""The walk over the log opens what lies under seal in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask, current_app
from sqlalchemy import select, update

from congress_app.audit import (
    chain,
    chain_queries,
    sealed_queries,
    sealing,
    services,
)
from congress_app.audit.models import Entry
from congress_app.audit.sealing import Sensitive
from congress_app.database import db, transaction
from congress_app.kernel.permissions import Actor

ACTOR = Actor("user", 7, "lan", "Nguyễn Thị Lan", (), "10.0.0.5")
Told = tuple[str | None, int | None, int, int, list[int]]
SHUT_THIRD: Told = ("sealed", 3, 4, 1, [3])
WHOLE: Told = (None, None, 5, 0, [])


def write(count: int = 5) -> None:
    for _ in range(count):
        both = {"ethnicity": Sensitive("Kinh", "Tày")}
        services.record("unit.edit", "unit", both, actor=ACTOR, name="A")


def verdict() -> Told:
    db.session.rollback()
    found = chain_queries.verify()
    return found.fault, found.number, found.opened, found.shut, found.shut_first


def held(number: int) -> dict[str, Any]:
    changes = db.session.scalar(select(Entry.changes).where(Entry.number == number))
    return dict(changes or {})


def put(number: int, **values: Any) -> None:
    """Into the sealed field, behind the program's back."""
    changes = held(number)
    changes[chain.SEALED] |= values
    with transaction() as session:
        session.execute(update(Entry).where(Entry.number == number).values(changes=changes))


def lost() -> None:
    changes = held(3)
    del changes[chain.SEALED]["text"]
    with transaction() as session:
        session.execute(update(Entry).where(Entry.number == 3).values(changes=changes))


def exchanged() -> None:
    put(3, text=held(2)[chain.SEALED]["text"])


def damaged() -> None:
    text = held(3)[chain.SEALED]["text"]
    put(3, text=text[:-8] + ("A" if text[-8] != "A" else "B") + text[-7:])


def under_a_key_that_is_gone() -> None:
    keys = ["a key nobody has any more", *sealed_queries.keys()]
    subject = sealed_queries.bound_to("unit", None)
    foreign = sealing.sealed_anew(held(3), keys, subject) or {}
    put(3, text=foreign[chain.SEALED]["text"])


@pytest.mark.parametrize("act", [lost, exchanged, damaged, under_a_key_that_is_gone])
def test_a_value_that_does_not_open_is_named_though_the_chain_holds(
    app: Flask, act: Callable[[], None]
) -> None:
    write()
    assert verdict() == WHOLE
    act()
    assert verdict() == SHUT_THIRD


def test_what_was_erased_by_law_is_not_asked_for(app: Flask) -> None:
    write()
    wanted = list(db.session.scalars(select(Entry.id).where(Entry.number.in_([2, 3]))))
    services.erase(wanted, "dossier.purge", "congress", {"rows": 2}, actor=ACTOR)
    assert verdict() == (None, None, 3, 0, [])


def test_a_replaced_key_opens_until_it_is_taken_away(app: Flask) -> None:
    write()
    old = sealed_queries.keys()[0]
    current_app.config.update(
        SECRET_KEY="a new key", SECRET_KEY_FALLBACKS=(old,), SECRET_KEY_FILE=""
    )
    assert verdict() == WHOLE
    current_app.config["SECRET_KEY_FALLBACKS"] = ()
    assert verdict() == ("sealed", 1, 0, 5, [1, 2, 3, 4, 5])


def test_a_broken_chain_is_told_before_a_value_that_does_not_open(app: Flask) -> None:
    write()
    lost()
    with transaction() as session:
        session.execute(update(Entry).where(Entry.number == 5).values(actor_name="mai"))
    assert verdict() == ("altered", 5, 3, 1, [3])


def test_of_many_the_first_are_named(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chain_queries, "_NAMED", 2)
    write()
    current_app.config.update(SECRET_KEY="another key", SECRET_KEY_FILE="")
    assert verdict() == ("sealed", 1, 0, 5, [1, 2])
