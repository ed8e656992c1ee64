"""The register and the council's list as sheets: the pages' rows in the pages' order.

The register's headers and words are Vietnamese whoever asks, so that it can be read back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol

from congress_app.exemplars.clauses import DISCIPLINE_LABELS, Answer
from congress_app.exemplars.columns import FIELDS
from congress_app.exemplars.coverage import Coverage
from congress_app.exemplars.criteria import Finding
from congress_app.exemplars.facts import KIND_LABELS
from congress_app.exemplars.fields import WORK_FIELDS
from congress_app.exemplars.lifecycle import STAGE_LABELS, STANDING_LABELS
from congress_app.exemplars.wording import AwardLike, award_words, rating_words
from congress_app.formats.xlsx.writing import Cell, Column, write_sheet
from congress_app.kernel.partial_date import PartialDate
from congress_app.kernel.sentences import N_, Translator

_WIDTHS = {"name": 30, "unit_code": 12, "unit_name": 34, "position": 24, "field": 24,
           "leads": 30, "solution": 40, "story": 40, "ratings": 22, "awards": 48}  # fmt: skip
COLUMNS = (
    Column("STT", 6, "number"),
    *(Column(one.header, _WIDTHS.get(one.key, 13), one.kind) for one in FIELDS),
    Column("Tiêu chuẩn", 14),
    Column("Lý do", 60),
)
ANSWER_WORDS = {
    Answer.MET: N_("Đạt"),
    Answer.NOT_MET: N_("Không đạt"),
    Answer.UNKNOWN: N_("Chưa rõ"),
}
NOMINATIONS = N_("Đề cử của hội đồng")
NOMINATION_COLUMNS = (
    Column(N_("Điển hình"), 30),
    Column(N_("Đối tượng"), 12),
    Column(N_("Đơn vị"), 34),
    Column(N_("Hội đồng"), 34),
    Column(N_("Lĩnh vực"), 24),
    Column(N_("Tiêu chuẩn"), 14),
    Column(N_("Lý do"), 60),
    Column(N_("Kết quả"), 18),
    Column(N_("Tán thành"), 10, "number"),
    Column(N_("Không tán thành"), 10, "number"),
    Column(N_("Ý kiến khác"), 10, "number"),
    Column(N_("Số biên bản"), 18),
    Column(N_("Ngày biên bản"), 13, "date"),
)
COVERAGE = N_("Đủ tập thể và cá nhân trong từng lĩnh vực")
COVERAGE_COLUMNS = (
    Column(N_("Đơn vị"), 34),
    Column(N_("Tập thể"), 10, "number"),
    Column(N_("Cá nhân"), 10, "number"),
    Column(N_("Lĩnh vực đủ"), 40),
    Column(N_("Thiếu tập thể"), 40),
    Column(N_("Thiếu cá nhân"), 40),
    Column(N_("Thiếu cả hai"), 60),
)
_SEX_WORDS = {"M": "Nam", "F": "Nữ"}
_KNOWN_WORDS = {True: "Có", False: "Không", None: None}


class UnitLike(Protocol):
    """What the sheets need of a unit."""

    code: str
    name: str


class Named(Protocol):
    """A collective somebody leads."""

    name: str


class Row(Protocol):
    """What the sheets need of an exemplar."""

    id: int
    kind: str
    name: str
    position: str | None
    birth_year: int | None
    birth_month: int | None
    birth_day: int | None
    sex: str | None
    field: str | None
    stage: str
    detected_year: int
    is_direct: bool | None
    is_leader: bool | None
    is_hard_area: bool
    solution: str | None
    story: str | None
    conduct: bool | None
    exceeds_targets: bool | None
    runs_movements: bool | None
    discipline: int | None
    initiatives: bool | None
    takes_part: bool | None
    ratings: dict[str, bool]

    @property
    def unit(self) -> UnitLike: ...  # noqa: D102

    @property
    def leads(self) -> Named | None: ...  # noqa: D102

    @property
    def awards(self) -> Sequence[AwardLike]: ...  # noqa: D102


class NominationLike(Protocol):
    """What the council's sheet needs of a nomination."""

    standing: str
    votes_for: int | None
    votes_against: int | None
    votes_other: int | None
    minutes_number: str | None
    minutes_on: date | None

    @property
    def exemplar(self) -> Row: ...  # noqa: D102

    @property
    def council_unit(self) -> UnitLike: ...  # noqa: D102


def register(rows: Sequence[Row], found: Mapping[int, Finding]) -> bytes:
    """An .xlsx file of the register; reading it back changes nothing."""
    lines = [
        [number, *_cells(row), ANSWER_WORDS[found[row.id].answer], _why(found[row.id], str)]
        for number, row in enumerate(rows, start=1)
    ]
    return write_sheet(COLUMNS, lines, title="DANH SÁCH ĐIỂN HÌNH TIÊN TIẾN")


def _cells(row: Row) -> list[Cell]:
    """The cells in the order of `FIELDS`."""
    birth = row.birth_year and PartialDate(row.birth_year, row.birth_month, row.birth_day)
    return [
        row.name,
        KIND_LABELS[row.kind],
        row.unit.code,
        row.unit.name,
        row.position,
        birth or None,
        _SEX_WORDS.get(row.sex or ""),
        WORK_FIELDS.get(row.field or "", row.field),
        STAGE_LABELS[row.stage],
        row.detected_year,
        _KNOWN_WORDS[row.is_direct],
        _KNOWN_WORDS[row.is_leader],
        row.leads.name if row.leads else None,
        "Có" if row.is_hard_area else None,
        row.solution,
        row.story,
        _KNOWN_WORDS[row.conduct],
        _KNOWN_WORDS[row.exceeds_targets],
        _KNOWN_WORDS[row.runs_movements],
        None if row.discipline is None else DISCIPLINE_LABELS[row.discipline],
        _KNOWN_WORDS[row.initiatives],
        _KNOWN_WORDS[row.takes_part],
        rating_words(row.ratings),
        "\n".join(award_words(award) for award in row.awards) or None,
    ]


def nomination_cells(
    nomination: NominationLike, finding: Finding, translate: Translator
) -> list[Cell]:
    """One line of the council's list."""
    row = nomination.exemplar
    return [
        row.name,
        translate(KIND_LABELS[row.kind]),
        row.unit.name,
        nomination.council_unit.name,
        translate(WORK_FIELDS[row.field]) if row.field in WORK_FIELDS else row.field,
        translate(ANSWER_WORDS[finding.answer]),
        _why(finding, translate),
        translate(STANDING_LABELS[nomination.standing]),
        nomination.votes_for,
        nomination.votes_against,
        nomination.votes_other,
        nomination.minutes_number,
        nomination.minutes_on,
    ]


def _why(finding: Finding, translate: Translator) -> str | None:
    """The reasons of the clauses that are not met or not known."""
    missing = (clause for clause in finding.clauses if clause.answer != Answer.MET)
    return " ".join(clause.reason.render(translate) for clause in missing) or None


def coverage_cells(line: Coverage, say: Translator) -> list[Cell]:
    """One unit with its fields: those that are there, and those that lack something."""
    fields = (line.met, line.no_collective, line.no_individual, line.neither)
    named = ["; ".join(say(WORK_FIELDS[code]) for code in codes) for codes in fields]
    return [line.unit, line.collectives, line.individuals, *named]
