"""Figures of exemplars for the summary report (báo cáo tổng kết), each with its source.

Shares of leaders and direct-duty staff answer 4231/HD-BHXH of 2014 and 2368/BHXH-TĐKT of
2017: honour those who do the work, not leaders alone. How tables count: `summary_table.py`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Generic, NamedTuple

from congress_app.exemplars.awards import AwardKind
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
_KIND = attrgetter("kind")
_NO_YEAR = N_("Chưa ghi năm quyết định")
_ANSWERS = {
    True: N_("Đạt tiêu chuẩn"),
    False: N_("Không đạt"),
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


# The tables of exemplars, by their keys, that are filled from one counting, and what they ask.
# Put together are those of which few combinations occur: what counts, looks at everybody once
# for each of these lines.
COUNTINGS: Mapping[tuple[str, ...], tuple[str, ...]] = {
    ("year", "field"): ("year", "field"),
    ("stage", "criteria", "hard_area"): ("stage", "answer", "is_hard_area"),
    ("unit",): ("place",),
    ("duty", "sex", "minority"): ("is_direct", "is_leader", "sex", "is_minority"),
}


class Subject(NamedTuple):
    """So many exemplars alike in what is asked; None is not recorded, or not asked.

    `place` is the key of their unit's line, `answer` whether they meet the criteria.
    """

    kind: str
    number: int
    place: str | None = None
    year: int | None = None
    stage: str | None = None
    answer: bool | None = None
    field: str | None = None
    sex: str | None = None
    is_minority: bool | None = None
    is_direct: bool | None = None
    is_leader: bool | None = None
    is_hard_area: bool | None = None


class Given(NamedTuple):
    """So many awards of one kind and year of decision (each None where not recorded),
    received by exemplars alike."""

    kind: str
    number: int
    award: str | None
    year: int | None
    is_direct: bool | None = None
    is_leader: bool | None = None


class Put(NamedTuple):
    """So many nominations of one year with one outcome."""

    kind: str
    number: int
    year: int
    standing: str


class _Held(NamedTuple):
    """So many movements of one kind."""

    kind: str
    number: int


# Exemplars by the key of the table that counts them.
Subjects = Mapping[str, Sequence[Subject]]


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


def register_tables(subjects: Subjects, places: Words, window: Window) -> list[Table]:
    """The exemplars detected in the window: by year, field, stage, criteria, area, unit."""
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
    return [cut.table(subjects.get(cut.key, ()), source, BOTH, _KIND) for cut in cuts]


def people_tables(subjects: Subjects, window: Window) -> list[Table]:
    """The persons among them: direct-duty staff and leaders, women, ethnic minority."""
    source = Sentence(
        N_("Cá nhân trong danh sách điển hình, theo năm phát hiện trong {window}."),
        window=window.words,
    )
    rule = N_("{source} Người giữ chức vụ đếm là lãnh đạo, kể cả khi cũng trực tiếp làm.")
    cuts: tuple[_Cut[Subject], ...] = (
        _Cut("duty", N_("Trực tiếp thực thi nhiệm vụ và lãnh đạo"), _said(_DUTIES), _duty),
        _Cut("sex", N_("Nam, nữ"), _said(_SEXES), attrgetter("sex")),
        _Cut(
            "minority",
            N_("Dân tộc thiểu số"),
            _said(_MINORITY),
            attrgetter("is_minority"),
            is_sensitive=True,
        ),
    )
    sources = {"duty": Sentence(rule, source=source)}
    return [
        cut.table(_people(subjects.get(cut.key, ())), sources.get(cut.key, source), PEOPLE)
        for cut in cuts
    ]


def award_tables(given: Sequence[Given], kinds: Sequence[AwardKind], window: Window) -> list[Table]:
    """Awards of the window by kind, year of the decision, and who received them.

    Only the year of the decision counts (1935/KH-BHXH, II.2). An award without one cannot
    be placed: it is counted on the unknown line of kinds and years.
    """
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
        lambda one: _award_kind(one, names),
    )
    by_year: _Cut[Given] = _Cut(
        "award_year",
        N_("Khen thưởng theo năm quyết định"),
        _years(window) | no_year,
        attrgetter("year"),
    )
    by_duty: _Cut[Given] = _Cut(
        "award_duty",
        N_("Khen thưởng theo đối tượng"),
        receivers,
        lambda one: _COLLECTIVE if one.kind == _COLLECTIVE else _duty(one),
    )
    tables = [cut.table(given, source, BOTH, _KIND) for cut in (by_kind, by_year)]
    return [*tables, by_duty.table(given, source, {None: N_("Khen thưởng")})]


def nomination_tables(put: Sequence[Put], window: Window) -> list[Table]:
    """What councils said of nominations in the window, and whom they selected by year."""
    source = Sentence(N_("Đề cử lên hội đồng, theo năm đề cử trong {window}."), window=window.words)
    outcome: _Cut[Put] = _Cut(
        "standing", N_("Kết quả bình xét"), _said(STANDING_LABELS), attrgetter("standing")
    )
    chosen: _Cut[Put] = _Cut(
        "selected_year", N_("Được chọn theo năm"), _years(window), attrgetter("year")
    )
    selected = [one for one in put if one.standing == Standing.SELECTED]
    return [
        outcome.table(put, source, BOTH, _KIND),
        chosen.table(selected, source, BOTH, _KIND),
    ]


def movement_tables(kinds: Iterable[str], reports: Totals, window: Window) -> list[Table]:
    """The movements of the window by kind, and what became of their reports."""
    source = Sentence(N_("Phong trào thi đua diễn ra trong {window}."), window=window.words)
    owed = Sentence(
        N_("Mỗi đơn vị phải báo cáo, mỗi quý của {window}, là một kỳ."), window=window.words
    )
    by_kind: _Cut[_Held] = _Cut(
        "movement_kind", N_("Phong trào theo hình thức"), _said(MOVEMENT_KIND_LABELS), _KIND
    )
    held = [_Held(kind, number) for kind, number in Counter(kinds).items()]
    lines = tuple(
        Line(Sentence(words), (getattr(reports, state),), state != SlotState.MEASURED)
        for state, words in SLOT_LABELS.items()
    )
    title = Sentence(N_("Báo cáo quý của phong trào"))
    return [
        by_kind.table(held, source, {None: N_("Phong trào")}),
        Table("reports", title, owed, (N_("Kỳ báo cáo"),), lines),
    ]


def duty(is_leader: bool | None, is_direct: bool | None) -> str | None:
    """How a person counts: as a leader first; None when it cannot be told."""
    if is_leader is None or (not is_leader and is_direct is None):
        return None
    if is_leader:
        return "leader"
    return "direct" if is_direct else "neither"


def _duty(one: Subject | Given) -> str | None:
    return duty(one.is_leader, one.is_direct)


def _people(subjects: Iterable[Subject]) -> list[Subject]:
    return [one for one in subjects if one.kind == Kind.INDIVIDUAL.value]


def _award_kind(one: Given, names: Mapping[str, str]) -> str | None:
    if one.year is None:
        return None
    return one.award if one.award in names else _UNLISTED


def _years(window: Window) -> dict[Any, Sentence]:
    return {year: Sentence(str(year)) for year in window.years}


def _said(labels: Mapping[Any, str]) -> dict[Any, Sentence]:
    return {key: Sentence(text) for key, text in labels.items()}
