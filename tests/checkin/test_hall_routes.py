"""The hall's screen under its secret link."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from congress_app.checkin import hall_services
from congress_app.congresses.services import pulse
from congress_app.kernel import clock
from congress_app.kernel.crowd import LOOKERS_SHARE, Crowd
from congress_app.kernel.permissions import Role, system_actor
from tests.builders import a_delegate, a_person, a_session, a_unit
from tests.checkin.hall import Hall, a_hall
from tests.conftest import AsRole, CountQueries, FrozenClock

ACTOR = system_actor("Chị Lan")


@pytest.fixture
def hall(app: Flask, frozen_clock: FrozenClock) -> Hall:
    return a_hall()


@pytest.fixture
def address(hall: Hall) -> str:
    return f"/hall/{hall_services.make_link(hall.congress, actor=ACTOR).token}"


def test_the_screen_tells_figures_and_nothing_of_a_person(
    client: FlaskClient, hall: Hall, address: str
) -> None:
    hall.scan("An")
    answer = client.get(address)
    assert (answer.status_code, answer.headers["X-Robots-Tag"]) == (200, "noindex, nofollow")
    assert answer.headers["Referrer-Policy"] == "strict-origin"
    assert "<strong>1</strong> <span>/ 5</span>" in answer.text
    for told in ("BHXH huyện Một", "Đại biểu ngoài ngành", "1 / 3", "Chưa đủ số có mặt tối thiểu"):
        assert told in answer.text
    secrets = [word for one in hall.people.values() for word in _words_of(one)]
    assert [word for word in secrets if word and word in answer.text] == []


def _words_of(delegate: Any) -> list[str]:
    return [delegate.person.full_name, delegate.person.phone, delegate.person.organisation or ""]


def test_nothing_is_sent_twice_and_a_change_is(
    client: FlaskClient, hall: Hall, address: str
) -> None:
    first = client.get(f"{address}/panels.json")
    etag = {"If-None-Match": first.headers["ETag"]}
    same = client.get(f"{address}/panels.json", headers=etag)
    pulse(hall.congress.id)
    unseen = client.get(f"{address}/panels.json", headers=etag)
    hall.scan("An")
    changed = client.get(f"{address}/panels.json", headers=etag)
    assert (first.status_code, first.mimetype) == (200, "application/json")
    assert (same.status_code, same.data, unseen.status_code) == (304, b"", 304)
    assert changed.status_code == 200
    assert "<strong>1</strong> <span>/ 5</span>" in changed.get_json()["html"]


def test_in_a_crowd_screens_are_asked_to_come_later(
    app: Flask, client: FlaskClient, address: str
) -> None:
    def asked() -> str | None:
        return client.get(f"{address}/panels.json").headers.get("Ask-Again")

    asked()  # the first one of all takes long
    app.extensions["crowd"] = Crowd()
    calm = asked()
    app.extensions["crowd"].ask_again(9 * LOOKERS_SHARE, 2.0, 5.0)
    assert (calm, asked()) == (None, "5.0")


def test_asking_again_costs_one_row(
    client: FlaskClient, hall: Hall, address: str, count_queries: CountQueries
) -> None:
    etag = {"If-None-Match": client.get(f"{address}/panels.json").headers["ETag"]}
    with count_queries() as seen:
        assert client.get(f"{address}/panels.json", headers=etag).status_code == 304
    assert len(seen) == 1


def test_the_page_hands_over_the_state_it_shows(
    client: FlaskClient, hall: Hall, address: str
) -> None:
    page = client.get(address).text
    etag = page.partition('data-etag="')[2].partition('"')[0]
    again = client.get(f"{address}/panels.json", headers={"If-None-Match": f'"{etag}"'})
    assert again.status_code == 304


def test_a_session_that_opens_shows_itself(
    client: FlaskClient, hall: Hall, address: str, frozen_clock: FrozenClock
) -> None:
    a_session(hall.congress, clock.now() + timedelta(hours=6), title="Phiên bế mạc")
    before = client.get(f"{address}/panels.json").get_json()["html"]
    frozen_clock.advance(hours=5)
    after = client.get(f"{address}/panels.json").get_json()["html"]
    assert ("Phiên bế mạc" in before, "Phiên bế mạc" in after) == (False, True)


def test_a_revoked_or_unknown_link_opens_nothing(
    client: FlaskClient, hall: Hall, address: str
) -> None:
    hall_services.revoke_link(hall.congress, actor=ACTOR)
    for path in (address, f"{address}/panels.json", "/hall/nowhere", f"/hall/{'x' * 200}"):
        assert client.get(path).status_code == 404


def test_with_many_units_those_are_listed_that_miss_somebody(
    client: FlaskClient, app: Flask, frozen_clock: FrozenClock
) -> None:
    hall = a_hall()
    for number in range(30):
        unit = a_unit(f"79{number + 10}", hall.congress.unit, kind="huyen", name=f"Huyện {number}")
        a_delegate(hall.congress, a_person(unit=unit))
    link = hall_services.make_link(hall.congress, actor=ACTOR)
    for name in ("An", "Bình", "Chi"):
        hall.scan(name)
    a_delegate(hall.congress, a_person(unit=hall.people["Dũng"].person.unit))
    page = client.get(f"/hall/{link.token}").text
    assert page.count("<span>Huyện ") == 11
    assert ("BHXH huyện Hai" in page, "BHXH huyện Một" in page) == (True, False)
    assert "và 20 đoàn nữa chưa đủ" in page
    assert "1 đoàn khác đã đủ" in page


def test_the_link_is_made_shown_and_revoked(as_role: AsRole, hall: Hall) -> None:
    supervisor = as_role(Role.SUPERVISOR, hall.congress.unit)
    path = f"/congresses/{hall.congress.id}/checkin/hall"
    assert "Chưa có đường dẫn" in supervisor.get(path).text
    supervisor.post(path)
    page = supervisor.get(path).text
    link = page.partition("/hall/")[2].partition("<")[0]
    assert "<svg" in page
    assert supervisor.get(f"/hall/{link}").status_code == 200
    supervisor.post(f"{path}/revoke")
    assert supervisor.get(f"/hall/{link}").status_code == 404
    assert "Đường dẫn đã thu hồi" in supervisor.get(path).text


def test_who_only_watches_makes_no_link(as_role: AsRole, hall: Hall) -> None:
    viewer = as_role(Role.VIEWER, hall.congress.unit)
    path = f"/congresses/{hall.congress.id}/checkin/hall"
    assert [viewer.get(path).status_code, viewer.post(path).status_code] == [403, 403]
