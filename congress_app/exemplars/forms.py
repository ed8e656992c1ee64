"""Forms of the register: shapes only, the rules stand in the services."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SearchField, SelectChoice, SelectField
from wtforms.validators import (
    DataRequired,
    InputRequired,
    Length,
    NumberRange,
    Optional,
    ValidationError,
)

from congress_app.exemplars.clauses import DISCIPLINE_LABELS, Discipline
from congress_app.exemplars.facts import KIND_LABELS, ExemplarFacts, Kind
from congress_app.exemplars.fields import WORK_FIELDS
from congress_app.exemplars.lifecycle import STAGE_LABELS
from congress_app.exemplars.wanted import Wanted
from congress_app.units.chooser import Chooser
from congress_app.units.chooser_forms import UnitField
from congress_app.web.forms import (
    BaseForm,
    BirthDateField,
    NfcArea,
    NfcField,
    VersionedForm,
    WholeNumberField,
)
from congress_app.web.texts import say

FIRST_YEAR, LAST_YEAR = 2000, 2100
# A text that more units bear in their names narrows nothing.
MOST_UNITS = 50


class KnownField(SelectField):
    """Yes, no, or not recorded."""

    def __init__(self, label: object, yes: object, no: object, **rest: Any) -> None:
        choices = [
            SelectChoice("", _l("Chưa ghi")),
            SelectChoice("yes", yes),
            SelectChoice("no", no),
        ]
        super().__init__(label, choices=choices, default="", **rest)

    @property
    def known(self) -> bool | None:
        """The answer; None when nobody recorded it."""
        return {"yes": True, "no": False}.get(self.data or "")

    @staticmethod
    def shown(value: bool | None) -> str:
        """The choice that stands for a stored value."""
        return {True: "yes", False: "no"}.get(value, "") if value is not None else ""


class ExemplarForm(VersionedForm):
    """Everything that is entered about an exemplar; the year ratings are added by `with_years`."""

    kind = RadioField(_l("Đối tượng"), validators=[InputRequired()])
    name = NfcField(_l("Họ và tên, hoặc tên tập thể"), [DataRequired(), Length(max=250)])
    unit = UnitField(_l("Đơn vị giới thiệu"))
    field = SelectField(_l("Lĩnh vực"), default="")
    detected_year = WholeNumberField(
        _l("Năm phát hiện"), [InputRequired(), NumberRange(FIRST_YEAR, LAST_YEAR)]
    )
    is_hard_area = BooleanField(_l("Địa bàn khó khăn"))
    solution = NfcArea(
        _l("Mô hình, giải pháp"),
        [Length(max=5000)],
        description=_l("Vài dòng: làm gì, kết quả ra sao. Có thể đính tệp sau khi lưu."),
    )
    story = NfcArea(_l("Câu chuyện điển hình"), [Length(max=10000)])
    conduct = KnownField(
        _l("Chấp hành chủ trương, pháp luật; học tập và làm theo Bác"), _l("Tốt"), _l("Chưa tốt")
    )
    exceeds_targets = KnownField(
        _l("Hoàn thành vượt mức chỉ tiêu hằng năm"), _l("Liên tục"), _l("Không liên tục")
    )
    runs_movements = KnownField(
        _l("Tổ chức phong trào thi đua"), _l("Thiết thực, hiệu quả"), _l("Chưa hiệu quả")
    )
    discipline = SelectField(_l("Kỷ luật nặng nhất trong tập thể"), default="")
    position = NfcField(_l("Chức vụ"), [Length(max=200)])
    birth = BirthDateField(_l("Ngày sinh"), description=_l("05/07/1980, 07/1980 hoặc 1980."))
    sex = SelectField(
        _l("Giới tính"),
        choices=[
            SelectChoice("", _l("Chưa ghi")),
            SelectChoice("M", _l("Nam")),
            SelectChoice("F", _l("Nữ")),
        ],
        default="",
    )
    is_minority = KnownField(_l("Người dân tộc thiểu số"), _l("Có"), _l("Không"))
    is_direct = KnownField(_l("Trực tiếp thực thi nhiệm vụ"), _l("Có"), _l("Không"))
    is_leader = KnownField(_l("Giữ chức vụ lãnh đạo, quản lý"), _l("Có"), _l("Không"))
    leads = SelectField(_l("Tập thể do người này lãnh đạo"), coerce=int, default=0)
    initiatives = KnownField(_l("Sáng kiến, giải pháp được công nhận"), _l("Có"), _l("Chưa có"))
    takes_part = KnownField(
        _l("Công tác đoàn thể, giải thưởng"), _l("Tích cực hoặc đạt giải"), _l("Chưa tích cực")
    )

    years: Sequence[int] = ()

    @classmethod
    def with_years(cls, years: Iterable[int]) -> type[ExemplarForm]:
        """The form with one field for the rating of each year of the window."""
        ratings = {
            f"rating_{year}": KnownField(
                _l("Xếp loại năm %(year)s", year=year),
                _l("Hoàn thành xuất sắc"),
                _l("Không xuất sắc"),
            )
            for year in years
        }
        return type("ExemplarFormOfYears", (cls,), {**ratings, "years": tuple(years)})

    def offer(
        self,
        units: Chooser,
        collectives: list[tuple[int, str]],
        *,
        sensitive: bool,
        stored: bool = False,
    ) -> None:
        """Fill the lists to choose from; without the right the sensitive field is gone.

        Of a `stored` exemplar it can be changed but not read: opening a form leaves no entry.
        """
        self.kind.choices = [(code, say(words)) for code, words in KIND_LABELS.items()]
        self.unit.offer(units)
        self.field.choices = {"": _("Chưa ghi")} | _said(WORK_FIELDS)
        self.discipline.choices = {"": _("Chưa ghi")} | {
            str(int(level)): say(words) for level, words in DISCIPLINE_LABELS.items()
        }
        nobody = _("Chưa ghi, hoặc không lãnh đạo tập thể nào")
        self.leads.choices = [(0, nobody), *collectives]
        if not sensitive:
            del self.is_minority
        elif stored:
            self.is_minority.choices = [
                SelectChoice("", _("Giữ như đang lưu (không hiện ở đây)")),
                *self.is_minority.choices[1:],
                SelectChoice("unknown", _("Chưa ghi")),
            ]

    def facts(self, kept: ExemplarFacts | None = None) -> ExemplarFacts:
        """What was entered; what the form does not ask stays as it is in `kept`.

        Those are the sensitive field without the right to it or without an answer, and
        ratings of years that stand outside the period of the criteria.
        """
        kept_ratings = kept.ratings if kept else {}
        return ExemplarFacts(
            kind=Kind(self.kind.data),
            name=self.name.data or "",
            unit_id=self.unit.unit_id,
            detected_year=self.detected_year.data or 0,
            field=self.field.data or None,
            position=self.position.data,
            birth=self.birth.data,
            sex=self.sex.data or None,
            is_minority=self._minority(kept),
            is_direct=self.is_direct.known,
            is_leader=self.is_leader.known,
            leads_id=self.leads.data or None,
            is_hard_area=self.is_hard_area.data,
            solution=self.solution.data,
            story=self.story.data,
            conduct=self.conduct.known,
            exceeds_targets=self.exceeds_targets.known,
            runs_movements=self.runs_movements.known,
            discipline=Discipline(int(self.discipline.data)) if self.discipline.data else None,
            initiatives=self.initiatives.known,
            takes_part=self.takes_part.known,
            ratings=self._ratings(kept_ratings),
        )

    @property
    def tells_minority(self) -> bool:
        """Was the sensitive question answered?"""
        return "is_minority" in self and bool(self.is_minority.data)

    def _minority(self, kept: ExemplarFacts | None) -> bool | None:
        if "is_minority" in self and (kept is None or self.tells_minority):
            return self.is_minority.known
        return kept.is_minority if kept else None

    def _ratings(self, kept: Mapping[int, bool]) -> dict[int, bool]:
        told = {year: self[f"rating_{year}"].known for year in self.years}
        entered = {year: value for year, value in told.items() if value is not None}
        return {year: value for year, value in kept.items() if year not in told} | entered


def form_data(facts: ExemplarFacts, version: int, years: Iterable[int]) -> dict[str, Any]:
    """The stored facts as the form shows them; never the sensitive one."""
    shown = KnownField.shown
    known = (
        "conduct",
        "exceeds_targets",
        "runs_movements",
        "is_direct",
        "is_leader",
        "initiatives",
        "takes_part",
    )
    plain = ("name", "detected_year", "position", "birth", "is_hard_area", "solution", "story")
    return {
        "version": version,
        "kind": facts.kind.value,
        "unit": facts.unit_id,
        "field": facts.field or "",
        "sex": facts.sex or "",
        "leads": facts.leads_id or 0,
        "discipline": "" if facts.discipline is None else str(int(facts.discipline)),
        **{name: getattr(facts, name) for name in plain},
        **{name: shown(getattr(facts, name)) for name in known},
        **{f"rating_{year}": shown(facts.ratings.get(year)) for year in years},
    }


class FilterForm(BaseForm):
    """Which exemplars are wanted."""

    class Meta(BaseForm.Meta):
        """A search goes by address and changes nothing."""

        csrf = False

    text = SearchField(_l("Tên"))
    unit = SearchField(_l("Đơn vị (mã hoặc tên)"))
    kind = SelectField(_l("Đối tượng"), default="")
    field = SelectField(_l("Lĩnh vực"), default="")
    stage = SelectField(_l("Khâu"), default="")
    answer = SelectField(_l("Tiêu chuẩn"), default="")
    year = WholeNumberField(_l("Năm"), [Optional(), NumberRange(FIRST_YEAR, LAST_YEAR)])
    hard_area = BooleanField(_l("Địa bàn khó khăn"))
    direct = BooleanField(_l("Trực tiếp"))
    leader = BooleanField(_l("Lãnh đạo"))
    due = BooleanField(_l("Chưa rà soát quý này"))

    unit_paths: tuple[str, ...] | None = None

    def offer(self, find: Callable[[str, int], tuple[str, ...]]) -> None:
        """Fill the lists; `find` gives the paths of the units a text means, a few at most."""
        self._find = find
        every = {"": _("Tất cả")}
        self.kind.choices = every | _said(KIND_LABELS)
        self.field.choices = every | _said(WORK_FIELDS)
        self.stage.choices = every | _said(STAGE_LABELS)
        self.answer.choices = every | {
            "met": _("Đạt"),
            "not_met": _("Không đạt"),
            "unknown": _("Chưa rõ"),
        }

    def validate_unit(self, field: SearchField) -> None:
        """Units of the reach, by code or a part of the name; no unit shows no exemplar."""
        typed = (field.data or "").strip()
        if not typed:
            return
        found = self._find(typed, MOST_UNITS)
        self.unit_paths = found if len(found) <= MOST_UNITS else ()
        if not found:
            raise ValidationError(
                _("Không có đơn vị này trong phạm vi của bạn. Hãy gõ mã hoặc một phần của tên.")
            )
        if not self.unit_paths:
            raise ValidationError(
                _("Hơn %(most)s đơn vị có tên này. Hãy gõ đủ tên hoặc gõ mã.", most=MOST_UNITS)
            )

    def wanted(self) -> Wanted:
        """The filter; what the lists do not hold is passed over."""
        self.validate()
        told: dict[str, Any] = {
            name: None if self[name].errors else self[name].data or None
            for name in ("text", "kind", "field", "stage", "answer", "year")
        }
        return Wanted(
            **told,
            unit_paths=self.unit_paths,
            hard_area=bool(self.hard_area.data),
            direct=bool(self.direct.data),
            leader=bool(self.leader.data),
            due=bool(self.due.data),
        )


def _said(labels: dict[str, str]) -> dict[str, str]:
    return {str(code): say(words) for code, words in labels.items()}
