"""What the walk over the chain finds out, and that writers at once leave it whole."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, select, text, update
from sqlalchemy.exc import DatabaseError

from congress_app.audit import chain, chain_queries, queries, services
from congress_app.audit.chain import Anchor
from congress_app.audit.models import Entry, Head
from congress_app.audit.services import Happening, RowHappening
from congress_app.database import db, transaction
from congress_app.kernel.permissions import Actor
from tests.builders import a_unit

ACTOR = Actor("user", 7, "lan", "Nguyễn Thị Lan", (), "10.0.0.5")
WRITERS, EACH = 6, 15


def write(count: int = 5) -> None:
    for number in range(count):
        services.record("unit.edit", "unit", {"headcount": [number, 1]}, actor=ACTOR, name="A")


def verdict(*anchors: Anchor) -> tuple[str | None, int | None, int]:
    found = chain_queries.verify(anchors)
    return found.fault, found.number, found.entries


def change(statement: Any) -> None:
    with transaction() as session:
        session.execute(statement)


def test_every_way_of_writing_is_chained_in_order(app):
    unit = a_unit("A")
    with transaction():
        services.record("unit.edit", unit, {"a": 1.5, "b": ["ả", None]}, actor=ACTOR)
        services.record_many("unit.edit", [Happening(unit), Happening(unit)], actor=ACTOR)
        services.record_rows("unit.edit", "unit", [RowHappening(1, "A", {"x": True})], actor=ACTOR)
    assert verdict() == (None, None, 4)
    numbers = db.session.scalars(select(Entry.number).order_by(Entry.id))
    assert list(numbers) == [1, 2, 3, 4]
    last = db.session.scalar(select(Entry.hash).where(Entry.number == 4))
    assert chain_queries.head() == Anchor(4, last)


def test_nothing_is_left_of_what_was_rolled_back(app):
    def write_and_fail() -> None:
        with transaction():
            write(1)
            raise RuntimeError

    write(1)
    with pytest.raises(RuntimeError):
        write_and_fail()
    with transaction():
        with pytest.raises(RuntimeError):
            write_and_fail()
        write(1)
    assert verdict() == (None, None, 2)


@pytest.mark.parametrize(
    "values",
    [
        {"actor_name": "mai"},
        {"at": text("at")},
        {"changes": {"headcount": [1, 2]}},
        {"subject_name": "B"},
        {"digest": "0" * 64},
        {"hash": "0" * 64},
        {"salt": "0" * 32},
        {"address": None},
        {"unit_path": "/1/"},
    ],
)
def test_a_changed_entry_is_named(app, values):
    write()
    if "at" in values:
        values = {"at": db.session.scalar(select(Entry.at).where(Entry.number == 1))}
    change(update(Entry).where(Entry.number == 3).values(values))
    assert verdict() == ("altered", 3, 2)


def test_a_missing_entry_is_named(app):
    write()
    change(delete(Entry).where(Entry.number == 2))
    assert verdict() == ("missing", 2, 1)


def test_two_entries_in_each_other_s_place_are_found(app):
    write()
    for old, new in ((2, 99), (3, 2), (99, 3)):
        change(update(Entry).where(Entry.number == old).values(number=new))
    assert verdict() == ("altered", 2, 1)


def test_an_entry_put_in_beside_the_chain_is_found(app):
    write(2)
    with transaction() as session:
        # Written behind the program's back: nothing seals it.
        session.execute(
            text(
                "INSERT INTO audit_entry (at, actor_kind, actor_name, action, subject_kind, "
                "subject_name, changes) SELECT at, actor_kind, 'x', action, subject_kind, "
                "subject_name, changes FROM audit_entry WHERE number = 1"
            )
        )
    fault, _row, entries = verdict()
    assert (fault, entries) == ("unchained", 2)


def test_a_cut_off_end_shows_by_the_head_and_by_paper_alone_when_that_is_forged(app):
    write()
    paper = chain_queries.head()
    change(delete(Entry).where(Entry.number > 3))
    assert verdict() == ("head", 5, 3)
    forged = db.session.scalar(select(Entry.hash).where(Entry.number == 3))
    change(update(Head).values(number=3, hash=forged))
    assert verdict() == (None, None, 3)
    assert verdict(paper) == ("anchor", 5, 3)
    write(2)
    assert verdict(paper) == ("anchor", 5, 5)


def test_every_anchor_counts_though_two_name_one_entry(app):
    write(2)
    paper = chain_queries.head()
    other = Anchor(paper.number, "0" * 64)
    assert verdict(other, paper) == verdict(paper, other) == ("anchor", 2, 2)


def test_a_head_that_was_taken_away_is_told(app):
    write(2)
    change(delete(Head))
    assert verdict() == ("head", 0, 2)


def test_other_ids_do_not_change_the_order_in_which_the_log_is_read(app):
    write(3)
    change(text("UPDATE audit_entry SET id = 99 WHERE number = 1"))
    read, _total = queries.entries(
        queries.Wanted(), within=(), whole_house=True, offset=0, limit=None
    )
    assert [entry.number for entry in read] == [3, 2, 1]
    assert [entry.number for entry in queries.of_actor("user", 7)] == [3, 2, 1]


def test_an_anchor_that_holds_is_met(app):
    write(2)
    paper = chain_queries.head()
    write(2)
    assert chain_queries.verify([paper]).anchors_met == {paper}


def test_erased_content_keeps_the_chain_and_is_told(app):
    write()
    wanted = list(db.session.scalars(select(Entry.id).where(Entry.number.in_([2, 3]))))
    assert services.erase(wanted, "dossier.purge", "congress", {"rows": 2}, actor=ACTOR) == 2
    assert verdict() == (None, None, 6)
    assert chain_queries.verify().erased == 2
    kept = db.session.scalars(select(Entry).where(Entry.id.in_(wanted))).all()
    assert [(one.actor_name, one.subject_name, one.changes) for one in kept] == [
        ("lan", "", {}),
        ("lan", "", {}),
    ]
    told = db.session.scalar(select(Entry.changes).where(Entry.number == 6))
    assert told == {"rows": 2, chain.ERASED: "2-3"}


def test_erasing_behind_the_program_s_back_is_found(app):
    write()
    change(update(Entry).where(Entry.number == 4).values(subject_name="", changes={}, salt=None))
    assert verdict() == ("erased", 4, 5)


def race(app: Flask) -> list[BaseException]:
    """Several writers at once, each with a connection of its own; what failed."""
    failed: list[BaseException] = []
    start = threading.Barrier(WRITERS)

    def work() -> None:
        start.wait()
        with app.app_context():
            try:
                for _ in range(EACH):
                    write(1)
            except DatabaseError as error:
                failed.append(error)

    threads = [threading.Thread(target=work) for _ in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failed


def test_writers_at_once_leave_one_whole_chain(app):
    assert race(app) == []
    assert verdict() == (None, None, WRITERS * EACH)


def test_without_the_lock_the_same_race_breaks_it(app, monkeypatch):
    """The control: every writer has looked at the end before any has its turn to write."""
    ends = threading.local()
    looked = threading.Barrier(WRITERS)
    real = services.record

    def look_first(*args: Any, **options: Any) -> None:
        if not hasattr(ends, "seen"):
            ends.seen = chain_queries.head()
            looked.wait()
        real(*args, **options)

    monkeypatch.setattr(services, "record", look_first)
    monkeypatch.setattr(services, "_take_head", lambda _: (ends.seen.number, ends.seen.hash))
    assert len(race(app)) >= WRITERS - 1  # the number is unique: only one got through


def test_what_tells_of_an_erasing_is_never_erased_itself(app):
    write()
    services.erase([1, 2], "person.erase", "data_request", {"whole": True}, actor=ACTOR)
    every = list(db.session.scalars(select(Entry.id)))
    assert services.erase(every, "dossier.purge", "congress", {}, actor=ACTOR) == 3
    assert verdict() == (None, None, 7)
