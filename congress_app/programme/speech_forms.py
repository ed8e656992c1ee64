"""Forms of speeches, their files, the call and the rules of a selection."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, SelectField, SelectMultipleField
from wtforms.validators import (
    DataRequired,
    InputRequired,
    Length,
    NumberRange,
    Optional,
    ValidationError,
)
from wtforms.widgets import CheckboxInput, ListWidget

from congress_app.kernel import clock
from congress_app.programme.facts import SpeechFacts
from congress_app.programme.review import SPREAD
from congress_app.programme.selection.wishes import Wishes
from congress_app.programme.speech_states import FILE_SLOTS, REGIONS, SPEECH_KINDS
from congress_app.units.chooser_forms import UnitField
from congress_app.web.forms import (
    NONE_CHOSEN,
    BaseForm,
    ClockField,
    DayField,
    NfcArea,
    NfcField,
    VersionedForm,
    WholeNumberField,
)
from congress_app.web.texts import say


class SpeechForm(VersionedForm):
    """A speech offered to the congress."""

    title = NfcField(_l("Tên tham luận"), validators=[DataRequired(), Length(max=400)])
    kind = SelectField(_l("Của tập thể hay cá nhân"))
    unit = UnitField(_l("Đơn vị"), none=_l("Chưa ghi"), required=False)
    delegate = SelectField(_l("Người trình bày"), coerce=int)
    field = SelectField(_l("Lĩnh vực"))
    region = SelectField(_l("Vùng miền"), validators=[NONE_CHOSEN])
    topic = NfcField(
        _l("Chủ đề"),
        validators=[Optional(), Length(max=120)],
        description=_l("Các bài ghi cùng một chủ đề được coi là trùng nội dung khi chọn."),
    )
    minutes = WholeNumberField(
        _l("Số phút"), validators=[InputRequired(), NumberRange(min=1, max=60)], default=10
    )
    available_from = ClockField(
        _l("Người trình bày có mặt từ"),
        validators=[Optional()],
        description=_l("Giờ trong ngày hội nghị. Để trống nếu có mặt từ đầu."),
    )
    available_until = ClockField(
        _l("Có mặt đến"),
        validators=[Optional()],
        description=_l("Để trống nếu ở lại đến cuối."),
    )
    exemplar = SelectField(
        _l("Nêu mô hình của điển hình"),
        coerce=int,
        description=_l("Mỗi điển hình chỉ có một tham luận ở một hội nghị."),
    )
    summary = NfcArea(_l("Tóm tắt"), validators=[Optional(), Length(max=3000)])

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = {key: say(text) for key, text in SPEECH_KINDS.items()}
        self.region.choices = {"": _("Chưa ghi")} | {
            key: say(text) for key, text in REGIONS.items()
        }

    def validate_available_until(self, field: ClockField) -> None:
        """Nobody leaves before he comes."""
        first = self.available_from.data
        if first and field.data and field.data <= first:
            raise ValidationError(_("Giờ về phải sau giờ đến (%(at)s).", at=f"{first:%H:%M}"))

    def facts(self) -> SpeechFacts:
        """What was typed."""
        return SpeechFacts(
            title=str(self.title.data),
            kind=self.kind.data,
            unit_id=self.unit.data,
            delegate_id=self.delegate.data or None,
            field=self.field.data or None,
            minutes=int(self.minutes.data or 0),
            summary=self.summary.data,
            region=self.region.data or None,
            topic=self.topic.data,
            available_from=self.available_from.data,
            available_until=self.available_until.data,
            exemplar_id=self.exemplar.data or None,
        )


class SpeechFileForm(BaseForm):
    """The text or the slides of a speech."""

    slot = SelectField(_l("Loại tệp"))
    file = FileField(
        _l("Tệp"),
        [FileRequired(_l("Hãy chọn một tệp."))],
        description=_l("Toàn văn: PDF hoặc DOCX. Trang chiếu: PDF hoặc PPTX. Tối đa 20 MB."),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.slot.choices = {key: say(text) for key, text in FILE_SLOTS.items()}


class CallForm(VersionedForm):
    """Until when units submit, and which judgements conflict."""

    day = DayField(_l("Hạn gửi: ngày"), validators=[Optional()])
    at = ClockField(_l("Hạn gửi: giờ"), validators=[Optional()])
    spread = WholeNumberField(
        _l("Chênh lệch phải xem lại"),
        validators=[InputRequired(), NumberRange(min=1, max=100)],
        default=SPREAD,
        description=_l("Hai người chấm lệch nhau hơn số điểm này (trên 100) thì báo."),
    )

    def closes_at(self) -> datetime | None:
        """The deadline; the end of the day when no time was typed."""
        if self.day.data is None:
            return None
        return clock.from_venue(datetime.combine(self.day.data, self.at.data or time(23, 59)))


class SelectionForm(BaseForm):
    """The rules of a selection; a table of least and most is added by `selection_form`."""

    budget = WholeNumberField(
        _l("Tổng số phút"), validators=[InputRequired(), NumberRange(min=0, max=2000)]
    )
    changeover = WholeNumberField(
        _l("Số phút chuyển giữa hai bài"),
        validators=[InputRequired(), NumberRange(min=0, max=30)],
        default=1,
    )
    per_unit = WholeNumberField(
        _l("Nhiều nhất mỗi đơn vị"), validators=[Optional(), NumberRange(min=1, max=50)], default=1
    )
    women = WholeNumberField(
        _l("Tỷ lệ nữ ít nhất, phần trăm"),
        validators=[InputRequired(), NumberRange(min=0, max=100)],
        default=30,
    )
    individual = WholeNumberField(
        _l("Tỷ lệ cá nhân ít nhất, phần trăm"),
        validators=[InputRequired(), NumberRange(min=0, max=100)],
        default=0,
    )
    topic_penalty = WholeNumberField(
        _l("Trừ điểm mỗi cặp bài trùng chủ đề"),
        validators=[InputRequired(), NumberRange(min=0, max=1000)],
        default=10,
    )
    complete = BooleanField(_l("Chỉ đưa vào bài đã có ít nhất hai người chấm"))
    locked_in = SelectMultipleField(
        _l("Bắt buộc chọn"),
        coerce=int,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    locked_out = SelectMultipleField(
        _l("Không chọn"),
        coerce=int,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    dimensions: Sequence[tuple[str, str, Mapping[str, str]]] = ()

    def wishes(self) -> Wishes:
        """The rules as typed."""
        return Wishes(
            budget=int(self.budget.data or 0),
            changeover=int(self.changeover.data or 0),
            per_unit=self.per_unit.data,
            women=int(self.women.data or 0),
            individual=int(self.individual.data or 0),
            topic_penalty=int(self.topic_penalty.data or 0),
            only_complete=bool(self.complete.data),
            locked_in=tuple(self.locked_in.data or ()),
            locked_out=tuple(self.locked_out.data or ()),
            least=self._limits("least"),
            most=self._limits("most"),
        )

    def _limits(self, side: str) -> dict[str, dict[str, int]]:
        typed = {
            name: {value: self[f"{side}_{name}_{value}"].data for value in values}
            for name, _title, values in self.dimensions
        }
        found = {
            name: {value: int(limit) for value, limit in limits.items() if limit is not None}
            for name, limits in typed.items()
        }
        return {name: limits for name, limits in found.items() if limits}


def selection_form(
    dimensions: Sequence[tuple[str, str, Mapping[str, str]]],
    speeches: Iterable[tuple[int, str]],
    data: Mapping[str, object],
) -> SelectionForm:
    """The form with least and most for each value: (attribute, its title, values to titles)."""
    fields: dict[str, object] = {"dimensions": dimensions}
    for name, _title, values in dimensions:
        for value, title in values.items():
            for side, words in (("least", _("Ít nhất")), ("most", _("Nhiều nhất"))):
                fields[f"{side}_{name}_{value}"] = WholeNumberField(
                    f"{words}: {title}", validators=[Optional(), NumberRange(min=0, max=500)]
                )
    form: SelectionForm = type("DimensionsForm", (SelectionForm,), fields)(data=data)
    choices = list(speeches)
    form.locked_in.choices = choices
    form.locked_out.choices = choices
    return form
