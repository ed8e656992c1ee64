"""Who is no delegate has the same rights: an exemplar, and whoever is known by name only."""

from __future__ import annotations

import io
import json
import re
import zipfile
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from congress_app.audit import chain_queries
from congress_app.audit.models import Entry
from congress_app.database import db
from congress_app.dossiers import person_queries, request_queries, request_services
from congress_app.dossiers.models import DataRequest
from congress_app.exemplars.models import Exemplar, ExemplarFile, ExemplarStep
from congress_app.kernel import clock
from congress_app.kernel.errors import NotFound
from congress_app.kernel.permissions import Actor, Grant, Role
from tests import builders
from tests.builders.ground import store
from tests.dossiers.closed import EVERYWHERE
from tests.dossiers.planting import CALLED, planted
from tests.dossiers.test_forgetting_services import found
from tests.open_forms import held

ADMIN = Actor("user", 1, "lan", "Lan", (Grant(Role.ADMIN, "/"),))
NAME = "Giàng A Páo"
FACTS = {"birth_year": 1990, "birth_month": 2, "birth_day": 3, "is_minority": True, "sex": "M"}


# By the law on archives: the decisions, the council's votes, the name in them.
KEPT_OF_RECORDS = {
    (CALLED, "exemplar"),
    (CALLED, "data_request"),
    ("award", "decision_number"),
    ("award", "name"),
    ("award", "signatory"),
    ("data_request", "person_name"),
    ("exemplar", "name"),
    ("exemplar", "position"),
    ("exemplar", "search_key"),
    ("exemplar", "sort_key"),
    ("nomination", "minutes_number"),
    ("nomination", "nominated_by"),
}


def text(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.text).split())


def unpacked(packed: bytes) -> dict[str, list[dict[str, Any]]]:
    with zipfile.ZipFile(io.BytesIO(packed)) as zipped:
        return json.loads(zipped.read("du-lieu.json"))


def an_exemplar(**columns) -> Exemplar:
    row = builders.an_exemplar(NAME, builders.the_root(), **(FACTS | columns))
    builders.an_exemplar_file(row)
    step = {"from_stage": "detect", "to_stage": "foster", "at": clock.now(), "by": "Lan"}
    store(ExemplarStep(exemplar_id=row.id, note="Ghi chú", **step))
    return row


def asked(admin, where: str, kind: str, **more: str) -> str:
    data = {"kind": kind, "received_on": "02/11/2026", "paper": "Đơn số 7"} | more
    answer = admin.post(f"/data-requests/new/{where}", data=data)
    assert answer.status_code == 302, text(answer)
    return answer.location


def test_an_exemplar_is_found_by_name_and_gets_all_that_is_kept(as_role, app):
    row = an_exemplar(story="Mở lớp học ở bản")
    builders.a_nomination(row)
    admin = as_role(Role.ADMIN)
    assert f"/data-requests/new/exemplar/{row.id}" in admin.get("/data-requests?name=giang").text
    where = asked(admin, f"exemplar/{row.id}", "view")
    page = text(admin.get(where))
    assert all(day in page for day in ("04/11/2026", "12/11/2026"))
    data = unpacked(admin.post(f"{where}/data.zip").data)
    assert {"exemplar", "exemplar_file", "exemplar_step", "nomination", "data_request"} <= set(data)
    (told,) = data["exemplar"]
    assert {key: told[key] for key in FACTS} == FACTS
    assert told["story"] == "Mở lớp học ở bản"


@pytest.mark.parametrize("linked", [True, False])
def test_a_speech_of_another_about_the_exemplar_is_not_handed_over(
    app: Flask, linked: bool
) -> None:
    congresses = [builders.a_congress() for _ in range(3)]
    row = builders.an_exemplar(NAME, congresses[0].unit)
    asker = builders.a_person(NAME, congresses[0].unit) if linked else row
    speakers: list[int | None] = [builders.a_delegate(congresses[0]).id, None]
    if linked:
        builders.a_link(row, asker)
        speakers.append(builders.a_delegate(congresses[2], asker).id)
    for congress, speaker in zip(congresses, speakers, strict=False):
        told = {"delegate_id": speaker, "exemplar_id": row.id}
        builders.a_speech_file(builders.a_speech(congress, f"Của {speaker}", **told))
    data = unpacked(request_services.hand_over(builders.a_data_request(asker), actor=ADMIN))
    titles = [one["title"] for one in data["speech"]]
    assert titles == [f"Của {one}" for one in speakers[1:]]
    assert len(data["speech_file"]) == len(titles)


def test_an_exemplars_restriction_ends_what_everybody_is_shown(as_role, app):
    row = an_exemplar(story="x", story_consent="Phiếu 1", is_public=True)
    admin = as_role(Role.ADMIN)
    where = asked(admin, f"exemplar/{row.id}", "restrict")
    admin.post(f"{where}/finish", data={"done-outcome": "Theo đơn số 7"})
    db.session.expire_all()
    kept = db.session.get_one(Exemplar, row.id)
    assert (kept.is_public, kept.story_consent) == (False, None)
    assert "Đã giải quyết" in text(admin.get(where))


def consented(admin, row: Exemplar) -> list[tuple[int, bool]]:
    """Consent to the story, then publish it: each answer, and whether it says that it may not."""
    at = f"/exemplars/{row.id}"
    given = admin.post(f"{at}/consents/story", data={"story-consent-paper": "Phiếu 2"})
    shown = admin.post(f"{at}/publish", data={"public": "1"})
    return [(one.status_code, "yêu cầu hạn chế" in text(one)) for one in (given, shown)]


def stands(row: Exemplar) -> tuple[object, ...]:
    """What is published of it, how its only request stands and with which words."""
    db.session.expire_all()
    kept, asked_for = db.session.get_one(Exemplar, row.id), db.session.scalars(select(DataRequest))
    (one,) = asked_for
    return kept.is_public, kept.story_consent, one.state, one.outcome


def test_an_exemplars_restriction_lasts_until_it_is_ended_with_a_reason(as_role, app):
    row = an_exemplar(story="x")
    admin = as_role(Role.ADMIN)
    where = asked(admin, f"exemplar/{row.id}", "restrict")
    admin.post(f"{where}/finish", data={"done-outcome": "Theo đơn"})
    assert consented(admin, row) == [(422, True), (422, True)]
    assert stands(row) == (False, None, "done", "Theo đơn")
    page = admin.get(f"/exemplars/{row.id}").text
    assert ("yêu cầu hạn chế" in page, "story-consent-paper" in page) == (True, False)
    assert "đang bị hạn chế xử lý" in text(admin.get(where))
    assert admin.post(f"{where}/release", data={"ending-reason": ""}).status_code == 422
    ending = {"ending-reason": "Đơn số 8"} | held(admin.get(where).text, "/release")
    ended = [admin.post(f"{where}/release", data=ending) for _ in range(2)]
    assert [one.status_code for one in ended] == [302, 422]
    assert consented(admin, row) == [(302, False), (302, False)]
    words = "Theo đơn – Bỏ hạn chế: Đơn số 8"
    assert stands(row) == (True, "Phiếu 2", "ended", words)
    told = select(Entry.subject_kind, Entry.changes).where(Entry.action == "person.release")
    facts = {"restriction": ["Theo đơn", None], "reason": "Đơn số 8"}
    assert [tuple(one) for one in db.session.execute(told)] == [("data_request", facts)]
    assert "Đã bỏ hạn chế" in text(admin.get("/data-requests"))


def test_the_restriction_of_one_holds_back_nobody_else(as_role, app):
    restricted, other = an_exemplar(story="x"), builders.an_exemplar("Lê An", builders.the_root())
    builders.a_data_request(restricted, kind="restrict", state="done", outcome="Theo đơn")
    builders.a_data_request(other, kind="view", state="done")
    builders.a_data_request(other, kind="restrict", state="refused")
    assert consented(as_role(Role.ADMIN), other) == [(302, False), (302, False)]


@pytest.mark.parametrize("recorded", [True, False])
def test_of_an_exemplar_who_asked_nothing_sensitive_and_no_free_word_is_left(
    app: Flask, recorded: bool
) -> None:
    row = an_exemplar()
    if recorded:
        builders.a_nomination(row)
        builders.an_award(row, "Bằng khen", None, 2023)
    request = builders.a_data_request(row, kind="erase")
    words = planted(person_queries.keys_about_exemplar(row.id))
    assert found(words, frozenset()) == set(words.values())
    whole = request_services.forget(request, within=EVERYWHERE, actor=ADMIN)
    kept_words = found(words, frozenset()) - {("data_request", "paper")}
    assert kept_words == (KEPT_OF_RECORDS if recorded else set())
    kept = db.session.get_one(Exemplar, row.id)
    assert {kept.birth_year, kept.birth_month, kept.birth_day, kept.is_minority} == {None}
    assert (whole, db.session.scalars(select(ExemplarFile)).all()) == (not recorded, [])
    assert chain_queries.verify().fault is None


def test_whom_a_programme_honours_keeps_his_name_there(app: Flask) -> None:
    row = an_exemplar()
    session = builders.a_session(builders.a_congress(builders.the_root()))
    honours = [{"exemplar_id": row.id, "award": "Bằng khen"}]
    builders.an_item(session, "Trao thưởng", kind="award", honours=honours)
    request = builders.a_data_request(row, kind="erase")
    assert not request_services.forget(request, within=EVERYWHERE, actor=ADMIN)
    kept = db.session.get_one(Exemplar, row.id)
    assert (kept.name, kept.is_minority) == (NAME, None)


def test_of_a_delegate_who_is_an_exemplar_the_sensitive_mark_goes_as_well(app: Flask) -> None:
    person = builders.a_person(NAME, builders.the_root())
    row = an_exemplar()
    builders.a_link(row, person)
    request = builders.a_data_request(person, kind="erase")
    request_services.forget(request, within=EVERYWHERE, actor=ADMIN)
    assert db.session.get_one(Exemplar, row.id).is_minority is None


def test_somebody_known_by_name_only_is_answered_in_words_and_in_time(as_role, app):
    admin = as_role(Role.ADMIN)
    assert "/data-requests/new/other?name=" in admin.get("/data-requests?name=Vui").text
    where = asked(admin, "other", "erase", full_name="Lò Thị Vui")
    page = text(admin.get(where))
    assert "Lò Thị Vui" in text(admin.get("/data-requests"))
    assert all(words in page for words in ("04/11/2026", "các ban"))
    assert admin.post(f"{where}/data.zip").status_code == 404
    assert admin.post(f"{where}/forget").status_code == 409
    admin.post(f"{where}/finish", data={"done-outcome": "Đã xóa tên ở Ban kiểm phiếu"})
    (row,) = db.session.scalars(select(DataRequest)).all()
    assert (row.state, row.outcome) == ("done", "Đã xóa tên ở Ban kiểm phiếu")
    actions = select(Entry.action).where(Entry.subject_kind == "data_request")
    assert list(db.session.scalars(actions)) == ["person.request", "person.done"]


def test_who_is_known_by_name_only_is_answered_by_the_highest_unit_of_the_reach(app):
    root = builders.the_root()
    first = builders.a_unit(parent=root)
    second, below = builders.a_unit(parent=root), builders.a_unit(parent=first)
    reaches = [EVERYWHERE, (root.path,), (below.path, second.path), (below.path,)]
    told = [request_queries.highest_unit(reach).id for reach in reaches]
    assert told == [root.id, root.id, second.id, below.id]
    with pytest.raises(NotFound):
        request_queries.highest_unit(("/999999/",))


def test_requests_of_another_province_are_not_found(as_role, app):
    row = builders.an_exemplar(NAME, builders.a_unit(parent=builders.the_root()))
    request = builders.a_data_request(row, kind="erase")
    admin = as_role(Role.ADMIN, builders.a_unit(parent=builders.the_root()))
    assert NAME not in admin.get("/data-requests?name=giang").text.split("<ul")[-1]
    assert admin.get(f"/data-requests/new/exemplar/{row.id}").status_code == 404
    assert admin.get(f"/data-requests/{request.id}").status_code == 404
