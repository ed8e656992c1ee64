"""What a seat is called."""

from __future__ import annotations

import pytest

from congress_app.seating.naming import SeatName, initials


@pytest.mark.parametrize(
    ("name", "short", "full"),
    [
        (SeatName("Hội trường", "A", 12), "A12", "A12"),
        (SeatName("Hội trường 2", "AB", 3, is_only_hall=False), "AB3", "Hội trường 2 · AB3"),
        (SeatName("Nhà hát", "Ban công 1", 7), "Ban công 1 – 7", "Ban công 1 – 7"),
    ],
)
def test_a_seat_is_named_shortly_and_with_its_hall(name: SeatName, short: str, full: str) -> None:
    assert (name.short, name.full) == (short, full)


def test_initials_are_those_of_the_last_words() -> None:
    assert [initials(name) for name in ("Nguyễn Thị Minh Ánh", "Đỗ An", "")] == ["TMÁ", "ĐA", ""]
