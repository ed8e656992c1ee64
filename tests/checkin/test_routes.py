"""The door list and the live figures through HTTP."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from congress_app.checkin.models import Excuse, Scan
from congress_app.database import db
from congress_app.kernel.permissions import Role
from tests.builders import a_congress
from tests.checkin.door import Scene, a_scene, confirmed
from tests.conftest import AsRole, CountQueries, FrozenClock


@pytest.fixture
def scene(app: Flask, frozen_clock: FrozenClock) -> Scene:
    return a_scene()


@pytest.fixture
def supervisor(as_role: AsRole, scene: Scene) -> FlaskClient:
    return as_role(Role.SUPERVISOR, scene.congress.unit)


def base(scene: Scene) -> str:
    return f"/congresses/{scene.congress.id}/checkin"


def test_admit_by_name_and_see_it(supervisor: FlaskClient, scene: Scene) -> None:
    address = f"{base(scene)}/delegates/{scene.delegate.id}/admit"
    page = supervisor.post(address, data={"direction": "in"}, follow_redirects=True)
    assert "Mời vào." in page.get_data(as_text=True)
    again = supervisor.post(address, data={"direction": "in"}, follow_redirects=True)
    assert "Thẻ này đã vào lúc 08:00:00 15/06" in again.get_data(as_text=True)


def test_take_back_and_excuse_need_a_reason(supervisor: FlaskClient, scene: Scene) -> None:
    scene.ask()
    scan = db.session.scalars(select(Scan)).one()
    address = f"{base(scene)}/scans/{scan.id}/take-back"
    assert supervisor.post(address, data={"reason": ""}).status_code == 422
    assert supervisor.post(address, data={"reason": "nhầm"}).status_code == 302
    again = supervisor.post(address, data={"reason": "nhầm"})
    assert again.status_code == 422
    assert "Chỉ hủy được lượt quét đã nhận" in again.get_data(as_text=True)
    excuse = f"{base(scene)}/delegates/{scene.delegate.id}/excuse"
    assert supervisor.post(excuse, data={"reason": " "}).status_code == 422
    supervisor.post(excuse, data={"reason": "ốm"})
    assert db.session.scalars(select(Excuse.reason)).all() == ["ốm"]


def test_the_live_figures_are_not_sent_twice(supervisor: FlaskClient, scene: Scene) -> None:
    address = f"{base(scene)}/live.json"
    first = supervisor.get(address)
    same = supervisor.get(address, headers={"If-None-Match": first.headers["ETag"]})
    # A proxy that packs an answer makes its mark a weak one.
    packed = supervisor.get(address, headers={"If-None-Match": f"W/{first.headers['ETag']}"})
    assert packed.status_code == 304
    scene.ask()
    changed = supervisor.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (first.get_json()["present"], same.status_code, same.data) == (0, 304, b"")
    assert (changed.status_code, changed.get_json()["present"]) == (200, 1)


def test_a_steward_may_scan_and_nothing_else(as_role: AsRole, scene: Scene) -> None:
    steward = as_role(Role.CHECKIN, scene.congress.unit)
    scene.ask()
    scan = db.session.scalars(select(Scan)).one()
    refused = [
        steward.get(f"{base(scene)}/scans/{scan.id}/take-back").status_code,
        steward.get(f"{base(scene)}/delegates/{scene.delegate.id}/excuse").status_code,
    ]
    assert (steward.get(base(scene)).status_code, refused) == (200, [403, 403])


def test_without_a_session_the_page_says_what_to_do(as_role: AsRole, scene: Scene) -> None:
    db.session.delete(scene.session)
    db.session.commit()
    page = as_role(Role.CHECKIN, scene.congress.unit).get(base(scene)).get_data(as_text=True)
    assert "Chưa có phiên nào" in page


def test_the_door_list_asks_a_constant_number_of_questions(
    supervisor: FlaskClient, scene: Scene, count_queries: CountQueries
) -> None:
    counts = []
    for _ in range(2):
        scene.ask()
        with count_queries() as seen:
            supervisor.get(base(scene))
        counts.append(len(seen))
        for _ in range(3):
            confirmed(scene.congress)
    assert counts[0] == counts[1]


def test_nobody_is_admitted_who_is_not_of_the_congress(
    supervisor: FlaskClient, scene: Scene
) -> None:
    stranger = confirmed(a_congress())
    for number in (stranger.id, 10**6):
        answer = supervisor.post(f"{base(scene)}/delegates/{number}/admit")
        assert answer.status_code == 404
    assert db.session.scalars(select(Scan)).all() == []


def test_a_search_for_a_sign_that_only_looks_like_a_number(
    supervisor: FlaskClient, scene: Scene
) -> None:
    assert supervisor.get(f"{base(scene)}?q=²").status_code == 200
