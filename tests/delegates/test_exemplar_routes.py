"""The page of delegates by title: tabs with reasons, ticks, the refusal, the exemplar's page."""

from __future__ import annotations

from congress_app.congresses.models import Congress
from congress_app.database import db
from congress_app.delegates.models import Delegate
from congress_app.exemplars.models import Exemplar
from tests import builders
from tests.delegates.test_exemplar_services import a_congress_capped_at, a_fighter


def address(congress: Congress, answer: str = "proposed") -> str:
    return f"/congresses/{congress.id}/delegates/exemplars?answer={answer}"


def names(congress: Congress) -> list[str]:
    return [d.person.full_name for d in db.session.scalars(db.select(Delegate))]


def test_every_answer_stands_in_its_tab_with_its_reason(as_role) -> None:
    congress = a_congress_capped_at(10)
    a_fighter("Lê An", congress)
    a_fighter("Trần Bình", congress, None)
    a_fighter("Phạm Cúc", congress, 2011)
    organiser = as_role("organiser", congress.unit)
    proposed = organiser.get(address(congress)).text
    assert "Lê An" in proposed
    assert "Trần Bình" not in proposed
    assert "“Chiến sĩ thi đua cơ sở”, quyết định chưa ghi số, năm 2018." in proposed
    unknown = organiser.get(address(congress, "unknown")).text
    assert "chưa ghi năm quyết định (cần 2015–2019)" in unknown
    refused = organiser.get(address(congress, "not_proposed")).text
    assert "quyết định năm 2011 nằm ngoài 2015–2019" in refused
    searched = organiser.get(address(congress) + "&text=binh").text
    assert "Lê An" not in searched


def test_the_ticked_are_registered_and_shown_on_both_sides(as_role) -> None:
    congress = a_congress_capped_at(10)
    row = a_fighter("Lê An", congress)
    organiser = as_role("organiser", congress.unit)
    answer = organiser.post(address(congress), data={"chosen": [row.id]}, follow_redirects=True)
    assert "Đã ghi danh 1 đại biểu." in answer.text
    place = db.session.scalars(db.select(Delegate)).one()
    assert f"/delegates/{place.id}" in organiser.get(address(congress, "delegates")).text
    assert congress.name in organiser.get(f"/exemplars/{row.id}").text
    shown = organiser.get(f"/congresses/{congress.id}/delegates/{place.id}").text
    assert f"/exemplars/{row.id}" in shown
    unlinked = organiser.post(
        f"/congresses/{congress.id}/delegates/exemplars/{row.id}/unlink", follow_redirects=True
    )
    assert "Đã bỏ liên kết." in unlinked.text


def test_a_refused_registration_keeps_the_ticks_and_says_why(as_role) -> None:
    congress = a_congress_capped_at(1)
    rows = [a_fighter("Lê An", congress), a_fighter("Trần Bình", congress)]
    organiser = as_role("organiser", congress.unit)
    answer = organiser.post(address(congress), data={"chosen": [row.id for row in rows]})
    assert answer.status_code == 422
    assert answer.text.count(" checked") == 2
    assert names(congress) == []
    nobody = organiser.post(address(congress), data={})
    assert "Chưa chọn ai." in nobody.text


def test_a_doubtful_name_is_asked_on_the_page(as_role) -> None:
    congress = a_congress_capped_at(10)
    person = builders.a_person("Lê An", congress.unit)
    row = a_fighter("Lê An", congress)
    organiser = as_role("organiser", congress.unit)
    assert f'name="who_{row.id}"' in organiser.get(address(congress)).text
    unanswered = organiser.post(address(congress), data={"chosen": [row.id]})
    assert unanswered.status_code == 409
    told = {"chosen": [row.id], f"who_{row.id}": person.id}
    assert organiser.post(address(congress), data=told).status_code == 302
    assert names(congress) == ["Lê An"]


def test_a_registrar_sees_his_own_part_only(as_role) -> None:
    congress = a_congress_capped_at(10)
    district = builders.a_unit(parent=congress.unit, kind="huyen")
    a_fighter("Lê An", congress)
    mine: Exemplar = builders.an_exemplar("Trần Bình", district)
    builders.an_award(mine, "Chiến sĩ thi đua cơ sở", "base_fighter", 2018)
    page = as_role("registrar", district).get(address(congress)).text
    assert "Trần Bình" in page
    assert "Lê An" not in page
    assert as_role("viewer", congress.unit).get(address(congress)).status_code == 403
