"""Proposing, adjusting, approving and publishing an allocation."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from congress_app.audit.models import Entry
from congress_app.congresses import queries as congress_queries
from congress_app.database import db, transaction
from congress_app.kernel.errors import Conflict, DomainError, RuleViolation, Stale
from congress_app.quota import queries, services
from congress_app.quota.kept import told
from congress_app.quota.options import LineRule, Options, options_from
from tests import builders
from tests.quota.season import ACTOR, TEN, Country, a_country, in_force, seats_by_code


@pytest.fixture
def country(app) -> Country:
    return a_country()


@pytest.fixture
def proposed(country):
    return services.propose(country.national, TEN, actor=ACTOR)


def refused(error: type[DomainError], act) -> str:
    with pytest.raises(error) as caught:
        act()
    return caught.value.code


def test_a_proposal_keeps_everything_that_decided_it(country, frozen_clock) -> None:
    options = replace(TEN, lines={"C": LineRule(floor=2)}, tie_seed="giải 12345", note="Lần 1")
    allocation = services.propose(country.national, options, actor=ACTOR)
    assert seats_by_code(allocation) == {"A": 5, "B": 3, "C": 2}
    assert (allocation.number, allocation.state, allocation.seats) == (1, "proposed", 10)
    assert (allocation.method, allocation.note) == ("webster", "Lần 1")
    assert options_from(allocation.options) == options
    assert (allocation.created_at, allocation.created_by) == (
        frozen_clock.now,
        ACTOR.display_name,
    )
    assert len(allocation.input_hash) == 64
    line = allocation.lines[2]
    assert (line.weight, line.floor, line.computed, line.facts["binding"]) == ("10", 2, 2, "floor")
    assert line.facts["values"] == {"attendance": 10}
    assert str(told(line.facts["explanation"])).startswith("Tỉnh C: 10 đại biểu ÷")


def test_proposing_again_makes_another_version_and_leaves_the_first(country, proposed) -> None:
    again = services.propose(country.national, replace(TEN, floor=2), actor=ACTOR)
    assert (again.number, seats_by_code(again)) == (2, {"A": 5, "B": 3, "C": 2})
    assert seats_by_code(proposed) == {"A": 6, "B": 3, "C": 1}
    assert again.input_hash != proposed.input_hash


def test_the_same_figures_and_options_have_the_same_hash(country, proposed) -> None:
    again = services.propose(country.national, TEN, actor=ACTOR)
    assert again.input_hash == proposed.input_hash


def test_an_open_tie_makes_no_version(country) -> None:
    options = replace(TEN, source="equal")
    act = lambda: services.propose(country.national, options, actor=ACTOR)  # noqa: E731
    assert refused(RuleViolation, act) == "tie_undecided"
    assert queries.latest_number(country.national.id) == 0
    drawn = replace(options, tie_order=("C", "A", "B"))
    allocation = services.propose(country.national, drawn, actor=ACTOR)
    assert seats_by_code(allocation) == {"A": 3, "B": 3, "C": 4}


def test_nobody_is_asked_to_elect_to_a_base_conference(country) -> None:
    base = country.congresses["A1"]
    act = lambda: services.propose(base, TEN, actor=ACTOR)  # noqa: E731
    assert refused(RuleViolation, act) == "no_units"


def test_base_and_step_that_misses_the_pool_must_be_settled(country) -> None:
    options = replace(TEN, method="base_step", step=20)
    allocation = services.propose(country.national, options, actor=ACTOR)
    assert (seats_by_code(allocation), allocation.seats) == ({"A": 3, "B": 1, "C": 1}, 10)
    approve = lambda: services.approve(  # noqa: E731
        country.national, allocation, "1/QĐ", allocation.version, actor=ACTOR
    )
    assert refused(RuleViolation, approve) == "sum_differs"
    services.change_pool(
        country.national, allocation, 5, "Theo bậc thang", allocation.version, actor=ACTOR
    )
    approve()
    assert queries.seats_of(country.national.id) == {
        country.units[code].id: seats for code, seats in {"A": 3, "B": 1, "C": 1}.items()
    }


def test_attendance_at_the_cap_of_the_level_below_warns(country) -> None:
    options = replace(TEN, source="upper_attendance")
    allocation = services.propose(country.national, options, actor=ACTOR)
    assert allocation.outcome["warnings"] == []
    with transaction():
        country.congresses["B"].attendance = country.congresses["A"].attendance = 30
    warned = services.propose(
        country.national, replace(options, tie_seed="x"), actor=ACTOR
    ).outcome["warnings"]
    assert "bằng mức tối đa 30" in str(told(warned[0]))


def test_an_adjustment_keeps_the_computed_figure_and_the_reason(country, proposed) -> None:
    line = proposed.lines[0]
    services.adjust(
        country.national, line, 5, "Nhường vùng khó khăn", proposed.version, actor=ACTOR
    )
    assert (line.computed, line.seats, proposed.version) == (6, 5, 2)
    (change,) = queries.adjustments(proposed.id)[line.id]
    assert (change.before, change.after, change.reason, change.by) == (
        6,
        5,
        "Nhường vùng khó khăn",
        ACTOR.display_name,
    )


def test_two_people_adjusting_at_once_see_each_other(country, proposed) -> None:
    first, second = proposed.lines[0], proposed.lines[1]
    opened = proposed.version
    services.adjust(country.national, first, 5, "Một", opened, actor=ACTOR)
    with pytest.raises(Stale) as caught:
        services.adjust(country.national, second, 4, "Hai", opened, actor=ACTOR)
    assert [str(detail) for detail in caught.value.details] == ["Đang lưu cho Tỉnh B: 3 suất."]
    assert caught.value.version == proposed.version
    services.adjust(country.national, second, 4, "Hai", proposed.version, actor=ACTOR)
    assert seats_by_code(proposed) == {"A": 5, "B": 4, "C": 1}


def test_the_lines_must_add_up_before_approval(country, proposed) -> None:
    line = proposed.lines[2]
    services.adjust(country.national, line, 3, "Thêm", proposed.version, actor=ACTOR)
    with pytest.raises(RuleViolation) as caught:
        services.approve(country.national, proposed, "1/QĐ", proposed.version, actor=ACTOR)
    assert str(caught.value) == ("Các dòng cộng lại 12 suất, thừa 2 so với 10. Hãy giảm bớt.")


def test_seats_can_be_added_from_the_reserve_and_no_further(country, proposed) -> None:
    change = lambda seats: services.change_pool(  # noqa: E731
        country.national, proposed, seats, "Dùng dự phòng", proposed.version, actor=ACTOR
    )
    assert refused(RuleViolation, lambda: change(13)) == "pool_over_cap"
    change(12)
    assert proposed.seats == 12
    (kept,) = queries.pool_adjustments(proposed.id)
    assert (kept.before, kept.after, kept.reason) == (10, 12, "Dùng dự phòng")
    assert refused(RuleViolation, lambda: change(13)) == "pool_over_cap"


def test_an_approved_version_binds_and_is_frozen(country, proposed, frozen_clock) -> None:
    assert queries.seats_of(country.national.id) is None
    services.approve(country.national, proposed, "12/QĐ-BHXH", proposed.version, actor=ACTOR)
    assert queries.seats_of(country.national.id) == {
        country.units[code].id: seats for code, seats in {"A": 6, "B": 3, "C": 1}.items()
    }
    assert (proposed.approved_at, proposed.approved_by, proposed.approval_document) == (
        frozen_clock.now,
        ACTOR.display_name,
        "12/QĐ-BHXH",
    )
    version, line = proposed.version, proposed.lines[0]
    acts = [
        lambda: services.adjust(country.national, line, 5, "Muộn", version, actor=ACTOR),
        lambda: services.change_pool(country.national, proposed, 9, "Muộn", version, actor=ACTOR),
        lambda: services.approve(country.national, proposed, "2/QĐ", version, actor=ACTOR),
    ]
    assert [refused(Conflict, act) for act in acts] == ["version_frozen"] * 3


def test_approving_another_version_supersedes_the_one_before(country) -> None:
    first = in_force(country)
    second = in_force(country, replace(TEN, floor=2))
    assert (first.state, second.state) == ("superseded", "approved")
    found = queries.allocation_in_force(country.national.id)
    assert found is not None
    assert found.number == 2


def test_approval_of_a_version_changed_meanwhile_is_refused(country, proposed) -> None:
    opened = proposed.version
    services.adjust(country.national, proposed.lines[0], 6, "Giữ", opened, actor=ACTOR)
    act = lambda: services.approve(  # noqa: E731
        country.national, proposed, "1/QĐ", opened, actor=ACTOR
    )
    assert refused(Stale, act) == "stale"


def test_only_an_approved_version_is_published(country, proposed, frozen_clock) -> None:
    act = lambda: services.publish(country.national, proposed, actor=ACTOR)  # noqa: E731
    assert refused(RuleViolation, act) == "not_approved"
    services.approve(country.national, proposed, "1/QĐ", proposed.version, actor=ACTOR)
    act()
    assert (proposed.state, proposed.published_at) == ("published", frozen_clock.now)
    assert queries.seats_of(country.national.id) is not None
    assert refused(RuleViolation, act) == "not_approved"


def test_every_act_is_remembered_and_noticed(country) -> None:
    before = congress_queries.pulse_of(country.national.id)
    allocation = in_force(country)
    services.publish(country.national, allocation, actor=ACTOR)
    assert congress_queries.pulse_of(country.national.id) == before + 3
    entries = db.session.scalars(select(Entry).order_by(Entry.id)).all()[-3:]
    assert [(entry.action, entry.subject_name, entry.unit_path) for entry in entries] == [
        (action, "Đại hội Ngành – 1", country.units["VN"].path)
        for action in ("quota.propose", "quota.approve", "quota.publish")
    ]
    assert entries[1].changes == {"number": 1, "document": "12/QĐ-BHXH", "replaces": None}


def test_a_congress_without_a_cap_divides_the_seats_typed(app) -> None:
    congress = builders.a_congress()
    builders.a_unit("Z1", congress.unit, kind="huyen", headcount=10)
    builders.a_unit("Z2", congress.unit, kind="huyen", headcount=30)
    allocation = services.propose(congress, Options(source="headcount", seats=4), actor=ACTOR)
    assert seats_by_code(allocation) == {"Z1": 1, "Z2": 3}
    services.change_pool(congress, allocation, 90, "Tăng", allocation.version, actor=ACTOR)
    assert allocation.seats == 90
