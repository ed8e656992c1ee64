from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from congress_app.elections.naming import Named, labels
from congress_app.kernel.partial_date import PartialDate
from tests.elections.rounds import BIRTHS, thorough


def shown(*people: Named) -> list[str]:
    return [str(label) for label in labels(people).values()]


def test_a_name_of_its_own_stands_alone() -> None:
    assert shown(Named("1", "Nguyễn An", PartialDate(1980)), Named("2", "Trần An")) == [
        "Nguyễn An",
        "Trần An",
    ]


def test_namesakes_carry_year_and_unit() -> None:
    first = Named("1", "Nguyễn An", PartialDate(1980, 2, 1), "Phòng Thu")
    second = Named("2", "nguyễn an", PartialDate(1985), "Phòng Thu")
    third = Named("3", "Nguyễn An", None, "Phòng Chi")
    assert shown(first, second, third) == [
        "Nguyễn An (sinh 1980, Phòng Thu)",
        "nguyễn an (sinh 1985, Phòng Thu)",
        "Nguyễn An (Phòng Chi)",
    ]


def test_namesakes_of_one_year_and_unit_carry_the_date_and_at_last_the_code() -> None:
    first = Named("1", "Lê Bình", PartialDate(1980, 2, 1), "Phòng Thu")
    second = Named("2", "Lê Bình", PartialDate(1980, 3, 1), "Phòng Thu")
    assert shown(first, second) == [
        "Lê Bình (sinh 01/02/1980, Phòng Thu)",
        "Lê Bình (sinh 01/03/1980, Phòng Thu)",
    ]
    assert shown(Named("7", "Lê Bình"), Named("8", "Lê Bình")) == [
        "Lê Bình (mã 7)",
        "Lê Bình (mã 8)",
    ]


def test_somebody_without_a_name_is_shown_by_code() -> None:
    assert shown(Named("A", "")) == ["A"]


@thorough
@given(st.lists(st.tuples(st.sampled_from(["An", "Bình"]), BIRTHS, st.sampled_from(["", "X"]))))
def test_no_two_are_shown_alike(rows: list[tuple[str, PartialDate | None, str]]) -> None:
    people = [Named(str(at), *row) for at, row in enumerate(rows)]
    assert len(set(shown(*people))) == len(people)
