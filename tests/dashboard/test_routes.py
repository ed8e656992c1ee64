"""The two windows: what each reader sees, and at what cost."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from congress_app.congresses import rulebook
from congress_app.congresses.models import Congress
from congress_app.congresses.presets import GUIDANCE_2020
from congress_app.congresses.queries import season_by_key
from congress_app.congresses.services import pulse
from congress_app.database import transaction
from congress_app.kernel.permissions import Role
from congress_app.units.models import Unit
from tests import builders


def a_province(name: str) -> tuple[Unit, Congress]:
    """A province with a district, a congress, seats and some delegates."""
    province = builders.a_unit(parent=builders.the_root(), name=f"BHXH tỉnh {name}")
    district = builders.a_unit(parent=province, kind="huyen", name=f"BHXH huyện {name}")
    congress = builders.a_congress(province, season())
    builders.an_allocation(congress, {district: 3})
    person = builders.a_person(f"Nguyễn Thị {name}", district)
    builders.a_delegate(congress, person, category="elected", delegation_unit_id=district.id)
    guest = builders.a_person(f"Khách {name}")
    builders.a_delegate(congress, guest, category="guest", state="convened")
    session = builders.a_session(congress)
    builders.an_item(session)
    return province, congress


def season() -> Any:
    return season_by_key("mua") or builders.a_season("mua", GUIDANCE_2020)


@pytest.fixture(autouse=True)
def morning(frozen_clock: Any) -> None:
    """Congresses of the builders are held on this day."""


def test_the_season_counts_and_names_what_is_missing(as_role: Any) -> None:
    a_province("An")
    page = as_role(Role.VIEWER).get("/season")
    assert page.status_code == 200
    text = " ".join(page.text.split())
    assert "1 hội nghị còn thiếu đại biểu bầu." in text
    assert "2 / 300" in text
    assert "1 / 3" in text


@pytest.mark.parametrize("way", ["unit", "rulebook"])
def test_a_unit_of_another_level_than_its_congress_breaks_no_page(as_role: Any, way: str) -> None:
    province, _congress = a_province("An")
    district = builders.a_unit(parent=province, kind="huyen", name="BHXH huyện Xa")
    builders.a_congress(district, season(), level="base")
    with transaction():
        if way == "unit":
            district.kind = province.kind
        else:
            book = rulebook.from_json(season().rulebook.body)
            upper, base = book.level("upper_base"), book.level("base")
            book = book.with_level(
                "upper_base", replace(upper, unit_kinds=(*upper.unit_kinds, "huyen"))
            ).with_level("base", replace(base, unit_kinds=()))
            season().rulebook.body = rulebook.to_json(book)
    for role in (Role.ADMIN, Role.ORGANISER, Role.VIEWER):
        client = as_role(role)
        answers = [client.get(page, follow_redirects=True) for page in ("/", "/season")]
        assert [(one.status_code, "BHXH huyện Xa" in one.text) for one in answers] == [
            (200, True)
        ] * 2


def test_without_a_season_the_page_says_what_to_do(as_role: Any) -> None:
    page = as_role(Role.ORGANISER).get("/season")
    assert "Chưa có mùa đại hội nào" in page.text


def test_a_registrar_sees_only_his_own(as_role: Any) -> None:
    own, congress = a_province("An")
    _, foreign = a_province("Bình")
    client = as_role(Role.REGISTRAR, own)
    page = client.get("/season").text
    assert ("BHXH tỉnh An" in page, "BHXH tỉnh Bình" in page) == (True, False)
    assert client.get(f"/congresses/{congress.id}/").status_code == 200
    assert client.get(f"/congresses/{foreign.id}/").status_code == 404


def test_the_overview_shows_figures_and_work(as_role: Any) -> None:
    _, congress = a_province("An")
    text = " ".join(as_role(Role.ORGANISER).get(f"/congresses/{congress.id}/").text.split())
    for words in (
        "Còn thiếu 2 trong 3 đại biểu bầu.",
        "1 trong 2 đại biểu chưa xác nhận dự.",
        "2 đại biểu chưa có thẻ.",
        "Trong số lượng tối đa: 2/300 đại biểu.",
        "BHXH huyện An",
        "Đang diễn ra",
    ):
        assert words in text, words


def test_a_steward_sees_no_quotas_and_no_delegations(as_role: Any) -> None:
    _, congress = a_province("An")
    text = as_role(Role.CHECKIN).get(f"/congresses/{congress.id}/").text
    assert "Có mặt" in text
    assert "Các đoàn, thiếu nhiều trước" not in text
    assert "chỉ tiêu" not in text
    assert "Thẻ đã cấp" not in text


def test_a_part_of_a_congress_tells_only_its_own_figures(as_role: Any) -> None:
    province, congress = a_province("An")
    other = builders.a_unit(parent=province, kind="huyen", name="BHXH huyện Khác")
    person = builders.a_person("Lê Văn Khác", other)
    builders.a_delegate(congress, person, delegation_unit_id=other.id)
    client = as_role(Role.REGISTRAR, other)
    figures = client.get(f"/congresses/{congress.id}/figures.json").json
    assert figures == {
        "cap": None,
        "delegates": {
            "total": 1,
            "confirmed": 1,
            "by_category": {"official": 1},
            "seats": 0,
            "elected": 0,
            "missing": 0,
        },
        "badges": None,
        "presence": None,
        "running": figures["running"],
    }


def test_figures_are_sent_again_only_after_a_change(as_role: Any) -> None:
    _, congress = a_province("An")
    client = as_role(Role.VIEWER)
    address = f"/congresses/{congress.id}/figures.json"
    first = client.get(address)
    assert first.json["cap"] == {"used": 2, "limit": 300}
    assert first.json["presence"]["convened"] == 2
    etag = {"If-None-Match": first.headers["ETag"]}
    assert client.get(address, headers=etag).status_code == 304
    pulse(congress.id)
    assert client.get(address, headers=etag).status_code == 200


def test_the_season_costs_the_same_for_one_province_and_three(
    as_role: Any, count_queries: Any
) -> None:
    client = as_role(Role.ORGANISER)
    costs = []
    for names in (("An",), ("Bình", "Chi")):
        for name in names:
            a_province(name)
        with count_queries() as seen:
            assert client.get("/season").status_code == 200
        costs.append(len(seen))
    assert costs == [SEASON_QUERIES, SEASON_QUERIES]


def test_the_overview_costs_the_same_for_one_delegate_and_many(
    as_role: Any, count_queries: Any
) -> None:
    province, congress = a_province("An")
    client = as_role(Role.ORGANISER)
    costs = []
    for _ in range(2):
        with count_queries() as seen:
            assert client.get(f"/congresses/{congress.id}/").status_code == 200
        costs.append(len(seen))
        for _ in range(3):
            unit = builders.a_unit(parent=province, kind="huyen")
            person = builders.a_person(unit=unit)
            builders.a_delegate(congress, person, delegation_unit_id=unit.id)
            builders.an_item(builders.a_session(congress))
    assert costs == [OVERVIEW_QUERIES, OVERVIEW_QUERIES]


SEASON_QUERIES, OVERVIEW_QUERIES = 8, 14


def todo(client: Any) -> str:
    """What the season's page lists to do, as one line; links by their addresses."""
    page = " ".join(client.get("/season").text.split())
    found = re.search(r'id="todo".*?</section>', page)
    linked = re.sub(r'<a href="([^"]+)">', r"\1 ", found[0] if found else "")
    return " ".join(re.sub(r"<[^>]+>", " ", linked).split())


LATE = "/data-requests 1 yêu cầu về dữ liệu cá nhân đã quá hạn. Hạn sớm nhất là ngày 12/06/2020."


def test_late_requests_of_persons_are_the_first_thing_to_do(as_role: Any) -> None:
    a_province("An")
    person = builders.a_person("Lò Thị Vui", builders.the_root())
    ends = {"reply_by": date(2020, 6, 12), "finish_by": date(2020, 6, 22)}
    builders.a_data_request(person, **ends)
    builders.a_data_request(person, **ends, replied_on=date(2020, 6, 11))
    builders.a_data_request(person, **ends, state="done")
    admin = as_role(Role.ADMIN)
    listed = todo(admin)
    assert LATE in listed
    assert listed.index(LATE) < listed.index("hội nghị còn thiếu đại biểu bầu")
    assert admin.get("/data-requests").status_code == 200


def test_requests_in_time_are_told_with_their_day(as_role: Any) -> None:
    season()
    admin = as_role(Role.ADMIN)
    assert "dữ liệu cá nhân" not in todo(admin)
    person = builders.a_person("Lò Thị Vui", builders.the_root())
    builders.a_data_request(person, reply_by=date(2020, 6, 15), finish_by=date(2020, 6, 22))
    waiting = "1 yêu cầu về dữ liệu cá nhân đang chờ giải quyết. Hạn gần nhất là ngày 15/06/2020."
    assert waiting in todo(admin)


def test_nothing_of_requests_is_told_to_who_may_not_open_them(as_role: Any) -> None:
    own, foreign = (a_province(name)[0] for name in ("An", "Bình"))
    person = builders.a_person("Lò Thị Vui", foreign)
    builders.a_data_request(person, reply_by=date(2020, 6, 12), finish_by=date(2020, 6, 22))
    readers = [(Role.ORGANISER, None), (Role.VIEWER, None), (Role.ADMIN, own)]
    pages = [as_role(role, unit).get("/season").text for role, unit in readers]
    assert [("yêu cầu về dữ liệu cá nhân" in page) for page in pages] == [False] * 3
    assert LATE in todo(as_role(Role.ADMIN, foreign))


def test_requests_are_told_before_there_is_a_season(as_role: Any) -> None:
    person = builders.a_person("Lò Thị Vui", builders.the_root())
    builders.a_data_request(person, reply_by=date(2020, 6, 12), finish_by=date(2020, 6, 22))
    assert LATE in todo(as_role(Role.ADMIN))
    assert todo(as_role(Role.ORGANISER)) == ""
