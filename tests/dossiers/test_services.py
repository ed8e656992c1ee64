"""Archive, then purge: what is gone is gone from the disk, what is a record stays."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import func, select

from congress_app import postgres_forgetting
from congress_app.audit import chain_queries
from congress_app.audit.models import Entry
from congress_app.audit.services import record
from congress_app.database import db, forget_deleted, transaction
from congress_app.delegates.models import Delegate, Person
from congress_app.documents.models import Document
from congress_app.dossiers import archive, holdings, queries, row_queries, services
from congress_app.dossiers.models import DossierFile
from congress_app.formats.sheet_files import read_sheet
from congress_app.kernel.errors import Conflict, DomainError, NotFound, RuleViolation
from tests.builders import a_congress, a_delegate, an_election
from tests.conftest import ON_POSTGRES
from tests.dossiers.closed import (
    ELECTED,
    LAN,
    NAME,
    PLANTED,
    a_closed_congress,
    a_kept_sheet,
)


def quiet(_done: int, _total: int, _step: str) -> None:
    """Progress nobody reads."""


def made(closed):
    return services.make(closed.congress, quiet, actor=LAN)


def purged(closed):
    dossier = made(closed)
    services.check(closed.congress, dossier, actor=LAN)
    done = services.purge(closed.congress, dossier, dossier.sha256, actor=LAN)
    # On PostgreSQL a transaction of the tests beside this one may be waited for in vain.
    assert done.rewritten or any(forget_deleted() for _ in range(6))
    return dossier


def refusal(act) -> str:
    with pytest.raises(DomainError) as caught:
        act()
    return caught.value.code


def test_the_archive_holds_papers_lists_and_data_and_proves_itself(app, frozen_clock):
    closed = a_closed_congress()
    dossier = made(closed)
    data = queries.file_of(dossier.id)
    assert archive.verify(data) == dossier.manifest
    with zipfile.ZipFile(io.BytesIO(data)) as zipped:
        held = {name: zipped.read(name) for name in zipped.namelist()}
    (paper,) = db.session.scalars(select(Document).where(Document.body.is_not(None)))
    stem = f"van-ban/{paper.number:03d}-{paper.kind}-{paper.id}"
    assert held[f"{stem}.pdf"].startswith(b"%PDF")
    assert held[f"{stem}.docx"].startswith(b"PK")
    names = {
        row.cell(1) for row in read_sheet(held["danh-sach/dai-bieu.xlsx"], "dai-bieu.xlsx").rows
    }
    assert {NAME, ELECTED} <= names
    tables = {Path(name).stem for name in held if name.startswith(queries.DATA)}
    assert tables == {"congress", "person", *holdings.OWNERS}
    (person,) = (row for row in json.loads(held["du-lieu/person.json"]) if row["full_name"] == NAME)
    assert (person["ethnicity"], "phone" in person, "email" in person) == (
        PLANTED["ethnicity"],
        False,
        False,
    )
    everything = b"".join(held.values())
    for secret in ("phone", "e-mail", "link", "badge code", "raw code", "hall link", "photo"):
        assert PLANTED[secret].encode() not in everything, secret
    head = dossier.manifest["audit_head"]
    assert (
        db.session.scalar(select(Entry.hash).where(Entry.number == head["number"])) == head["hash"]
    )


def test_a_congress_under_way_is_not_archived(app):
    congress = a_congress(state="open")
    assert refusal(lambda: services.make(congress, quiet, actor=LAN)) == "congress_not_closed"


def file_bytes() -> bytes:
    """The database as it lies on the disk: SQLite's file and its log, or every file of
    PostgreSQL's folder for this database, tables, indexes and statistics alike."""
    if ON_POSTGRES:
        return b"".join(each.read_bytes() for each in postgres_files() if each.is_file())
    path = Path(db.engine.url.database)
    beside = [path.with_name(path.name + end) for end in ("-wal", "-journal")]
    return path.read_bytes() + b"".join(one.read_bytes() for one in beside if one.exists())


def postgres_files() -> list[Path]:
    """After a checkpoint, as the server itself writes one every few minutes."""
    db.session.rollback()
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("CHECKPOINT")
        folder = connection.exec_driver_sql("SHOW data_directory").scalar_one()
        own = "SELECT oid FROM pg_database WHERE datname = current_database()"
        number = connection.exec_driver_sql(own).scalar_one()
    return list((Path(folder) / "base" / str(number)).iterdir())


def looked_over() -> None:
    """PostgreSQL's own collecting of what is frequent in each column, which a server does by
    itself; it copies values out of the tables."""
    if ON_POSTGRES:
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("ANALYZE")


def test_nothing_planted_is_left_on_the_disk(app):
    closed = a_closed_congress()
    a_kept_sheet(closed.congress)
    looked_over()
    db.session.rollback()
    before = file_bytes()
    missing = [what for what, text in PLANTED.items() if text.encode() not in before]
    assert missing == []  # else the search below would prove nothing
    purged(closed)
    after = file_bytes()
    assert [what for what, text in PLANTED.items() if text.encode() in after] == []
    assert [name for name in (NAME, ELECTED) if name.encode() not in after] == []


@pytest.mark.skipif(not ON_POSTGRES, reason="SQLite has one writer and no such transaction")
@pytest.mark.parametrize("waiting", [True, False], ids=["waiting", "control"])
def test_an_open_transaction_elsewhere_keeps_rows_and_is_noticed(app, monkeypatch, waiting):
    monkeypatch.setattr(postgres_forgetting, "_PATIENCE", 1.0)
    question = postgres_forgetting._SOMEBODY_SEES_BEFORE
    blind = question if waiting else "SELECT %(now)s IS NULL"
    monkeypatch.setattr(postgres_forgetting, "_SOMEBODY_SEES_BEFORE", blind)
    closed = a_closed_congress()
    dossier = made(closed)
    services.check(closed.congress, dossier, actor=LAN)
    with db.engine.connect() as elsewhere:
        elsewhere.exec_driver_sql("SELECT pg_current_xact_id()")
        done = services.purge(closed.congress, dossier, dossier.sha256, actor=LAN)
        kept = PLANTED["note"].encode() in file_bytes()
    assert (done.rewritten, kept) == (not waiting, True)
    monkeypatch.setattr(postgres_forgetting, "_SOMEBODY_SEES_BEFORE", question)
    monkeypatch.setattr(postgres_forgetting, "_PATIENCE", 60.0)
    assert (forget_deleted(), PLANTED["note"].encode() in file_bytes()) == (True, False)


def test_names_and_results_stay_and_working_rows_go(app):
    closed = a_closed_congress()
    delegate_id, congress_id = closed.delegate.id, closed.congress.id
    dossier = purged(closed)
    left = {
        name: db.session.scalar(
            select(func.count())
            .select_from(row_queries.table(name))
            .where(row_queries.key_of(name).in_(row_queries.ids_in(name, congress_id)))
        )
        for name in holdings.REMOVED
    }
    assert {name: count for name, count in left.items() if count} == {}
    stored = db.session.get_one(Delegate, delegate_id)
    person = stored.person
    assert (stored.number, stored.state, stored.note, stored.link_token, stored.priorities) == (
        7,
        "confirmed",
        None,
        None,
        [],
    )
    assert (person.full_name, person.birth_year, person.birth_day, person.phone) == (
        NAME,
        1980,
        None,
        None,
    )
    papers = db.session.scalars(select(Document).where(Document.congress_id == congress_id)).all()
    assert [paper.state for paper in papers] == ["issued"]
    assert (dossier.purged_by, dossier.figures["scan"], dossier.figures["person"]) == ("lan", 1, 1)
    with pytest.raises(NotFound):
        queries.file_of(dossier.id)


def test_who_goes_on_to_the_congress_above_keeps_his_facts_until_that_is_purged(app):
    closed = a_closed_congress()
    purged(closed)
    person = db.session.get_one(Person, closed.elected.id)
    assert (person.phone, person.ethnicity) == ("0900000001", "Tày")
    with transaction():
        closed.above.state = "closed"
    dossier = services.make(closed.above, quiet, actor=LAN)
    services.check(closed.above, dossier, actor=LAN)
    services.purge(closed.above, dossier, dossier.sha256, actor=LAN)
    db.session.expire_all()
    assert (person.full_name, person.phone, person.ethnicity) == (ELECTED, None, None)


def test_the_log_keeps_who_and_when_and_its_chain(app):
    closed = a_closed_congress()
    purged(closed)
    found = chain_queries.verify()
    assert (found.fault, found.erased) == (None, 3)
    edited = db.session.scalars(select(Entry).where(Entry.action == "delegate.edit")).one()
    assert (edited.actor_name, edited.address, edited.subject_name, edited.changes) == (
        "lan",
        "10.0.0.5",
        "",
        {},
    )
    done = db.session.scalars(select(Entry).where(Entry.action == "dossier.purge")).one()
    assert "erased_entries" in done.changes


def test_a_purge_asks_for_a_checked_archive_and_its_hash(app):
    closed = a_closed_congress()
    dossier = made(closed)
    congress = closed.congress

    def purge(typed):
        return refusal(lambda: services.purge(congress, dossier, typed, actor=LAN))

    assert purge(dossier.sha256) == "dossier_not_checked"
    services.check(congress, dossier, actor=LAN)
    assert purge("0" * 64) == "wrong_hash"
    with transaction():
        closed.delegate.note = "sửa sau khi lập hồ sơ"
    assert purge(dossier.sha256) == "dossier_outdated"
    assert refusal(lambda: services.check(congress, dossier, actor=LAN)) == "dossier_outdated"
    assert db.session.get_one(Delegate, closed.delegate.id).link_token == PLANTED["link"]


def test_an_election_that_is_not_over_holds_the_purge_up(app):
    closed = a_closed_congress()
    an_election(closed.congress, target_id=closed.above.id)
    dossier = made(closed)
    services.check(closed.congress, dossier, actor=LAN)
    with pytest.raises(RuleViolation) as caught:
        services.purge(closed.congress, dossier, dossier.sha256, actor=LAN)
    assert [str(one) for one in caught.value.details] == ["Còn cuộc bầu cử chưa công nhận kết quả."]


def test_a_congress_is_purged_once(app):
    closed = a_closed_congress()
    dossier = purged(closed)
    again = refusal(lambda: services.purge(closed.congress, dossier, dossier.sha256, actor=LAN))
    assert again == "purge_refused"


def test_a_spoilt_archive_is_not_accepted(app):
    closed = a_closed_congress()
    dossier = made(closed)
    with transaction() as session:
        stored = session.get_one(DossierFile, dossier.id)
        stored.data = archive.make([archive.Part("x", b"y")], dossier.manifest).data
    with pytest.raises((Conflict, NotFound)):
        services.check(closed.congress, dossier, actor=LAN)


def test_another_congress_is_not_touched(app):
    closed = a_closed_congress()
    other = a_delegate(note="của hội nghị khác")
    purged(closed)
    assert db.session.get_one(Delegate, other.id).note == "của hội nghị khác"


def test_the_log_of_who_goes_on_is_kept_until_the_congress_above_is_purged(app):
    closed = a_closed_congress()
    told = {"phone": ["0900000000", "0900000001"]}
    record("person.edit", closed.elected, told, actor=LAN, unit_path=closed.congress.unit.path)
    purged(closed)
    entry = db.session.scalars(select(Entry).where(Entry.action == "person.edit")).one()
    assert entry.changes == told
    with transaction():
        closed.above.state = "closed"
    dossier = services.make(closed.above, quiet, actor=LAN)
    services.check(closed.above, dossier, actor=LAN)
    services.purge(closed.above, dossier, dossier.sha256, actor=LAN)
    db.session.expire_all()
    assert (entry.changes, chain_queries.verify().fault) == ({}, None)


def test_a_forgotten_reader_does_not_hold_the_purge_for_ever(app):
    closed = a_closed_congress()
    dossier = made(closed)
    services.check(closed.congress, dossier, actor=LAN)
    with db.engine.connect() as reader:
        reader.execute(select(func.count(Person.id))).scalar()
        done = services.purge(closed.congress, dossier, dossier.sha256, actor=LAN)
    assert (done.rewritten, done.figures["scan"]) == (False, 1)
    assert forget_deleted() is True
