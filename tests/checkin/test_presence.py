"""The fold of scans."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from congress_app.checkin.presence import ScanLine, Standing, after, fold

START = datetime(2020, 6, 15, 0, 0, tzinfo=UTC)


def line(
    number: int, direction: str, verdict: str = "accepted", corrects: int | None = None
) -> ScanLine:
    return ScanLine(
        number, 1, 7, direction, verdict, START + timedelta(minutes=number), "Cửa A", corrects
    )


def test_in_out_in_keeps_the_first_entry() -> None:
    standing = fold([line(1, "in"), line(2, "out"), line(3, "in")])[1, 7]
    assert standing == Standing(
        True, START + timedelta(minutes=1), "Cửa A", START + timedelta(minutes=3), 3
    )


def test_refused_and_conflicting_scans_move_nobody() -> None:
    assert fold([line(1, "in", "refused"), line(2, "in", "conflict")]) == {}


def test_a_scan_taken_back_never_happened() -> None:
    assert fold([line(1, "in"), line(2, "in", corrects=1)]) == {}
    assert fold([line(1, "in"), line(2, "out"), line(3, "out", corrects=2)])[1, 7].is_present


scans = st.lists(
    st.tuples(st.sampled_from(["in", "out"]), st.sampled_from(["accepted", "refused", "conflict"])),
    max_size=30,
)


@given(scans)
def test_step_by_step_equals_the_fold(moves: list[tuple[str, str]]) -> None:
    lines = [line(number, *move) for number, move in enumerate(moves, start=1)]
    standing = Standing()
    for scan in lines:
        standing = after(standing, scan)
    assert fold(lines).get((1, 7), Standing()) == standing
