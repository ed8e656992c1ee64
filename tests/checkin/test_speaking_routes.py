"""The list of speakers through its page."""

from __future__ import annotations

import pytest
from flask import Flask

from congress_app.kernel.permissions import Role
from tests.builders import a_congress
from tests.checkin.hall import Hall, a_hall
from tests.conftest import AsRole, FrozenClock


@pytest.fixture
def hall(app: Flask, frozen_clock: FrozenClock) -> Hall:
    made = a_hall()
    for name in ("An", "Bình"):
        made.scan(name)
    return made


def test_enter_call_and_end(as_role: AsRole, hall: Hall) -> None:
    secretary = as_role(Role.SECRETARY, hall.congress.unit)
    path = f"/congresses/{hall.congress.id}/speakers"
    assert "Chưa có ai chờ phát biểu" in secretary.get(path).text
    assert secretary.post(path, data={"who": hall.codes["An"], "queue": 1}).status_code == 302
    refused = secretary.post(path, data={"who": "1", "queue": 2})
    assert refused.status_code == 422
    assert "đã có trong danh sách phát biểu" in refused.text
    absent = secretary.post(path, data={"who": "5", "queue": 1})
    assert "chưa điểm danh vào phiên này" in absent.text
    called = secretary.post(f"{path}/next", follow_redirects=True).text
    assert "Mời Nguyễn Văn An phát biểu." in called
    end = called.partition("/speakers/")[2]
    assert "Đã phát biểu xong" in called
    ended = secretary.post(f"{path}/1/end", follow_redirects=True).text
    assert ("Đã phát biểu xong" in ended, "Đã phát biểu" in ended, bool(end)) == (False, True, True)


def test_a_congress_without_sessions_says_what_to_do(as_role: AsRole, app: Flask) -> None:
    congress = a_congress()
    secretary = as_role(Role.SECRETARY, congress.unit)
    page = secretary.get(f"/congresses/{congress.id}/speakers")
    assert (page.status_code, "Chưa có phiên nào" in page.text) == (200, True)
    assert secretary.post(f"/congresses/{congress.id}/speakers/next").status_code == 404


def test_who_only_watches_keeps_no_list(as_role: AsRole, hall: Hall) -> None:
    viewer = as_role(Role.VIEWER, hall.congress.unit)
    path = f"/congresses/{hall.congress.id}/speakers"
    assert [viewer.get(path).status_code, viewer.post(f"{path}/next").status_code] == [403, 403]
