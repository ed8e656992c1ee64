"""Every table of the summary sums to what was counted, whatever is not recorded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress_app.exemplars.awards import STANDARD_KINDS, AwardFacts
from congress_app.exemplars.clauses import Answer
from congress_app.exemplars.fields import WORK_FIELDS
from congress_app.exemplars.lifecycle import Stage, Standing
from congress_app.exemplars.movement_totals import Totals
from congress_app.exemplars.summary import (
    Subject,
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
YEARS = st.integers(2019, 2025)
KNOWN = st.sampled_from((True, False, None))
AWARDS = st.builds(
    AwardFacts,
    st.sampled_from([kind.code for kind in STANDARD_KINDS] + ["", "dropped"]),
    st.just("tên"),
    st.none() | YEARS,
)
SUBJECTS = st.builds(
    Subject,
    kind=st.sampled_from(("collective", "individual")),
    place=st.sampled_from(("a", "b", "merged")),
    year=YEARS,
    stage=st.sampled_from(tuple(Stage)),
    answer=st.sampled_from(tuple(Answer)),
    field=st.sampled_from((*WORK_FIELDS, None, "no longer a field")),
    sex=st.sampled_from(("M", "F", None)),
    is_minority=KNOWN,
    is_direct=KNOWN,
    is_leader=KNOWN,
    is_hard_area=st.booleans(),
    awards=st.lists(AWARDS, max_size=3),
    nominations=st.lists(st.tuples(YEARS, st.sampled_from(tuple(Standing))), max_size=2),
)


def person(**columns: Any) -> Subject:
    """A person detected in 2022 of whom nothing more is recorded."""
    plain = {"place": "a", "year": 2022, "stage": "detect", "answer": Answer.UNKNOWN}
    return Subject(**({"kind": "individual"} | plain | columns))


def shown(table: Table) -> dict[str, tuple[int, ...]]:
    """The lines of a table that are not zero, by their words."""
    return {str(line.words): line.counts for line in table.lines if line.total}


def keyed(tables: Sequence[Table]) -> dict[str, Table]:
    """The tables by their key."""
    return {table.key: table for table in tables}


@given(st.lists(SUBJECTS, max_size=30))
def test_the_lines_of_every_table_sum_to_what_was_counted(subjects: list[Subject]) -> None:
    rows = [one for one in subjects if 2021 <= one.year <= 2023]
    people = [one for one in rows if one.kind == "individual"]
    awards = [
        award
        for one in subjects
        for award in one.awards
        if award.year is None or 2021 <= award.year <= 2023
    ]
    put = [out for one in subjects for year, out in one.nominations if 2021 <= year <= 2023]
    for table in register_tables(subjects, PLACES, WINDOW):
        assert table.total == len(rows)
        assert table.sums == (len(rows) - len(people), len(people))
    for table in people_tables(subjects, WINDOW):
        assert table.total == len(people)
    for table in award_tables(subjects, STANDARD_KINDS, WINDOW):
        assert table.total == len(awards)
    told = keyed(nomination_tables(subjects, WINDOW))
    assert told["standing"].total == len(put)
    assert told["selected_year"].total == put.count(Standing.SELECTED)
    for table in (*register_tables(subjects, PLACES, WINDOW), *told.values()):
        assert [line.is_unknown for line in table.lines].count(True) == 1
        assert table.total == sum(line.total for line in table.lines) == sum(table.sums)


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
    assert duty(person(is_leader=is_leader, is_direct=is_direct)) == expected


def test_an_award_counts_by_the_year_of_its_decision_not_by_its_holders_year() -> None:
    holder = person(
        year=2019,
        is_leader=False,
        is_direct=True,
        awards=(
            AwardFacts("order", "Huân chương", 2021),
            AwardFacts("order", "Huân chương", 2019),
            AwardFacts("order", "Huân chương", None),
            AwardFacts("", "Giải báo chí", 2023),
        ),
    )
    told = keyed(award_tables([holder], STANDARD_KINDS, WINDOW))
    assert shown(told["award_kind"]) == {
        "Huân chương": (0, 1),
        "Ngoài danh mục": (0, 1),
        "Chưa ghi năm quyết định": (0, 1),
    }
    assert shown(told["award_year"]) == {
        "2021": (0, 1),
        "2023": (0, 1),
        "Chưa ghi năm quyết định": (0, 1),
    }
    assert shown(told["award_duty"]) == {"Trực tiếp thực thi nhiệm vụ": (3,)}


def test_a_unit_without_exemplars_is_named_and_a_merged_one_is_not_lost() -> None:
    told = keyed(register_tables([person(), person(place="gone")], PLACES, WINDOW))
    assert [(str(line.words), line.counts) for line in told["unit"].lines] == [
        ("Đơn vị A", (0, 1)),
        ("Đơn vị B", (0, 0)),
        ("Chưa ghi", (0, 1)),
    ]


def test_only_the_minority_is_sensitive() -> None:
    tables = [
        *register_tables([], PLACES, WINDOW),
        *people_tables([], WINDOW),
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
