"""The plan board: every unit against its deadline, in a fixed number of statements."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from congress_app.congresses import board_queries, rulebook, rulebook_services, services
from congress_app.congresses.board_queries import Lesson
from congress_app.congresses.presets import GUIDANCE_2020
from congress_app.congresses.rulebook import Level
from congress_app.congresses.timing import Due, Light
from congress_app.database import transaction
from tests import builders
from tests.congresses.seasons import ACTOR, Country, a_country, a_plan

FEBRUARY = datetime(2020, 2, 10, 2, tzinfo=UTC)


@pytest.fixture
def country(app, frozen_clock) -> Country:
    frozen_clock.move_to(FEBRUARY)
    return a_country()


def lights(country, level, **kwargs):
    if level is Level.BASE:
        parts = (board_queries.part(country.season, unit.id, **kwargs) for unit in country.uppers)
        lines = [line for part in parts if part is not None for line in part.lines]
    else:
        lines = list(board_queries.board(country.season, **kwargs).lines[level])
    return {line.place.code: line.light for line in lines}


def test_units_without_a_plan_stand_on_the_board(country):
    assert lights(country, Level.UPPER_BASE) == {"KCQ": Light.NO_PLAN, "10": Light.NO_PLAN}
    assert lights(country, Level.BASE) == {
        "KCQ.TDKT": Light.OVERDUE,
        "10.082": Light.OVERDUE,
        "10.P1": Light.OVERDUE,
    }


def test_plans_within_and_outside_their_time(country):
    a_plan(country, country.province, held_on=date(2020, 4, 29))
    a_plan(country, country.central, held_on=date(2020, 4, 30))
    a_plan(country, country.root, held_on=date(2020, 10, 14))
    assert lights(country, Level.UPPER_BASE) == {"KCQ": Light.OUTSIDE, "10": Light.PLANNED}
    assert lights(country, Level.NATIONAL) == {"VN": Light.OUTSIDE}


def test_bases_are_counted_under_the_unit_above(country):
    with transaction():
        a_plan(country, country.district, held_on=date(2020, 1, 20)).state = "closed"
    (central, province) = board_queries.board(country.season).lines[Level.UPPER_BASE]
    assert (dict(central.below), central.below_total) == ({Light.OVERDUE: 1}, 1)
    assert dict(province.below) == {Light.HELD: 1, Light.OVERDUE: 1}
    assert province.below_total == 2


def test_the_deadline_is_the_one_of_the_frozen_rules(country):
    key = rulebook_services.copy("2020", "Riêng", unit=None, actor=ACTOR).key
    later = replace(GUIDANCE_2020.level("upper_base"), deadline=date(2020, 6, 30))
    own = GUIDANCE_2020.with_level("upper_base", later)
    rulebook_services.edit(key, own, version=1, actor=ACTOR)
    congress = a_plan(country, country.central, held_on=date(2020, 5, 20))
    assert lights(country, Level.UPPER_BASE)["KCQ"] is Light.OUTSIDE
    services.adopt(congress, key, actor=ACTOR)
    (central, province) = board_queries.board(country.season).lines[Level.UPPER_BASE]
    assert (central.light, central.due) == (Light.PLANNED, Due(date(2020, 6, 30)))
    assert province.due == Due(date(2020, 4, 30))


def test_a_frozen_window_is_read_too(country):
    services.adopt(a_plan(country, country.root), "2020", actor=ACTOR)
    (national,) = board_queries.board(country.season).lines[Level.NATIONAL]
    assert national.due == Due(window=(date(2020, 7, 1), date(2020, 9, 30)))


def test_a_part_gives_the_bases_of_one_unit(country):
    a_plan(country, country.district, held_on=date(2020, 1, 20), place="Phòng họp")
    part = board_queries.part(country.season, country.province.id)
    assert part.above.place.code == "10"
    assert [line.place.code for line in part.lines] == ["10.082", "10.P1"]
    assert [line.planned.place if line.planned else None for line in part.lines] == [
        "Phòng họp",
        None,
    ]


def test_only_an_upper_base_unit_within_reach_has_a_part(country):
    assert board_queries.part(country.season, country.district.id) is None
    assert (
        board_queries.part(country.season, country.central.id, within=(country.province.path,))
        is None
    )


def test_a_district_sees_itself_and_what_stands_above(country):
    within = (country.district.path,)
    board = board_queries.board(country.season, within=within)
    assert {level: [line.place.code for line in lines] for level, lines in board.lines.items()} == {
        Level.UPPER_BASE: ["10"],
        Level.NATIONAL: ["VN"],
    }
    assert (board.base[Light.OVERDUE], sum(board.base.values())) == (1, 1)
    part = board_queries.part(country.season, country.province.id, within=within)
    assert [line.place.code for line in part.lines] == ["10.082"]


def test_units_inside_a_base_hold_none(country):
    office = builders.a_unit("10.082.P", country.district, kind="phong")
    builders.a_unit("10.082.P.1", office, kind="phong")
    # Wrong data may go deeper than the kinds allow: what is inside stays inside.
    odd = builders.a_unit("10.082.X", country.district, kind="tinh")
    builders.a_unit("10.082.X.1", odd, kind="phong")
    board = board_queries.board(country.season)
    assert sum(board.base.values()) == 3
    assert list(lights(country, Level.BASE)) == ["KCQ.TDKT", "10.082", "10.P1"]


def test_lights_are_counted_with_all_their_names(country):
    counted = {
        Light.OVERDUE: 3,
        Light.NO_PLAN: 0,
        Light.OUTSIDE: 0,
        Light.PLANNED: 0,
        Light.HELD: 0,
    }
    assert board_queries.board(country.season).base == counted
    parts = [board_queries.part(country.season, unit.id) for unit in country.uppers]
    lines = [line for part in parts for line in part.lines]
    assert board_queries.count_lights(lines) == counted


@pytest.mark.parametrize("rows", [1, 3])
def test_the_board_takes_three_statements_whatever_the_country(country, count_queries, rows):
    for _number in range(rows - 1):
        builders.a_unit(parent=country.province, kind="huyen")
    services.plan_many(country.season, Level.BASE, within=("/",), actor=ACTOR)
    book = rulebook.from_json(country.season.rulebook.body)
    with count_queries() as seen:
        board = board_queries.board(country.season)
    assert (board.book, sum(board.base.values())) == (book, 2 + rows)
    assert len(seen) == 3


def test_lessons_of_pilot_units(country):
    with transaction():
        country.province.is_pilot = True
    told = a_plan(country, country.province, held_on=date(2020, 3, 3))
    services.note_lessons(told, "In thẻ sớm", version=1, actor=ACTOR)
    other = a_plan(country, country.central)
    services.note_lessons(other, "Không phải đơn vị điểm", version=1, actor=ACTOR)
    assert board_queries.lessons(country.season) == [
        Lesson(told.id, "BHXH tỉnh Lào Cai", date(2020, 3, 3), "In thẻ sớm")
    ]
