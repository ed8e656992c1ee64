"""A copy brings everything back on an empty machine, table by table; a wrong one is refused."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from flask_migrate import downgrade
from sqlalchemy import MetaData, create_engine, event, func, inspect, select, text

from congress_app.database import db, transaction
from congress_app.delegates.models import Person
from congress_app.formats.checksum import beside
from congress_app.kernel.errors import Unreadable
from congress_app.kernel.permissions import Role, system_actor
from congress_app.operations import backup_services, queries
from congress_app.operations.models import BackupRecord
from congress_app.units.word_index_services import NAME
from tests import builders
from tests.conftest import ON_POSTGRES
from tests.one_app import make_app

PASSPHRASE = "cụm mật khẩu thử nghiệm".encode()
Tables = dict[str, list[tuple[Any, ...]]]


def content(url: str) -> Tables:
    """Every row of every table, read past the application."""
    engine = create_engine(url)
    metadata = MetaData()
    metadata.reflect(engine)
    with engine.connect() as connection:
        found = {
            table.name: sorted((tuple(row) for row in connection.execute(select(table))), key=repr)
            for table in metadata.sorted_tables
        }
    engine.dispose()
    return found


def fill() -> None:
    """Rows in many tables, with marks, dates, JSON, bytes and nulls."""
    congress = builders.a_congress(name="Hội nghị sao lưu")
    delegate = builders.a_delegate(congress, builders.a_person("Đặng Thị Ngọc Ánh", congress.unit))
    session = builders.a_session(congress)
    builders.a_scan(session, builders.a_badge(delegate))
    builders.a_document_file(congress, builders.a_user(Role.ADMIN, congress.unit).id)
    builders.an_exemplar()


@pytest.fixture
def empty(databases: Any, tmp_path: Path):
    """An application over a database without any table."""
    folder = tmp_path / "empty"
    folder.mkdir()
    url = databases.create(folder)
    engine = create_engine(url)
    with engine.begin() as connection:
        cascade = " CASCADE" if engine.dialect.name == "postgresql" else ""
        for name in inspect(engine).get_table_names():
            connection.execute(text(f'DROP TABLE "{name}"{cascade}'))
    assert content(url) == {}
    engine.dispose()
    other = make_app(url)
    yield other, url
    with other.app_context():
        db.session.remove()
        db.engine.dispose()
    databases.drop(url)


@pytest.mark.parametrize("passphrase", [None, PASSPHRASE])
def test_a_copy_fills_an_empty_machine_table_by_table(
    app, database_url, tmp_path, empty, passphrase
):
    fill()
    db.session.remove()
    before = content(database_url)
    assert sum(bool(rows) for rows in before.values()) > 10
    file = backup_services.make(tmp_path / "copy", passphrase, keep=None, actor=system_actor()).file
    other, url = empty
    with other.app_context():
        done = backup_services.restore(file, passphrase, replace=False, actor=system_actor())
        assert done == backup_services.Restored(queries.head(), queries.head(), is_proven=True)
        indexes = {index["name"] for index in inspect(db.engine).get_indexes("unit")}
        assert (NAME in indexes) == (db.engine.dialect.name == "postgresql")
        db.session.remove()
        db.engine.dispose()
    after = content(url)
    # Of the log everything came back, and one entry tells that it did.
    log_before, log_after = before.pop("audit_entry"), after.pop("audit_entry")
    assert set(map(repr, log_after)) > set(map(repr, log_before))
    assert len(log_after) == len(log_before) + 1
    changed = {name for name in before if before[name] != after[name]}
    assert changed <= {"audit_head"}
    assert file.stat().st_mode & 0o077 == 0
    assert ("Hội nghị sao lưu".encode() in file.read_bytes()) == (
        passphrase is None and db.engine.dialect.name == "sqlite"
    )


def test_a_copy_of_an_older_version_is_brought_up_to_date(app, database_url, tmp_path, empty):
    fill()
    db.session.remove()
    people = content(database_url)["person"]
    downgrade(revision="0014")
    db.session.remove()
    # As before an upgrade: the new program copies the tables of the old one.
    file = backup_services.make(tmp_path / "old", None, keep=None, actor=system_actor()).file
    db.session.remove()
    other, url = empty
    with other.app_context():
        done = backup_services.restore(file, None, replace=False, actor=system_actor())
        assert (done.before, done.now) == ("0014", queries.head())
        db.session.remove()
        db.engine.dispose()
    restored = content(url)
    assert [row[:4] for row in restored["person"]] == [row[:4] for row in people]
    assert restored["backup_record"] == []


def test_a_copy_of_a_newer_version_is_refused_with_a_sentence(app, tmp_path, empty):
    fill()
    with transaction() as session:
        session.execute(text("UPDATE alembic_version SET version_num = 'ff99'"))
    file = backup_services.make(tmp_path / "new", None, keep=None, actor=system_actor()).file
    other, url = empty
    with other.app_context(), pytest.raises(Unreadable) as caught:
        backup_services.restore(file, None, replace=True, actor=system_actor())
    assert caught.value.code == "newer_backup"
    assert "ff99" in str(caught.value)
    assert content(url) == {}


@pytest.mark.parametrize(
    ("passphrase", "harm", "code"),
    [
        (None, lambda data: data, "passphrase_needed"),
        (b"another passphrase", lambda data: data, "wrong_passphrase"),
        (PASSPHRASE, lambda data: data[:-1], "unreadable_file"),
        (PASSPHRASE, lambda data: data[:-5] + b"x" + data[-4:], "unreadable_file"),
        (PASSPHRASE, lambda data: data[:40], "unreadable_file"),
    ],
)
def test_a_sealed_copy_that_does_not_open_says_why_and_touches_nothing(
    app, database_url, tmp_path, passphrase, harm, code
):
    builders.a_congress()
    file = backup_services.make(tmp_path / "copy", PASSPHRASE, keep=None, actor=system_actor()).file
    file.write_bytes(harm(file.read_bytes()))
    beside(file).unlink()  # the seal alone shows it
    db.session.remove()
    before = content(database_url)
    with pytest.raises(Unreadable) as caught:
        backup_services.restore(file, passphrase, replace=True, actor=system_actor())
    assert (caught.value.code, content(database_url)) == (code, before)


@pytest.mark.parametrize("passphrase", [None, PASSPHRASE])
@pytest.mark.parametrize("of_the_sum", [False, True])
def test_one_changed_byte_of_the_copy_or_its_sum_is_told_and_touches_nothing(
    app, database_url, tmp_path, passphrase, of_the_sum
):
    builders.a_person("Đặng Thị Ngọc Ánh")
    file = backup_services.make(tmp_path / "copy", passphrase, keep=None, actor=system_actor()).file
    harmed = beside(file) if of_the_sum else file
    data = bytearray(harmed.read_bytes())
    # Inside a text, where SQLite takes any byte, also one that ends no UTF-8 letter.
    found = data.find("Ngọc Ánh".encode())
    data[10 if of_the_sum else found if found > 0 else len(data) // 2] ^= 0x81
    harmed.write_bytes(data)
    db.session.remove()
    before = content(database_url)
    with pytest.raises(Unreadable) as caught:
        backup_services.restore(file, passphrase, replace=True, actor=system_actor())
    assert (caught.value.code, content(database_url)) == ("changed_backup", before)
    assert str(caught.value) == (
        "Tệp copy không khớp mã SHA-256 ghi trong tệp copy.sha256: một trong hai tệp đã bị thay "
        "đổi hoặc chép chưa đủ. Dữ liệu hiện có được giữ nguyên. Hãy chép lại cả hai tệp từ nơi "
        "đã sao lưu, hoặc dùng bản sao lưu khác."
    )


@pytest.mark.skipif(ON_POSTGRES, reason="a structure that SQLite alone reads")
def test_a_copy_whose_structure_is_no_text_is_refused(app, tmp_path):
    builders.a_person("Đặng Thị Ngọc Ánh")
    file = backup_services.make(tmp_path / "copy", None, keep=None, actor=system_actor()).file
    # SQLite quotes the bytes when it says what it cannot read.
    file.write_bytes(file.read_bytes().replace(b"CREATE TABLE", b"CREATE \xa0ABLE"))
    beside(file).unlink()
    with pytest.raises(Unreadable) as caught:
        backup_services.restore(file, None, replace=True, actor=system_actor())
    assert caught.value.code == "unreadable_file"
    assert db.session.scalars(select(Person.full_name)).all() == ["Đặng Thị Ngọc Ánh"]


@pytest.mark.parametrize("passphrase", [None, PASSPHRASE])
def test_a_copy_without_its_sum_comes_back_and_only_a_seal_proves_it(app, tmp_path, passphrase):
    builders.a_person("Đặng Thị Ngọc Ánh")
    file = backup_services.make(tmp_path / "copy", passphrase, keep=None, actor=system_actor()).file
    beside(file).unlink()
    db.session.remove()
    done = backup_services.restore(file, passphrase, replace=True, actor=system_actor())
    assert done.is_proven == (passphrase is not None)
    assert db.session.scalars(select(Person.full_name)).all() == ["Đặng Thị Ngọc Ánh"]


def test_restoring_leaves_the_copy_and_its_sum_as_they_were(app, tmp_path):
    builders.a_congress()
    file = backup_services.make(tmp_path / "copy", None, keep=None, actor=system_actor()).file
    db.session.remove()
    before = file.read_bytes(), beside(file).read_bytes()
    for _ in range(2):
        backup_services.restore(file, None, replace=True, actor=system_actor())
    assert (file.read_bytes(), beside(file).read_bytes()) == before
    assert beside(file).stat().st_mode & 0o077 == 0


def test_a_new_copy_in_the_place_of_an_old_one_gets_a_new_sum(app, tmp_path):
    for name in ("MOT", "HAI"):
        builders.a_unit(name)
        db.session.remove()
        backup_services.make(tmp_path / "copy", None, keep=None, actor=system_actor())
    done = backup_services.restore(tmp_path / "copy", None, replace=True, actor=system_actor())
    assert done.is_proven


def test_restoring_takes_away_what_the_copy_does_not_know(app, database_url, tmp_path):
    builders.a_congress()
    file = backup_services.make(tmp_path / "copy", None, keep=None, actor=system_actor()).file
    with transaction() as session:
        session.execute(text("CREATE TABLE of_a_later_version (id integer primary key)"))
    builders.a_unit("SAU")
    db.session.remove()
    backup_services.restore(file, None, replace=True, actor=system_actor())
    restored = content(database_url)
    assert "of_a_later_version" not in restored
    assert "SAU" not in {row for rows in restored["unit"] for row in rows}


def test_a_folder_keeps_the_newest_copies_and_nothing_else_is_touched(app, tmp_path, frozen_clock):
    (tmp_path / "congress-notes.txt").write_text("of somebody else")
    for _ in range(3):
        frozen_clock.advance(days=1)
        backup_services.make(tmp_path, None, keep=2, actor=system_actor())
    names = sorted(path.name for path in tmp_path.iterdir() if path.is_file())
    assert [name for name in names if "sqlite" not in name] == [
        f"congress-202006{day}-080000.backup{ending}"
        for day in (17, 18)
        for ending in ("", ".anchor", ".sha256")
    ] + [
        "congress-notes.txt",
    ]
    assert db.session.scalars(select(BackupRecord.file).order_by(BackupRecord.id)).all() == [
        f"congress-202006{day}-080000.backup" for day in (16, 17, 18)
    ]


def test_a_broken_off_copy_leaves_the_old_one(app, tmp_path, monkeypatch):
    builders.a_congress()
    file = backup_services.make(tmp_path / "copy", None, keep=None, actor=system_actor()).file
    whole = file.read_bytes(), beside(file).read_bytes()
    monkeypatch.setattr(os, "fsync", lambda _descriptor: (_ for _ in ()).throw(OSError(28, "full")))
    with pytest.raises(OSError, match="full"):
        backup_services.make(tmp_path / "copy", None, keep=None, actor=system_actor())
    assert (file.read_bytes(), beside(file).read_bytes()) == whole
    assert sorted(tmp_path.glob("*.part")) == []


def test_a_database_that_takes_nothing_is_copied_and_the_copy_is_whole(
    app, database_url, tmp_path, empty
):
    fill()
    db.session.remove()
    before = content(database_url)
    is_sqlite = db.engine.dialect.name == "sqlite"
    closed = "PRAGMA query_only = ON" if is_sqlite else "SET default_transaction_read_only = on"

    @event.listens_for(db.engine, "connect")
    def closes(connection, _record):
        connection.execute(closed)
        if not is_sqlite:
            connection.commit()

    db.engine.dispose()
    made = backup_services.make(tmp_path / "copy", None, keep=None, actor=system_actor())
    assert (made.is_noted, db.session.scalar(select(func.count(BackupRecord.id)))) == (False, 0)
    db.session.remove()
    other, url = empty
    with other.app_context():
        backup_services.restore(made.file, None, replace=False, actor=system_actor())
        db.session.remove()
        db.engine.dispose()
    after = content(url)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"audit_entry", "audit_head"}
