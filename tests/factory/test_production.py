"""A server with real data does not start half safe."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask

from congress_app.factory.production import weak_key, why_not
from tests import builders
from tests.architecture.sources import ROOT

GOOD = {
    "PRODUCTION": True,
    "SECRET_KEY": "q7Zt0VdPp3kRw9LmXc2YbN5sHf8JgTa1",
    "SESSION_COOKIE_SECURE": True,
    "ALLOW_DEMO": False,
    "SECRET_KEY_FALLBACKS": [],
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


def test_nothing_is_wrong_with_a_server_that_is_set_up() -> None:
    assert why_not(GOOD, demo_accounts=0) is None


@pytest.mark.parametrize(
    ("settings", "word"),
    [({"SECRET_KEY": "dev"}, "SECRET_KEY_FALLBACKS quá yếu"), ({}, "1 tài khoản trình diễn")],
)
def test_the_server_itself_says_so_and_ends(
    app: Flask, database_url: str, tmp_path: Path, settings: dict[str, str], word: str
) -> None:
    builders.a_user("admin", is_demo=True)
    environment = {
        **os.environ,
        "PRODUCTION": "1",
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
