"""The page of the bodies: forming one by plain forms, and who may."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from congress_app.congresses.models import Congress
from congress_app.delegates import committee_queries
from congress_app.delegates.committees import Body
from tests import builders


@pytest.fixture
def congress(app: Flask) -> Congress:
    """A congress with two delegates."""
    congress = builders.a_congress()
    for number, name in enumerate(["Lê Thị Hòa", "Trần An"], start=1):
        builders.a_delegate(congress, builders.a_person(name, congress.unit), number=number)
    return congress


@pytest.fixture
def secretary(congress: Congress, as_role: Any) -> FlaskClient:
    """Somebody who prepares the congress."""
    signed_in: FlaskClient = as_role("secretary", congress.unit)
    return signed_in


def address(congress: Congress, rest: str = "") -> str:
    """The page of the bodies, or something below it."""
    return f"/congresses/{congress.id}/committees{rest}"


def members(congress: Congress, body: Body = Body.TELLERS) -> list[tuple[str, str]]:
    """Who sits in a body."""
    return [(one.name, one.post) for one in committee_queries.members(congress.id, body)]


def opened(client: FlaskClient, path: str) -> dict[str, str]:
    """What the page of adoption sends back of the members it shows."""
    return seen_in(client.get(path).text)


def seen_in(page: str) -> dict[str, str]:
    """The hidden field with the members the page shows."""
    found = re.search(r'name="seen"[^>]*value="([^"]*)"', page)
    return {"seen": found.group(1) if found else ""}


def test_a_body_is_formed_ordered_and_adopted(congress: Congress, secretary: FlaskClient) -> None:
    empty = secretary.get(address(congress, "?body=tellers"))
    assert "Chưa có thành viên" in empty.text
    for name, post in (("Trần An, số 2", "member"), ("1", "member")):
        sent = {"name": name, "post": post, "again": "1"}
        answer = secretary.post(address(congress, "/new?body=tellers"), data=sent)
        assert answer.location == address(congress, "/new?body=tellers")
    assert members(congress) == [("Trần An", "member"), ("Lê Thị Hòa", "member")]
    first, second = committee_queries.members(congress.id, "tellers")
    secretary.post(address(congress, f"/seats/{first.seat_id}/move"), data={"to": "down"})
    sent = {"post": "head"}
    secretary.post(address(congress, f"/seats/{second.seat_id}/post"), data=sent)
    assert members(congress) == [("Lê Thị Hòa", "head"), ("Trần An", "member")]
    figures = {"voting": "40", "agree": "39", "other": "1"}
    adoption = address(congress, "/adoption?body=tellers")
    answer = secretary.post(adoption, data=figures | opened(secretary, adoption))
    assert answer.location == address(congress, "?body=tellers")
    page = secretary.get(address(congress, "?body=tellers")).text
    assert "39 (97,5 %)" in page
    assert "Lê Thị Hòa (Trưởng ban); Trần An (Thành viên)." in page
    assert "đã thông qua" in page
    assert "đã thay đổi sau lần thông qua" not in page
    secretary.post(address(congress, f"/seats/{first.seat_id}/remove"))
    assert members(congress) == [("Lê Thị Hòa", "head")]
    assert "đã thay đổi sau lần thông qua" in secretary.get(address(congress, "?body=tellers")).text


def test_a_refused_member_keeps_what_was_typed(congress: Congress, secretary: FlaskClient) -> None:
    sent = {"name": "Ngô Không Có", "post": "member"}
    answer = secretary.post(address(congress, "/new?body=presidium"), data=sent)
    assert answer.status_code == 422
    assert "Không có đại biểu “Ngô Không Có”" in answer.text
    assert 'value="Ngô Không Có"' in answer.text
    sent["outsider"] = "y"
    sent["about"] = "Phó Bí thư"
    assert secretary.post(address(congress, "/new?body=presidium"), data=sent).status_code == 302
    page = secretary.get(address(congress)).text
    assert "Phó Bí thư" in page
    assert "không phải đại biểu" in page


@pytest.mark.parametrize(
    ("figures", "told"),
    [
        ({"voting": "40", "agree": "30"}, "cộng lại là 30, nhưng có 40 người"),
        ({}, "Hãy ghi kết quả biểu quyết, hoặc số quyết định."),
        ({"voting": "x", "agree": "1"}, "Hãy nhập một số nguyên"),
    ],
)
def test_figures_that_do_not_agree(
    congress: Congress, secretary: FlaskClient, figures: dict[str, str], told: str
) -> None:
    builders.a_seat(congress, body="tellers")
    answer = secretary.post(address(congress, "/adoption?body=tellers"), data=figures)
    assert answer.status_code == 422
    assert told in answer.text
    assert committee_queries.adoptions(congress.id, "tellers") == []


def test_a_lost_vote_is_told(congress: Congress, secretary: FlaskClient) -> None:
    builders.a_seat(congress, body="tellers")
    figures = {"voting": "40", "agree": "20", "against": "20"}
    adoption = address(congress, "/adoption?body=tellers")
    secretary.post(adoption, data=figures | opened(secretary, adoption))
    assert "không được thông qua" in secretary.get(address(congress, "?body=tellers")).text


def test_members_changed_meanwhile_are_not_adopted(
    congress: Congress, secretary: FlaskClient
) -> None:
    builders.a_seat(congress, body="tellers", full_name="Đỗ Thị Mai")
    adoption = address(congress, "/adoption?body=tellers")
    figures = {"voting": "40", "agree": "39", "other": "1", "document": "05/QĐ-BTC"}
    seen = opened(secretary, adoption)
    builders.a_seat(congress, body="tellers", full_name="Ngô Văn Ba")
    # A form sent back for its figures still speaks of the members seen before.
    wrong = secretary.post(adoption, data=figures | seen | {"voting": "x"})
    assert (wrong.status_code, seen_in(wrong.text)) == (422, seen)
    refused = secretary.post(adoption, data=figures | seen)
    assert refused.status_code == 409
    assert committee_queries.adoptions(congress.id, "tellers") == []
    for words in ("đã được người khác sửa từ lúc bạn xem", "Ngô Văn Ba", 'value="05/QĐ-BTC"'):
        assert words in refused.text
    assert secretary.post(adoption, data=figures | seen_in(refused.text)).status_code == 302
    (act,) = committee_queries.adoptions(congress.id, "tellers")
    assert act.members == [["Đỗ Thị Mai", "member"], ["Ngô Văn Ba", "member"]]


def test_an_adoption_that_says_not_of_whom_is_refused(
    congress: Congress, secretary: FlaskClient
) -> None:
    builders.a_seat(congress, body="tellers")
    sent = {"voting": "40", "agree": "40"}
    answer = secretary.post(address(congress, "/adoption?body=tellers"), data=sent)
    assert answer.status_code == 409
    assert committee_queries.adoptions(congress.id, "tellers") == []


def test_a_second_head_is_refused_with_words(congress: Congress, secretary: FlaskClient) -> None:
    builders.a_seat(congress, post="head")
    other = builders.a_seat(congress)
    path = address(congress, f"/seats/{other.id}/post")
    answer = secretary.post(path, data={"post": "head"}, follow_redirects=True)
    assert "Ban Thẩm tra tư cách đại biểu đã có Trưởng ban." in answer.text
    assert secretary.post(path, data={"post": "king"}).status_code == 404


def test_readers_see_no_buttons(congress: Congress, as_role: Any) -> None:
    builders.a_seat(congress, full_name="Đỗ Thị Mai")
    page = as_role("viewer", congress.unit).get(address(congress, "?body=credentials"))
    assert "Đỗ Thị Mai" in page.text
    assert "Thêm thành viên" not in page.text
    assert as_role("viewer", congress.unit).get(address(congress, "/new")).status_code == 403


def test_a_seat_of_another_congress_is_not_there(
    congress: Congress, secretary: FlaskClient
) -> None:
    foreign = builders.a_seat(builders.a_congress())
    path = address(congress, f"/seats/{foreign.id}/remove")
    assert secretary.post(path).status_code == 404


def test_the_closed_congress_only_shows(app: Flask, as_role: Any) -> None:
    closed = builders.a_congress(state="closed")
    builders.a_seat(closed, full_name="Đỗ Thị Mai")
    page = as_role("secretary", closed.unit).get(address(closed, "?body=credentials"))
    assert "Đỗ Thị Mai" in page.text
    assert "Thêm thành viên" not in page.text
