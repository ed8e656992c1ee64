"""Planning congresses and leading them through their life, on a real database."""

from datetime import UTC, date, datetime, time

import pytest
from sqlalchemy import select

from congress_app.audit.models import Entry
from congress_app.congresses import list_queries, queries, rulebook, rulebook_services, services
from congress_app.congresses.models import Congress, CongressStep
from congress_app.congresses.placing import Place
from congress_app.congresses.plan import Plan, Turnout
from congress_app.congresses.presets import GUIDANCE_2020, PRESETS
from congress_app.congresses.queries import BaseTurnouts
from congress_app.congresses.rulebook import Level
from congress_app.database import db
from congress_app.kernel.errors import Conflict, RuleViolation, Stale
from tests import builders
from tests.builders.moves import moved
from tests.congresses.seasons import ACTOR, Country, a_country, a_plan

DAY = date(2020, 3, 12)


@pytest.fixture
def country(app) -> Country:
    return a_country()


def actions():
    return list(db.session.scalars(select(Entry.action).order_by(Entry.id)))


def codes_of(error):
    return [detail.template for detail in error.details]


def ready(country, unit=None):
    congress = a_plan(country, unit or country.province, held_on=DAY, place="Hội trường")
    return services.adopt(congress, "2020", actor=ACTOR)


def test_a_season_takes_its_key_from_its_name(country):
    again = services.create_season("Lần thứ V", "2025", actor=ACTOR)
    assert (country.season.key, again.key) == ("lan-thu-v", "lan-thu-v-2")
    assert queries.season_by_key(None) == again
    assert queries.season_by_key("lan-thu-v") == country.season
    assert rulebook.from_json(country.season.rulebook.body) == GUIDANCE_2020


def test_a_plan_proposes_name_level_and_length(country):
    congress = a_plan(country, country.division)
    assert (congress.name, congress.level, congress.duration, congress.state) == (
        "Hội nghị điển hình tiên tiến Phòng Quản lý thu, BHXH tỉnh Lào Cai",
        "base",
        "half_day",
        "draft",
    )
    assert actions() == ["season.create", "congress.plan"]


def test_a_plan_keeps_what_was_written(country):
    wanted = Plan(
        name="Hội nghị biểu dương",
        held_on=DAY,
        starts_at=time(7, 30),
        duration="full_day",
        place="Nhà văn hóa",
        address="Số 1 Trần Phú",
        combined_with="staff",
        plan_document="12/KH-BHXH",
    )
    congress = services.plan(country.season, country.district, wanted, actor=ACTOR)
    assert {name: getattr(congress, name) for name in vars(wanted)} == vars(wanted)


def test_a_unit_has_one_congress_a_season(country):
    a_plan(country, country.province)
    with pytest.raises(Conflict) as caught:
        a_plan(country, country.province)
    assert (caught.value.code, str(caught.value)) == (
        "already_planned",
        "“BHXH tỉnh Lào Cai” đã có hội nghị trong mùa này. Hãy mở hội nghị đó để sửa.",
    )


def test_a_unit_outside_the_rules_holds_none(country):
    desk = builders.a_unit("KCQ.TDKT.1", country.bureau, "phong")
    with pytest.raises(RuleViolation) as caught:
        a_plan(country, desk)
    assert caught.value.code == "no_level"


def test_congresses_find_the_one_above_in_whatever_order_they_are_planned(country):
    base = a_plan(country, country.district)
    assert base.parent_id is None
    upper = a_plan(country, country.province)
    national = a_plan(country, country.root)
    later = a_plan(country, country.bureau)
    central = a_plan(country, country.central)
    assert (base.parent_id, later.parent_id) == (upper.id, central.id)
    assert (upper.parent_id, central.parent_id, national.parent_id) == (
        national.id,
        national.id,
        None,
    )


def test_all_missing_congresses_of_a_level_are_planned_at_once(country):
    kept = a_plan(country, country.district, held_on=DAY)
    made = services.plan_many(country.season, Level.BASE, within=("/",), actor=ACTOR)
    assert made == 2
    assert services.plan_many(country.season, Level.BASE, within=("/",), actor=ACTOR) == 0
    rows = list_queries.congress_rows(list_queries.ListFilter(level="base"))
    assert [row.unit_code for row in rows] == ["KCQ.TDKT", "10.082", "10.P1"]
    assert (kept.held_on, kept.version) == (DAY, 1)


def test_only_the_part_below_the_reach_is_planned(country):
    reach = (country.province.path,)
    assert services.plan_many(country.season, Level.BASE, within=reach, actor=ACTOR) == 2
    assert services.plan_many(country.season, Level.UPPER_BASE, within=reach, actor=ACTOR) == 1
    assert services.plan_many(country.season, Level.NATIONAL, within=reach, actor=ACTOR) == 0
    parents = db.session.scalars(select(Congress.parent_id).where(Congress.level == "base"))
    upper = db.session.scalar(select(Congress.id).where(Congress.level == "upper_base"))
    assert set(parents) == {upper}


def test_an_edit_compares_versions(country):
    congress = a_plan(country, country.province)
    services.edit(congress, Plan(name="Một", held_on=DAY), version=1, actor=ACTOR)
    assert (congress.name, congress.held_on, congress.version) == ("Một", DAY, 2)
    with pytest.raises(Stale):
        services.edit(congress, Plan(name="Hai"), version=1, actor=ACTOR)
    assert congress.name == "Một"


def test_an_edit_is_told_in_the_log_with_before_and_after(country):
    congress = a_plan(country, country.province, place="Nhà A")
    wanted = Plan(name=congress.name, place="Nhà B")
    services.edit(congress, wanted, version=1, actor=ACTOR)
    entry = db.session.scalars(select(Entry).order_by(Entry.id.desc())).first()
    assert (entry.action, entry.subject_id, entry.unit_path, entry.changes) == (
        "congress.edit",
        congress.id,
        country.province.path,
        {"place": ["Nhà A", "Nhà B"]},
    )


def test_a_day_after_the_deadline_is_let_through(country):
    congress = ready(country)
    wanted = Plan(name="Hội nghị", held_on=date(2020, 5, 20), place="Hội trường")
    services.edit(congress, wanted, version=congress.version, actor=ACTOR)
    assert moved(congress, "convened", actor=ACTOR).state == "convened"


def test_once_convened_day_and_place_must_stay(country):
    congress = moved(ready(country), "convened", actor=ACTOR)
    with pytest.raises(RuleViolation) as caught:
        services.edit(congress, Plan(name="Hội nghị"), version=congress.version, actor=ACTOR)
    assert caught.value.code == "plan_incomplete"
    assert congress.held_on == DAY


def test_the_whole_life_is_remembered(country, frozen_clock):
    congress = ready(country)
    moved(congress, "convened", actor=ACTOR)
    frozen_clock.advance(hours=1)
    moved(congress, "open", actor=ACTOR)
    moved(congress, "convened", note="Mất điện", actor=ACTOR)
    moved(congress, "open", actor=ACTOR)
    moved(congress, "closed", turnout=Turnout(287, "Biên bản 05"), actor=ACTOR)
    steps = [(step.from_state, step.to_state, step.note) for step in congress.steps]
    assert steps == [
        ("", "draft", None),
        ("draft", "convened", None),
        ("convened", "open", None),
        ("open", "convened", "Mất điện"),
        ("convened", "open", None),
        ("open", "closed", None),
    ]
    assert [step.at for step in congress.steps[1:3]] == [
        datetime(2020, 6, 15, 1, 0, tzinfo=UTC),
        datetime(2020, 6, 15, 2, 0, tzinfo=UTC),
    ]
    assert {step.by for step in congress.steps} == {"Ban Tổ chức"}
    assert (congress.attendance, congress.attendance_source) == (287, "Biên bản 05")


def test_a_bare_draft_is_not_convened_and_hears_every_reason(country):
    congress = a_plan(country, country.province)
    with pytest.raises(RuleViolation) as caught:
        moved(congress, "convened", actor=ACTOR)
    assert caught.value.code == "move_refused"
    assert codes_of(caught.value) == [
        "Chưa có ngày tổ chức. Hãy sửa kế hoạch và ghi ngày.",
        "Chưa có địa điểm. Hãy sửa kế hoạch và ghi địa điểm.",
        "Chưa áp dụng quy định nào. Hãy chọn quy định để cố định số lượng, thành phần.",
    ]
    assert (congress.state, len(congress.steps)) == ("draft", 1)


def test_a_base_conference_is_not_closed_without_its_number(country):
    congress = ready(country, country.district)
    for state in ("convened", "open"):
        moved(congress, state, actor=ACTOR)
    with pytest.raises(RuleViolation):
        moved(congress, "closed", actor=ACTOR)
    moved(congress, "closed", turnout=Turnout(17), actor=ACTOR)
    assert (congress.state, congress.attendance) == ("closed", 17)


def test_two_people_moving_at_once_move_it_once(country):
    congress = ready(country)
    moved(congress, "convened", actor=ACTOR)
    with pytest.raises(RuleViolation) as caught:
        moved(congress, "convened", actor=ACTOR)
    assert "Không thể chuyển từ" in codes_of(caught.value)[0]
    assert db.session.query(CongressStep).count() == 2


def test_an_adopted_rulebook_is_frozen(country):
    copy = rulebook_services.copy("2020", "Quy định riêng", unit=None, actor=ACTOR)
    congress = services.adopt(a_plan(country, country.province), copy.key, actor=ACTOR)
    book = rulebook.from_json(copy.body).with_level("upper_base", GUIDANCE_2020.level("national"))
    rulebook_services.edit(copy.key, book, version=1, actor=ACTOR)
    assert queries.rules_of(congress) == GUIDANCE_2020.level("upper_base")
    assert (congress.rules_adopted_by, congress.rulebook_id) == ("Ban Tổ chức", copy.id)


def test_rules_change_only_while_it_is_a_draft(country):
    congress = moved(ready(country), "convened", actor=ACTOR)
    with pytest.raises(RuleViolation) as caught:
        services.adopt(congress, "2025", actor=ACTOR)
    assert caught.value.code == "not_draft"
    moved(congress, "draft", note="Đổi quy định", actor=ACTOR)
    services.adopt(congress, "2025", actor=ACTOR)
    services.adopt(congress, "2020", actor=ACTOR)
    services.adopt(congress, "2025", actor=ACTOR)
    assert queries.rulebook_of(congress).key == "2025"
    told = select(Entry.changes).where(Entry.action == "congress.adopt").order_by(Entry.id.desc())
    (before, after) = db.session.scalars(told).first()["rulebook"]
    assert (before, after) == (PRESETS["2020"].name, PRESETS["2025"].name)


def test_base_turnouts_fall_back_on_the_headcount(country):
    congress = ready(country, country.district)
    services.report_turnout(congress, Turnout(16, "Báo cáo"), actor=ACTOR)
    builders.a_unit("inner", country.division, kind="phong", headcount=5)

    def below(unit):
        found = queries.base_turnouts(country.season, queries.place_of(unit))
        return sorted(found, key=lambda one: one.path)

    assert below(country.root) == [
        BaseTurnouts(country.central.path, people=12, silent=1, unknown=0),
        BaseTurnouts(country.province.path, people=16, silent=0, unknown=1),
    ]
    assert below(country.province) == [
        BaseTurnouts(country.district.path, people=16, silent=0, unknown=0),
        BaseTurnouts(country.division.path, people=0, silent=0, unknown=1),
    ]


def test_lessons_are_kept(country):
    congress = a_plan(country, country.province)
    services.note_lessons(congress, "Rút ngắn phần giới thiệu", version=1, actor=ACTOR)
    assert congress.lessons == "Rút ngắn phần giới thiệu"
    with pytest.raises(Stale):
        services.note_lessons(congress, "Khác", version=1, actor=ACTOR)


def test_the_pulse_rises_with_every_change(country):
    congress = builders.a_congress(country.province, country.season)
    assert queries.pulse_of(congress.id) == 0
    services.pulse(congress.id)
    services.pulse(congress.id)
    assert queries.pulse_of(congress.id) == 2


def test_a_place_is_a_unit_without_its_row(country):
    unit = country.province
    assert queries.place_of(unit) == Place(unit.id, "10", "BHXH tỉnh Lào Cai", "tinh", unit.path)
