"""Where the rows of a sheet stand."""

from __future__ import annotations

import pytest

from congress_app.units.placement import Codes
from tests.units.sheets import faults, proposed, stored

VN = stored("VN")
HANOI = stored("01", VN)
DONG_DA = stored("01.DD", HANOI, kind="huyen")
SAIGON = stored("79", VN)
TREE = (VN, HANOI, DONG_DA, SAIGON)


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        ("01", "01"),
        (1, "01"),
        ("1", "1"),
        (" kcq ", "KCQ"),
        (7, "7"),
        (5, "5"),
        ("mới", "mới"),
        (12.5, "12,5"),
    ],
)
def test_which_code_a_cell_means(cell, meant):
    assert Codes(["01", "KCQ", "07", "007", "5", "05"]).meant(cell) == meant


def test_parents_may_stand_below_their_children():
    proposal = proposed(
        ("01.DD", "Đống Đa", "huyen", "01", 40),
        ("01", "Hà Nội", "tinh", "VN", None),
        ("VN", "BHXH Việt Nam", "nganh", None, None),
    )
    assert faults(proposal) == []
    assert [(change.draft.code, change.draft.parent) for change in proposal.changes] == [
        ("01.DD", "01"),
        ("01", "VN"),
        ("VN", None),
    ]


def test_codes_that_lost_their_zeros_still_find_each_other():
    proposal = proposed(
        (1, "Hà Nội", "tinh", "VN", None),
        (14, "Phòng Thu", "phong", 1, 12),
        tree=(VN, HANOI),
    )
    assert faults(proposal) == []
    assert [(change.draft.code, change.draft.parent) for change in proposal.changes] == [
        ("01", "VN"),
        ("14", "01"),
    ]


def test_a_loop_in_the_file_is_shown_at_each_of_its_rows():
    proposal = proposed(
        ("VN", "BHXH", "nganh", None, None),
        ("A", "A", "phong", "C", 1),
        ("B", "B", "phong", "A", 1),
        ("C", "C", "phong", "B", 1),
        ("D", "D", "phong", "C", 1),
    )
    assert faults(proposal) == [
        (3, "D", "C", "loop"),
        (4, "D", "A", "loop"),
        (5, "D", "B", "loop"),
    ]
    assert "A → C → B → A" in str(proposal.faults[0].sentence)


def test_a_loop_with_a_stored_unit_is_a_loop_too():
    row = ("01", "Hà Nội", "tinh", "01.DD", None)
    assert faults(proposed(row, tree=TREE)) == [(2, "D", "01.DD", "loop")]


def test_a_unit_cannot_be_its_own_parent():
    assert faults(proposed(("A", "A", "phong", "a", 1))) == [(2, "D", "a", "loop")]


def test_a_kind_must_fit_its_parent_in_the_file_and_in_the_tree():
    proposal = proposed(
        ("01.X", "Huyện dưới huyện", "huyen", "01.DD", 5),
        ("01.DD.1", "Tổ", "phong", "01.DD", 5),
        ("GOC", "Gốc dưới gốc", "nganh", "VN", 5),
        tree=TREE,
    )
    assert faults(proposal) == [
        (2, "D", "01.DD", "wrong_parent_kind"),
        (4, "D", "VN", "wrong_parent_kind"),
    ]


def test_another_kind_must_still_fit_the_stored_children():
    proposal = proposed(("01", "Hà Nội", "khoi_co_quan", "VN", None), tree=TREE)
    assert faults(proposal) == [(2, "C", "khoi_co_quan", "wrong_parent_kind")]
    assert str(proposal.faults[0].sentence).startswith("Bên dưới đang có “Tên 01.DD” (01.DD). Loại")


def test_a_faulty_parent_row_is_told_once_and_not_at_its_children():
    proposal = proposed(
        ("VN", "BHXH", "nganh", None, None),
        ("01", "Hà Nội", "tỉnh lẻ", "VN", None),
        ("01.DD", "Đống Đa", "huyen", "01", 40),
    )
    assert faults(proposal) == [(3, "C", "tỉnh lẻ", "unknown_kind")]


def test_a_row_with_a_faulty_cell_is_still_looked_at_for_its_place():
    proposal = proposed(
        ("04", "Cao Bằng", "tỉnh lẻ", "XX", None),
        ("04", "Cao Bằng", "tinh", "VN", "nhiều"),
        tree=TREE,
    )
    assert faults(proposal) == [
        (2, "C", "tỉnh lẻ", "unknown_kind"),
        (2, "D", "XX", "unknown_unit"),
        (3, "A", "04", "duplicate_in_file"),
        (3, "E", "nhiều", "bad_number"),
    ]


def test_a_merged_unit_is_neither_edited_nor_a_parent():
    gone = stored("02", VN, merged_into="01")
    proposal = proposed(
        ("02", "Hà Giang", "tinh", "VN", 5),
        ("02.X", "Đồng Văn", "huyen", "02", 5),
        tree=(*TREE, gone),
    )
    assert faults(proposal) == [
        (2, "A", "02", "duplicate_in_database"),
        (3, "D", "02", "unknown_unit"),
    ]
    assert "“01”" in str(proposal.faults[1].sentence)


def test_who_may_change_one_province_changes_nothing_else():
    reach = (HANOI.path,)
    allowed = proposed(
        ("01", "Hà Nội mới", "tinh", "VN", None),
        ("01.P1", "Phòng Thu", "phong", "01", 12),
        tree=TREE,
        reach=reach,
    )
    assert faults(allowed) == []
    refused = proposed(
        ("79", "TP. HCM", "tinh", "VN", None),
        ("80", "Long An", "tinh", "VN", 5),
        ("79.P", "Phòng", "phong", "79", 5),
        ("01", "Hà Nội", "tinh", None, 5),
        ("GOC", "Gốc mới", "nganh", None, 5),
        ("01.DD", "Đống Đa", "huyen", "79", 5),
        tree=TREE,
        reach=reach,
    )
    assert faults(refused) == [
        (2, "A", "79", "outside_reach"),
        (3, "D", "VN", "unknown_unit"),
        (4, "D", "79", "unknown_unit"),
        (5, "D", "", "missing_value"),
        (6, "D", "", "outside_reach"),
        (7, "D", "79", "unknown_unit"),
    ]


def test_codes_in_another_case_are_the_same_unit():
    proposal = proposed(("vn", "Tên VN", "nganh", None, None), tree=(VN,))
    assert (faults(proposal), proposal.changes, proposal.unchanged) == ([], (), 1)
