"""What an entry keeps."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from congress_app.audit import chain_queries, services
from congress_app.audit.models import Entry
from congress_app.audit.services import Happening
from congress_app.database import db, transaction
from congress_app.kernel.permissions import Actor
from tests.builders import a_cluster, a_season, a_unit

ACTOR = Actor("user", 7, "lan", "Nguyễn Thị Lan", (), "10.0.0.5")


def entries() -> list[Entry]:
    return list(db.session.scalars(select(Entry).order_by(Entry.id)))


def test_an_entry_tells_who_what_which_when_and_from_where(app, frozen_clock):
    unit = a_unit("VN", name="BHXH Việt Nam")
    services.record(
        "unit.edit", unit, {"name": ["BHXH", "BHXH Việt Nam"]}, actor=ACTOR, unit_path=unit.path
    )
    (entry,) = entries()
    links = {"number", "digest", "hash", "salt"}
    kept = {
        column.name: getattr(entry, column.name)
        for column in Entry.__table__.columns
        if column.name not in links
    }
    assert kept == {
        "id": entry.id,
        "at": frozen_clock.now,
        "actor_kind": "user",
        "actor_id": 7,
        "actor_name": "lan",
        "address": "10.0.0.5",
        "action": "unit.edit",
        "subject_kind": "unit",
        "subject_id": unit.id,
        "subject_name": "BHXH Việt Nam",
        "unit_path": f"/{unit.id}/",
        "changes": {"name": ["BHXH", "BHXH Việt Nam"]},
    }


def test_a_thing_without_a_row_is_named_by_a_word(app):
    services.record("account.refused", "sign_in", actor=ACTOR, name="khach")
    (entry,) = entries()
    assert (entry.subject_kind, entry.subject_id, entry.subject_name) == ("sign_in", None, "khach")


def test_a_row_without_a_name_of_its_own_keeps_the_given_one(app):
    season = a_season()
    services.record("season.create", season, actor=ACTOR, name="Lần thứ V")
    services.record("season.create", season, actor=ACTOR)
    assert [entry.subject_name for entry in entries()] == ["Lần thứ V", season.name]


def test_an_entry_falls_with_what_it_tells_of(app):
    def create_and_fail():
        with transaction():
            services.record("cluster.create", a_cluster("Cụm 1"), actor=ACTOR)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        create_and_fail()
    assert entries() == []


def test_many_are_written_together_in_order(app):
    units = [a_unit("A"), a_unit("B")]
    services.record_many(
        "unit.import",
        [Happening(unit, {"code": unit.code}, unit.path) for unit in units],
        actor=ACTOR,
    )
    assert [(entry.subject_id, entry.changes, entry.unit_path) for entry in entries()] == [
        (unit.id, {"code": unit.code}, unit.path) for unit in units
    ]


def test_changed_gives_before_and_after_of_unsaved_columns(app):
    unit = a_unit("A", headcount=10, name="Cũ")
    with transaction():
        # Loaded first: what was not loaded has no known value before.
        assert (unit.name, unit.headcount) == ("Cũ", 10)
        unit.headcount = 12
        unit.name = "Cũ"
        assert services.changed(unit) == {"headcount": [10, 12]}


def test_a_column_that_was_set_before_it_was_read_is_no_change_to_tell(app):
    for headcount in (None, 12):
        unit = a_unit(f"A{headcount}", headcount=10)
        with transaction():
            unit.headcount = headcount
            with pytest.raises(AssertionError, match=r"unit\.headcount was set before"):
                services.changed(unit)


def test_the_address_of_who_answers_for_himself_goes_with_what_he_answered(app):
    """The chain keeps the address of staff; of a delegate it may have to be forgotten."""
    unit = a_unit("VN")
    delegate = Actor("delegate", 3, "đại biểu", "Nguyễn Văn An", (), "203.0.113.5")
    services.record("delegate.state", unit, {"state": ["convened", "confirmed"]}, actor=delegate)
    services.record_rows(
        "delegate.state", "delegate", [services.RowHappening(9, "An")], actor=delegate
    )
    told = [(entry.address, entry.changes.get("network_address")) for entry in entries()]
    assert told == [(None, "203.0.113.5")] * 2
    services.erase([entry.id for entry in entries()], "dossier.purge", unit, {}, actor=ACTOR)
    db.session.expire_all()
    erased, also, telling = entries()
    assert [(one.address, one.changes) for one in (erased, also)] == [(None, {})] * 2
    assert telling.changes == {"erased_entries": "1-2"}
    assert (chain_queries.verify().fault, chain_queries.verify().erased) == (None, 2)
