"""The delegate's phone page, reached by its secret alone."""

from __future__ import annotations

from datetime import timedelta
from email.utils import parsedate_to_datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from congress_app.audit.models import Entry
from congress_app.badges import token
from congress_app.database import db
from congress_app.delegates import state_services
from congress_app.delegates.models import Delegate
from congress_app.documents import release_services, services
from congress_app.kernel.permissions import system_actor
from congress_app.programme.models import Item
from tests.builders import (
    a_badge,
    a_congress,
    a_delegate,
    a_document,
    a_person,
    a_release,
    a_released_paper,
    a_session,
    a_speech,
    a_unit,
    an_item,
    the_root,
)
from tests.conftest import CountQueries, FrozenClock


def a_guest_of(state: str = "convened", **person: object) -> Delegate:
    congress = a_congress()
    delegate = a_delegate(congress, a_person("Lê Ý", **person), state=state)
    a_badge(delegate, token.new_code())
    session = a_session(congress)
    an_item(session, "Chào cờ")
    speech = a_speech(congress, "Một cửa điện tử", delegate_id=delegate.id, state="selected")
    an_item(session, "Tham luận", kind="speech", speech_id=speech.id)
    a_release(congress)
    return delegate


def link(delegate: Delegate) -> str:
    return "/d/" + state_services.make_link(delegate, actor=system_actor())


@pytest.fixture
def delegate(app: Flask, frozen_clock: FrozenClock) -> Delegate:
    return a_guest_of()


def test_the_page_shows_badge_programme_and_own_speech(
    client: FlaskClient, delegate: Delegate
) -> None:
    page = client.get(link(delegate))
    text = page.get_data(as_text=True)
    for part in (
        "Lê Ý",
        "Chào cờ",
        "Đang diễn ra",
        "Một cửa điện tử",
        "khoảng 10 phút nữa",
        "<svg",
    ):
        assert part in text
    assert page.headers["Referrer-Policy"] == "strict-origin"
    assert "noindex" in page.headers["X-Robots-Tag"]


def test_a_phone_keeps_the_page_past_the_congress(
    client: FlaskClient, frozen_clock: FrozenClock
) -> None:
    """Whoever was called long before still has his page without network on the day."""
    delegate = a_guest_of()
    told = []
    for days in (-1, 200):
        delegate.congress.held_on = frozen_clock.now.date() + timedelta(days=days)
        db.session.commit()
        kept = parsedate_to_datetime(client.get(link(delegate)).headers["Keep-Until"])
        told.append((kept - frozen_clock.now).days)
    assert told[0] == 90
    assert 289 <= told[1] <= 290


def test_the_draft_is_not_shown(client: FlaskClient, app: Flask) -> None:
    congress = a_congress()
    delegate = a_delegate(congress, a_person("Lê Ý"), state="convened")
    an_item(a_session(congress), "Chào cờ")
    text = client.get(link(delegate)).get_data(as_text=True)
    assert "Ban tổ chức chưa công bố chương trình." in text
    assert "Chào cờ" not in text


def test_the_head_of_the_delegation_is_named(client: FlaskClient, app: Flask) -> None:
    congress = a_congress()
    unit = congress.unit
    own = a_delegate(congress, a_person("Lê Ý"), delegation_unit_id=unit.id)
    head = a_delegate(congress, a_person("Hoàng Minh"), delegation_unit_id=unit.id)
    address = link(own)
    assert "Trưởng đoàn" not in client.get(address).get_data(as_text=True)
    state_services.set_head(congress, unit.id, head.id, actor=system_actor())
    text = client.get(address).get_data(as_text=True)
    assert "Trưởng đoàn</dt><dd>Hoàng Minh<" in text


def test_changes_name_what_moved_and_what_it_means_for_oneself(
    client: FlaskClient, delegate: Delegate
) -> None:
    address = link(delegate)
    assert "Chương trình có thay đổi" not in client.get(address).get_data(as_text=True)
    congress = delegate.congress
    item = db.session.query(Item).filter_by(title="Chào cờ").one()
    item.minutes += 5
    db.session.commit()
    a_release(congress, "Đón khách lâu hơn")
    text = client.get(address).get_data(as_text=True)
    for part in (
        "Chương trình có thay đổi",
        "Bản công bố số 2",
        "Đổi giờ:</strong> Một cửa điện tử, <time>08:15</time>",
        "</span>08:10</span>",
        "Kính gửi Lê Ý.",
    ):
        assert part in text


def test_nothing_sensitive_stands_on_the_page(client: FlaskClient, app: Flask) -> None:
    delegate = a_guest_of(
        phone="0912345678", email="y@example.vn", ethnicity="Ê Đê", party_member=True
    )
    text = client.get(link(delegate)).get_data(as_text=True)
    told = [word for word in ("0912345678", "y@example.vn", "Ê Đê", "07/05/1980") if word in text]
    assert told == []


@pytest.mark.parametrize("path", ["/d/unknown", "/d/" + "x" * 500, "/d/é"])
def test_an_unknown_secret_is_404(client: FlaskClient, delegate: Delegate, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_revoked_link_is_404(client: FlaskClient, delegate: Delegate) -> None:
    address = link(delegate)
    state_services.revoke_link(delegate, actor=system_actor())
    assert client.get(address).status_code == 404


def test_confirming_by_the_page(client: FlaskClient, delegate: Delegate) -> None:
    address = link(delegate)
    answer = client.post(f"{address}/confirm", follow_redirects=True)
    assert "Ban tổ chức đã nhận trả lời của bạn" in answer.get_data(as_text=True)
    db.session.rollback()
    assert db.session.get(Delegate, delegate.id).state == "confirmed"
    entry = db.session.scalars(select(Entry).where(Entry.action == "delegate.state")).all()[-1]
    assert (entry.actor_kind, entry.changes["network_address"], entry.changes["state"]) == (
        "delegate",
        "127.0.0.1",
        ["convened", "confirmed"],
    )


def test_confirming_over_https_with_the_form_s_protection(client: FlaskClient, app: Flask) -> None:
    delegate, app.config["WTF_CSRF_ENABLED"] = a_guest_of(), True
    address, secure = link(delegate), "https://localhost"
    text = client.get(address, base_url=secure).get_data(as_text=True)
    token = text.partition('name="csrf_token" type="hidden" value="')[2].partition('"')[0]
    # What a browser sends from a page under "strict-origin"; under "no-referrer" nothing.
    sent = {"data": {"csrf_token": token}, "headers": {"Referer": f"{secure}/"}}
    assert client.post(f"{address}/confirm", base_url=secure, **sent).status_code == 302
    db.session.rollback()
    assert db.session.get(Delegate, delegate.id).state == "confirmed"


def test_the_page_asks_a_constant_number_of_questions(
    client: FlaskClient, delegate: Delegate, count_queries: CountQueries
) -> None:
    address = link(delegate)
    with count_queries() as few:
        client.get(address)
    session = a_session(delegate.congress)
    for _ in range(3):
        an_item(session)
        a_release(delegate.congress)
    with count_queries() as many:
        client.get(address)
    assert len(many) == len(few)


def test_released_papers_are_listed_and_open(client: FlaskClient, delegate: Delegate) -> None:
    address = link(delegate)
    assert "Tài liệu" not in client.get(address).get_data(as_text=True)
    paper = a_released_paper(delegate.congress)
    text = client.get(address).get_data(as_text=True)
    path = f"{address}/papers/{paper.id}.pdf"
    kilobytes = -(-(paper.released_size or 0) // 1024)
    told = ("Tài liệu", f'href="{path}"', "Quy chế làm việc", "01/06/2020", f"{kilobytes} KB")
    assert [part for part in told if part not in text] == []
    answer = client.get(path)
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert (len(answer.data), answer.data[:5]) == (paper.released_size, b"%PDF-")
    assert answer.headers["Content-Disposition"].startswith("inline")
    assert answer.headers["Cache-Control"] == "private, no-cache"
    same = client.get(path, headers={"If-None-Match": answer.headers["ETag"]})
    assert (same.status_code, same.data) == (304, b"")


def test_a_paper_taken_back_or_void_is_404(client: FlaskClient, delegate: Delegate) -> None:
    address, actor = link(delegate), system_actor()
    back, void = a_released_paper(delegate.congress), a_released_paper(delegate.congress, "plan")
    paths = [f"{address}/papers/{paper.id}.pdf" for paper in (back, void)]
    assert [client.get(path).status_code for path in paths] == [200, 200]
    release_services.withdraw(delegate.congress, back, actor=actor)
    services.void(delegate.congress, void, "Sai ngày", actor=actor)
    assert [client.get(path).status_code for path in paths] == [404, 404]
    assert "Tài liệu" not in client.get(address).get_data(as_text=True)


def test_a_paper_not_released_or_of_another_congress_is_404(
    client: FlaskClient, delegate: Delegate
) -> None:
    address, draft = link(delegate), a_document(delegate.congress)
    foreign = a_released_paper(a_congress(a_unit("22", the_root())))
    paths = [f"{address}/papers/{number}.pdf" for number in (draft.id, foreign.id, 10**6)]
    assert [client.get(path).status_code for path in paths] == [404, 404, 404]


def test_a_revoked_link_opens_no_paper(client: FlaskClient, delegate: Delegate) -> None:
    path = f"{link(delegate)}/papers/{a_released_paper(delegate.congress).id}.pdf"
    assert client.get(path).status_code == 200
    state_services.revoke_link(delegate, actor=system_actor())
    assert client.get(path).status_code == 404
