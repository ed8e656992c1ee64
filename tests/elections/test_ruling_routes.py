"""The committee's pages: the list, one delegate, everybody valid but some."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from congress_app.congresses.models import Congress
from congress_app.delegates.models import Delegate
from congress_app.elections import credential_queries
from tests import builders


@pytest.fixture
def congress(app: Flask) -> Congress:
    """A congress with a committee of one."""
    congress = builders.a_congress()
    builders.a_seat(congress, full_name="Đỗ Thị Mai", post="head")
    return congress


@pytest.fixture
def people(congress: Congress) -> list[Delegate]:
    """Two with a ground, one without."""
    rows = [
        builders.a_delegate(congress, builders.a_person(name, congress.unit), number=number)
        for number, name in enumerate(["Lê Thị Hòa", "Trần An", "Ngô Bình"], start=1)
    ]
    for row in rows[:2]:
        builders.a_ground(row, "Lãnh đạo BHXH tỉnh")
    return rows


@pytest.fixture
def secretary(congress: Congress, as_role: Any) -> FlaskClient:
    """Who writes down what the committee finds."""
    signed_in: FlaskClient = as_role("secretary", congress.unit)
    return signed_in


def address(congress: Congress, rest: str = "") -> str:
    """The list, or something below it."""
    return f"/congresses/{congress.id}/credentials/delegates{rest}"


def rulings(congress: Congress) -> dict[int, str]:
    """The rulings that hold."""
    latest = credential_queries.latest_rulings(congress.id)
    return {key: row.ruling for key, row in latest.items()}


def test_the_list_and_its_filters(
    congress: Congress, people: list[Delegate], secretary: FlaskClient
) -> None:
    page = secretary.get(address(congress)).text
    assert all(one.person.full_name in page for one in people)
    assert "Chưa ghi căn cứ tham dự." in page
    doubtful = secretary.get(address(congress, "?doubt=no_ground")).text
    assert ("Ngô Bình" in doubtful, "Trần An" in doubtful) == (True, False)
    assert "Không có đại biểu nào như vậy" in secretary.get(address(congress, "?ruling=valid")).text


def test_a_ruling_with_its_history(
    congress: Congress, people: list[Delegate], secretary: FlaskClient
) -> None:
    path = address(congress, f"/{people[2].id}?doubt=any")
    assert 'value="Đỗ Thị Mai"' in secretary.get(path).text
    sent = {"ruling": "pending", "version": "0", "decided_by": "Đỗ Thị Mai"}
    refused = secretary.post(path, data=sent)
    assert (refused.status_code, "Hãy ghi lý do." in refused.text) == (422, True)
    answer = secretary.post(path, data={**sent, "reason": "chờ biên bản"})
    assert answer.location == address(congress, "?doubt=any")
    page = secretary.get(path).text
    assert "chờ biên bản" in page
    assert "Đỗ Thị Mai kết luận" in page
    assert rulings(congress) == {people[2].id: "pending"}


def test_two_open_pages(congress: Congress, people: list[Delegate], secretary: FlaskClient) -> None:
    path = address(congress, f"/{people[0].id}")
    sent = {"ruling": "valid", "version": "0", "decided_by": "Đỗ Thị Mai"}
    refusal = {**sent, "ruling": "not_qualified", "reason": "kỷ luật cảnh cáo"}
    assert secretary.post(path, data=refusal).status_code == 302
    stale = secretary.post(path, data=sent)
    assert stale.status_code == 409
    assert "Kết luận đã được ghi: Không đủ tư cách, Đỗ Thị Mai. kỷ luật cảnh cáo" in stale.text
    found = re.search(r'name="version"[^>]*value="(\d+)"', stale.text)
    assert found is not None
    assert secretary.post(path, data={**sent, "version": found[1]}).status_code == 302
    assert rulings(congress) == {people[0].id: "valid"}


def test_somebody_outside_the_committee(
    congress: Congress, people: list[Delegate], secretary: FlaskClient
) -> None:
    sent = {"ruling": "valid", "version": "0", "decided_by": "Người Lạ"}
    answer = secretary.post(address(congress, f"/{people[0].id}"), data=sent)
    assert answer.status_code == 422
    assert "phải là thành viên của ban" in answer.text


def test_everybody_valid_but_some(
    congress: Congress, people: list[Delegate], secretary: FlaskClient
) -> None:
    path = address(congress, "/all")
    page = secretary.get(path).text
    ticked = re.findall(r'name="except" value="(\d+)"[^>]*checked', page)
    assert ticked == [str(people[2].id)]
    preview = secretary.post(path, data={"except": ticked})
    assert preview.status_code == 200
    assert "Ghi đủ tư cách cho 2 người" in preview.text
    assert 'value="Đỗ Thị Mai"' in preview.text
    assert rulings(congress) == {}
    ids = re.findall(r'name="ids" value="(\d+)"', preview.text)
    assert sorted(map(int, ids)) == sorted(one.id for one in people[:2])
    final = {"ids": ids, "except": ticked, "decided_by": "Đỗ Thị Mai"}
    assert secretary.post(path, data=final).location == address(congress)
    assert rulings(congress) == {people[0].id: "valid", people[1].id: "valid"}
    late = secretary.post(path, data=final)
    assert late.status_code == 409
    assert "Danh sách đã thay đổi" in late.text


def test_nobody_left_and_everybody_excepted(
    congress: Congress, people: list[Delegate], secretary: FlaskClient
) -> None:
    everybody = {"except": [str(one.id) for one in people]}
    page = secretary.post(address(congress, "/all"), data=everybody).text
    assert "Không còn ai để ghi đủ tư cách" in page
    for one in people:
        builders.a_ruling(one)
    assert "Không còn ai chưa kết luận" in secretary.get(address(congress, "/all")).text


def test_a_filter_narrows_the_bulk_act(
    congress: Congress, people: list[Delegate], secretary: FlaskClient
) -> None:
    preview = secretary.post(address(congress, "/all?text=hoa"), data={}).text
    assert re.findall(r'name="ids" value="(\d+)"', preview) == [str(people[0].id)]


def test_readers_decide_nothing(congress: Congress, people: list[Delegate], as_role: Any) -> None:
    viewer = as_role("viewer", congress.unit)
    page = viewer.get(address(congress))
    assert "Ngô Bình" in page.text
    assert "Đủ tư cách hàng loạt" not in page.text
    assert viewer.get(address(congress, f"/{people[0].id}")).status_code == 403
    assert viewer.post(address(congress, "/all")).status_code == 403


def test_whoever_is_not_examined_is_not_there(congress: Congress, secretary: FlaskClient) -> None:
    guest = builders.a_delegate(congress, category="guest")
    assert secretary.get(address(congress, f"/{guest.id}")).status_code == 404
    foreign = builders.a_delegate()
    assert secretary.get(address(congress, f"/{foreign.id}")).status_code == 404
