"""The users as a sheet: what the page shows, in its order."""

from __future__ import annotations

from typing import Any

from flask import Flask

from tests.builders import a_unit, a_user, the_root
from tests.sheets import rows_of, shown_rows


def test_the_users_are_those_of_the_page_filtered_and_sorted(app: Flask, as_role: Any) -> None:
    place = a_unit(parent=the_root(), name="BHXH tỉnh An")
    a_user("viewer", place, username="an", display_name="Lê An", is_active=False)
    a_user("registrar", place, username="binh", display_name="=Bình")
    client = as_role("admin")
    for query in ("", "?sort=username", "?state=inactive", "?role=registrar", "?sort=last"):
        shown = shown_rows(client.get(f"/users{query}").text)
        rows = rows_of(client.get(f"/users.xlsx{query}").data)
        assert [list(row[:4]) for row in rows] == [row[:4] for row in shown]
    assert client.get("/users?state=inactive").text.count("/users.xlsx?state=inactive") == 1
    assert rows_of(client.get("/users.xlsx?state=inactive").data) == [
        ("Lê An", "an", "Lãnh đạo theo dõi · BHXH tỉnh An", "Đã khóa", None)
    ]
    assert as_role("viewer", place).get("/users.xlsx").status_code == 403
