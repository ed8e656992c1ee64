"""Creating and editing a unit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from congress_app.database import db
from congress_app.kernel.errors import Conflict, Forbidden, RuleViolation, Stale
from congress_app.units import queries, services
from congress_app.units.facts import UnitFacts
from congress_app.units.models import Unit
from tests.builders import a_cluster, a_unit
from tests.units.trees import SYSTEM, a_tree, an_organiser, log, paths

FACTS = UnitFacts("02", "BHXH tỉnh Hà Giang", "tinh", headcount=250)


def facts_of(unit: Unit) -> UnitFacts:
    return UnitFacts(
        unit.code,
        unit.name,
        unit.kind,
        unit.headcount,
        unit.headcount_source,
        unit.headcount_date,
        unit.is_pilot,
        unit.cluster_id,
    )


def edit(unit: Unit, facts: UnitFacts, actor=SYSTEM) -> Unit:
    """Edit the unit as it stands now."""
    return services.edit(unit, facts, version=unit.version, actor=actor)


def test_a_new_unit_stands_last_and_is_found(app, frozen_clock):
    tree = a_tree()
    unit = services.create(tree.vn, FACTS, actor=SYSTEM)
    assert (unit.path, unit.precedence, unit.version) == (f"/{tree.vn.id}/{unit.id}/", 4, 1)
    assert (unit.search_key, unit.headcount_date) == ("bhxh tinh ha giang", date(2020, 6, 15))
    assert [one.code for one in queries.children(tree.vn.id)] == ["KCQ", "01", "79", "02"]
    assert log() == [
        (
            "unit.create",
            "BHXH tỉnh Hà Giang",
            {
                "code": "02",
                "name": "BHXH tỉnh Hà Giang",
                "kind": "tinh",
                "precedence": 4,
                "headcount": 250,
                "headcount_date": "2020-06-15",
                "is_pilot": False,
                "parent": "BHXH Việt Nam (VN)",
            },
        )
    ]


def test_only_the_command_line_makes_a_root(app):
    root = services.create(None, UnitFacts("VN", "BHXH Việt Nam", "nganh"), actor=SYSTEM)
    assert (root.parent_id, root.path) == (None, f"/{root.id}/")
    with pytest.raises(Forbidden):
        services.create(None, UnitFacts("VN2", "x", "nganh"), actor=an_organiser(root))


@pytest.mark.parametrize(
    ("parent", "facts", "error", "code"),
    [
        ("vn", replace(FACTS, kind="huyen"), RuleViolation, "wrong_parent_kind"),
        ("vn", replace(FACTS, code="kcq"), Conflict, "duplicate_code"),
        ("vn", replace(FACTS, code="01"), Conflict, "duplicate_code"),
    ],
)
def test_what_a_new_unit_may_not_be(app, parent, facts, error, code):
    tree = a_tree()
    with pytest.raises(error) as caught:
        services.create(getattr(tree, parent), facts, actor=SYSTEM)
    assert caught.value.code == code
    assert len(paths()) == 7
    assert log() == []


def test_nobody_creates_outside_his_reach(app):
    tree = a_tree()
    office = UnitFacts("01.P1", "Phòng Thu", "phong")
    for place in (tree.vn, tree.saigon):
        with pytest.raises(Forbidden):
            services.create(place, office, actor=an_organiser(tree.hanoi))
    assert services.create(tree.hanoi, office, actor=an_organiser(tree.hanoi)).code == "01.P1"


def test_nothing_is_put_under_a_merged_unit(app):
    tree = a_tree()
    gone = a_unit("03", tree.vn, merged_into_id=tree.hanoi.id)
    with pytest.raises(RuleViolation) as caught:
        services.create(gone, UnitFacts("03.1", "x", "huyen"), actor=SYSTEM)
    assert caught.value.code == "merged_unit"


def test_an_edit_changes_what_was_said_and_logs_just_that(app, frozen_clock):
    tree = a_tree()
    cluster = a_cluster("Cụm 1")
    facts = replace(
        facts_of(tree.dong_da), headcount=42, is_pilot=True, cluster_id=cluster.id, code="01.Đ"
    )
    before = tree.dong_da.version
    unit = edit(tree.dong_da, facts, an_organiser(tree.vn))
    assert (unit.code, unit.headcount, unit.headcount_date, unit.is_pilot, unit.version) == (
        "01.Đ",
        42,
        date(2020, 6, 15),
        True,
        before + 1,
    )
    assert log() == [
        (
            "unit.edit",
            "BHXH quận Đống Đa",
            {
                "code": ["01.DD", "01.Đ"],
                "headcount": [40, 42],
                "headcount_date": [None, "2020-06-15"],
                "is_pilot": [False, True],
                "cluster": [None, "Cụm 1"],
            },
        )
    ]


def test_only_who_may_change_the_whole_tree_says_which_cluster_a_unit_is_in(app):
    tree = a_tree()
    one, other = a_cluster("Cụm 1"), a_cluster("Cụm 2")
    edit(tree.dong_da, replace(facts_of(tree.dong_da), cluster_id=one.id))
    hanoi = an_organiser(tree.hanoi)
    for cluster_id in (other.id, None):
        with pytest.raises(Forbidden):
            edit(tree.dong_da, replace(facts_of(tree.dong_da), cluster_id=cluster_id), hanoi)
        db.session.rollback()
    new = replace(FACTS, kind="huyen", cluster_id=one.id)
    with pytest.raises(Forbidden):
        services.create(tree.hanoi, new, actor=hanoi)
    db.session.rollback()
    unit = edit(tree.dong_da, replace(facts_of(tree.dong_da), headcount=41), hanoi)
    assert (unit.headcount, unit.cluster_id) == (41, one.id)


def test_an_edit_that_changes_nothing_leaves_no_trace(app):
    tree = a_tree()
    before = tree.dong_da.version
    unit = edit(tree.dong_da, facts_of(tree.dong_da))
    assert (unit.version, log()) == (before, [])


def test_an_edit_of_an_older_state_is_refused_with_the_stored_values(app):
    tree = a_tree()
    facts = facts_of(tree.dong_da)
    opened = tree.dong_da.version
    edit(tree.dong_da, replace(facts, headcount=41))
    with pytest.raises(Stale) as caught:
        services.edit(tree.dong_da, replace(facts, headcount=99), version=opened, actor=SYSTEM)
    assert "Số CCVC, NLĐ: 41" in [str(detail) for detail in caught.value.details]
    db.session.rollback()
    assert tree.dong_da.headcount == 41


def test_another_kind_must_fit_above_and_below(app):
    tree = a_tree()
    for unit, kind in ((tree.dong_da, "khoi_co_quan"), (tree.hanoi, "khoi_co_quan")):
        with pytest.raises(RuleViolation) as caught:
            edit(unit, replace(facts_of(unit), kind=kind))
        assert caught.value.code == "wrong_parent_kind"
    changed = replace(facts_of(tree.dong_da), kind="co_so")
    assert edit(tree.dong_da, changed).kind == "co_so"


def test_a_code_stays_its_own(app):
    tree = a_tree()
    with pytest.raises(Conflict):
        edit(tree.dong_da, replace(facts_of(tree.dong_da), code="01.bv"))
    lower = replace(facts_of(tree.dong_da), code="01.dd")
    assert edit(tree.dong_da, lower).code == "01.dd"


def test_nobody_edits_outside_his_reach_or_what_was_merged(app):
    tree = a_tree()
    with pytest.raises(Forbidden):
        edit(tree.saigon, facts_of(tree.saigon), an_organiser(tree.hanoi))
    gone = a_unit("03", tree.vn, merged_into_id=tree.hanoi.id)
    with pytest.raises(RuleViolation):
        edit(gone, facts_of(gone))
