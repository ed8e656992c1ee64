"""A part of an entry is erased: what is left is as the entry about the erasing tells."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from congress_app.audit import chain, chain_queries, services, wording
from congress_app.audit.chain import Rest
from congress_app.audit.models import Entry
from congress_app.audit.vocabulary import FIELDS
from congress_app.database import db, transaction
from congress_app.kernel.permissions import Actor

ACTOR = Actor("user", 7, "lan", "Nguyễn Thị Lan", (), "10.0.0.5")
LEFT = {"name": ["Lan", "Mai"]}


def entry(number: int) -> Entry:
    db.session.expire_all()
    return db.session.scalars(select(Entry).where(Entry.number == number)).one()


def cut(**changes: Any) -> None:
    """Three entries; of the second a rest is left, as the fourth tells."""
    for _ in range(3):
        services.record("unit.edit", "unit", LEFT | {"phone": "0912"}, actor=ACTOR, name="Lan")
    rests = [Rest(entry(2).id, "Lan", LEFT)]
    services.erase([], "person.erase", "unit", {}, actor=ACTOR, rests=rests)
    if changes:
        with transaction():
            row = entry(2)
            for name, value in changes.items():
                setattr(row, name, value)


def verdict() -> tuple[str | None, int | None, int, int]:
    found = chain_queries.verify()
    return found.fault, found.number, found.erased, found.reduced


def test_the_rest_says_so_and_the_chain_holds(app: Flask) -> None:
    cut()
    assert (entry(2).subject_name, entry(2).changes) == ("Lan", LEFT | {chain.PARTLY: True})
    assert verdict() == (None, None, 0, 1)
    told = entry(4).changes
    assert wording.lines(told) == [wording.Line(FIELDS[chain.REDUCED], None, "2")]


@pytest.mark.parametrize(
    "changes",
    [{"subject_name": "Mai"}, {"changes": LEFT}, {"changes": {}}, {"salt": "ab" * 16}],
)
def test_a_rest_that_was_changed_is_found(app: Flask, changes: dict[str, Any]) -> None:
    cut(**changes)
    assert verdict()[:2] == ("altered", 2)


def test_the_digest_of_the_entry_itself_may_not_change_either(app: Flask) -> None:
    cut(digest="ab" * 32)
    assert verdict()[:2] == ("altered", 2)


def test_an_entry_before_cannot_tell_what_is_left_of_a_later_one(app: Flask) -> None:
    digest = chain.content_digest("ab" * 16, "Mai", {})
    services.record("unit.edit", "unit", {chain.REDUCED: {"2": digest}}, actor=ACTOR)
    services.record("unit.edit", "unit", LEFT, actor=ACTOR, name="Lan")
    with transaction():
        row = entry(2)
        row.salt, row.subject_name, row.changes = "ab" * 16, "Mai", {}
    assert verdict()[:2] == ("altered", 2)


def test_what_tells_of_an_erasing_is_neither_erased_nor_cut(app: Flask) -> None:
    cut()
    told, ids = entry(4).changes, [entry(4).id]
    rests = [Rest(entry(4).id, "", {})]
    assert services.erase(ids, "person.erase", "unit", {}, actor=ACTOR, rests=rests) == 0
    assert (entry(4).changes, verdict()) == (told, (None, None, 0, 1))


def test_a_rest_may_be_cut_again_and_erased_at_last(app: Flask) -> None:
    cut()
    rests = [Rest(entry(2).id, "", LEFT)]
    services.erase([], "person.erase", "unit", {}, actor=ACTOR, rests=rests)
    assert verdict() == (None, None, 0, 1)
    services.erase([entry(2).id], "person.erase", "unit", {}, actor=ACTOR)
    assert (entry(2).changes, verdict()) == ({}, (None, None, 1, 0))
