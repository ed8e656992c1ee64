"""A server with real data does not start half safe."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from congress_app.database import db
from congress_app.factory.production import (
    logs_rows,
    open_database,
    too_mighty,
    weak_key,
    why_not,
)
from congress_app.operations.queries import logged_account
from tests import builders
from tests.architecture.sources import ROOT
from tools.production import rights_of_account

GOOD = {
    "PRODUCTION": True,
    "SECRET_KEY": "q7Zt0VdPp3kRw9LmXc2YbN5sHf8JgTa1",
    "SESSION_COOKIE_SECURE": True,
    "ALLOW_DEMO": False,
    "SECRET_KEY_FALLBACKS": [],
    "SQLALCHEMY_DATABASE_URI": "sqlite:///congress.sqlite",
    "DATABASE_HOST": "",
    "DATABASE_TLS": "",
    "DATABASE_PLAIN": False,
    "SECRET_KEY_FILE": "/var/lib/congress/secret_key",
    "PUBLIC_URL": "https://thidua.example.vn",
}


@pytest.mark.parametrize(
    "key", ["", "dev", "change-me", "x" * 64, "0123456789" * 5, "secretsecretsecretsecretsecret123"]
)
def test_what_anybody_could_guess_is_weak(key: str) -> None:
    assert weak_key(key)


def test_a_made_key_is_not_weak() -> None:
    assert not any(weak_key(secrets.token_urlsafe(48)) for _ in range(200))


@pytest.mark.parametrize(
    ("changed", "demo_accounts", "word"),
    [
        ({"SECRET_KEY": "dev"}, 0, "quá yếu"),
        ({"SECRET_KEY_FALLBACKS": ["dev"]}, 0, "quá yếu"),
        ({"SESSION_COOKIE_SECURE": False}, 0, "HTTPS=0"),
        ({"PUBLIC_URL": ""}, 0, "PUBLIC_URL trống"),
        ({"PUBLIC_URL": "thidua.example.vn"}, 0, "PUBLIC_URL trống"),
        ({"PUBLIC_URL": "https://[thidua.example.vn"}, 0, "PUBLIC_URL trống"),
        ({"PUBLIC_URL": "http://thidua.example.vn"}, 0, "PUBLIC_URL trống"),
        ({"SQLALCHEMY_DATABASE_URI": "postgresql+psycopg://a:b@db/c"}, 0, "sslmode=verify-full"),
        ({"ALLOW_DEMO": True}, 0, "ALLOW_DEMO=1"),
        ({}, 8, "8 tài khoản trình diễn"),
    ],
)
def test_each_fault_ends_the_start_with_its_sentence(
    changed: dict[str, object], demo_accounts: int, word: str
) -> None:
    told = why_not(GOOD | changed, demo_accounts=demo_accounts)
    assert told is not None
    assert word in told
    assert why_not(GOOD | changed | {"PRODUCTION": False}, demo_accounts=demo_accounts) is None


@pytest.mark.parametrize(
    ("address", "settings", "is_open"),
    [
        ("sqlite:////var/lib/congress/congress.sqlite", {}, False),
        ("postgresql+psycopg:///congress?host=/var/run/postgresql", {}, False),
        ("postgresql+psycopg:///congress", {}, False),
        ("postgresql+psycopg://congress@localhost/congress", {}, False),
        ("postgresql+psycopg://congress@127.0.0.1:5433/congress", {}, False),
        ("postgresql+psycopg://congress@[::1]/congress", {}, False),
        ("postgresql+psycopg://congress@10.0.0.5/congress", {}, True),
        ("postgresql+psycopg:///congress", {"DATABASE_HOST": "10.0.0.5"}, True),
        ("postgresql+psycopg:///congress?host=/run/one,db2.example.vn", {}, True),
        # Encrypted, but to whoever answers.
        ("postgresql+psycopg://congress@db.example.vn/congress?sslmode=require", {}, True),
        ("postgresql+psycopg://congress@db.example.vn/congress?sslmode=verify-full", {}, False),
        ("postgresql://congress@db.example.vn/congress", {"DATABASE_TLS": "verify-ca"}, False),
        ("postgresql+psycopg://congress@database/congress", {"DATABASE_PLAIN": True}, False),
    ],
)
def test_rows_travel_protected_or_by_an_express_word(
    address: str, settings: dict[str, object], is_open: bool
) -> None:
    assert open_database(address, GOOD | settings) is is_open


def test_an_account_of_the_database_with_too_many_rights_is_told(app: Flask) -> None:
    assert too_mighty([]) is None
    told = too_mighty(["SUPERUSER", "CREATEDB"])
    assert told is not None
    assert "(CREATEDB, SUPERUSER)" in told
    # What the server is asked at the start; the throw-away one's account owns it all.
    assert ("SUPERUSER" in rights_of_account()) is is_postgres()


def is_postgres() -> bool:
    return db.engine.dialect.name == "postgresql"


def test_rows_in_the_log_of_the_database_are_told_with_the_word_that_ends_it(app: Flask) -> None:
    assert logs_rows(None) is None
    told = logs_rows("congress")
    assert told is not None
    assert "ALTER ROLE congress SET log_error_verbosity = 'terse';" in told
    # What the server is asked at the start; the throw-away one keeps PostgreSQL's own setting.
    account = db.session.scalar(text("SELECT current_user")) if is_postgres() else None
    assert logged_account() == account


def test_a_key_others_may_read_ends_the_start() -> None:
    told = why_not(GOOD, demo_accounts=0, key_is_open=True)
    assert told is not None
    assert "tệp khóa /var/lib/congress/secret_key không chỉ dành cho" in told


def test_a_database_file_others_may_read_ends_the_start() -> None:
    told = why_not(GOOD, demo_accounts=0, open_file="/srv/congress.sqlite")
    assert told is not None
    assert "tệp dữ liệu /srv/congress.sqlite không chỉ dành cho" in told


def test_nobody_else_reads_the_database_of_a_first_start(tmp_path: Path) -> None:
    """The first commands of the documents, typed with the usual umask; what is there is mended."""
    instance = tmp_path / "instance"
    settings = {"INSTANCE_PATH": str(instance), "DATABASE_URL": ""}
    command = [sys.executable, "-m", "flask", "--app", "congress_app", "db", "upgrade"]
    for _ in range(2):
        subprocess.run(
            command, cwd=ROOT, env=os.environ | settings, check=True, umask=0o022, timeout=300
        )
        modes = {path.name: path.stat().st_mode & 0o777 for path in instance.rglob("*.sqlite*")}
        assert set(modes.values()) == {0o600}
        (instance / "congress.sqlite").chmod(0o644)
    assert instance.stat().st_mode & 0o777 == 0o700


def test_nothing_is_wrong_with_a_server_that_is_set_up() -> None:
    assert why_not(GOOD, demo_accounts=0) is None


@pytest.mark.parametrize(
    ("settings", "word"),
    [
        ({"SECRET_KEY": "dev"}, "SECRET_KEY_FALLBACKS quá yếu"),
        ({"SECRET_KEY_FILE": "key-of-0666"}, "key-of-0666 không chỉ dành cho tài khoản"),
        ({"SECRET_KEY_FILE": "nowhere/key"}, "Không đọc được khóa nào trong"),
        ({}, "1 tài khoản trình diễn"),
    ],
)
def test_the_server_itself_says_so_and_ends(
    app: Flask, database_url: str, tmp_path: Path, settings: dict[str, str], word: str
) -> None:
    builders.a_user("admin", is_demo=True)
    (tmp_path / "key-of-0666").write_text(secrets.token_urlsafe(48))
    (tmp_path / "key-of-0666").chmod(0o666)
    if named := settings.get("SECRET_KEY_FILE"):
        settings = {"SECRET_KEY_FILE": str(tmp_path / named)}
    environment = {
        **os.environ,
        "PRODUCTION": "1",
        "PUBLIC_URL": "https://thidua.example.vn",
        "DATABASE_URL": database_url,
        "INSTANCE_PATH": str(tmp_path / "served"),
        **settings,
    }
    environment.pop("CONGRESS_CONFIG", None)
    done = subprocess.run(
        [sys.executable, "-m", "gunicorn", "--config", "tools/gunicorn_conf.py"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode != 0
    assert word in done.stderr
    assert "Traceback" not in done.stderr
