"""The board and the review, as an organiser and a unit below see them."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from congress_app.quota import services
from tests import builders
from tests.quota.season import ACTOR, TEN, Country, a_country, in_force


@pytest.fixture
def country(app) -> Country:
    return a_country()


def at(country, page, code="VN"):
    return f"/congresses/{country.congresses[code].id}/quota/{page}"


def text_of(answer):
    assert answer.status_code == 200, answer.text
    main = answer.text.partition("<main")[2].partition("</main")[0]
    return " ".join(re.sub(r"<[^>]*>", " ", main).split())


def test_the_board_waits_for_an_approval(country, as_role) -> None:
    assert "Chưa có phân bổ được duyệt" in text_of(as_role("viewer").get(at(country, "board")))


def test_the_board_shows_elected_against_quota(country, as_role) -> None:
    in_force(country)
    page = text_of(as_role("viewer").get(at(country, "board")))
    assert "Đã bầu 0 / 10" in page
    assert "0 / 6 còn thiếu 6" in page


def test_a_registrar_below_sees_his_own_rung(country, as_role) -> None:
    in_force(country)
    page = text_of(as_role("registrar", country.units["B"]).get(at(country, "board")))
    assert ("Tỉnh B" in page, "Tỉnh A" in page) == (True, False)


def test_a_province_s_board_shows_the_number_from_above(country, as_role) -> None:
    in_force(country)
    page = text_of(as_role("viewer").get(at(country, "board", "A")))
    assert "Được bầu 6 đại biểu đi dự Đại hội Ngành, theo phương án phân bổ 1" in page


def test_the_review_names_who_is_over_and_leads_to_the_approval(country, as_role) -> None:
    in_force(country)
    unit = country.units["C"]
    for name in ("Nguyễn Văn An", "Trần Thị Bình"):
        builders.a_delegate(
            country.national,
            builders.a_person(name, unit),
            category="elected",
            delegation_unit_id=unit.id,
        )
    services.propose(country.national, TEN, actor=ACTOR)
    organiser = as_role("organiser")
    answer = organiser.get(at(country, "2/review"))
    page = text_of(answer)
    assert "1 đơn vị có nhiều đại biểu được bầu hơn số suất mới, tất cả 1 người" in page
    assert "Nguyễn Văn An, Trần Thị Bình" in page
    assert "Phương án 1 đang có hiệu lực sẽ được thay." in page
    assert f'action="{at(country, "2/approve")}"' in answer.text
    assert "không còn là đề xuất" in text_of(organiser.get(at(country, "1/review")))
    assert organiser.get(at(country, "9/review")).status_code == 404


def test_the_review_of_a_sum_that_differs_offers_no_approval(country, as_role) -> None:
    services.propose(country.national, replace(TEN, method="base_step", step=20), actor=ACTOR)
    answer = as_role("organiser").get(at(country, "1/review"))
    assert "Các dòng cộng lại 5 suất, còn phương án có 10" in text_of(answer)
    assert "/approve" not in answer.text


def test_only_who_approves_may_review(country, as_role) -> None:
    services.propose(country.national, TEN, actor=ACTOR)
    assert as_role("viewer").get(at(country, "1/review")).status_code == 403
