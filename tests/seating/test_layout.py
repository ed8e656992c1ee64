"""A hall typed in words becomes rows and seats, or says which part cannot be read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress_app.kernel.errors import Unreadable
from congress_app.seating.layout import Spot, read_hall


def rows(text: str) -> dict[str, int]:
    """How many seats each row has, in order."""
    counted: dict[str, int] = {}
    for spot in read_hall(text):
        counted[spot.row] = counted.get(spot.row, 0) + 1
    return counted


def faults(text: str) -> list[str]:
    with pytest.raises(Unreadable) as caught:
        read_hall(text)
    assert caught.value.code == "bad_hall"
    return [str(detail) for detail in caught.value.details]


def test_rows_and_spans_of_rows() -> None:
    assert rows("A: 12; B-D: 14; ban công 1-3: 20") == {
        "A": 12, "B": 14, "C": 14, "D": 14, "Ban công 1": 20, "Ban công 2": 20, "Ban công 3": 20,
    }  # fmt: skip


def test_a_grid_names_its_rows_by_free_letters() -> None:
    assert rows("A: 3\n2 hàng x 4 ghế\n1 hàng × 2") == {"A": 3, "B": 4, "C": 4, "D": 2}


def test_letters_go_on_after_z() -> None:
    assert list(rows("28 hàng x 1 ghế"))[-3:] == ["Z", "AA", "AB"]


def test_aisles_leave_gaps_and_short_rows_stand_in_the_middle() -> None:
    assert read_hall("A: 2; lối đi ngang; B: 4, lối đi giữa sau ghế 2") == (
        Spot("A", 1, 1, 0),
        Spot("A", 2, 2, 0),
        Spot("B", 1, 0, 2),
        Spot("B", 2, 1, 2),
        Spot("B", 3, 3, 2),
        Spot("B", 4, 4, 2),
    )


def test_two_aisles_and_decomposed_text() -> None:
    text = (
        "1 ha\u0300ng x 6 ghe\u0302\u0301, lo\u0302\u0301i \u0111i sau ghe\u0302\u0301 2 va\u0300 4"
    )
    assert [spot.x for spot in read_hall(text)] == [0, 1, 3, 4, 6, 7]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("A 12",
         "Phần 1 “A 12”: hãy ghi như “B-F: 14” hoặc “10 hàng x 20 ghế, lối đi sau ghế 10”."),
        ("A: 0", "Phần 1 “A: 0”: mỗi hàng có từ 1 đến 100 ghế."),
        ("A: 101", "Phần 1 “A: 101”: mỗi hàng có từ 1 đến 100 ghế."),
        ("A: 5; a: 6", "Phần 2 “a: 6”: hàng A đã có ở trên."),
        ("F-B: 14", "Phần 1 “F-B: 14”: khoảng “F-B” phải đi từ nhỏ đến lớn, ví dụ B-F hoặc 1-3."),
        ("A: 9, lối đi sau ghế 9",
         ("Phần 1 “A: 9, lối đi sau ghế 9”: "
          "lối đi phải nằm giữa hai ghế, từ sau ghế 1 đến sau ghế 8.")),
        ("A: 9, cửa sổ", "Phần 1 “A: 9, cửa sổ”: lối đi được ghi như “lối đi sau ghế 10”."),
        ("0 hàng x 5 ghế", "Phần 1 “0 hàng x 5 ghế”: số hàng phải từ 1 đến 200."),
        ("", "Chưa có hàng ghế nào. Ví dụ: A: 12; B-F: 14."),
        ("100 hàng x 60 ghế", "Nhiều nhất 200 hàng và 5000 ghế cho một hội trường."),
    ],
)  # fmt: skip
def test_each_fault_says_where_and_what(text: str, told: str) -> None:
    assert faults(text) == [told]


def test_all_faults_are_told_at_once() -> None:
    assert len(faults("A; B: 5; C: x")) == 2


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 30)), min_size=1, max_size=8))
def test_seats_are_counted_and_no_two_lie_on_one_spot(parts: list[tuple[int, int]]) -> None:
    spots = read_hall("; ".join(f"{count} hàng x {seats} ghế" for count, seats in parts))
    assert len(spots) == sum(count * seats for count, seats in parts)
    assert len({(spot.row, spot.number) for spot in spots}) == len(spots)
    assert len({(spot.x, spot.y) for spot in spots}) == len(spots)


@given(st.text(max_size=60))
def test_any_text_gives_seats_or_sentences(text: str) -> None:
    try:
        seats = len(read_hall(text))
    except Unreadable as refused:
        seats = 0
        told = [str(detail) for detail in refused.details]
    assert seats or all(told)
