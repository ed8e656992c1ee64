"""Reading, copying and editing rulebooks, through HTTP."""

from datetime import date
from fractions import Fraction

import pytest

from congress_app.congresses import rulebook, rulebook_queries, rulebook_services, services
from congress_app.congresses.models import StoredRulebook
from congress_app.congresses.presets import GUIDANCE_2020
from congress_app.congresses.rulebook import Cap, Category, Choice, Priority, SubCategory
from congress_app.database import db
from tests.congresses.forms import filled
from tests.congresses.seasons import ACTOR, Country, a_country, a_plan


@pytest.fixture
def country(app) -> Country:
    return a_country()


@pytest.fixture
def copy(country) -> StoredRulebook:
    return rulebook_services.copy("2020", "Bản chỉnh", unit=None, actor=ACTOR)


def text_of(answer):
    assert answer.status_code == 200, answer.text
    return answer.text


def book_of(row):
    db.session.expire_all()
    return rulebook.from_json(row.body)


def test_presets_are_listed_before_anything_is_stored(as_role):
    page = text_of(as_role("organiser").get("/rulebooks/"))
    assert "Hướng dẫn năm 2020" in page
    assert "Cơ cấu tổ chức năm 2025" in page
    assert db.session.query(StoredRulebook).count() == 0


def test_a_preset_is_shown_in_full_and_not_edited(as_role):
    client = as_role("organiser")
    page = text_of(client.get("/rulebooks/2020"))
    for wanted in (
        "300 đại biểu, tính cả khách mời",
        "500 đại biểu, chỉ tính: Đại biểu chính thức, Đại biểu bầu",
        "trước ngày 30/01/2020",
        "từ 01/07/2020 đến 30/09/2020",
        "Cơ quan báo chí Trung ương và địa phương",
        "1 người mỗi đơn vị",
    ):
        assert wanted in page
    assert "/rulebooks/2020/edit" not in page
    for part in ("edit", "base", "national/composition"):
        assert client.get(f"/rulebooks/2020/{part}").status_code == 403
    assert client.get("/rulebooks/1999").status_code == 404


def test_a_copy_is_made_and_remembers_its_origin(country, as_role):
    client = as_role("organiser")
    answer = client.post("/rulebooks/2020/copy", data={"name": "Bản của tôi", "owner": ""})
    assert answer.location == "/rulebooks/ban-cua-toi"
    row = rulebook_queries.stored_by_key("ban-cua-toi")
    assert (row.copied_from, row.unit_id, row.is_preset) == ("2020", None, False)
    assert book_of(row).levels == GUIDANCE_2020.levels
    assert client.post("/rulebooks/2020/copy", data={"name": ""}).status_code == 422


def test_a_copy_of_a_province_belongs_to_the_province(country, as_role):
    client = as_role("organiser", country.province)
    client.post("/rulebooks/2020/copy", data={"name": "Lào Cai", "owner": "10"})
    assert client.get("/rulebooks/lao-cai/edit").status_code == 200
    assert as_role("organiser").get("/rulebooks/lao-cai/edit").status_code == 200
    other = as_role("organiser", country.central)
    assert other.get("/rulebooks/lao-cai").status_code == 404
    assert "Lào Cai" not in text_of(other.get("/rulebooks/"))


def test_a_copy_for_the_sector_is_read_by_all_and_edited_at_the_top(country, copy, as_role):
    below = as_role("organiser", country.province)
    assert "Bản chỉnh" in text_of(below.get(f"/rulebooks/{copy.key}"))
    assert below.get(f"/rulebooks/{copy.key}/edit").status_code == 403
    assert as_role("registrar", country.province).get("/rulebooks/").status_code == 403


def test_the_common_part_is_edited(copy, as_role):
    client = as_role("organiser")
    address = f"/rulebooks/{copy.key}/edit"
    form = filled(text_of(client.get(address)))
    form |= {
        "source": "Công văn 9/BHXH",
        "award_to": "2020",
        "priorities-0-removed": "y",
        "priorities-1-title": "Mô hình mới",
        "priorities-5-title": "Người trẻ",
    }
    assert client.post(address, data=form).location == f"/rulebooks/{copy.key}"
    book = book_of(copy)
    assert (book.source, book.award_years) == ("Công văn 9/BHXH", (2015, 2020))
    assert book.priorities == (
        Priority("new_model", "Mô hình mới", sensitive=False),
        *GUIDANCE_2020.priorities[2:],
        Priority("nguoi_tre", "Người trẻ"),
    )
    assert (book.fields, book.levels) == (GUIDANCE_2020.fields, GUIDANCE_2020.levels)


def test_figures_and_days_of_a_level_are_edited(copy, as_role):
    client = as_role("organiser")
    address = f"/rulebooks/{copy.key}/upper_base"
    form = filled(text_of(client.get(address)))
    form |= {
        "cap": "280",
        "counted": ["official", "elected"],
        "exceptions-0-removed": "y",
        "exceptions-3-code": "31",
        "exceptions-3-limit": "320",
        "deadline": "31/05/2020",
        "combinable-0-title": "Hội nghị tổng kết",
        "election_form": "show_of_hands",
        "quorum": "1/2",
        "expected_units": "",
    }
    assert client.post(address, data=form).status_code == 302
    rules = book_of(copy).level("upper_base")
    assert rules.cap == Cap(
        280, {"01": 350, "79": 350, "31": 320}, (Category.OFFICIAL, Category.ELECTED)
    )
    assert (rules.deadline, rules.window, rules.expected_units) == (date(2020, 5, 31), None, None)
    assert rules.combinable == (Choice("hoi_nghi_tong_ket", "Hội nghị tổng kết"),)
    # The way of voting was a proposal; once the organiser chose one it is not.
    assert (rules.election_form, rules.proposed) == ("show_of_hands", ())
    assert rules.quorum == Fraction(1, 2)
    assert rules.subcategories == GUIDANCE_2020.level("upper_base").subcategories


def test_an_untouched_form_changes_nothing(copy, as_role):
    client = as_role("organiser")
    for part in ("edit", "base", "upper_base", "national", "national/composition"):
        address = f"/rulebooks/{copy.key}/{part}"
        assert client.post(address, data=filled(text_of(client.get(address)))).status_code == 302
    assert book_of(copy).levels == GUIDANCE_2020.levels
    assert copy.version == 1


def test_the_composition_is_edited_line_by_line(copy, as_role):
    client = as_role("organiser")
    address = f"/rulebooks/{copy.key}/national/composition"
    form = filled(text_of(client.get(address)))
    form |= {
        "lines-0-removed": "y",
        "lines-7-category": "guest",
        "lines-8-per_unit": "2",
        "lines-15-title": "Người lao động trẻ",
        "lines-15-category": "official",
        "lines-15-award": "y",
    }
    assert client.post(address, data=form).status_code == 302
    rules = book_of(copy).level("national")
    assert rules.subcategory("party_state_leaders") is None
    assert rules.subcategory("sector_press").category is Category.GUEST
    assert rules.subcategory("province_council_post").per_unit == 2
    assert rules.subcategories[-1] == SubCategory(
        "nguoi_lao_dong_tre", Category.OFFICIAL, "Người lao động trẻ", award=True
    )
    assert len(rules.subcategories) == 15


def test_a_blank_line_is_added_without_saving(copy, as_role):
    client = as_role("organiser")
    address = f"/rulebooks/{copy.key}/national/composition"
    form = filled(text_of(client.get(address))) | {"lines-0-title": "Chưa lưu", "add": "lines"}
    page = text_of(client.post(address, data=form))
    assert 'name="lines-17-title"' in page
    assert 'value="Chưa lưu"' in page
    assert book_of(copy).levels == GUIDANCE_2020.levels


def test_faults_are_told_together_and_keep_what_was_typed(copy, as_role):
    client = as_role("organiser")
    address = f"/rulebooks/{copy.key}/national"
    form = filled(text_of(client.get(address)))
    answer = client.post(address, data=form | {"durations": [], "window_to": "01/01/2020"})
    assert answer.status_code == 422
    assert "Hãy chọn ít nhất một thời lượng tổ chức." in answer.text
    assert "ngày đầu sau ngày cuối" in answer.text
    assert 'value="01/01/2020"' in answer.text
    half = client.post(address, data=form | {"window_to": ""})
    assert "Khung thời gian cần cả ngày đầu và ngày cuối." in half.text
    assert book_of(copy).levels == GUIDANCE_2020.levels


def test_a_wiped_out_line_asks_what_is_meant(copy, as_role):
    client = as_role("organiser")
    address = f"/rulebooks/{copy.key}/edit"
    form = filled(text_of(client.get(address))) | {"fields-0-title": ""}
    answer = client.post(address, data=form)
    assert answer.status_code == 422
    assert "Hãy ghi tên gọi, hoặc chọn bỏ dòng này." in answer.text
    figures = filled(text_of(client.get(f"/rulebooks/{copy.key}/upper_base")))
    answer = client.post(
        f"/rulebooks/{copy.key}/upper_base", data=figures | {"exceptions-3-code": "31"}
    )
    assert "Hãy ghi cả mã đơn vị và số lượng" in answer.text


def test_a_stale_form_shows_both_values(copy, as_role):
    client = as_role("organiser")
    address = f"/rulebooks/{copy.key}/upper_base"
    old = filled(text_of(client.get(address)))
    client.post(address, data=old | {"cap": "280"})
    answer = client.post(address, data=old | {"cap": "290"})
    assert answer.status_code == 409
    assert "đang lưu “280 đại biểu" in answer.text
    assert book_of(copy).level("upper_base").cap.default == 280


def test_the_page_names_the_congresses_that_froze_it(country, copy, as_role):
    congress = services.adopt(a_plan(country, country.province), copy.key, actor=ACTOR)
    client = as_role("organiser")
    page = text_of(client.get(f"/rulebooks/{copy.key}"))
    assert congress.name in page
    assert "giống" in page
    address = f"/rulebooks/{copy.key}/upper_base"
    client.post(address, data=filled(text_of(client.get(address))) | {"cap": "200"})
    page = text_of(client.get(f"/rulebooks/{copy.key}"))
    assert "giữ bản cũ" in page
    plan = text_of(client.get(f"/congresses/{congress.id}/plan"))
    assert "300 đại biểu, tính cả khách mời" in plan
