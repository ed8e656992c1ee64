"""Counting delegates, unknowns included."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from congress_app.delegates.census import Census, CensusRow, census, is_minority

ROWS = st.builds(
    CensusRow,
    category=st.sampled_from(["guest", "official", "elected"]),
    sex=st.sampled_from(["M", "F", None]),
    ethnicity=st.sampled_from(["Kinh", "Tày", "KINH", "", None]),
    priorities=st.lists(st.sampled_from(["new_model", "women"]), max_size=2).map(tuple),
    field=st.sampled_from(["it", "finance", None]),
)


def test_a_small_congress() -> None:
    rows = [
        CensusRow("official", "F", "Tày", ("new_model",), "it"),
        CensusRow("elected", "M", "Kinh", (), "it"),
        CensusRow("elected", "F", None, ("hard_area",), None),
    ]
    assert census(rows, ["good_deed", "new_model", "women", "ethnic_minority"]) == Census(
        total=3,
        category={"elected": 2, "official": 1, "unknown": 0},
        sex={"F": 2, "M": 1, "unknown": 0},
        minority={"no": 1, "yes": 1, "unknown": 1},
        field={"it": 2, "unknown": 1},
        priorities={
            "good_deed": 0,
            "new_model": 1,
            "women": 2,
            "ethnic_minority": 1,
            "hard_area": 1,
        },
    )


def test_minority() -> None:
    assert [is_minority(text) for text in ("Kinh", "KINH ", "Ê-đê", "", None)] == [
        False,
        False,
        True,
        None,
        None,
    ]


@given(st.lists(ROWS))
def test_lines_sum_to_the_whole(rows: list[CensusRow]) -> None:
    counted = census(rows)
    for lines in (counted.category, counted.sex, counted.minority, counted.field):
        assert sum(lines.values()) == counted.total == len(rows)
        assert list(lines)[-1] == "unknown"
    assert all(n <= counted.total for n in counted.priorities.values())
