"""While the tables are another program's, nothing is read or written through this one."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from congress_app.database import WRONG_TABLES, transaction
from congress_app.kernel.permissions import Role
from tests.builders import a_congress
from tests.conftest import AsRole


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


def test_a_page_of_a_congress_is_put_off_before_its_tables_are_read(
    app: Flask, as_role: AsRole, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those may be what another program changed; what was typed comes back to be sent again."""
    address = f"/congresses/{a_congress().id}"
    organiser = as_role(Role.ORGANISER)
    with transaction() as session:
        session.execute(text("ALTER TABLE congress RENAME COLUMN name TO title"))
    monkeypatch.setitem(app.extensions, WRONG_TABLES, True)
    told = [organiser.get(f"{address}/"), organiser.get("/congresses/")]
    told.append(organiser.post(f"{address}/edit", data={"name": "Đại hội"}))
    assert [(page.status_code, page.headers["Retry-After"]) for page in told] == [(503, "30")] * 3
    assert 'value="Đại hội"' in told[2].text
