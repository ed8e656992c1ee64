"""One congress: its plan, its rules and its life, through HTTP."""

from datetime import date

import pytest

from congress_app.congresses import services, step_queries
from congress_app.congresses.plan import Turnout
from congress_app.database import db, transaction
from tests.builders.moves import moved
from tests.congresses.seasons import ACTOR, Country, a_country, a_plan

DAY = date(2020, 3, 12)


@pytest.fixture
def country(app) -> Country:
    return a_country()


@pytest.fixture
def congress(country):
    return a_plan(country, country.province, held_on=DAY, place="Hội trường A")


def at(congress, page):
    return f"/congresses/{congress.id}/{page}"


def text_of(answer):
    assert answer.status_code == 200, answer.text
    return answer.text


def form_of(congress, **changes):
    plan = {"name": congress.name, "duration": "half_day", "version": congress.version}
    return plan | {"held_on": "12/03/2020", "place": "Hội trường A"} | changes


def test_the_plan_page_tells_when_where_and_by_which_rules(country, congress, as_role):
    page = text_of(as_role("viewer").get(at(congress, "plan")))
    assert "12/03/2020" in page
    assert "Hội trường A" in page
    assert "300 đại biểu, tính cả khách mời" in page
    assert "trước ngày 30/04/2020" in page
    assert "Chưa áp dụng quy định nào" in page
    assert at(congress, "edit") not in page


def test_a_day_after_the_deadline_is_warned_of_and_saved(country, congress, as_role):
    client = as_role("organiser")
    answer = client.post(at(congress, "edit"), data=form_of(congress, held_on="20/05/2020"))
    assert answer.location == at(congress, "plan")
    page = text_of(client.get(answer.location))
    assert "Ngày 20/05/2020 ngoài khung thời gian" in page
    assert congress.held_on == date(2020, 5, 20)


def test_two_editors_both_see_both_values(country, congress, as_role):
    client = as_role("organiser")
    old = form_of(congress, place="Hội trường B")
    client.post(at(congress, "edit"), data=form_of(congress, place="Hội trường C"))
    answer = client.post(at(congress, "edit"), data=old)
    assert answer.status_code == 409
    assert "Địa điểm: đang lưu “Hội trường C”, bạn nhập “Hội trường B”." in answer.text
    assert 'value="Hội trường B"' in answer.text
    assert congress.place == "Hội trường C"
    client.post(at(congress, "edit"), data=old | {"version": congress.version})
    assert congress.place == "Hội trường B"


def test_a_rulebook_is_adopted_and_shown_with_its_keeper(country, congress, as_role):
    client = as_role("organiser")
    assert "Hướng dẫn năm 2020" in text_of(client.get(at(congress, "adopt")))
    answer = client.post(at(congress, "adopt"), data={"rulebook": "2020"})
    assert answer.location == at(congress, "plan")
    page = text_of(client.get(answer.location))
    assert f"bởi {client.user.display_name}" in page
    assert client.post(at(congress, "adopt"), data={"rulebook": "9999"}).status_code == 422


def test_a_foreign_rulebook_is_not_offered(country, congress, as_role):
    client = as_role("organiser", country.central)
    form = {"name": "Riêng Khối cơ quan", "owner": "KCQ"}
    assert client.post("/rulebooks/2020/copy", data=form).status_code == 302
    organiser = as_role("organiser")
    assert "Riêng Khối cơ quan" not in text_of(organiser.get(at(congress, "adopt")))
    own = a_plan(country, country.central)
    assert "Riêng Khối cơ quan" in text_of(organiser.get(at(own, "adopt")))


def test_convening_tells_what_is_missing(country, as_role):
    bare = a_plan(country, country.district)
    client = as_role("organiser")
    page = text_of(client.get(at(bare, "move/convened")))
    for wanted in ("Chưa có ngày tổ chức", "Chưa có địa điểm", "Chưa áp dụng quy định nào"):
        assert wanted in page
    answer = client.post(at(bare, "move/convened"), data=shown(bare))
    assert answer.status_code == 422
    assert bare.state == "draft"


def shown(congress) -> dict[str, str]:
    """What a page of a step sends back of the step it shows as the last."""
    return {"seen": str(step_queries.last_id(congress.id))}


def test_two_steps_do_not_cross(country, congress, as_role):
    services.adopt(congress, "2020", actor=ACTOR)
    for state in ("convened", "open"):
        moved(congress, state, actor=ACTOR)
    client = as_role("organiser")
    here = at(congress, "move/closed")
    typed = {"attendance": "287", "note": "Xong"}
    assert f'name="seen" type="hidden" value="{shown(congress)["seen"]}"' in client.get(here).text
    seen = shown(congress)
    moved(congress, "closed", turnout=Turnout(280), actor=ACTOR)
    moved(congress, "open", note="Bấm nhầm", actor=ACTOR)
    refused = client.post(here, data=typed | seen)
    assert (refused.status_code, congress.state, congress.attendance) == (409, "open", 280)
    told = "Hội nghị đã được chuyển bước từ lúc bạn mở trang: Ban Tổ chức đã chuyển sang"
    for words in (told, 'value="287"', 'value="Xong"', f'value="{shown(congress)["seen"]}"'):
        assert words in refused.text
    assert client.post(here, data=typed | shown(congress)).status_code == 302
    assert (congress.state, congress.attendance) == ("closed", 287)


def test_a_step_that_says_not_what_was_seen_is_refused(country, congress, as_role):
    services.adopt(congress, "2020", actor=ACTOR)
    assert as_role("organiser").post(at(congress, "move/convened"), data={}).status_code == 409
    assert congress.state == "draft"


def test_the_life_is_led_step_by_step(country, as_role):
    base = a_plan(country, country.district, held_on=DAY, place="Phòng họp")
    services.adopt(base, "2020", actor=ACTOR)
    client = as_role("organiser")
    for state in ("convened", "open"):
        answer = client.post(at(base, f"move/{state}"), data=shown(base))
        assert answer.location == at(base, "plan")
    refused = client.post(at(base, "move/closed"), data=shown(base))
    assert refused.status_code == 422
    assert "Chưa có số người dự hội nghị" in refused.text
    form = {"attendance": "18", "attendance_source": "Biên bản"}
    assert client.post(at(base, "move/closed"), data=form | shown(base)).status_code == 302
    assert (base.state, base.attendance, base.attendance_source) == ("closed", 18, "Biên bản")
    page = text_of(client.get(at(base, "plan")))
    assert client.user.display_name in page
    assert "Đã bế mạc" in page


def test_a_step_back_needs_a_reason_and_keeps_it(country, congress, as_role):
    services.adopt(congress, "2020", actor=ACTOR)
    moved(congress, "convened", actor=ACTOR)
    client = as_role("organiser")
    assert client.post(at(congress, "move/draft"), data=shown(congress)).status_code == 422
    client.post(at(congress, "move/draft"), data={"note": "Đổi địa điểm"} | shown(congress))
    assert congress.state == "draft"
    assert "Đổi địa điểm" in text_of(client.get(at(congress, "plan")))


def test_a_congress_closed_by_mistake_is_opened_again_by_whoever_may_close_it(
    country, congress, as_role
):
    services.adopt(congress, "2020", actor=ACTOR)
    for state in ("convened", "open"):
        moved(congress, state, actor=ACTOR)
    client = as_role("organiser")
    assert "Bế mạc nhầm thì mở lại được" in text_of(client.get(at(congress, "move/closed")))
    client.post(at(congress, "move/closed"), data=shown(congress))
    assert client.post(at(congress, "edit"), data=form_of(congress)).status_code == 422
    assert at(congress, "move/open") in text_of(client.get(at(congress, "plan")))
    assert "phải lập hồ sơ mới" in text_of(client.get(at(congress, "move/open")))
    for role in ("registrar", "viewer"):
        stranger = as_role(role)
        assert stranger.get(at(congress, "move/open")).status_code == 403
        answer = stranger.post(at(congress, "move/open"), data={"note": "Bấm nhầm"})
        assert answer.status_code == 403
        assert at(congress, "move/open") not in text_of(stranger.get(at(congress, "plan")))
    client = as_role("organiser")
    refused = client.post(at(congress, "move/open"), data={"note": " "} | shown(congress))
    assert refused.status_code == 422
    assert "Hãy ghi lý do đưa trở lại bước trước." in refused.text
    assert client.post(at(congress, "move/draft"), data={"note": "Sai"}).status_code == 409
    assert congress.state == "closed"
    answer = client.post(at(congress, "move/open"), data={"note": "Bấm nhầm"} | shown(congress))
    assert (answer.status_code, answer.location) == (302, at(congress, "plan"))
    assert "Bấm nhầm" in text_of(client.get(at(congress, "plan")))
    again = form_of(congress, place="Hội trường B")
    assert client.post(at(congress, "edit"), data=again).status_code == 302
    assert (congress.state, congress.place) == ("open", "Hội trường B")


def test_an_unlawful_step_is_a_conflict(country, congress, as_role):
    client = as_role("organiser")
    answer = client.get(at(congress, "move/closed"))
    assert answer.status_code == 409
    assert "Không thể chuyển từ “Dự thảo kế hoạch” sang “Đã bế mạc”" in answer.text
    assert client.get(at(congress, "move/burnt")).status_code == 404


def test_opening_on_another_day_is_warned_of(country, congress, as_role, frozen_clock):
    services.adopt(congress, "2020", actor=ACTOR)
    moved(congress, "convened", actor=ACTOR)
    page = text_of(as_role("organiser").get(at(congress, "move/open")))
    assert "Hôm nay là 15/06/2020, kế hoạch ghi ngày tổ chức 12/03/2020" in page


def test_the_turnout_is_written_down(country, congress, as_role):
    client = as_role("organiser")
    assert client.post(at(congress, "turnout"), data={"attendance": "mười"}).status_code == 422
    form = {"attendance": "1.024", "attendance_source": "Bảng điểm danh"}
    client.post(at(congress, "turnout"), data=form)
    assert (congress.attendance, congress.attendance_source) == (1024, "Bảng điểm danh")
    services.report_turnout(congress, Turnout(5), actor=ACTOR)
    assert 'value="5"' in text_of(client.get(at(congress, "turnout")))


def test_lessons_of_a_pilot_reach_the_other_plans(country, congress, as_role):
    with transaction():
        country.province.is_pilot = True
    client = as_role("organiser")
    form = {"lessons": "In thẻ sớm\n\nMở cửa sớm", "version": congress.version}
    assert client.post(at(congress, "lessons"), data=form).status_code == 302
    other = a_plan(country, country.central)
    page = text_of(client.get(at(other, "plan")))
    assert "Từ đơn vị điểm: BHXH tỉnh Lào Cai" in page
    assert "Mở cửa sớm" in page
    stale = client.post(at(congress, "lessons"), data=form | {"version": 1})
    assert stale.status_code == 409


def test_a_registrar_reads_the_plan_his_unit_has_a_part_in(country, congress, as_role):
    client = as_role("registrar", country.district)
    page = text_of(client.get(at(congress, "plan")))
    assert "Sửa kế hoạch" not in page
    for name in ("edit", "adopt", "move/convened", "turnout", "lessons"):
        assert client.get(at(congress, name)).status_code == 403
    foreign = as_role("registrar", country.bureau)
    assert foreign.get(at(congress, "plan")).status_code == 404
    assert foreign.get("/congresses/9999/plan").status_code == 404


def test_an_organiser_below_does_not_edit_the_congress_above(country, congress, as_role):
    client = as_role("organiser", country.district)
    answer = client.post(at(congress, "edit"), data=form_of(congress, place="Khác"))
    assert answer.status_code == 403
    db.session.expire_all()
    assert congress.place == "Hội trường A"
