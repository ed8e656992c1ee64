"""Whoever writes his own X-Forwarded-For gains no new address to guess from."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from congress_app import create_app
from congress_app.audit.models import Entry
from congress_app.database import db

FORGED = {"X-Forwarded-For": "6.6.6.6", "X-Forwarded-Host": "evil.example"}
# What the proxy in front sends on: it writes the true one, or adds it at the end.
BEHIND = {"X-Forwarded-For": "6.6.6.6, 203.0.113.9"}


def told(client: FlaskClient, headers: dict[str, str]) -> str | None:
    """The address in the log after a refused sign-in."""
    client.post("/sign-in", data={"username": "mai", "password": "wrong"}, headers=headers)
    return db.session.scalar(select(Entry.address).where(Entry.action == "sign_in.refused"))


def test_without_a_proxy_nobody_is_believed(app: Flask, client: FlaskClient) -> None:
    assert told(client, FORGED) == "127.0.0.1"


def test_behind_one_proxy_its_own_word_counts_alone(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INSTANCE_PATH", str(tmp_path / "instance"))
    behind = create_app("config.Testing", DATABASE_URL=database_url, TRUSTED_PROXIES=1)
    with behind.app_context():
        assert told(behind.test_client(), BEHIND) == "203.0.113.9"
        db.session.remove()
        db.engine.dispose()
