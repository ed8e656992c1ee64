"""What the database counts of movements is what the rules say of every unit and report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from random import Random

from flask import Flask
from sqlalchemy import select

from congress_app.database import db
from congress_app.exemplars import movement_queries, overview_queries
from congress_app.exemplars.movement_models import Movement, MovementResult
from congress_app.exemplars.movement_rules import concerns
from congress_app.exemplars.movement_totals import Period, Slot, SlotState, slots, totals_by
from congress_app.exemplars.movements import (
    Due,
    MovementFacts,
    Quarter,
    deadline,
    quarters,
    reporting,
)
from congress_app.kernel import clock
from congress_app.units import queries as unit_queries
from congress_app.units.models import Unit
from tests import builders
from tests.builders.ground import store
from tests.exemplars.statements import statements

TODAY = datetime(2020, 11, 10, 3, tzinfo=UTC)


def a_country(rng: Random) -> list[Unit]:
    """Provinces with districts and departments; some units merged, one movement's own alone."""
    root = builders.the_root()
    units = [root]
    for number in range(4):
        province = builders.a_unit(f"{number + 10}", root)
        units.append(province)
        for place in range(rng.choice((0, 2, 3))):
            district = builders.a_unit(f"{province.code}{place}", province, "huyen")
            rooms = rng.choice((0, 0, 2))
            codes = [f"{district.code}{room}" for room in range(rooms)]
            units += [district, *(builders.a_unit(code, district, "phong") for code in codes)]
    ends = [one for one in units if not any(other.parent_id == one.id for other in units)]
    for one in rng.sample(ends, 2):
        one.merged_into_id = root.id
        store(one)
    return units


def movements_of(rng: Random, units: Sequence[Unit]) -> list[Movement]:
    found = []
    for number in range(9):
        first = date(2020, 1, 1) + timedelta(days=rng.randint(0, 400))
        last = first + timedelta(days=rng.randint(0, 500))
        launching = units[0] if number < 2 else rng.choice(units)
        columns = {"starts_on": first, "ends_on": last, "report_days": rng.choice((5, 15))}
        if rng.random() < 0.3:
            columns["closed_on"] = first + timedelta(days=rng.randint(0, (last - first).days))
        reporters = ("base", "direct")[number % 2]
        found.append(builders.a_movement(launching, reporters=reporters, **columns))
    return found


def report(rng: Random, movement: Movement, units: Sequence[Unit]) -> None:
    """Most units send most reports, also some that nobody asked and of quarters cut off."""
    for quarter in quarters(movement_queries.facts_of(movement).as_planned()):
        for unit in units:
            if unit.path.startswith(movement.unit.path) and rng.random() < 0.6:
                after = timedelta(days=rng.randint(1, 40), hours=rng.choice((9, 17)))
                end = datetime.combine(quarter.last_day, datetime.min.time(), UTC)
                builders.a_movement_result(
                    movement,
                    unit,
                    year=quarter.year,
                    quarter=quarter.number,
                    reached=rng.choice((None, 80, 120)),
                    reported_at=end + after,
                )


def by_the_rules(rows: Sequence[Movement], within: Sequence[str]) -> list[Slot]:
    """Every slot within reach, the units in protocol order."""
    units = unit_queries.units_in_order()
    facts = [movement_queries.facts_of(row) for row in rows]
    asked = {
        one.id: [u.id for u in reporting(one, units) if concerns(u.path, within, above=False)]
        for one in facts
    }
    reports = db.session.scalars(select(MovementResult).order_by(MovementResult.id)).unique()
    there = [
        movement_queries.result_of(one)
        for one in reports
        if concerns(one.unit.path, within, above=False)
    ]
    return slots(facts, asked, there, clock.today())


def silent(found: Sequence[Slot]) -> dict[tuple[int, Quarter], list[int]]:
    told: dict[tuple[int, Quarter], list[int]] = {}
    for slot in found:
        if slot.state is SlotState.MISSING:
            told.setdefault((slot.movement_id, slot.quarter), []).append(slot.unit_id)
    return told


def due(
    movements: Sequence[MovementFacts],
    missing: Mapping[tuple[int, Quarter], Sequence[int]],
    today: date,
) -> list[Due]:
    """The missing reports one by one, the longest waiting first."""
    found = [
        Due(one.id, unit_id, quarter, last, (today - last).days)
        for one in movements
        for quarter in quarters(one)
        for last in (deadline(one, quarter),)
        for unit_id in missing.get((one.id, quarter), ())
    ]
    return sorted(found, key=lambda one: one.deadline)


def key(slot: Slot) -> tuple[int, int, Quarter]:
    return slot.movement_id, slot.unit_id, slot.quarter


def test_every_figure_is_that_of_the_rules(app: Flask) -> None:
    rng = Random(2368)
    units = a_country(rng)
    rows = movements_of(rng, units)
    for row in rows:
        report(rng, row, units)
    states = set()
    with clock.frozen(TODAY):
        for within in (["/"], [units[1].path], [units[1].path, units[-1].path], ["/none/"]):
            found = by_the_rules(rows, within)
            states |= {slot.state for slot in found}
            overview = overview_queries.overview(within, rows)
            for row in rows:
                own = [slot for slot in found if slot.movement_id == row.id]
                assert overview.parts[row.id] == totals_by(own, lambda slot: slot.quarter)
            facts = [movement_queries.facts_of(row) for row in rows]
            missing = due(facts, silent(found), clock.today())
            lacks = overview.lacks
            assert overview_queries.waiting(overview, lacks).due == missing
            for start in range(0, len(missing), 7):
                some = overview_queries.waiting(overview, lacks, start, start + 7).due
                assert some == missing[start : start + 7]
            assert overview.overdue == sum(one.is_overdue for one in missing)
            for period in (Period(2020), Period(2021, 1), Period(2021, 2), Period(2030)):
                of_period = [slot for slot in found if period.holds(slot.quarter)]
                listing = overview_queries.listing(overview, period)
                listed = listing.slots()
                assert sorted(listed, key=key) == sorted(of_period, key=key)
                assert set(listing.units) == {slot.unit_id for slot in of_period}
                order = [unit.id for unit in unit_queries.units_in_order()]
                placed = [one for one in listing.units if one in order]
                assert placed == sorted(placed, key=order.index)
                assert listing.units[: len(placed)] == placed
                pages = [
                    overview_queries.listing(overview, period, number + 1, 3)
                    for number in range(-(-listing.total // 3))
                ]
                assert [key for page in pages for key in page.units] == listing.units
                assert {page.total for page in pages} <= {len(listing.units)}
                by_pages = [slot for page in pages for slot in page.slots()]
                assert sorted(by_pages, key=key) == sorted(listed, key=key)
                part = overview_queries.overview(within, rows, period).whole
                assert part == totals_by(of_period, lambda _slot: 0).get(0, part)
                assert part.slots == len(of_period)
    assert states == set(SlotState)


def test_no_page_takes_more_statements_for_more_units_and_reports(as_role, count_queries) -> None:
    root = builders.the_root()
    movements = [builders.a_movement(root), builders.a_movement(root, reporters="base")]
    organiser = as_role("organiser", root)
    pages = ["/movements", "/movements/missing", "/movements/to-report"]
    pages += ["/movements/summary?year=2020", f"/movements/{movements[1].id}?year=2020"]

    def grow(first: int, last: int) -> None:
        for number in range(first, last):
            province = builders.a_unit(f"{number}", root)
            district = builders.a_unit(f"{number}01", province, "huyen")
            builders.a_movement_result(movements[number % 2], (province, district)[number % 2])

    grow(10, 14)
    few = statements(organiser, pages, count_queries)
    grow(14, 120)
    many = statements(organiser, pages, count_queries)
    # Where no line tells units by name any more, none are read.
    assert {page: count for page, count in many.items() if count > few[page]} == {}
    first = organiser.get(f"/movements/{movements[1].id}?year=2020").text
    assert "1–25 trong 110" in first
    last = organiser.get(f"/movements/{movements[1].id}?year=2020&page=9").text
    assert last.count('<th scope="row">') == 10 + 1
    assert "101–110 trong 110" in last
    assert "11901" not in first
    silent = organiser.get(f"/movements/{movements[0].id}/missing/2020-1?page=3").text
    assert silent.count('<th scope="row">') == 15
    assert "41–55 trong 55" in silent
    assert organiser.get(f"/movements/{movements[0].id}/missing/2020-5").status_code == 404


def test_a_department_is_told_with_its_province(app: Flask) -> None:
    province = builders.a_unit("22", builders.the_root(), name="BHXH tỉnh Quảng Ninh")
    room = builders.a_unit("2290", province, "phong", name="Phòng Tổ chức")
    whole = "Tổ Một cửa, BHXH tỉnh Quảng Ninh"
    told_already = builders.a_unit("2291", province, "phong", name=whole)
    row = builders.a_movement(province, reporters="base")
    with clock.frozen(TODAY):
        overview = overview_queries.overview(["/"], [row])
        told = overview_queries.waiting(overview, overview.lacks)
        assert told.names[room.id] == "Phòng Tổ chức, BHXH tỉnh Quảng Ninh"
        listing = overview_queries.listing(overview, Period(2020))
    assert listing.units == [room.id, told_already.id]
    assert listing.names[room.id] == told.names[room.id]
    assert listing.names[told_already.id] == whole
