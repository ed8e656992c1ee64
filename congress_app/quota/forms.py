"""How to divide, and why a figure is changed or approved."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from congress_app.kernel.vietnamese import nfc
from congress_app.quota.problem import METHOD_LABELS, Method
from congress_app.quota.proposal import WEIGHT_SOURCES, Options
from congress_app.web.forms import BaseForm, NfcArea, NfcField, VersionedForm, WholeNumberField
from congress_app.web.texts import say

_COUNT = NumberRange(min=0, max=100_000)


class ProposalForm(BaseForm):
    """The pool, the weights, the method and its bounds."""

    officials = WholeNumberField(_l("Đại biểu chính thức (không qua bầu)"), validators=[_COUNT])
    guests = WholeNumberField(_l("Khách mời"), validators=[_COUNT])
    reserve = WholeNumberField(_l("Dự phòng của Ban tổ chức"), validators=[_COUNT])
    seats = WholeNumberField(_l("Số suất để phân bổ"), validators=[Optional(), _COUNT])
    source = SelectField(_l("Trọng số"))
    method = SelectField(_l("Cách chia"))
    floor = WholeNumberField(_l("Ít nhất mỗi đơn vị (sàn)"), validators=[_COUNT])
    ceiling = WholeNumberField(_l("Nhiều nhất mỗi đơn vị (trần)"), validators=[Optional(), _COUNT])
    step = WholeNumberField(_l("Cứ bao nhiêu người thêm 1 suất"), validators=[Optional(), _COUNT])
    threshold = WholeNumberField(_l("Số dư từ bao nhiêu thêm 1"), validators=[Optional(), _COUNT])
    tie_seed = NfcField(_l("Chuỗi bốc thăm công khai"), validators=[Optional(), Length(max=200)])
    tie_order = NfcField(
        _l("Thứ tự bốc thăm giấy"),
        description=_l("Mã đơn vị theo thứ tự bốc được, cách nhau bằng dấu phẩy."),
        validators=[Optional(), Length(max=2000)],
    )
    note = NfcArea(_l("Ghi chú"), validators=[Optional(), Length(max=2000)])

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.source.choices = {key: say(text) for key, text in WEIGHT_SOURCES.items()}
        self.method.choices = {m.value: say(METHOD_LABELS[m]) for m in Method}

    def options(self, cap: int | None) -> Options:
        """What was chosen, for a congress with this cap."""
        drawn = (self.tie_order.data or "").replace(";", ",").split(",")
        return Options(
            method=self.method.data,
            source=self.source.data,
            cap=cap,
            officials=self.officials.data or 0,
            guests=self.guests.data or 0,
            reserve=self.reserve.data or 0,
            seats=self.seats.data,
            floor=self.floor.data or 0,
            ceiling=self.ceiling.data,
            step=self.step.data,
            threshold=self.threshold.data,
            tie_seed=self.tie_seed.data,
            tie_order=tuple(code for code in (nfc(part) for part in drawn) if code),
            note=self.note.data,
        )


class AdjustForm(VersionedForm):
    """Another figure for one line, and why."""

    seats = WholeNumberField(_l("Số suất"), validators=[InputRequired(), _COUNT])
    reason = NfcField(_l("Lý do điều chỉnh"), validators=[DataRequired(), Length(max=500)])


class ApprovalForm(VersionedForm):
    """By which paper a version is approved."""

    document = NfcField(_l("Số văn bản phê duyệt"), validators=[DataRequired(), Length(max=100)])
