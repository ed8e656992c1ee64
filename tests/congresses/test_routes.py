"""The list, the board and planning, through HTTP."""

from datetime import date

import pytest

from congress_app.congresses import list_queries, services
from congress_app.congresses.models import Congress, Season
from congress_app.congresses.rulebook import Level
from congress_app.database import db
from tests.congresses.seasons import ACTOR, Country, a_country, a_plan


@pytest.fixture
def country(app) -> Country:
    return a_country()


def text_of(answer):
    assert answer.status_code == 200, answer.text
    return answer.text


def test_an_empty_house_offers_to_open_a_season(as_role):
    assert "Mở mùa đại hội" in text_of(as_role("organiser").get("/congresses/"))
    page = text_of(as_role("viewer").get("/congresses/"))
    assert "Chưa có mùa đại hội nào" in page
    assert "/congresses/seasons/new" not in page


def test_a_season_is_opened_from_a_preset(as_role):
    client = as_role("organiser")
    form = {"name": "Đại hội lần thứ V", "rulebook": "2020"}
    answer = client.post("/congresses/seasons/new", data=form)
    assert answer.location == "/congresses/new/all?season=dai-hoi-lan-thu-v"
    assert db.session.query(Season.name).all() == [("Đại hội lần thứ V",)]
    answer = client.post("/congresses/seasons/new", data={"name": "Đại hội lần thứ VI"})
    assert answer.status_code == 422
    assert "Đại hội lần thứ VI" in answer.text


def test_only_the_whole_sector_opens_a_season(country, as_role):
    client = as_role("organiser", country.province)
    assert client.get("/congresses/seasons/new").status_code == 403


def test_the_list_shows_what_the_reader_has_a_part_in(country, as_role):
    for unit in (country.root, country.central, country.province, country.district):
        a_plan(country, unit)
    page = text_of(as_role("registrar", country.district).get("/congresses/"))
    assert "Hội nghị điển hình tiên tiến BHXH huyện Bát Xát" in page
    assert "Hội nghị điển hình tiên tiến BHXH tỉnh Lào Cai" in page
    assert "Đại hội Thi đua yêu nước ngành BHXH lần thứ V" in page
    assert "Khối cơ quan" not in page


def test_the_list_is_filtered_by_level_state_and_text(country, as_role):
    for unit in (country.root, country.province, country.district):
        a_plan(country, unit)
    client = as_role("viewer")
    page = text_of(client.get("/congresses/?level=base&state=draft&text=bat+xat"))
    assert "BHXH huyện Bát Xát" in page
    assert "lần thứ V</a>" not in page
    assert "Không có hội nghị nào như vậy" in text_of(client.get("/congresses/?state=open"))
    assert "BHXH huyện Bát Xát" in text_of(client.get("/congresses/?level=x&state=y&page=99"))
    assert client.get("/congresses/?season=x").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_page_takes_as_many_statements_for_3_rows_as_for_1(
    country, as_role, count_queries, rows
):
    for unit in (country.district, country.province, country.root)[:rows]:
        services.adopt(a_plan(country, unit), "2020", actor=ACTOR)
    client = as_role("viewer")
    with count_queries() as seen:
        text_of(client.get("/congresses/"))
    congress_statements = [line for line in seen if "congress" in line or "season" in line]
    assert len(congress_statements) == 5


def test_the_board_shows_every_unit_with_its_light(country, as_role, frozen_clock):
    a_plan(country, country.province, held_on=date(2020, 7, 1), plan_document="12/KH-BHXH")
    page = text_of(as_role("viewer").get("/congresses/board"))
    assert "BHXH tỉnh Lào Cai" in page
    assert "12/KH-BHXH" in page
    assert "Ngoài khung thời gian" in page
    assert "0/2 đã tổ chức" in page
    assert "Quy định ghi 64 đơn vị, bảng này có 2." in page


def test_the_board_of_one_province_shows_its_bases(country, as_role):
    a_plan(country, country.district, combined_with="staff")
    client = as_role("viewer")
    page = text_of(client.get(f"/congresses/board?unit={country.province.id}"))
    assert "BHXH huyện Bát Xát" in page
    assert "Hội nghị công chức, viên chức" in page
    assert "Phòng Quản lý thu" in page
    assert "Vụ Thi đua" not in page
    assert client.get(f"/congresses/board?unit={country.district.id}").status_code == 404


def test_the_board_by_month_puts_the_day_under_its_month(country, as_role):
    a_plan(country, country.province, held_on=date(2020, 3, 12))
    page = text_of(as_role("viewer").get("/congresses/board?view=months"))
    assert ">12/03</td>" in page
    assert "hạn 30/04" in page


def test_the_board_is_narrowed_to_one_light(country, as_role, frozen_clock):
    a_plan(country, country.province, held_on=date(2020, 7, 1))
    page = text_of(as_role("viewer").get("/congresses/board?light=outside"))
    assert "BHXH tỉnh Lào Cai" in page
    assert "Khối cơ quan" not in page


def test_without_a_season_there_is_no_board(as_role):
    answer = as_role("viewer").get("/congresses/board")
    assert answer.status_code == 404
    assert "Chưa có mùa đại hội nào" in answer.text


def test_a_foreign_province_is_not_on_the_board(country, as_role):
    client = as_role("registrar", country.bureau)
    page = text_of(client.get("/congresses/board"))
    assert "Khối cơ quan BHXH Việt Nam" in page
    assert "Lào Cai" not in page
    assert client.get(f"/congresses/board?unit={country.province.id}").status_code == 404
    for number in ("9" * 30, "-1", "abc"):
        assert client.get(f"/congresses/board?unit={number}").status_code == 404


def test_a_plan_is_made_from_the_form(country, as_role):
    client = as_role("organiser")
    form = {
        "unit": country.province.id,
        "held_on": "5/3/2020",
        "starts_at": "7h30",
        "duration": "full_day",
        "place": "Hội trường",
    }
    answer = client.post("/congresses/new", data=form)
    congress = db.session.query(Congress).one()
    assert answer.location == f"/congresses/{congress.id}/plan"
    assert (congress.held_on, congress.duration, congress.unit_id) == (
        date(2020, 3, 5),
        "full_day",
        country.province.id,
    )
    assert congress.name == "Hội nghị điển hình tiên tiến BHXH tỉnh Lào Cai"


def test_a_bad_form_keeps_what_was_typed(country, as_role):
    form = {"unit": country.province.id, "held_on": "31/02/2020", "place": "Nhà văn hóa"}
    answer = as_role("organiser").post("/congresses/new", data=form | {"duration": "half_day"})
    assert answer.status_code == 422
    assert "Ngày không đọc được" in answer.text
    assert 'value="31/02/2020"' in answer.text
    assert 'value="Nhà văn hóa"' in answer.text
    assert db.session.query(Congress).count() == 0


def test_only_units_of_the_own_reach_without_a_plan_are_offered(country, as_role):
    a_plan(country, country.division)
    client = as_role("organiser", country.province)
    page = text_of(client.get("/congresses/new"))
    assert f'value="{country.district.id}"' in page
    assert f'value="{country.division.id}"' not in page
    assert "Khối cơ quan" not in page
    form = {"unit": country.central.id, "duration": "half_day"}
    assert client.post("/congresses/new", data=form).status_code == 422
    assert db.session.query(Congress).count() == 1


def test_all_of_a_level_are_planned_from_the_page(country, as_role):
    client = as_role("organiser")
    assert "Lập 3 kế hoạch" in text_of(client.get("/congresses/new/all"))
    form = {"level": "base", "season": country.season.key}
    answer = client.post("/congresses/new/all", data=form)
    assert answer.location == f"/congresses/?season={country.season.key}&level=base"
    assert list_queries.count_by_level(list_queries.ListFilter())[Level.BASE] == 3
    assert client.post("/congresses/new/all", data={"level": "world"}).status_code == 422


def test_an_organiser_of_a_province_plans_only_his_own(country, as_role):
    client = as_role("organiser", country.province)
    client.post("/congresses/new/all", data={"level": "upper_base"})
    assert [row.unit_code for row in list_queries.congress_rows()] == ["10"]


@pytest.mark.parametrize("address", ["/congresses/new", "/congresses/new/all"])
def test_a_viewer_plans_nothing(country, as_role, address):
    client = as_role("viewer")
    assert client.get(address).status_code == 403
    assert client.post(address, data={"level": "base"}).status_code == 403
    assert db.session.query(Congress).count() == 0
