from __future__ import annotations

from random import Random

import pytest
from flask import Flask

from congress_app.units import queries, sum_services, tree, tree_queries
from congress_app.units.models import Unit
from congress_app.units.tree import Headcount
from congress_app.units.wanted import Wanted
from tests import builders


@pytest.fixture
def grown(app: Flask) -> list[Unit]:
    """A tree of 60 units of any depth; some numbers unknown."""
    chance = Random(7)
    units = [builders.the_root()]
    for number in range(60):
        people = chance.choice([None, 0, 3, 12])
        above = chance.choice(units)
        units.append(builders.a_unit(f"U{number:02d}", parent=above, headcount=people))
    sum_services.rebuild()
    return units


def whole() -> dict[str, Headcount]:
    return {node.row.code: node.headcount for node in tree.nodes(queries.unit_tree())}


def test_sums_are_those_of_the_whole_tree(grown: list[Unit]) -> None:
    sums = queries.subtree_sums(queries.EVERYTHING)
    inner = {unit.id: unit.code for unit in grown if unit.id in {u.parent_id for u in grown}}
    assert {inner[key]: told for key, told in sums.items()} == {
        code: told for code, told in whole().items() if code in inner.values()
    }
    codes = {unit.id: unit.code for unit in grown}
    for some in (list(codes), [grown[5].id], [unit.id for unit in grown[3:40:2]]):
        told = {codes[key]: count for key, count in queries.headcounts(some).items()}
        assert told == {code: whole()[code] for code in told}


def test_a_small_tree_is_shown_whole(grown: list[Unit]) -> None:
    shown = tree_queries.shown(queries.EVERYTHING)
    assert (shown.count, shown.is_whole) == (61, True)
    assert shown.tops == queries.unit_tree()


def test_of_a_large_tree_the_upper_part_with_every_sum(
    grown: list[Unit], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "LISTED_WHOLE", 60)
    shown = tree_queries.shown(queries.EVERYTHING)
    assert (shown.count, shown.is_whole) == (61, False)
    listed = {node.row.code: node.headcount for node in tree.nodes(shown.tops)}
    root = grown[0]
    expected = [root.code, *(unit.code for unit in grown if unit.parent_id == root.id)]
    assert listed == {code: whole()[code] for code in expected}
    within = [unit.path for unit in grown if unit.parent_id == root.id][:2]
    monkeypatch.setattr(queries, "LISTED_WHOLE", 1)
    parted = tree_queries.shown(within)
    assert [node.row.path for node in parted.tops] == within
    assert parted.count == len(queries.units_in_order(within))


@pytest.mark.parametrize(
    "wanted", [Wanted(text="u1"), Wanted(kind="phong"), Wanted(text="U 3"), Wanted(text="nowhere")]
)
def test_a_large_tree_is_searched_like_a_small_one(
    grown: list[Unit], monkeypatch: pytest.MonkeyPatch, wanted: Wanted
) -> None:
    small = found(wanted, 1, 500)
    monkeypatch.setattr(queries, "LISTED_WHOLE", 1)
    large = found(wanted, 1, 500)
    assert large.total == small.total == len(small.nodes)
    told = [{n.row.code: n.headcount for n in each.nodes} for each in (small, large)]
    assert told[0] == told[1]
    assert all(large.parents[n.row.parent_id] for n in large.nodes if n.row.parent_id)
    pages = [found(wanted, page, 4).nodes for page in (1, 2)]
    assert [n.row.code for page in pages for n in page] == [n.row.code for n in large.nodes[:8]]


def test_very_many_are_counted_so_far_that_one_can_go_on(
    grown: list[Unit], monkeypatch: pytest.MonkeyPatch
) -> None:
    every = Wanted(kind=grown[-1].kind)
    whole = found(every, 1, 500).total
    monkeypatch.setattr(queries, "LISTED_WHOLE", 1)
    monkeypatch.setattr(tree_queries, "COUNTED", 4)
    told = [(one.total, one.has_more) for one in (found(every, page, 2) for page in (1, 2, 9))]
    assert whole > 6
    assert told == [(4, True), (6, True), (min(whole, 20), whole > 20)]


def found(wanted: Wanted, page: int, size: int) -> tree_queries.Found:
    everything = queries.EVERYTHING
    return tree_queries.found(wanted, tree_queries.shown(everything), everything, page, size)


def test_headcounts_of_a_large_tree_are_those_kept(
    grown: list[Unit], monkeypatch: pytest.MonkeyPatch
) -> None:
    live = queries.headcounts([unit.id for unit in grown])
    monkeypatch.setattr(queries, "LISTED_WHOLE", 1)
    assert queries.headcounts([unit.id for unit in grown]) == live
