"""Lists that go up, through pages: from below, from above, and a reserve called."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from congress_app.database import db
from congress_app.delegates.models import Delegate
from congress_app.elections import reserve_services, upward_queries, upward_services
from congress_app.elections.models import Election
from congress_app.elections.upward_models import ReserveCall, Transmission
from congress_app.kernel.permissions import system_actor
from tests import builders
from tests.conftest import FrozenClock
from tests.open_forms import held

ACTOR = system_actor("test")


@pytest.fixture
def election(app: Flask) -> Election:
    """Two delegates and two reserves elected to the national congress."""
    return builders.a_certified_election()


def below(election: Election, *parts: object) -> str:
    start = f"/congresses/{election.congress_id}/elections/{election.id}"
    return "/".join(str(part) for part in (start, *parts))


def above(election: Election, *parts: object) -> str:
    return "/".join(str(part) for part in (f"/congresses/{election.target_id}/arrivals", *parts))


def sent(election: Election) -> Transmission:
    return upward_services.send(election, paper="12/BC-BHXH", actor=ACTOR)


def taken_in(election: Election) -> Transmission:
    transmission = sent(election)
    upward_services.accept(transmission, convene=True, version=transmission.version, actor=ACTOR)
    return transmission


def version(transmission: Transmission) -> dict[str, str]:
    return {"version": str(transmission.version)}


def test_the_organiser_below_sends_the_list(election: Election, as_role: Any) -> None:
    organiser = as_role("organiser", election.congress.unit)
    page = organiser.get(below(election, "upward"))
    assert page.status_code == 200
    for place in upward_queries.elected_places(election.id):
        assert place.candidate.person.full_name in page.text
    answer = organiser.post(below(election, "upward"), data={"paper": " 12/BC-BHXH ", "note": ""})
    assert (answer.status_code, answer.location) == (302, below(election, "upward"))
    (row,) = upward_queries.transmissions_of(election.id)
    assert (row.state, row.paper, row.note, row.sent_by) == (
        "sent",
        "12/BC-BHXH",
        None,
        organiser.user.display_name,
    )
    again = organiser.get(below(election, "upward"))
    assert "Gửi danh sách</button>" not in again.text
    assert "Đã gửi, chờ tiếp nhận" in again.text


def test_a_refusal_keeps_what_was_typed(app: Flask, as_role: Any) -> None:
    election = builders.a_certified_election(2, 0, builders.an_electing_congress(1))
    organiser = as_role("organiser", election.congress.unit)
    answer = organiser.post(below(election, "upward"), data={"note": "Kính gửi Ban Tổ chức"})
    assert answer.status_code == 422
    assert "Chưa gửi được danh sách" in answer.text
    assert "Kính gửi Ban Tổ chức" in answer.text


def test_before_certification_there_is_nothing_to_send(app: Flask, as_role: Any) -> None:
    election = builders.a_certified_election(state="open")
    organiser = as_role("organiser", election.congress.unit)
    page = organiser.get(below(election, "upward"))
    assert "Chưa có danh sách để gửi" in page.text
    assert organiser.post(below(election, "upward"), data={}).status_code == 409


def test_who_may_only_read_sends_nothing(election: Election, as_role: Any) -> None:
    viewer = as_role("viewer", election.congress.unit)
    assert "Gửi danh sách</button>" not in viewer.get(below(election, "upward")).text
    assert viewer.post(below(election, "upward"), data={}).status_code == 403


def test_another_unit_sees_nothing(election: Election, as_role: Any) -> None:
    stranger = as_role("organiser", builders.a_unit(parent=builders.the_root()))
    transmission = sent(election)
    assert stranger.get(below(election, "upward")).status_code == 404
    # The congress above it knows, since it belongs to it; its lists it does not.
    assert stranger.get(above(election)).status_code == 403
    assert stranger.get(above(election, transmission.id)).status_code == 403


def test_the_congress_above_sees_the_list_and_accepts_it(election: Election, as_role: Any) -> None:
    transmission = sent(election)
    organiser = as_role("organiser")
    overview = organiser.get(above(election))
    assert election.congress.name in overview.text
    assert "Đã gửi, chờ tiếp nhận" in overview.text
    page = organiser.get(above(election, transmission.id))
    for place in upward_queries.elected_places(election.id):
        assert place.candidate.person.full_name in page.text
    data = {**version(transmission), "convene": "y"}
    answer = organiser.post(above(election, transmission.id), data=data)
    assert (answer.status_code, answer.location) == (302, above(election, transmission.id))
    assert transmission.state == "accepted"
    assert {line.delegate.state for line in transmission.lines} == {"convened"}
    assert "Tiếp nhận danh sách</button>" not in organiser.get(answer.location).text


def test_a_list_is_returned_with_its_reason(election: Election, as_role: Any) -> None:
    transmission = sent(election)
    organiser = as_role("organiser")
    path = above(election, transmission.id, "return")
    empty = organiser.post(path, data={**version(transmission), "reason": " "})
    assert empty.status_code == 422
    answer = organiser.post(path, data={**version(transmission), "reason": "Thiếu biên bản"})
    assert answer.location == above(election, transmission.id)
    assert (transmission.state, transmission.reason) == ("returned", "Thiếu biên bản")
    page = as_role("organiser", election.congress.unit).get(below(election, "upward"))
    assert "Danh sách đã bị trả lại" in page.text
    assert "Thiếu biên bản" in page.text
    assert "Gửi danh sách</button>" in page.text


def test_an_answer_to_what_was_answered_is_told(election: Election, as_role: Any) -> None:
    transmission = sent(election)
    organiser = as_role("organiser")
    old = version(transmission)
    organiser.post(above(election, transmission.id), data=old)
    answer = organiser.post(
        above(election, transmission.id, "return"), data={**old, "reason": "Muộn"}
    )
    assert answer.status_code == 409
    assert "Danh sách này đã được trả lời: Đã tiếp nhận." in answer.text


def test_a_list_is_only_found_in_the_congress_it_went_to(election: Election, as_role: Any) -> None:
    transmission = sent(election)
    organiser = as_role("organiser")
    path = f"/congresses/{election.congress_id}/arrivals/{transmission.id}"
    assert organiser.get(path).status_code == 404


def test_the_next_reserve_is_called_from_the_list(election: Election, as_role: Any) -> None:
    transmission = taken_in(election)
    organiser = as_role("organiser")
    delegate = transmission.lines[0].delegate
    path = above(election, "reserve", delegate.id)
    assert path in organiser.get(above(election, transmission.id)).text
    first, second = [line.place for line in upward_queries.reserve_line(election)]
    page = organiser.get(path)
    assert f"Gọi {first.candidate.person.full_name} thay" in page.text
    assert second.candidate.person.full_name not in page.text
    assert organiser.post(path, data={"expected": str(first.id)}).status_code == 422
    answer = organiser.post(path, data={"expected": str(first.id), "reason": "Ốm"})
    new = db.session.scalars(
        select(Delegate).where(Delegate.person_id == first.candidate.person_id)
    ).one()
    assert answer.location == f"/congresses/{election.target_id}/delegates/{new.id}"
    assert delegate.state == "replaced"
    shown = organiser.get(above(election, transmission.id)).text
    assert f"Đã thay bằng {new.person.full_name}" in shown
    assert f"thay {delegate.person.full_name}: Ốm" in shown


def test_when_another_reserve_is_next_the_page_shows_him(election: Election, as_role: Any) -> None:
    transmission = taken_in(election)
    organiser = as_role("organiser")
    first, second = [line.place for line in upward_queries.reserve_line(election)]
    one, other = [line.delegate for line in transmission.lines]
    organiser.post(
        above(election, "reserve", one.id), data={"expected": str(first.id), "reason": "Ốm"}
    )
    late = organiser.post(
        above(election, "reserve", other.id), data={"expected": str(first.id), "reason": "Bận"}
    )
    assert late.status_code == 409
    assert f"Gọi {second.candidate.person.full_name} thay" in late.text
    assert f'value="{second.id}"' in late.text


def test_who_has_no_reserve_is_told_so(app: Flask, as_role: Any) -> None:
    election = builders.a_certified_election(1, 0, builders.an_electing_congress(1))
    transmission = taken_in(election)
    organiser = as_role("organiser")
    delegate = transmission.lines[0].delegate
    page = organiser.get(above(election, "reserve", delegate.id))
    assert "không còn đại biểu dự khuyết nào" in page.text
    guest = builders.a_delegate(election.target)
    page = organiser.get(above(election, "reserve", guest.id))
    assert "không do hội nghị cấp dưới gửi lên" in page.text
    answer = organiser.post(above(election, "reserve", guest.id), data={"reason": "x"})
    assert answer.status_code == 422


def test_before_the_list_is_accepted_no_reserve_is_called(election: Election, as_role: Any) -> None:
    transmission = sent(election)
    page = as_role("organiser").get(above(election, "reserve", transmission.lines[0].delegate_id))
    assert "chưa được tiếp nhận" in page.text
    assert above(election, transmission.id) in page.text


def test_a_reserve_is_let_go_and_comes_back(election: Election, as_role: Any) -> None:
    organiser = as_role("organiser", election.congress.unit)
    first = upward_queries.reserve_line(election)[0].place
    path = below(election, "reserves", first.id, "decline")
    assert organiser.get(path).status_code == 200
    assert organiser.post(path, data={"reason": ""}).status_code == 422
    organiser.post(path, data={"reason": "Nghỉ hưu"})
    row = db.session.scalars(select(ReserveCall)).one()
    assert (row.state, row.reason) == ("declined", "Nghỉ hưu")
    assert "Nghỉ hưu" in organiser.get(below(election, "upward")).text
    opened = held(organiser.get(below(election, "upward")).text, "/restore")
    answer = organiser.post(below(election, "reserves", first.id, "restore"), data=opened)
    assert answer.location == below(election, "upward")
    assert db.session.scalars(select(ReserveCall)).all() == []
    again = organiser.post(
        below(election, "reserves", first.id, "restore"), data=opened, follow_redirects=True
    )
    assert "đã được người khác giải quyết" in again.text


def test_a_reserve_let_go_anew_for_another_reason_is_looked_at_first(
    election: Election, as_role: Any, frozen_clock: FrozenClock
) -> None:
    organiser = as_role("organiser", election.congress.unit)
    place = upward_queries.reserve_line(election)[0].place
    page, path = below(election, "upward"), below(election, "reserves", place.id, "restore")
    first = reserve_services.decline(place, reason="Ốm", actor=ACTOR)
    opened = held(organiser.get(page).text, "/restore")
    reserve_services.restore(place, seen=first.at.isoformat(), actor=ACTOR)
    frozen_clock.advance(minutes=5)
    reserve_services.decline(place, reason="Đã từ trần", actor=ACTOR)
    late = organiser.post(path, data=opened, follow_redirects=True)
    assert "đã được người khác giải quyết" in late.text
    assert "Đã từ trần" in late.text
    (row,) = db.session.scalars(select(ReserveCall)).all()
    assert (row.state, row.reason) == ("declined", "Đã từ trần")
    organiser.post(path, data=held(late.text, "/restore"))
    assert db.session.scalars(select(ReserveCall)).all() == []


def test_a_reserve_of_another_election_is_not_found(election: Election, as_role: Any) -> None:
    other = builders.a_certified_election()
    organiser = as_role("organiser")
    foreign = upward_queries.reserve_line(other)[0].place
    assert organiser.get(below(election, "reserves", foreign.id, "decline")).status_code == 404
