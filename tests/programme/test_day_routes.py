"""The run sheet, the rest of the day and the screens through their pages."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from congress_app.congresses.rulebook import Choice
from congress_app.kernel.permissions import Role
from congress_app.programme import day_queries
from tests.builders import (
    a_congress,
    a_hall_link,
    a_release,
    a_rulebook,
    a_session,
    a_speech,
    an_item,
)
from tests.conftest import AsRole, FrozenClock
from tests.open_forms import held


@pytest.fixture
def day(app: Flask, frozen_clock: FrozenClock) -> SimpleNamespace:
    congress = a_congress(
        rules=replace(a_rulebook(), fields=(Choice("payment", "Chi trả chế độ"),))
    )
    session = a_session(congress)
    speech = a_speech(congress, "Chi trả qua tài khoản", unit_id=congress.unit_id, field="payment")
    return SimpleNamespace(
        congress=congress,
        session=session,
        opening=an_item(session, "Khai mạc", script="Lời dẫn bí mật"),
        talk=an_item(session, "Tham luận", kind="speech", speech_id=speech.id),
        closing=an_item(session, "Bế mạc"),
        path=f"/congresses/{congress.id}/day",
    )


@pytest.fixture
def secretary(as_role: AsRole, day: SimpleNamespace) -> FlaskClient:
    return as_role(Role.SECRETARY, day.congress.unit)


def do(client: FlaskClient, day: SimpleNamespace, item: int, act: str) -> int:
    return client.post(f"{day.path}/items/{item}/act", data={"act": act}).status_code


def test_an_item_is_started_from_the_sheet(secretary: FlaskClient, day: SimpleNamespace) -> None:
    assert "Bắt đầu: Khai mạc" in secretary.get(day.path).text
    assert do(secretary, day, day.opening.id, "start") == 302
    page = secretary.get(day.path).text
    assert "Sang mục tiếp: Chi trả qua tài khoản" in page
    assert ('class="count is-plain"' in page, "10:00" in page) == (True, True)
    assert "Hoàn tác: bắt đầu “Khai mạc”" in page
    secretary.post(f"{day.path}/take-back")
    assert "Bắt đầu: Khai mạc" in secretary.get(day.path).text


def test_what_is_no_act_is_not_there(secretary: FlaskClient, day: SimpleNamespace) -> None:
    assert do(secretary, day, day.opening.id, "swap") == 404
    assert do(secretary, day, 999, "start") == 404
    assert do(secretary, day, day.opening.id, "stop") == 422


def test_two_items_change_places(secretary: FlaskClient, day: SimpleNamespace) -> None:
    path = f"{day.path}/items/{day.talk.id}/swap"
    answer = secretary.post(path, data={"other": day.closing.id}, follow_redirects=True)
    assert "Đã đổi chỗ: Chi trả qua tài khoản ⇄ Bế mạc." in answer.text
    assert secretary.post(path, data={"other": "x"}).status_code == 404


def test_the_live_sheet_is_sent_once(
    secretary: FlaskClient, day: SimpleNamespace, frozen_clock: FrozenClock
) -> None:
    for name in ("sheet", "speaker"):
        first = secretary.get(f"{day.path}/{name}.json")
        stamp = first.get_json()["stamp"]
        again = secretary.get(f"{day.path}/{name}.json", query_string={"seen": stamp})
        assert ("html" in first.get_json(), again.get_json()) == (True, {"stamp": stamp})
        assert int(again.headers["Server-Now"]) == int(frozen_clock.now.timestamp() * 1000)
        do(secretary, day, day.opening.id, "start" if name == "sheet" else "pause")
        after = secretary.get(f"{day.path}/{name}.json", query_string={"seen": stamp}).get_json()
        assert "Khai mạc" in after["html"]


def test_the_rest_of_the_day_is_proposed_and_accepted(
    secretary: FlaskClient, day: SimpleNamespace, frozen_clock: FrozenClock
) -> None:
    do(secretary, day, day.opening.id, "start")
    frozen_clock.advance(minutes=18)
    do(secretary, day, day.talk.id, "start")
    assert "Chậm 8 phút" in secretary.get(day.path).text
    path = f"{day.path}/sessions/{day.session.id}/rest"
    page = secretary.get(path).text
    assert "muộn 8 phút so với chương trình" in page
    hidden = held(page, 'name="looked_at"')
    stale = secretary.post(path, data=hidden | {"seen": "x"})
    assert (stale.status_code, "diễn biến mới" in stale.text) == (409, True)
    broken = secretary.post(path, data=hidden | {"looked_at": "bây giờ"})
    assert broken.status_code == 422
    answer = secretary.post(path, data=hidden | {"release": "y"}, follow_redirects=True)
    assert "Chương trình đã theo đúng diễn biến hội nghị." in answer.text
    assert "chưa được công bố" not in answer.text
    sheet = day_queries.sheet_of(day.congress.id, frozen_clock.now)
    assert sheet.sessions[0].late == 0


def test_the_speaker_sees_what_is_left(
    secretary: FlaskClient, day: SimpleNamespace, frozen_clock: FrozenClock
) -> None:
    assert "Chưa có nội dung nào đang diễn ra" in secretary.get(f"{day.path}/speaker").text
    do(secretary, day, day.talk.id, "start")
    frozen_clock.advance(minutes=11)
    page = secretary.get(f"{day.path}/speaker").text
    assert ('class="count is-over"' in page, "−1:00" in page) == (True, True)


def test_minutes_spoken_stand_by_unit_and_field(
    secretary: FlaskClient, day: SimpleNamespace, frozen_clock: FrozenClock
) -> None:
    do(secretary, day, day.talk.id, "start")
    frozen_clock.advance(minutes=12, seconds=30)
    do(secretary, day, day.talk.id, "stop")
    page = secretary.get(f"{day.path}/speeches").text
    # The field by the name people know, not by its code.
    words = (day.congress.unit.name, ">Chi trả chế độ<", "12,5", ">payment<")
    assert [word in page for word in words] == [True, True, True, False]


def test_the_hall_follows_the_release_and_the_acts(
    client: FlaskClient, secretary: FlaskClient, day: SimpleNamespace, frozen_clock: FrozenClock
) -> None:
    screen = f"/hall/{a_hall_link(day.congress).token}"
    assert "Khai mạc" not in client.get(screen).text
    a_release(day.congress)
    do(secretary, day, day.opening.id, "start")
    frozen_clock.advance(minutes=9, seconds=30)
    added = an_item(day.session, "Nội dung mới chưa công bố")
    answer = client.get(f"{screen}/panels.json")
    page = answer.get_json()["html"]
    assert int(answer.headers["Server-Now"]) == int(frozen_clock.now.timestamp() * 1000)
    assert ('class="count is-low"' in page, "0:30" in page, "Khai mạc" in page) == (True,) * 3
    assert [w in page for w in (added.title, "Lời dẫn bí mật")] == [False, False]


def test_the_hall_rests_when_nothing_goes_on(
    client: FlaskClient, day: SimpleNamespace, frozen_clock: FrozenClock
) -> None:
    screen = f"/hall/{a_hall_link(day.congress).token}"
    assert "hall__quiet" not in client.get(screen).text
    frozen_clock.advance(hours=9)
    page = client.get(screen).text
    assert ("hall__quiet" in page, "hall__presence" in page) == (True, False)


def test_who_only_watches_runs_no_day(as_role: AsRole, day: SimpleNamespace) -> None:
    viewer = as_role(Role.VIEWER, day.congress.unit)
    page = viewer.get(day.path)
    assert (page.status_code, "<form" in page.text.partition('id="main"')[2]) == (200, False)
    assert do(viewer, day, day.opening.id, "start") == 403
    assert viewer.get(f"{day.path}/sessions/{day.session.id}/rest").status_code == 403


def test_a_congress_without_programme_says_what_to_do(
    as_role: AsRole, app: Flask, frozen_clock: FrozenClock
) -> None:
    congress = a_congress(held_on=(frozen_clock.now + timedelta(days=1)).date())
    secretary = as_role(Role.SECRETARY, congress.unit)
    assert "Chưa có chương trình" in secretary.get(f"/congresses/{congress.id}/day").text
