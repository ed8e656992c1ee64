"""The page of permissions says what the code does."""

from __future__ import annotations

from flask import Flask

from congress_app.accounts.permission_words import PERMISSION_LABELS
from congress_app.kernel.permissions import Permission
from tests.architecture.sources import ROOT
from tools.permissions import page

WRITTEN = ROOT / "docs" / "permissions.md"


def test_the_page_is_as_new_as_the_code(app: Flask) -> None:
    assert WRITTEN.read_text("utf-8") == page(app), (
        "run: .venv/bin/python -m tools.permissions > docs/permissions.md"
    )


def test_every_permission_has_its_words() -> None:
    assert set(PERMISSION_LABELS) == set(Permission)
    assert len(set(PERMISSION_LABELS.values())) == len(Permission)
