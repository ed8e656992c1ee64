"""Kinds, paths, sums and order of the unit tree."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress_app.kernel.errors import RuleViolation
from congress_app.units import tree
from congress_app.units.tree import Headcount, Kind


@dataclass(frozen=True)
class Row:
    id: int
    parent_id: int | None
    code: str = ""
    precedence: int = 0
    headcount: int | None = None


def shape(nodes):
    return [(node.row.id, shape(node.children)) for node in nodes]


# --- kinds -----------------------------------------------------------------------------------

ALLOWED = {
    ("nganh", None),
    ("khoi_co_quan", "nganh"),
    ("tinh", "nganh"),
    ("huyen", "tinh"),
    ("co_so", "tinh"),
    ("phong", "khoi_co_quan"),
    ("phong", "tinh"),
    ("phong", "huyen"),
    ("phong", "co_so"),
    ("phong", "don_vi_truc_thuoc"),
    ("don_vi_truc_thuoc", "nganh"),
    ("don_vi_truc_thuoc", "khoi_co_quan"),
    ("don_vi_truc_thuoc", "tinh"),
}


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("parent", [None, *Kind])
def test_which_kind_may_stand_under_which(kind, parent):
    allowed = (kind.value, parent.value if parent else None) in ALLOWED
    assert (tree.misplaced(kind, parent) is None) == allowed
    if allowed:
        tree.check_place(kind, parent)
    else:
        with pytest.raises(RuleViolation) as caught:
            tree.check_place(kind, parent)
        assert caught.value.code == "wrong_parent_kind"


def test_a_refusal_says_what_would_be_right():
    assert str(tree.misplaced("huyen", "nganh")) == (
        "Loại “BHXH huyện” không đứng dưới “Ngành” được. "
        "Hãy chọn đơn vị cấp trên loại: BHXH tỉnh, thành phố."
    )
    assert str(tree.misplaced("khoi_co_quan", None)) == (
        "Loại “Khối cơ quan” phải có đơn vị cấp trên thuộc loại: Ngành."
    )
    assert str(tree.misplaced("nganh", "tinh")) == (
        "“Ngành” là gốc của cây nên không có đơn vị cấp trên."
    )


def test_every_kind_has_words():
    assert set(tree.KIND_LABELS) == set(tree.PARENT_KINDS) == set(Kind)


# --- paths -----------------------------------------------------------------------------------


def test_paths():
    assert tree.child_path(None, 1) == tree.child_path("/", 1) == "/1/"
    assert tree.child_path("/1/5/", 23) == "/1/5/23/"
    assert tree.ids_of("/1/5/23/") == (1, 5, 23)
    assert tree.ids_of("/") == ()
    assert tree.moved_path("/1/5/23/7/", "/1/5/23/", "/1/9/23/") == "/1/9/23/7/"


def test_a_path_of_another_subtree_is_not_moved():
    with pytest.raises(ValueError, match="not below"):
        tree.moved_path("/1/50/", "/1/5/", "/1/9/")


def test_a_loop_is_the_unit_itself_or_anything_below():
    assert tree.would_loop("/1/5/", "/1/5/")
    assert tree.would_loop("/1/5/", "/1/5/23/")
    assert not tree.would_loop("/1/5/", "/1/")
    assert not tree.would_loop("/1/5/", "/1/50/")


ids = st.lists(st.integers(1, 9999), min_size=1, max_size=6, unique=True)


@given(ids, ids)
def test_moving_there_and_back_changes_nothing(path_ids, target_ids):
    path = "/" + "".join(f"{one}/" for one in path_ids)
    old = "/" + f"{path_ids[0]}/"
    new = "/" + "".join(f"{one}/" for one in target_ids)
    assert tree.moved_path(tree.moved_path(path, old, new), new, old) == path
    assert tree.ids_of(path) == tuple(path_ids)


# --- the nested tree ---------------------------------------------------------------------------


def test_rows_in_any_order_become_a_tree_in_protocol_order():
    rows = [
        Row(4, 2, "B", 1),
        Row(3, 1, "Y", 1),
        Row(2, 1, "X", 2),
        Row(5, 2, "A", 1),
        Row(1, None, "VN"),
    ]
    assert shape(tree.build(rows)) == [(1, [(3, []), (2, [(5, []), (4, [])])])]
    assert [row.id for row in tree.in_order(rows)] == [1, 3, 2, 5, 4]


def test_a_row_whose_parent_is_out_of_reach_stands_at_the_top():
    assert shape(tree.build([Row(7, 2), Row(8, 7)])) == [(7, [(8, [])])]


def test_rows_in_a_loop_are_not_lost_silently():
    with pytest.raises(ValueError, match="loop"):
        tree.build([Row(1, None), Row(2, 3), Row(3, 2)])
    with pytest.raises(ValueError, match="loop"):
        tree.in_order([Row(1, None), Row(2, 3), Row(3, 2)])


def test_sums_and_what_is_unknown():
    rows = [
        Row(1, None),
        Row(2, 1, headcount=10),
        Row(3, 2, headcount=200),
        Row(4, 2),
        Row(5, 1),
        Row(6, 5),
    ]
    found = {node.row.id: node.headcount for node in tree.nodes(tree.build(rows))}
    assert found == {
        1: Headcount(210, 2),
        2: Headcount(210, 1),
        3: Headcount(200, 0),
        4: Headcount(0, 1),
        5: Headcount(0, 1),
        6: Headcount(0, 1),
    }


def test_a_number_that_looks_like_the_sum_of_those_below_is_told():
    def top(own, *below):
        children = [Row(n, 1, headcount=count) for n, count in enumerate(below, start=2)]
        return tree.build([Row(1, None, headcount=own), *children])[0].counted_twice

    assert top(300, 100, 200)
    assert top(301, 100, 200)
    assert not top(299, 100, 200)
    assert not top(300)
    assert not top(300, None)
    assert not top(None, 100)
    assert not top(0, 0)


@st.composite
def forests(draw):
    count = draw(st.integers(0, 30))
    rows = [
        Row(
            number,
            draw(st.none() | st.integers(1, number - 1)) if number > 1 else None,
            draw(st.text("ABC", max_size=2)),
            draw(st.integers(0, 3)),
            draw(st.none() | st.integers(0, 500)),
        )
        for number in range(1, count + 1)
    ]
    return draw(st.permutations(rows))


@given(forests())
def test_every_row_has_one_place_and_sums_add_up(rows):
    tops = tree.build(rows)
    flat = [node.row for node in tree.nodes(tops)]
    assert tree.in_order(rows) == flat
    assert sorted(row.id for row in flat) == sorted(row.id for row in rows)
    seen = {row.id: place for place, row in enumerate(flat)}
    assert all(seen[row.parent_id] < seen[row.id] for row in rows if row.parent_id)
    known = sum(row.headcount or 0 for row in rows)
    assert sum(node.headcount.total for node in tops) == known
    for node in tree.nodes(tops):
        keys = [tree.protocol_key(child.row) for child in node.children]
        assert keys == sorted(keys)
