"""What a change does to everything else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from congress_app.programme.ripple import (
    Line,
    Piece,
    Ripple,
    Shift,
    Strain,
    moved,
    resized,
    ripple,
    token,
)

START = datetime(2020, 6, 15, 0, 30, tzinfo=UTC)


def at(minutes: int) -> datetime:
    return START + timedelta(minutes=minutes)


def a_line(*lengths: int, key: int = 1, pins: dict[int, int] | None = None, start: int = 0) -> Line:
    """A session whose items have the keys 10×key + 0, 1, 2 …; `pins` by place in minutes."""
    pieces = tuple(
        Piece(
            key * 10 + place,
            f"Mục {place}",
            length,
            at(pins[place]) if pins and place in pins else None,
        )
        for place, length in enumerate(lengths)
    )
    return Line(key, f"Phiên {key}", at(start), pieces, "Hội trường lớn")


def test_a_longer_item_pushes_what_follows_and_the_end() -> None:
    before = [a_line(10, 10, 10)]
    found = ripple(before, resized(before, 11, 15))
    assert found == Ripple(
        shifts=(Shift(12, "Mục 2", at(20), at(25)),),
        buffers=(),
        pins=(),
        endings=(Shift(1, "Phiên 1", at(30), at(35)),),
        overlaps=(),
    )
    assert found.shifts[0].minutes == 5


def test_a_buffer_before_a_pin_takes_it_up() -> None:
    before = [a_line(10, 10, 10, pins={2: 30})]
    assert ripple(before, resized(before, 10, 16)) == Ripple(
        shifts=(Shift(11, "Mục 1", at(10), at(16)),),
        buffers=(Strain(12, "Mục 2", 10, 4),),
        pins=(),
        endings=(),
        overlaps=(),
    )


def test_a_pin_breaks_by_so_many_minutes() -> None:
    before = [a_line(10, 10, pins={1: 15})]
    found = ripple(before, resized(before, 10, 22))
    assert (found.buffers, found.pins) == (
        (Strain(11, "Mục 1", 5, 0),),
        (Strain(11, "Mục 1", 0, 7),),
    )


def test_a_session_runs_into_the_next_of_its_hall() -> None:
    before = [a_line(30), a_line(10, key=2, start=40)]
    found = ripple(before, resized(before, 10, 50))
    assert found.overlaps == (Strain(1, "Phiên 1", 0, 10),)


def test_an_item_alone_touches_nobody() -> None:
    before = [a_line(10, 10, 10, pins={2: 20})]
    after = moved(before, 10, 1, 1)
    found = ripple(before, after)
    assert [(shift.key, shift.minutes) for shift in found.shifts] == [(11, -10), (10, 10)]
    assert found.touches(10)
    assert not ripple(before, before).touches()


def test_to_another_session() -> None:
    lines = moved([a_line(10, 10), a_line(10, key=2, start=60)], 10, 2, 99)
    assert [[piece.key for piece in line.pieces] for line in lines] == [[11], [20, 10]]


def test_an_unknown_key_changes_nothing() -> None:
    lines = [a_line(10)]
    assert moved(lines, 99, 1, 0) == lines
    assert moved(lines, 10, 99, 0) == lines


def test_the_token_names_this_change_only() -> None:
    lines = [a_line(10, 10)]
    assert token(lines, resized(lines, 10, 11)) == token(lines, resized(lines, 10, 11))
    assert token(lines, resized(lines, 10, 11)) != token(lines, resized(lines, 10, 12))


lengths = st.lists(st.integers(0, 60), min_size=1, max_size=8)


@given(lengths, lengths, st.data())
def test_moving_keeps_every_item_and_the_order_of_the_rest(
    first: list[int], second: list[int], data: st.DataObject
) -> None:
    before = [a_line(*first), a_line(*second, key=2, start=600)]
    key = data.draw(st.sampled_from([p.key for line in before for p in line.pieces]))
    target, place = data.draw(st.sampled_from([1, 2])), data.draw(st.integers(0, 10))
    after = moved(before, key, target, place)
    keys = [p.key for line in after for p in line.pieces]
    assert sorted(keys) == sorted(p.key for line in before for p in line.pieces)
    for old, new in zip(before, after, strict=True):
        rest = [p.key for p in new.pieces if p.key != key]
        assert rest == [p.key for p in old.pieces if p.key != key]
    assert sum(p.minutes for line in after for p in line.pieces) == sum(first) + sum(second)
    stands = next(line for line in after if key in [p.key for p in line.pieces])
    assert stands.key == target


@given(lengths, st.data())
def test_without_pins_all_after_it_move_by_the_difference(
    items: list[int], data: st.DataObject
) -> None:
    before = [a_line(*items)]
    place = data.draw(st.integers(0, len(items) - 1))
    minutes = data.draw(st.integers(0, 60))
    found = ripple(before, resized(before, 10 + place, minutes))
    by = minutes - items[place]
    expected = [(10 + later, by) for later in range(place + 1, len(items))] if by else []
    assert [(shift.key, shift.minutes) for shift in found.shifts] == expected
    assert sum(shift.minutes for shift in found.endings) == by


@given(lengths, st.data())
def test_a_pin_never_moves_and_minutes_are_never_lost(
    items: list[int], data: st.DataObject
) -> None:
    pin = data.draw(st.integers(0, len(items) - 1))
    before = [a_line(*items, pins={pin: data.draw(st.integers(0, 300))})]
    place = data.draw(st.integers(0, len(items) - 1))
    by = data.draw(st.integers(0, 120))
    found = ripple(before, resized(before, 10 + place, items[place] + by))
    assert 10 + pin not in [shift.key for shift in found.shifts]
    if place < pin:
        used = sum(buffer.before - buffer.after for buffer in found.buffers)
        broken = sum(strain.after - strain.before for strain in found.pins)
        assert used + broken == by
