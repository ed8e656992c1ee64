"""Scans that name their badge by locator, as devices without network hand them in."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from congress_app.badges import token
from congress_app.checkin.models import Scan
from congress_app.database import db
from congress_app.kernel import clock
from tests.checkin.door import Scene
from tests.scanners.following import Follower


def item(**named: str) -> dict[str, str]:
    plain = {"uuid": str(uuid4()), "direction": "in", "scanned_at": clock.now().isoformat()}
    return plain | named


def upload(phone: Follower, *scans: dict[str, str]) -> Any:
    return phone.client.post(
        "/api/v1/scans/batch", json={"scans": list(scans)}, headers=phone.headers
    )


def locators(phone: Follower) -> list[str]:
    phone.follow()
    return [key for kind, key in phone.roster if kind == "badge"]


@pytest.mark.parametrize("shown", [{}, {"door_verdict": "refused"}])
def test_locators_from_the_feed_buy_no_names(
    phone: Follower, scene: Scene, shown: dict[str, str]
) -> None:
    """All of them lie open on a lost device, and its token still works."""
    asked = [item(locator=each, **shown) for each in locators(phone)]
    results = [upload(phone, *asked).get_json()["results"] for _sent_again in range(2)]
    assert [one["delegate"] for answer in results for one in answer] == [None, None]
    assert [row.delegate_id for row in db.session.scalars(select(Scan))] == [scene.delegate.id]


@pytest.mark.parametrize("locator", ["\ud800", "a\x00b", "x'; --", "ổ" * 22])
def test_a_hostile_locator_stops_no_other_scan(phone: Follower, scene: Scene, locator: str) -> None:
    answer = upload(phone, item(locator=locator), item(code=scene.badge.code))
    assert answer.status_code == 200
    assert answer.get_json()["results"][1]["verdict"] == "accepted"


def test_a_code_typed_in_groups_comes_back_by_locator_as_the_same_scan(
    phone: Follower, scene: Scene
) -> None:
    """The answer was lost on its way, so the page sends the scan again as an offline one."""
    (locator,) = locators(phone)
    live = item(code=token.grouped(scene.badge.code))
    phone.client.post("/api/v1/scans", json=live, headers=phone.headers)
    late = {name: value for name, value in live.items() if name != "code"}
    (result,) = upload(phone, late | {"locator": locator}).get_json()["results"]
    assert (result.get("verdict"), result.get("replayed")) == ("accepted", True)


def test_json_nested_beyond_all_measure_is_unreadable(phone: Follower) -> None:
    text = "[" * 100_000
    answer = phone.client.post(
        "/api/v1/scans", data=text, content_type="application/json", headers=phone.headers
    )
    assert (answer.status_code, answer.get_json()["error"]["code"]) == (400, "bad_json")
