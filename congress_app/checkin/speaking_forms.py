"""Who asks for the floor, as scanned or typed."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.validators import DataRequired, Length

from congress_app.kernel.sentences import N_
from congress_app.web.forms import BaseForm, NfcField
from congress_app.web.texts import say

QUEUES = {1: N_("Hàng thứ nhất"), 2: N_("Hàng thứ hai")}


class SpeakingForm(BaseForm):
    """One line and the queue."""

    who = NfcField(
        _l("Quét thẻ, hoặc nhập số đại biểu, họ tên"), validators=[DataRequired(), Length(max=100)]
    )
    queue = RadioField(_l("Hàng chờ"), coerce=int, default=1)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.queue.choices = {key: say(text) for key, text in QUEUES.items()}
