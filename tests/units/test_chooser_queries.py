"""The list of few units, what a typed text means among many, and what is suggested."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from congress_app.units import chooser_queries
from congress_app.units.chooser import FEW, Offered, Option
from tests.builders import a_unit
from tests.units.trees import Tree, a_tree

ALL = Offered(("/",))


@pytest.fixture
def tree(app: Flask) -> Tree:
    return a_tree()


def meant(text: str, offered: Offered = ALL) -> list[str]:
    return sorted(one.code for one in chooser_queries.meant(text, offered))


def near(text: str, offered: Offered = ALL) -> list[str]:
    return [one.code for one in chooser_queries.near(text, offered)]


def test_few_units_are_a_list_in_protocol_order(tree: Tree) -> None:
    a_unit("01.X", tree.hanoi, "huyen", merged_into_id=tree.ba_vi.id)
    listed = chooser_queries.options(Offered((tree.hanoi.path,)))
    assert listed == [
        Option(tree.hanoi.id, "01", "BHXH TP. Hà Nội (01)"),
        Option(tree.dong_da.id, "01.DD", "\u2003BHXH quận Đống Đa (01.DD)"),
        Option(tree.ba_vi.id, "01.BV", "\u2003BHXH huyện Ba Vì (01.BV)"),
        Option(tree.office.id, "01.VP", "\u2003Văn phòng (01.VP)"),
    ]
    kinds = Offered(("/",), kinds=("tinh",), outside=tree.saigon.path)
    assert chooser_queries.options(kinds) == [Option(tree.hanoi.id, "01", "BHXH TP. Hà Nội (01)")]
    assert chooser_queries.options(Offered(())) == []
    beside = Offered((tree.saigon.path,), kept=tree.office.id)
    assert {one.code for one in chooser_queries.options(beside) or ()} == {"79", "01.VP"}


def test_one_more_than_few_are_no_list(tree: Tree) -> None:
    for number in range(FEW - 1):
        a_unit(f"79.{number}", tree.saigon, "huyen")
    within = Offered((tree.saigon.path,))
    assert len(chooser_queries.options(within) or ()) == FEW
    a_unit("79.X", tree.saigon, "huyen")
    assert chooser_queries.options(within) is None


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("01.DD", ["01.DD"]),
        (" 01.dd ", ["01.DD"]),
        ("BHXH quận Đống Đa", ["01.DD"]),
        ("bhxh quan dong da", ["01.DD"]),
        ("Bảo hiểm xã hội thành phố Hồ Chí Minh", ["79"]),
        ("BHXH TP HCM", ["79"]),
        ("Tên đã đổi (79)", ["79"]),
        ("79 · BHXH TP. Hồ Chí Minh", ["79"]),
        ("Văn phòng", ["01.VP", "79.VP"]),
        ("vp, bhxh tp ha noi", ["01.VP"]),
        ("Văn phòng - BHXH TP. Hồ Chí Minh", ["79.VP"]),
        ("Văn phòng, BHXH tỉnh Lào Cai", []),
        ("Đống Đa", []),
        ("(01.X)", []),
        ("·", []),
        ("%", []),
    ],
)
def test_a_text_means_the_units_it_names(tree: Tree, text: str, codes: list[str]) -> None:
    a_unit("79.VP", tree.saigon, "phong", name="Văn phòng")
    a_unit("01.X", tree.hanoi, "huyen", name="Cũ", merged_into_id=tree.ba_vi.id)
    assert meant(text) == codes


def test_nothing_is_meant_that_is_not_offered(tree: Tree) -> None:
    a_unit("79.VP", tree.saigon, "phong", name="Văn phòng")
    within = Offered((tree.saigon.path,))
    assert (meant("01.DD", within), meant("Văn phòng", within)) == ([], ["79.VP"])
    assert meant("Văn phòng", Offered(("/",), outside=tree.hanoi.path)) == ["79.VP"]
    assert meant("79", Offered(("/",), kinds=("phong",))) == []
    assert meant("01.VP", Offered((tree.saigon.path,), kept=tree.office.id)) == ["01.VP"]
    assert chooser_queries.by_id(tree.office.id, within) is None


def test_what_is_suggested_holds_every_word_the_upper_levels_first(tree: Tree) -> None:
    assert near("bhxh") == ["VN", "01", "79", "01.DD", "01.BV"]
    assert near("hội hà nội") == []
    assert near("bảo hiểm xã hội hà") == ["01"]
    assert near("01.d") == ["01.DD"]
    # The one with just this code before those that only hold it.
    assert near("01") == ["01", "01.DD", "01.BV", "01.VP"]
    assert near("bhxh", Offered((tree.hanoi.path,), kinds=("huyen",))) == ["01.DD", "01.BV"]
    assert (near("b"), near("  "), near("–,")) == ([], [], [])
    told = [one.above for one in chooser_queries.near("đống", ALL)]
    assert told == ["BHXH TP. Hà Nội"]


def test_looking_up_reads_the_same_however_many_units_there_are(
    tree: Tree, count_queries: Any
) -> None:
    def statements() -> int:
        with count_queries() as seen:
            meant("BHXH quận Đống Đa (01.DD)")
            near("bhxh")
            chooser_queries.options(ALL)
        return len(seen)

    few = statements()
    for number in range(FEW):
        a_unit(f"79.{number}", tree.saigon, "huyen", name="BHXH quận Đống Đa")
    assert statements() == few
