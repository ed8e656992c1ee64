"""The allocation pages, as an organiser and as a unit below use them."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from congress_app.database import transaction
from congress_app.quota import queries, services
from congress_app.quota.options import LineRule, Options
from tests.open_forms import held
from tests.quota.season import ACTOR, TEN, Country, a_country, in_force

TYPED = {
    "officials": "8",
    "reserve": "2",
    "weight_attendance": "1",
    "method": "webster",
    "floor": "1",
    "tie_key": "",
}


@pytest.fixture
def country(app) -> Country:
    return a_country()


@pytest.fixture
def organiser(country, as_role):
    return as_role("organiser")


def at(country, page="", code="VN"):
    return f"/congresses/{country.congresses[code].id}/quota{page}"


def text_of(answer):
    """The visible text of a page, tags and doubled spaces left out."""
    assert answer.status_code == 200, answer.text
    return plain(answer)


def plain(answer):
    main = answer.text.partition("<main")[2].partition("</main")[0]
    return " ".join(re.sub(r"<[^>]*>", " ", main).split())


def test_before_the_first_version_the_page_leads_to_it(country, organiser) -> None:
    page = organiser.get(at(country))
    assert "Hệ thống chia số suất cho 3 đơn vị" in text_of(page)
    assert at(country, "/new") in page.text
    page = text_of(organiser.get(at(country, code="A1")))
    assert "mọi người trong đơn vị đều dự" in page
    assert "chưa phê duyệt phân bổ" in page


def test_proposing_leads_to_the_version_with_its_sum_and_sentences(country, organiser) -> None:
    answer = organiser.post(at(country, "/new"), data=TYPED)
    assert answer.location == at(country, "/1")
    page = text_of(organiser.get(answer.location))
    assert "20 − 8 đại biểu chính thức − 2 dự phòng = 10 suất để phân bổ" in page
    assert "Tỉnh A: 60 đại biểu ÷ 10 = 6,0 → 6; thêm 18 người sẽ được 7" in page
    assert organiser.get(at(country)).location == at(country, "/1")


def test_the_form_of_a_congress_whose_cap_counts_guests_asks_for_them(country, organiser) -> None:
    assert 'name="guests"' not in organiser.get(at(country, "/new")).text
    assert 'name="guests"' in organiser.get(at(country, "/new", "A")).text


def test_an_open_tie_is_shown_and_asked_for_and_nothing_typed_is_lost(country, organiser) -> None:
    typed = TYPED | {"weight_attendance": "", "weight_equal": "1", "note": "Thử chia đều"}
    answer = organiser.post(at(country, "/new"), data=typed)
    assert answer.status_code == 422
    page = plain(answer)
    assert "Cần bốc thăm giữa các đơn vị này A – Tỉnh A B – Tỉnh B C – Tỉnh C" in page
    assert "Thử chia đều" in page
    answer = organiser.post(at(country, "/new"), data=typed | {"tie_order": "B, C, A"})
    page = text_of(organiser.get(answer.location))
    assert "Tỉnh B được, quyết định bằng thứ tự bốc thăm đã nhập." in page


def test_the_lots_of_a_public_draw_can_be_checked(country, organiser) -> None:
    services.propose(
        country.national, replace(TEN, source="equal", tie_seed="giải 12345"), actor=ACTOR
    )
    page = text_of(organiser.get(at(country, "/1")))
    assert "SHA-256 của “giải 12345|mã đơn vị”" in page
    assert len(re.findall(r"[ABC]: [0-9a-f]{64}", page)) == 3


def test_silent_conferences_and_later_figures_are_told(country, organiser) -> None:
    with transaction():
        country.congresses["A1"].attendance = None
    services.propose(country.national, TEN, actor=ACTOR)
    with transaction():
        country.congresses["A1"].attendance = 41
    page = text_of(organiser.get(at(country, "/1")))
    assert "1 hội nghị cấp cơ sở chưa báo số đại biểu dự khi tính" in page
    assert "Số liệu đã thay đổi sau khi tính Tỉnh A: 120 → 61" in page


def test_other_methods_stand_beside_with_their_differences(country, organiser) -> None:
    with transaction():
        country.congresses["A1"].attendance = 65
        country.congresses["B1"].attendance = 16
        country.congresses["C1"].attendance = 8
    services.propose(country.national, replace(TEN, floor=0), actor=ACTOR)
    page = text_of(organiser.get(at(country, "/1")))
    methods = page.partition("Nếu chia theo cách khác")[2]
    assert "Tỉnh A 8 8 8 9 +1" in methods
    assert "cứ 11 thêm 1" in methods


def test_a_mix_of_weights_shows_where_they_come_from(country, organiser) -> None:
    options = replace(TEN, weights=(("attendance", "1"), ("headcount", "1/2")))
    services.propose(country.national, options, actor=ACTOR)
    page = text_of(organiser.get(at(country, "/1")))
    assert "0,5 × Số công chức, viên chức, người lao động Trọng số" in page
    assert "Tỉnh A 60 205 162,5" in page


def test_the_picture_stands_beside_its_table(country, organiser) -> None:
    services.propose(country.national, replace(TEN, lines={"C": LineRule(floor=2)}), actor=ACTOR)
    html = organiser.get(at(country, "/1")).text
    assert html.count('class="dot dot--floor"') == 2  # the unit, and the key
    assert "<title>Tỉnh C: phần chia 1,00, được 2 suất</title>" in html


def test_a_line_is_adjusted_with_a_reason_and_blocks_until_the_sum_is_right(
    country, organiser
) -> None:
    services.propose(country.national, TEN, actor=ACTOR)
    unit = country.units["A"]
    path = at(country, f"/1/units/{unit.id}")
    assert "Theo cách tính: 6" in text_of(organiser.get(path))
    typed = {"seats": "5", "reason": "Nhường vùng khó khăn", "version": "1"}
    assert organiser.post(path, data=typed).location == at(country, f"/1#unit-{unit.id}")
    page = text_of(organiser.get(at(country, "/1")))
    assert "sửa 6 → 5. Lý do: Nhường vùng khó khăn" in page
    assert "Các dòng cộng lại 9 suất, còn phương án có 10: chưa phê duyệt được." in page
    refused = organiser.post(at(country, "/1/approve"), data={"document": "1/QĐ", "version": "2"})
    assert (refused.status_code, "còn thiếu 1 so với 10" in plain(refused)) == (422, True)
    organiser.post(at(country, "/1/pool"), data={"seats": "9", "reason": "Bớt một", "version": "2"})
    answer = organiser.post(at(country, "/1/approve"), data={"document": "1/QĐ", "version": "3"})
    assert answer.location == at(country, "/1")
    page = text_of(organiser.get(at(country, "/1")))
    assert "10 → 9. Lý do: Bớt một" in page
    assert queries.seats_of(country.national.id) is not None


def test_somebody_else_s_adjustment_is_shown_and_what_was_typed_is_kept(country, organiser) -> None:
    allocation = services.propose(country.national, TEN, actor=ACTOR)
    services.adjust(country.national, allocation.lines[0], 4, "Trước", 1, actor=ACTOR)
    path = at(country, f"/1/units/{country.units['A'].id}")
    answer = organiser.post(path, data={"seats": "5", "reason": "Sau", "version": "1"})
    assert answer.status_code == 409
    assert "Đang lưu cho Tỉnh A: 4 suất." in plain(answer)
    assert 'value="Sau"' in answer.text
    assert 'name="version" type="hidden" value="2"' in answer.text


def test_a_version_is_published_and_then_seen_whole_from_below(country, organiser, as_role) -> None:
    allocation = services.propose(country.national, TEN, actor=ACTOR)
    below = as_role("registrar", country.units["B"])
    assert below.get(at(country, "/1")).status_code == 404
    assert "Chưa có phương án phân bổ" in text_of(below.get(at(country)))
    services.approve(country.national, allocation, "1/QĐ", 1, actor=ACTOR)
    page = text_of(below.get(at(country, "/1")))
    assert ("Tỉnh B: 30 đại biểu" in page, "Tỉnh A: 60 đại biểu" in page) == (True, False)
    assert organiser.post(at(country, "/1/publish")).location == at(country, "/1")
    page = text_of(below.get(at(country, "/1")))
    assert "Tỉnh A: 60 đại biểu" in page
    assert "Đã tính thế nào" not in page


def test_the_pages_of_approving_and_publishing_can_be_opened_again(country, organiser) -> None:
    allocation = services.propose(country.national, TEN, actor=ACTOR)
    publish = at(country, "/1/publish")
    assert organiser.get(at(country, "/1/approve")).location == at(country, "/1/review")
    assert organiser.get(publish).location == at(country, "/1")
    services.approve(country.national, allocation, "1/QĐ", 1, actor=ACTOR)
    assert "Công bố phương án 1" in text_of(organiser.get(publish))
    organiser.post(publish)
    again = organiser.post(publish, follow_redirects=True)
    assert (again.status_code, again.request.path) == (200, at(country, "/1"))
    assert "không ở bước chờ công bố" in text_of(again)


def test_two_versions_stand_side_by_side(country, organiser) -> None:
    services.propose(country.national, TEN, actor=ACTOR)
    assert "Chưa đủ hai phương án" in text_of(organiser.get(at(country, "/compare")))
    services.propose(country.national, replace(TEN, floor=2, method="adams"), actor=ACTOR)
    page = text_of(organiser.get(at(country, "/compare")))
    assert "Tỉnh A 6 5 -1" in page
    assert "Tỉnh C 1 2 +1" in page
    assert "sàn 1 sàn 2 khác" in page
    same = text_of(organiser.get(at(country, "/compare?first=1&second=1")))
    assert "khác" not in same.partition("Đối chiếu")[2]
    assert "Không có phương án này" in text_of(organiser.get(at(country, "/compare?first=9")))


def test_seats_given_back_become_a_new_proposal(country, organiser) -> None:
    in_force(country)
    path = at(country, "/1/release")
    assert "không đơn vị nào khác bị mất suất" in text_of(organiser.get(path))
    typed = {"handing": "all", "reason": "Thiếu người", "version": "1"}
    nothing = organiser.post(path, data=typed | {"lines-0-code": "A", "lines-0-freed": ""})
    assert nothing.status_code == 422
    answer = organiser.post(path, data=typed | {"lines-0-code": "A", "lines-0-freed": "1"})
    assert answer.location == at(country, "/2")
    page = text_of(organiser.get(answer.location))
    assert "Tỉnh A: trả lại 1 trong 6 suất → 5" in page
    assert "1, phân bổ lại suất trả lại: A: 1; Mọi đơn vị; để dự phòng 0" in page


def test_seats_given_back_are_not_handed_on_twice_unseen(country, organiser) -> None:
    in_force(country)
    path = at(country, "/1/release")
    opened = held(organiser.get(path).text, 'name="reason"')
    typed = {"handing": "all", "reason": "Thiếu người", "lines-0-code": "A", "lines-0-freed": "1"}
    other = typed | opened | {"lines-0-freed": "2", "reason": "Người kia ghi"}
    assert organiser.post(path, data=other).location == at(country, "/2")
    late = organiser.post(path, data=opened | typed)
    assert (late.status_code, queries.latest_number(country.national.id)) == (409, 2)
    told = "Từ lúc bạn mở trang đã có phương án 2 do"
    assert all(part in plain(late) for part in (told, "Người kia ghi"))
    again = organiser.post(path, data=held(late.text, 'name="reason"') | typed)
    assert again.location == at(country, "/3")


def test_the_annex_can_be_downloaded(country, organiser) -> None:
    in_force(country)
    answer = organiser.get(at(country, "/1/annex.xlsx"))
    assert answer.status_code == 200
    sheet = load_workbook(io.BytesIO(answer.data)).active
    values = [row for row in sheet.iter_rows(values_only=True) if any(row)]
    assert values[2][3] == "Đại biểu dự hội nghị cấp cơ sở"
    assert values[3] == (1, "A", "Tỉnh A", 60, 6, 6)
    assert [row[0] for row in values[-3:]] == [
        "Cách chia: Webster (Sainte-Laguë): làm tròn đến số gần nhất.",
        "20 − 8 đại biểu chính thức − 2 dự phòng = 10 suất để phân bổ.",
        "Văn bản phê duyệt: 12/QĐ-BHXH.",
    ]


def test_the_sentences_follow_the_language_of_the_reader(country, organiser) -> None:
    in_force(country)
    organiser.post("/language", data={"language": "en", "next": "/"})
    assert organiser.get(at(country, "/1")).status_code == 200


def test_versions_of_other_times_can_still_be_read(country, organiser) -> None:
    allocation = services.propose(country.national, TEN, actor=ACTOR)
    with transaction():
        allocation.options, allocation.outcome = {}, {}
        allocation.lines[0].facts = {"explanation": "Chữ viết thẳng", "share": 6.0}
        allocation.lines[1].facts = {}
    assert "Chữ viết thẳng" in text_of(organiser.get(at(country, "/1")))


# The province, with one line, also asks for the congress above it and what that allots.
@pytest.mark.parametrize(("page", "one_line", "three_lines"), [("/1", 20, 18), ("/compare", 8, 8)])
def test_a_page_costs_the_same_however_many_lines(
    country, organiser, count_queries, page, one_line, three_lines
) -> None:
    for congress in (country.congresses["B"], country.national):
        for _ in range(2):
            services.propose(congress, Options(cap=20, seats=None), actor=ACTOR)
    with count_queries() as one:
        text_of(organiser.get(at(country, page, "B")))
    with count_queries() as three:
        text_of(organiser.get(at(country, page)))
    assert (len(one), len(three)) == (one_line, three_lines)


def test_a_version_beyond_every_number_is_compared_as_none(country, organiser):
    for number in ("9" * 30, "-1", "abc"):
        address = at(country, f"/compare?first={number}&second={number}")
        assert organiser.get(address).status_code == 200
