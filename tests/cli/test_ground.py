"""A command on a database that is not there or not this program's says what to do."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from congress_app import create_app
from congress_app.cli import ground
from congress_app.database import db, transaction
from congress_app.operations import queries

COMMANDS = [
    ("congresses", "list"),
    ("badges", "codes", "1"),
    ("devices", "list", "1"),
    ("devices", "revoke", "1"),
    ("scans", "export", "1"),
    ("scans", "verify", "1"),
    ("audit", "head"),
    ("audit", "verify"),
    ("key", "list"),
    ("accounts", "create", "moi", "--role", "organiser", "--unit", "VN"),
    ("accounts", "lock-idle"),
    ("dossiers", "make", "1", "-o", "d.zip"),
    ("documents", "render", "programme", "1", "-o", "a.docx"),
    ("backup", "b.sqlite"),
]


def ended(app: Flask, *words: str) -> tuple[int, str]:
    """Exit code, and the error's code in the one document on stdout."""
    result = app.test_cli_runner().invoke(args=[*words, "--format", "json"])
    assert result.stdout, (words, result.exception, result.stderr)
    return result.exit_code, json.loads(result.stdout)["error"]["code"]


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_database_without_tables(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    app = create_app("config.Testing", DATABASE_URL=f"sqlite:///{tmp_path / 'empty.sqlite'}")
    assert ended(app, *words) == (3, "no_tables")


def test_a_folder_that_cannot_be_opened(tmp_path: Path) -> None:
    app = create_app("config.Testing", DATABASE_URL=f"sqlite:///{tmp_path / 'no' / 'b.sqlite'}")
    assert ended(app, "congresses", "list") == (3, "database_away")


def test_a_server_that_does_not_answer() -> None:
    app = create_app("config.Testing", DATABASE_URL="postgresql+psycopg://nobody@127.0.0.1:1/none")
    assert ended(app, "congresses", "list") == (3, "database_away")


def test_tables_of_another_version_and_an_error_of_our_own(app: Flask) -> None:
    broken: Any = pytest.raises(Exception, match="no_such_column")
    with broken as own:
        db.session.execute(text("SELECT no_such_column FROM congress"))
    assert ground.refusal_of(own.value) is None
    with transaction():
        db.session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    told = ground.refusal_of(own.value)
    assert told is not None
    assert (told.code, told.exit_code) == ("other_tables", 3)
    assert "(9999)" in str(told)
    assert f"({queries.head()})" in str(told)
