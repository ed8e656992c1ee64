"""Sensitive facts of the log under seal: told to the person, gone with the rest, resealed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from flask import Flask, current_app
from sqlalchemy import event, func, select
from sqlalchemy.exc import OperationalError

from congress_app.accounts import key_services
from congress_app.audit import chain, chain_queries, sealed_queries, sealed_services
from congress_app.audit.models import Entry
from congress_app.audit.sealing import Sensitive
from congress_app.audit.services import RowHappening, record, record_rows
from congress_app.database import Model, db, transaction
from congress_app.dossiers import person_queries, request_services
from congress_app.formats import key_seal
from tests import builders
from tests.conftest import ON_POSTGRES
from tests.dossiers.closed import EVERYWHERE, LAN, a_closed_congress
from tests.dossiers.test_services import file_bytes, looked_over, purged

BOTH = {
    "ethnicity": ["Pà Thẻn cũ", "Xinh Mun mới"],
    "party_member": [None, True],
    "sensitive_priorities": [[], ["nguoi-cao-tuoi"]],
}
CHANGES: dict[str, object] = {key: Sensitive(*both) for key, both in BOTH.items()}
TOLD = dict.fromkeys(BOTH, "changed")
WORDS = ("Pà Thẻn cũ", "Xinh Mun mới", "nguoi-cao-tuoi")


def tell(row: Model, action: str = "delegate.edit", **more: object) -> None:
    record(action, row, {**CHANGES, **more}, actor=LAN, unit_path="/1/", name="Lê An")


def held() -> list[dict[str, Any]]:
    """What the log holds of these changes, the sealed text apart."""
    db.session.rollback()
    found = db.session.scalars(select(Entry).where(Entry.actor_name == "lan").order_by(Entry.id))
    return [one.changes for one in found if "ethnicity" in one.changes]


def is_told_in_the_database() -> list[str]:
    db.session.rollback()
    return [word for word in WORDS if word.encode() in file_bytes()]


def test_no_plain_value_stands_in_the_log_and_the_person_is_told_them(app: Flask) -> None:
    delegate = builders.a_delegate()
    person = delegate.person_id
    tell(delegate)
    (changes,) = held()
    assert {**TOLD, chain.SEALED: changes[chain.SEALED]} == changes
    assert is_told_in_the_database() == []
    (entry,) = person_queries.person_rows(person)["audit_entry"]
    assert entry["changes"] == BOTH
    (past,) = sealed_queries.past("delegate", delegate.id)
    assert (past.actor_name, past.changes) == ("lan", BOTH)


def test_readings_however_many_push_no_change_out_of_the_history(app: Flask) -> None:
    delegate = builders.a_delegate()
    tell(delegate)
    readings = [RowHappening(delegate.id, "Lê An", {"compared": True})] * 1000
    record_rows("delegate.read_sensitive", "delegate", readings, actor=LAN)
    assert [one.changes for one in sealed_queries.past("delegate", delegate.id)] == [BOTH]


def test_an_exemplar_of_his_is_told_too(app: Flask) -> None:
    delegate = builders.a_delegate()
    exemplar = builders.an_exemplar("Lê An", delegate.congress.unit)
    builders.a_link(exemplar, delegate.person)
    both = {"is_minority": Sensitive(True, False)}
    record("exemplar.edit", exemplar, both, actor=LAN, name="Lê An")
    entries = person_queries.person_rows(delegate.person_id)["audit_entry"]
    assert [one["changes"] for one in entries] == [{"is_minority": [True, False]}]


def test_a_purge_takes_the_sealed_values_also_of_what_stays(app: Flask) -> None:
    closed = a_closed_congress()
    tell(closed.delegate)
    name = ["Hoàng Thị Thắng", "Hoàng Thị Thắng Lợi"]
    tell(closed.delegate, "delegate.identity", full_name=name, reason="Ghi sai")
    looked_over()
    assert len(held()) == 2
    purged(closed)
    assert held() == []
    assert sealed_queries.sealed_with() == {}
    assert chain_queries.verify().fault is None


def test_a_deletion_takes_them(app: Flask) -> None:
    delegate = builders.a_delegate(builders.a_congress(state="closed"), state="withdrawn")
    tell(delegate)
    request = builders.a_data_request(delegate.person, kind="erase")
    assert request_services.forget(request, within=EVERYWHERE, actor=LAN)
    assert (held(), sealed_queries.sealed_with()) == ([], {})
    assert chain_queries.verify().fault is None


def test_under_a_new_key_they_open_and_the_chain_holds(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealed_queries, "_AT_ONCE", 2)
    delegate = builders.a_delegate()
    for _ in range(5):
        tell(delegate)
    old = sealed_queries.keys()[0]
    current_app.config.update(
        SECRET_KEY="a new key", SECRET_KEY_FALLBACKS=(old,), SECRET_KEY_FILE=""
    )
    assert [key_services.reseal(actor=LAN) for _ in range(2)] == [5, 0]
    assert sealed_queries.sealed_with() == {key_seal.key_name("a new key"): 5}
    current_app.config["SECRET_KEY_FALLBACKS"] = ()
    db.session.rollback()
    assert [one.changes for one in sealed_queries.past("delegate", delegate.id)] == [BOTH] * 5
    assert chain_queries.verify().fault is None
    current_app.config["SECRET_KEY"] = "a key that opens nothing"
    assert sealed_queries.past("delegate", delegate.id)[0].changes == TOLD


def test_it_is_sealed_with_the_newest_key_though_the_process_began_with_another(
    app: Flask, tmp_path: Path
) -> None:
    file = tmp_path / "key"
    file.write_text("the-newest-key\nanother\n")
    current_app.config["SECRET_KEY_FILE"] = str(file)
    tell(builders.a_delegate())
    assert sealed_queries.sealed_with() == {key_seal.key_name("the-newest-key"): 1}


def test_what_was_stopped_between_two_parts_is_gone_on_with(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealed_queries, "_AT_ONCE", 2)
    delegate = builders.a_delegate()
    for _ in range(5):
        tell(delegate)
    last = db.session.scalar(select(func.max(Entry.id)))
    old, new = sealed_queries.keys()[0], "a new key"
    current_app.config.update(SECRET_KEY=new, SECRET_KEY_FALLBACKS=(old,), SECRET_KEY_FILE="")

    def stop(_connection: object, _cursor: object, statement: str, told: Any, *_: object) -> None:
        values = tuple(told.values() if isinstance(told, dict) else told)
        if statement.startswith("UPDATE audit_entry") and last in values:
            raise KeyboardInterrupt

    event.listen(db.engine, "before_cursor_execute", stop)
    with pytest.raises(KeyboardInterrupt):
        key_services.reseal(actor=LAN)
    event.remove(db.engine, "before_cursor_execute", stop)
    names = key_seal.key_name(old), key_seal.key_name(new)
    assert sealed_queries.sealed_with() == dict(zip(names, (1, 4), strict=True))
    assert (chain_queries.verify().opened, chain_queries.verify().shut) == (5, 0)
    assert key_services.reseal(actor=LAN) == 1
    assert sealed_queries.sealed_with() == {names[1]: 5}


@pytest.mark.skipif(not ON_POSTGRES, reason="SQLite has one writer: nobody erases meanwhile")
def test_what_is_sealed_anew_is_held_so_that_no_erasure_is_undone(app: Flask) -> None:
    tell(builders.a_delegate())
    old = sealed_queries.keys()[0]
    with transaction():
        part = sealed_services.reseal_part(["a new key", old], 0)
        assert part is not None
        held = select(Entry.id).where(Entry.id == part.last).with_for_update(nowait=True)
        with db.engine.connect() as other, pytest.raises(OperationalError):
            other.execute(held)
