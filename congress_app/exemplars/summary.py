"""Figures of exemplars for the summary report (báo cáo tổng kết), each with its source.

Shares of leaders and direct-duty staff answer 4231/HD-BHXH of 2014 and 2368/BHXH-TĐKT of
2017: honour those who do the work, not leaders alone. How tables count: `summary_table.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Generic, NamedTuple

from congress_app.exemplars.awards import AwardFacts, AwardKind
from congress_app.exemplars.clauses import Answer
from congress_app.exemplars.facts import KIND_LABELS, Kind
from congress_app.exemplars.fields import WORK_FIELDS
from congress_app.exemplars.lifecycle import STAGE_LABELS, STANDING_LABELS, Standing
from congress_app.exemplars.movement_totals import SLOT_LABELS, SlotState, Totals
from congress_app.exemplars.movements import MOVEMENT_KIND_LABELS
from congress_app.exemplars.summary_table import Line, Row, Table, Window, Words, count
from congress_app.kernel.sentences import N_, Sentence

# The words of a table's columns, by what tells that a row is counted in it.
Columns = Mapping[Hashable, str]
BOTH: Columns = {kind.value: KIND_LABELS[kind] for kind in (Kind.COLLECTIVE, Kind.INDIVIDUAL)}
PEOPLE: Columns = {Kind.INDIVIDUAL.value: KIND_LABELS[Kind.INDIVIDUAL]}
_UNLISTED = "unlisted"
_COLLECTIVE = Kind.COLLECTIVE.value
_NO_YEAR = N_("Chưa ghi năm quyết định")
_ANSWERS = {
    Answer.MET: N_("Đạt tiêu chuẩn"),
    Answer.NOT_MET: N_("Không đạt"),
    None: N_("Chưa rõ, còn thiếu dữ liệu"),
}
_AREAS = {True: N_("Địa bàn khó khăn"), False: N_("Không ghi là địa bàn khó khăn")}
_DUTIES = {
    "direct": N_("Trực tiếp thực thi nhiệm vụ"),
    "leader": N_("Lãnh đạo, quản lý"),
    "neither": N_("Không trực tiếp, không lãnh đạo"),
    None: N_("Chưa ghi trực tiếp hay lãnh đạo"),
}
_SEXES = {"F": N_("Nữ"), "M": N_("Nam"), None: N_("Chưa ghi giới tính")}
_MINORITY = {
    True: N_("Người dân tộc thiểu số"),
    False: N_("Không phải người dân tộc thiểu số"),
    None: N_("Chưa ghi dân tộc"),
}


class Subject(NamedTuple):
    """An exemplar as it is counted, cheap to make thousands of; None is not recorded.

    `place` is the key of its unit's line; `nominations` are pairs (year, standing).
    """

    kind: str
    place: Hashable
    year: int
    stage: str
    answer: Answer
    field: str | None = None
    sex: str | None = None
    is_minority: bool | None = None
    is_direct: bool | None = None
    is_leader: bool | None = None
    is_hard_area: bool = False
    awards: Sequence[AwardFacts] = ()
    nominations: Sequence[tuple[int, str]] = ()


Given = tuple[Subject, AwardFacts]
Put = tuple[Subject, int, str]  # an exemplar, the year it was put forward, the outcome


@dataclass(frozen=True)
class _Cut(Generic[Row]):
    """One way to divide rows into lines."""

    key: str
    title: str
    words: Words
    place: Callable[[Row], Hashable]
    is_sensitive: bool = False

    def table(
        self,
        rows: Iterable[Row],
        source: Sentence,
        columns: Columns,
        column: Callable[[Row], Hashable] | None = None,
    ) -> Table:
        lines = count(rows, self.words, self.place, column, tuple(columns))
        words = tuple(columns.values())
        return Table(self.key, Sentence(self.title), source, words, lines, self.is_sensitive)


def register_tables(subjects: Iterable[Subject], places: Words, window: Window) -> list[Table]:
    """The exemplars detected in the window: by year, field, stage, criteria, area, unit."""
    years = window.years
    rows = [one for one in subjects if one.year in years]
    source = Sentence(
        N_("Danh sách điển hình, theo năm phát hiện trong {window}."), window=window.words
    )
    cuts: tuple[_Cut[Subject], ...] = (
        _Cut("year", N_("Theo năm phát hiện"), _years(window), attrgetter("year")),
        _Cut(
            "field",
            N_("Theo lĩnh vực"),
            _said(WORK_FIELDS) | {None: Sentence(N_("Chưa ghi lĩnh vực"))},
            attrgetter("field"),
        ),
        _Cut("stage", N_("Theo khâu"), _said(STAGE_LABELS), attrgetter("stage")),
        _Cut("criteria", N_("Theo tiêu chuẩn"), _said(_ANSWERS), attrgetter("answer")),
        _Cut("hard_area", N_("Địa bàn khó khăn"), _said(_AREAS), attrgetter("is_hard_area")),
        _Cut("unit", N_("Theo đơn vị"), places, attrgetter("place")),
    )
    return [cut.table(rows, source, BOTH, attrgetter("kind")) for cut in cuts]


def people_tables(subjects: Iterable[Subject], window: Window) -> list[Table]:
    """The persons among them: direct-duty staff and leaders, women, ethnic minority."""
    years, kind = window.years, Kind.INDIVIDUAL.value
    people = [one for one in subjects if one.year in years and one.kind == kind]
    source = Sentence(
        N_("Cá nhân trong danh sách điển hình, theo năm phát hiện trong {window}."),
        window=window.words,
    )
    rule = N_("{source} Người giữ chức vụ đếm là lãnh đạo, kể cả khi cũng trực tiếp làm.")
    by_duty = _Cut("duty", N_("Trực tiếp thực thi nhiệm vụ và lãnh đạo"), _said(_DUTIES), duty)
    cuts: tuple[_Cut[Subject], ...] = (
        _Cut("sex", N_("Nam, nữ"), _said(_SEXES), attrgetter("sex")),
        _Cut(
            "minority",
            N_("Dân tộc thiểu số"),
            _said(_MINORITY),
            attrgetter("is_minority"),
            is_sensitive=True,
        ),
    )
    told = by_duty.table(people, Sentence(rule, source=source), PEOPLE)
    return [told, *(cut.table(people, source, PEOPLE) for cut in cuts)]


def award_tables(
    subjects: Iterable[Subject], kinds: Sequence[AwardKind], window: Window
) -> list[Table]:
    """Awards by kind, year of the decision, and who received them.

    Only the year of the decision counts (1935/KH-BHXH, II.2). An award without one cannot
    be placed: it is counted on the unknown line of kinds and years.
    """
    given = _given(subjects, window)
    source = Sentence(
        N_(
            "Khen thưởng đã ghi của mọi điển hình, theo năm quyết định trong {window}; "
            "quyết định chưa ghi năm cũng được đếm."
        ),
        window=window.words,
    )
    names = {kind.code: kind.name for kind in kinds} | {_UNLISTED: N_("Ngoài danh mục")}
    no_year = {None: Sentence(_NO_YEAR)}
    receivers = {_COLLECTIVE: Sentence(KIND_LABELS[Kind.COLLECTIVE])} | _said(_DUTIES)
    by_kind: _Cut[Given] = _Cut(
        "award_kind",
        N_("Khen thưởng theo hình thức"),
        _said(names) | no_year,
        lambda one: _award_kind(one[1], names),
    )
    by_year: _Cut[Given] = _Cut(
        "award_year",
        N_("Khen thưởng theo năm quyết định"),
        _years(window) | no_year,
        lambda one: one[1].year,
    )
    by_duty: _Cut[Given] = _Cut(
        "award_duty",
        N_("Khen thưởng theo đối tượng"),
        receivers,
        lambda one: _COLLECTIVE if one[0].kind == _COLLECTIVE else duty(one[0]),
    )
    tables = [cut.table(given, source, BOTH, _kind) for cut in (by_kind, by_year)]
    return [*tables, by_duty.table(given, source, {None: N_("Khen thưởng")})]


def _given(subjects: Iterable[Subject], window: Window) -> list[Given]:
    years = window.years
    return [
        (one, award)
        for one in subjects
        for award in one.awards
        if award.year is None or award.year in years
    ]


def nomination_tables(subjects: Iterable[Subject], window: Window) -> list[Table]:
    """What councils said of nominations in the window, and whom they selected by year."""
    years = window.years
    rows: list[Put] = [
        (one, year, standing)
        for one in subjects
        for year, standing in one.nominations
        if year in years
    ]
    source = Sentence(N_("Đề cử lên hội đồng, theo năm đề cử trong {window}."), window=window.words)
    outcome: _Cut[Put] = _Cut(
        "standing", N_("Kết quả bình xét"), _said(STANDING_LABELS), lambda one: one[2]
    )
    chosen: _Cut[Put] = _Cut(
        "selected_year", N_("Được chọn theo năm"), _years(window), lambda one: one[1]
    )
    selected = [one for one in rows if one[2] == Standing.SELECTED]
    return [
        outcome.table(rows, source, BOTH, _kind),
        chosen.table(selected, source, BOTH, _kind),
    ]


def movement_tables(kinds: Iterable[str], reports: Totals, window: Window) -> list[Table]:
    """The movements of the window by kind, and what became of their reports."""
    source = Sentence(N_("Phong trào thi đua diễn ra trong {window}."), window=window.words)
    owed = Sentence(
        N_("Mỗi đơn vị phải báo cáo, mỗi quý của {window}, là một kỳ."), window=window.words
    )
    by_kind: _Cut[str] = _Cut(
        "movement_kind",
        N_("Phong trào theo hình thức"),
        _said(MOVEMENT_KIND_LABELS),
        lambda kind: kind,
    )
    lines = tuple(
        Line(Sentence(words), (getattr(reports, state),), state != SlotState.MEASURED)
        for state, words in SLOT_LABELS.items()
    )
    title = Sentence(N_("Báo cáo quý của phong trào"))
    return [
        by_kind.table(kinds, source, {None: N_("Phong trào")}),
        Table("reports", title, owed, (N_("Kỳ báo cáo"),), lines),
    ]


def duty(one: Subject) -> Hashable:
    """How a person counts: as a leader first; None when it cannot be told."""
    if one.is_leader is None or (not one.is_leader and one.is_direct is None):
        return None
    if one.is_leader:
        return "leader"
    return "direct" if one.is_direct else "neither"


def _award_kind(award: AwardFacts, names: Mapping[str, str]) -> Hashable:
    if award.year is None:
        return None
    return award.kind if award.kind in names else _UNLISTED


def _kind(one: Given | Put) -> str:
    return one[0].kind


def _years(window: Window) -> dict[Any, Sentence]:
    return {year: Sentence(str(year)) for year in window.years}


def _said(labels: Mapping[Any, str]) -> dict[Any, Sentence]:
    return {key: Sentence(text) for key, text in labels.items()}
