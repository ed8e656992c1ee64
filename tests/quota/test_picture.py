"""The picture of seats against share."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from congress_app.quota.picture import Mark, Point, mark_step, picture
from tests.quota.problems import thorough

points = st.builds(
    Point,
    st.text(max_size=5),
    st.floats(min_value=0, max_value=5000, allow_nan=False),
    st.integers(min_value=0, max_value=5000),
)


@thorough
@given(st.lists(points, min_size=1, max_size=30))
def test_every_point_lies_inside_the_axes(listed: list[Point]) -> None:
    drawn = picture(listed)
    if drawn is None:
        assert all(p.share == 0 and p.seats == 0 for p in listed)
        return
    assert len(drawn.dots) == len(listed)
    assert all(drawn.left <= dot.x <= drawn.right for dot in drawn.dots)
    assert all(drawn.top <= dot.y <= drawn.bottom for dot in drawn.dots)
    assert 2 <= len(drawn.up) <= 9


def test_a_point_of_exact_proportion_lies_on_the_diagonal() -> None:
    drawn = picture([Point("A", 4.0, 4), Point("B", 2.0, 3, "floor")])
    assert drawn is not None
    b, a = drawn.dots
    assert (a.name, a.x, a.y) == ("A", drawn.diagonal[2], drawn.diagonal[3])
    assert (b.binding, b.y < (drawn.bottom + drawn.top) / 2) == ("floor", True)
    assert drawn.up[:2] == (Mark(0, 372.0), Mark(1, 283.0))


def test_nothing_to_draw_is_no_picture() -> None:
    assert picture([]) is None
    assert picture([Point("A", 0.0, 0)]) is None


def test_marks_stand_at_round_figures() -> None:
    steps = [mark_step(most) for most in (1, 8, 8.5, 17, 41, 80, 81, 400, 401)]
    assert steps == [1, 1, 2, 5, 10, 10, 20, 50, 100]
