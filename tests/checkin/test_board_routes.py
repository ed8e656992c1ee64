"""The presidium's board."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from congress_app.kernel import clock
from congress_app.kernel.permissions import Role
from tests.builders import a_session
from tests.checkin.hall import Hall, a_hall
from tests.conftest import AsRole, FrozenClock


@pytest.fixture
def hall(app: Flask, frozen_clock: FrozenClock) -> Hall:
    return a_hall()


def test_the_board_tells_figures_and_follows(as_role: AsRole, hall: Hall) -> None:
    viewer = as_role(Role.VIEWER, hall.congress.unit)
    path = f"/congresses/{hall.congress.id}/checkin/board"
    hall.scan("An")
    page = viewer.get(path).text
    etag = page.partition('data-etag="')[2].partition('"')[0]
    known = {"If-None-Match": f'"{etag}"'}
    assert "cần 3 (2/3), còn thiếu 2." in page
    assert viewer.get(f"{path}.json", headers=known).status_code == 304
    hall.scan("Bình")
    hall.scan("Dũng")
    changed = viewer.get(f"{path}.json", headers=known)
    figures = {key: value for key, value in changed.get_json().items() if key != "html"}
    assert figures == {
        "convened": 5,
        "present": 3,
        "excused": 0,
        "session_id": hall.session.id,
        "quorum": True,
    }
    assert "Đủ số có mặt tối thiểu: 3 trên 4" in changed.get_json()["html"]


def test_another_session_can_be_looked_at(as_role: AsRole, hall: Hall) -> None:
    viewer = as_role(Role.VIEWER, hall.congress.unit)
    later = a_session(hall.congress, clock.now() + timedelta(hours=6), title="Phiên bế mạc")
    hall.scan("An")
    path = f"/congresses/{hall.congress.id}/checkin/board.json"
    told = [
        viewer.get(path, query_string=query).get_json()["present"]
        for query in ({}, {"session": hall.session.id}, {"session": later.id}, {"session": "99"})
    ]
    assert told == [1, 1, 0, 1]


def test_a_foreigner_sees_nothing(as_role: AsRole, hall: Hall) -> None:
    foreigner = as_role(Role.VIEWER, hall.people["An"].person.unit)
    path = f"/congresses/{hall.congress.id}/checkin/board"
    assert {foreigner.get(f"{path}{end}").status_code for end in ("", ".json")} <= {403, 404}
