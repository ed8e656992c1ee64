"""What a sheet writes is read again as it was."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress_app.exemplars import wording
from congress_app.exemplars.awards import AwardEntry
from congress_app.exemplars.clauses import Discipline
from congress_app.exemplars.lifecycle import STAGE_LABELS
from congress_app.kernel.partial_date import PartialDate


@dataclass
class Stored:
    name: str
    decision_number: str | None = None
    decision_year: int | None = None
    decision_month: int | None = None
    decision_day: int | None = None
    signatory: str | None = None


def read(text: str) -> tuple[AwardEntry, ...]:
    return wording.awards_of(text, this_year=2026)


@pytest.mark.parametrize(
    ("text", "awards"),
    [
        (
            "Chiến sĩ thi đua ngành (123/QĐ-BHXH, 05/07/2022, ký: Nguyễn Văn An)",
            [("Chiến sĩ thi đua ngành", "123/QĐ-BHXH", PartialDate(2022, 7, 5), "Nguyễn Văn An")],
        ),
        (
            "CSTĐ cơ sở (2021); Huân chương (QĐ số 9/QĐ-CTN ngày 1/2/2022)",
            [
                ("CSTĐ cơ sở", None, PartialDate(2021), None),
                ("Huân chương", "9/QĐ-CTN", PartialDate(2022, 2, 1), None),
            ],
        ),
        (
            "Bằng khen của Thủ tướng\nHuân chương Lao động (hạng Ba)",
            [
                ("Bằng khen của Thủ tướng", None, None, None),
                ("Huân chương Lao động (hạng Ba)", None, None, None),
            ],
        ),
        # A year in the name is not said to be that of the decision.
        ("CSTĐ cơ sở năm 2022", [("CSTĐ cơ sở năm 2022", None, None, None)]),
        ("CSTĐ ngành (5; 6/QĐ, 2022)", [("CSTĐ ngành", "5; 6/QĐ", PartialDate(2022), None)]),
        (
            "Huân chương (hạng 3); Cờ (số 15)",
            [("Huân chương (hạng 3)", None, None, None), ("Cờ", "15", None, None)],
        ),
        (" ; ", []),
    ],
)
def test_awards_of_a_cell(text: str, awards: list[tuple[object, ...]]) -> None:
    assert read(text) == tuple(AwardEntry(*award) for award in awards)  # type: ignore[arg-type]


def test_a_day_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="out of range"):
        read("CSTĐ ngành (31/02/2022)")


WORDS = st.text("ABCĐ abc", min_size=1).map(lambda t: " ".join(t.split())).filter(bool)
NUMBERS = st.sampled_from(["12/QĐ-BHXH", "9/QĐ A B", "15", "số 5", "1, 2/QĐ-TTg"])
DATES = st.one_of(
    st.integers(2000, 2100).map(PartialDate),
    st.builds(PartialDate, st.integers(2000, 2100), st.integers(1, 12)),
    st.builds(PartialDate, st.integers(2000, 2100), st.integers(1, 12), st.integers(1, 28)),
)


@given(
    st.lists(
        st.builds(AwardEntry, WORDS, st.none() | NUMBERS, st.none() | DATES, st.none() | WORDS),
        max_size=4,
    )
)
def test_what_is_written_is_read_again(entries: list[AwardEntry]) -> None:
    stored = [
        Stored(
            one.name,
            one.number,
            one.decided.year if one.decided else None,
            one.decided.month if one.decided else None,
            one.decided.day if one.decided else None,
            one.signatory,
        )
        for one in entries
    ]
    assert read("\n".join(wording.award_words(one) for one in stored)) == tuple(entries)


@given(st.dictionaries(st.integers(2000, 2100), st.booleans(), min_size=1))
def test_ratings_are_read_again(ratings: dict[int, bool]) -> None:
    words = wording.rating_words({str(year): value for year, value in ratings.items()})
    assert wording.ratings_of(words) == ratings


@pytest.mark.parametrize(
    ("cell", "ratings"),
    [
        (2022, {2022: True}),
        ("các năm 2021-2023", {2021: True, 2022: True, 2023: True}),
        ("2021 và 2023; không: 2022", {2021: True, 2023: True, 2022: False}),
        ("Không 2022", {2022: False}),
    ],
)
def test_years_as_people_write_them(cell: str | int, ratings: dict[int, bool]) -> None:
    assert wording.ratings_of(cell) == ratings


@pytest.mark.parametrize("cell", ["tốt", "22", "1999", "2021, tốt", "không", "20212"])
def test_what_is_no_year_is_refused(cell: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        wording.ratings_of(cell)


@pytest.mark.parametrize(
    ("cell", "known"),
    [("x", True), ("Tốt", True), ("Liên tục", True), ("Chưa tốt", False), ("Không", False)],
)
def test_marks(cell: str, known: bool) -> None:
    assert wording.known_of(cell) is known


def test_measures_and_choices() -> None:
    assert wording.discipline_of("Không có") is Discipline.NONE
    assert wording.discipline_of("không") is Discipline.NONE
    assert wording.discipline_of("CẢNH CÁO") is Discipline.WARNING
    with pytest.raises(ValueError, match="phạt"):
        wording.discipline_of("phạt")
    assert wording.choice_of("boi duong", STAGE_LABELS) == "nurture"
    with pytest.raises(ValueError, match="khác"):
        wording.choice_of("khác", STAGE_LABELS)
