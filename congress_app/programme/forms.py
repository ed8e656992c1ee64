"""Forms of sessions and items: the shape of what is typed, no rule."""

from __future__ import annotations

from datetime import date, datetime, time

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    HiddenField,
    SelectField,
    SelectMultipleField,
)
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from congress_app.congresses.rulebook import CATEGORY_LABELS
from congress_app.kernel import clock
from congress_app.programme.facts import ItemFacts, SessionFacts
from congress_app.programme.timetable import ITEM_KINDS, SESSION_KINDS
from congress_app.web.forms import (
    BaseForm,
    ClockField,
    DayField,
    NfcArea,
    NfcField,
    VersionedForm,
    WholeNumberField,
)
from congress_app.web.texts import say


def _moment(day: date, clock_time: time) -> datetime:
    return clock.from_venue(datetime.combine(day, clock_time))


class PreviewedForm(VersionedForm):
    """A form whose effect on everything else is looked at before it is applied."""

    # The token of the ripple that was on the page when the form was sent.
    seen = HiddenField()

    def looked_at(self) -> str:
        """The token sent back; "" when nothing was looked at."""
        return self.seen.data or ""


class ArrangeForm(PreviewedForm):
    """Another place or length of one item; what is left out stays."""

    session = WholeNumberField(validators=[Optional()])
    place = WholeNumberField(validators=[Optional(), NumberRange(min=-1000, max=1000)])
    minutes = WholeNumberField(validators=[Optional(), NumberRange(min=0, max=720)])


class MoveSpeechForm(PreviewedForm):
    """A step of one speech, to the one before (-1) or after it (1)."""

    step = SelectField(choices=["-1", "1"], validators=[InputRequired()])


class SessionForm(PreviewedForm):
    """A session with its hall and its door."""

    kind = SelectField(_l("Loại phiên"))
    title = NfcField(_l("Tên phiên"), validators=[DataRequired(), Length(max=250)])
    hall = NfcField(_l("Hội trường"), validators=[Optional(), Length(max=200)])
    day = DayField(_l("Ngày"), validators=[InputRequired()])
    starts = ClockField(_l("Bắt đầu"), validators=[InputRequired()])
    doors_open = ClockField(_l("Mở cửa điểm danh"), validators=[InputRequired()])
    doors_close = ClockField(_l("Đóng cửa điểm danh"), validators=[InputRequired()])
    allows_reentry = BooleanField(_l("Cho phép ra rồi vào lại"), default=True)
    categories = SelectMultipleField(
        _l("Thành phần được vào"),
        description=_l("Không chọn ô nào: mọi đại biểu và khách mời đều được vào."),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = {key: say(text) for key, text in SESSION_KINDS.items()}
        self.categories.choices = [(key, say(text)) for key, text in CATEGORY_LABELS.items()]

    def facts(self) -> SessionFacts:
        """What was typed; times joined with the day."""
        return SessionFacts(
            kind=self.kind.data,
            title=str(self.title.data),
            hall=self.hall.data,
            starts_at=_moment(self.day.data, self.starts.data),
            doors_open_at=_moment(self.day.data, self.doors_open.data),
            doors_close_at=_moment(self.day.data, self.doors_close.data),
            allows_reentry=self.allows_reentry.data,
            categories=sorted(self.categories.data or []) or None,
        )


class ItemForm(PreviewedForm):
    """One item; its time is computed unless it is pinned."""

    kind = SelectField(_l("Loại nội dung"))
    title = NfcField(_l("Nội dung"), validators=[DataRequired(), Length(max=400)])
    minutes = WholeNumberField(
        _l("Số phút"), validators=[InputRequired(), NumberRange(min=0, max=720)]
    )
    pinned = ClockField(
        _l("Ghim giờ bắt đầu"),
        description=_l("Để trống thì giờ được tính theo thứ tự và số phút."),
    )
    presenter = NfcField(_l("Người thực hiện"), validators=[Optional(), Length(max=250)])
    speech = SelectField(_l("Tham luận"), coerce=int)
    announces = SelectField(
        _l("Công bố kết quả của"),
        coerce=int,
        description=_l("Chỉ dùng cho mục công bố kết quả bầu cử."),
    )
    parallel = BooleanField(
        _l("Diễn ra song song"),
        description=_l("Ví dụ kiểm phiếu: bắt đầu đúng chỗ này nhưng mục sau không phải chờ."),
    )
    script = NfcArea(_l("Lời dẫn"), validators=[Optional(), Length(max=5000)])

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = {key: say(text) for key, text in ITEM_KINDS.items()}

    def facts(self, day: date) -> ItemFacts:
        """What was typed; a pin falls on the session's day."""
        return ItemFacts(
            kind=self.kind.data,
            title=str(self.title.data),
            minutes=int(self.minutes.data or 0),
            pinned_at=_moment(day, self.pinned.data) if self.pinned.data else None,
            presenter=self.presenter.data,
            script=self.script.data,
            speech_id=self.speech.data or None,
            announces_id=self.announces.data or None,
            parallel=self.parallel.data,
        )


class ReleaseForm(BaseForm):
    """A release of what was looked at, with a word why."""

    seen = HiddenField()
    note = NfcField(
        _l("Ghi chú của bản công bố"),
        description=_l("Ví dụ: đổi giờ khai mạc. Đại biểu không thấy ghi chú này."),
        validators=[Optional(), Length(max=500)],
    )
