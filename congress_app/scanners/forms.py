"""Inviting a device."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectMultipleField
from wtforms.validators import DataRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from congress_app.kernel.sentences import N_
from congress_app.web.forms import BaseForm, NfcField
from congress_app.web.texts import say

PROFILE_LABELS = {
    "steward": N_("Người quét: chỉ quét thẻ"),
    "supervisor": N_("Giám sát: sau mã PIN được tìm theo tên, cho vào bằng tay, hủy lượt nhầm"),
}


class DeviceForm(BaseForm):
    """A phone, tablet or PC that is to scan; with the least it needs unless more is asked."""

    name = NfcField(_l("Tên máy"), validators=[DataRequired(), Length(max=100)])
    gate = NfcField(_l("Cửa"), validators=[Optional(), Length(max=100)])
    profile = RadioField(_l("Quyền của máy"), default="steward")
    session_ids = SelectMultipleField(
        _l("Chỉ quét cho các phiên"),
        description=_l("Không chọn ô nào: phiên nào đang mở cửa thì quét cho phiên đó."),
        coerce=int,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    def __init__(self, sessions: dict[int, str]) -> None:
        super().__init__()
        self.profile.choices = [(key, say(text)) for key, text in PROFILE_LABELS.items()]
        self.session_ids.choices = list(sessions.items())
