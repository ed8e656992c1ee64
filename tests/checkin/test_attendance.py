"""Presence as of a minute, folded from scans."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from congress_app.checkin.attendance import (
    PresenceAsOf,
    as_of,
    end_of_minute,
    in_hall,
    standings_at,
)
from congress_app.checkin.presence import ScanLine, fold

START = datetime(2020, 6, 15, 1, 0, tzinfo=UTC)
ANA, BINH, CUC, DUNG = 1, 2, 3, 4


def at(minutes: float) -> datetime:
    return START + timedelta(minutes=minutes)


def line(
    number: int,
    delegate: int,
    minutes: float,
    direction: str = "in",
    session: int = 1,
    corrects: int | None = None,
) -> ScanLine:
    return ScanLine(
        number, session, delegate, direction, "accepted", at(minutes), "Cửa A", corrects
    )


def test_a_morning_at_three_minutes() -> None:
    lines = [
        line(1, ANA, 5),
        line(2, BINH, 10),
        line(3, ANA, 20, "out"),
        line(4, CUC, 0, session=2),
    ]

    def told(minutes: float) -> PresenceAsOf:
        return as_of(
            lines,
            session_id=1,
            at=at(minutes),
            convened=[ANA, BINH, CUC, DUNG],
            excused=[BINH, DUNG],
        )

    everybody = frozenset({ANA, BINH, CUC, DUNG})
    assert [told(minutes) for minutes in (-1, 15, 20)] == [
        PresenceAsOf(1, at(-1), everybody, frozenset(), frozenset({BINH, DUNG}), everybody),
        PresenceAsOf(
            1, at(15), everybody, frozenset({ANA, BINH}), frozenset({DUNG}), frozenset({DUNG})
        ),
        PresenceAsOf(1, at(20), everybody, frozenset({BINH}), frozenset({DUNG}), frozenset({DUNG})),
    ]


def test_who_is_not_convened_counts_nowhere() -> None:
    told = as_of([line(1, ANA, 1)], session_id=1, at=at(9), convened=[BINH], excused=[ANA])
    assert told == PresenceAsOf(
        1, at(9), frozenset({BINH}), frozenset(), frozenset(), frozenset({BINH})
    )


def test_a_scan_taken_back_later_did_not_happen_before() -> None:
    lines = [line(1, ANA, 5), line(2, ANA, 30, corrects=1)]
    assert in_hall(standings_at(lines, at(10)), 1) == frozenset()


def test_a_minute_holds_its_seconds() -> None:
    end = end_of_minute(at(40.5))
    assert (end, end + timedelta(microseconds=1)) == (at(41) - timedelta(microseconds=1), at(41))


logs = st.lists(
    st.tuples(st.integers(1, 4), st.integers(0, 60), st.sampled_from(["in", "out"])), max_size=40
)


@given(logs, st.integers(0, 60))
def test_the_last_minute_is_the_fold_and_sets_stay_inside_the_convened(
    moves: list[tuple[int, int, str]], minute: int
) -> None:
    lines = [line(n, who, when, way) for n, (who, when, way) in enumerate(moves, start=1)]
    now = as_of(lines, session_id=1, at=at(60), convened=[1, 2, 3, 4], excused=[1, 2])
    then = as_of(lines, session_id=1, at=at(minute), convened=[1, 2, 3], excused=[1, 4])
    assert now.present == in_hall(fold(lines), 1)
    assert then.present | then.excused | then.absent_throughout <= then.convened
    assert not then.present & (then.excused | then.absent_throughout)
