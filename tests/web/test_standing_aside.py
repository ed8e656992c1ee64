"""While the tables are another program's, nothing is read or written through this one."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from congress_app.database import WRONG_TABLES


def test_everything_but_signs_of_life_is_put_off(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.extensions, WRONG_TABLES, True)
    page = client.get("/sign-in")
    assert (page.status_code, page.headers["Retry-After"]) == (503, "30")
    assert "Máy chủ đang được nâng cấp" in page.text
    told = client.get("/api/v1/feed", headers={"Authorization": "Bearer x"})
    assert (told.status_code, told.json["error"]["code"]) == (503, "upgrading")
    assert [client.get(path).status_code for path in ("/healthz", "/readyz")] == [200, 200]
    monkeypatch.setitem(app.extensions, WRONG_TABLES, False)
    assert client.get("/sign-in").status_code == 200
