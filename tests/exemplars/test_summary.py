"""Every table of the summary sums to what was counted, whatever is not recorded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress_app.exemplars.awards import STANDARD_KINDS
from congress_app.exemplars.fields import WORK_FIELDS
from congress_app.exemplars.lifecycle import Stage, Standing
from congress_app.exemplars.movement_totals import Totals
from congress_app.exemplars.summary import (
    COUNTINGS,
    Given,
    Put,
    Subject,
    Subjects,
    award_tables,
    duty,
    movement_tables,
    nomination_tables,
    people_tables,
    register_tables,
)
from congress_app.exemplars.summary_table import Line, Table, Window
from congress_app.kernel.sentences import Sentence

WINDOW = Window(2021, 2023)
PLACES = {"a": Sentence("Đơn vị A"), "b": Sentence("Đơn vị B")}
YEARS = st.integers(2021, 2023)
NUMBERS = st.integers(1, 5)
KNOWN = st.sampled_from((True, False, None))
KINDS = st.sampled_from(("collective", "individual"))
AWARDS = st.builds(
    Given,
    kind=KINDS,
    number=NUMBERS,
    award=st.sampled_from([kind.code for kind in STANDARD_KINDS] + ["", "dropped", None]),
    year=st.none() | YEARS,
    is_direct=KNOWN,
    is_leader=KNOWN,
)
PUT = st.builds(
    Put, kind=KINDS, number=NUMBERS, year=YEARS, standing=st.sampled_from(tuple(Standing))
)
SUBJECTS = st.builds(
    Subject,
    kind=KINDS,
    number=NUMBERS,
    place=st.sampled_from(("a", "b", "merged")),
    year=YEARS,
    stage=st.sampled_from(tuple(Stage)),
    answer=KNOWN,
    field=st.sampled_from((*WORK_FIELDS, None, "no longer a field")),
    sex=st.sampled_from(("M", "F", None)),
    is_minority=KNOWN,
    is_direct=KNOWN,
    is_leader=KNOWN,
    is_hard_area=st.booleans(),
)


def counted(subjects: Sequence[Subject]) -> Subjects:
    """The same exemplars for every table."""
    return {key: subjects for tables in COUNTINGS for key in tables}


def numbers(rows: Iterable[Subject | Given | Put], key: Callable[[Any], Any]) -> dict[Any, int]:
    """How many things there are of each key, one after the other."""
    return Counter(key(row) for row in rows for _ in range(row.number))


def shown(table: Table) -> dict[str, tuple[int, ...]]:
    """The lines of a table that are not zero, by their words."""
    return {str(line.words): line.counts for line in table.lines if line.total}


def keyed(tables: Sequence[Table]) -> dict[str, Table]:
    """The tables by their key."""
    return {table.key: table for table in tables}


@given(st.lists(SUBJECTS, max_size=30))
def test_the_lines_of_every_table_of_exemplars_sum_to_all(subjects: list[Subject]) -> None:
    kinds = numbers(subjects, lambda one: one.kind)
    tables = keyed(register_tables(counted(subjects), PLACES, WINDOW))
    for table in tables.values():
        assert table.sums == (kinds["collective"], kinds["individual"])
        assert [line.is_unknown for line in table.lines].count(True) == 1
        assert table.total == sum(line.total for line in table.lines) == sum(table.sums)
    for table in people_tables(counted(subjects), WINDOW):
        assert table.sums == (kinds["individual"],)
    years = numbers(subjects, lambda one: (one.year, one.kind))
    assert [line.counts for line in tables["year"].lines] == [
        *((years[year, "collective"], years[year, "individual"]) for year in WINDOW.years),
        (0, 0),
    ]


@given(st.lists(AWARDS, max_size=30), st.lists(PUT, max_size=30))
def test_so_do_those_of_awards_and_nominations(awards: list[Given], put: list[Put]) -> None:
    total = sum(one.number for one in awards)
    told = keyed(award_tables(awards, STANDARD_KINDS, WINDOW))
    assert [table.total for table in told.values()] == [total] * 3
    years = numbers(awards, lambda one: one.year)
    assert [line.total for line in told["award_year"].lines] == [
        years[year] for year in (*WINDOW.years, None)
    ]
    told = keyed(nomination_tables(put, WINDOW))
    outcomes = numbers(put, lambda one: one.standing)
    assert told["standing"].total == sum(outcomes.values())
    assert told["selected_year"].total == outcomes[Standing.SELECTED]


@pytest.mark.parametrize(
    ("is_leader", "is_direct", "expected"),
    [
        (True, None, "leader"),
        (True, True, "leader"),
        (False, True, "direct"),
        (False, False, "neither"),
        (False, None, None),
        (None, True, None),
        (None, None, None),
    ],
)
def test_a_leader_counts_as_one_whatever_else_and_silence_is_unknown(
    is_leader: bool | None, is_direct: bool | None, expected: str | None
) -> None:
    assert duty(is_leader, is_direct) == expected


def test_awards_count_by_kind_year_and_who_received_them() -> None:
    given = [
        Given("individual", 2, "order", 2021, is_direct=True, is_leader=False),
        Given("individual", 1, "order", None, is_direct=True, is_leader=False),
        Given("individual", 3, None, 2023, is_direct=True, is_leader=True),
        Given("collective", 4, "order", 2023),
    ]
    told = keyed(award_tables(given, STANDARD_KINDS, WINDOW))
    assert shown(told["award_kind"]) == {
        "Huân chương": (4, 2),
        "Ngoài danh mục": (0, 3),
        "Chưa ghi năm quyết định": (0, 1),
    }
    assert shown(told["award_year"]) == {
        "2021": (0, 2),
        "2023": (4, 3),
        "Chưa ghi năm quyết định": (0, 1),
    }
    assert shown(told["award_duty"]) == {
        "Tập thể": (4,),
        "Trực tiếp thực thi nhiệm vụ": (3,),
        "Lãnh đạo, quản lý": (3,),
    }


def test_a_unit_without_exemplars_is_named_and_a_merged_one_is_not_lost() -> None:
    people = [Subject("individual", 1, place) for place in ("a", "gone")]
    told = keyed(register_tables(counted(people), PLACES, WINDOW))
    assert [(str(line.words), line.counts) for line in told["unit"].lines] == [
        ("Đơn vị A", (0, 1)),
        ("Đơn vị B", (0, 0)),
        ("Chưa ghi", (0, 1)),
    ]


def test_only_the_minority_is_sensitive() -> None:
    tables = [
        *register_tables({}, PLACES, WINDOW),
        *people_tables({}, WINDOW),
        *award_tables([], STANDARD_KINDS, WINDOW),
        *nomination_tables([], WINDOW),
        *movement_tables([], Totals(), WINDOW),
    ]
    assert [table.key for table in tables if table.is_sensitive] == ["minority"]
    assert len({table.key for table in tables}) == len(tables)


def test_reports_of_movements_stand_in_their_four_states() -> None:
    told = keyed(movement_tables(["theme", "theme"], Totals(3, 2, 1, 4, late=1), WINDOW))
    assert shown(told["movement_kind"]) == {"Theo chuyên đề": (2,)}
    assert [line.counts for line in told["reports"].lines] == [(3,), (2,), (1,), (4,)]


def test_bars_are_measured_by_the_longest_line() -> None:
    lines = (Line(Sentence("a"), (3, 1)), Line(Sentence("b"), (0, 2)))
    table = Table("t", Sentence("t"), Sentence("s"), ("x", "y"), lines)
    assert table.bars(lines[0]) == [(0, 750), (750, 250)]
    assert table.bars(lines[1]) == [(0, 0), (0, 500)]
    empty = Table("t", Sentence("t"), Sentence("s"), ("x",), (Line(Sentence("a"), (0,)),))
    assert empty.bars(empty.lines[0]) == [(0, 0)]
