"""How a conflict is settled, and why."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.validators import DataRequired, InputRequired, Length

from congress_app.checkin.decision import RESOLUTION_LABELS, Resolution
from congress_app.web.forms import BaseForm, NfcField
from congress_app.web.texts import say


class SettleForm(BaseForm):
    """The way out, and a note that says why."""

    resolution = RadioField(_l("Cách xử lý"), validators=[InputRequired()])
    note = NfcField(
        _l("Ghi chú"),
        validators=[DataRequired(), Length(max=300)],
        description=_l("Căn cứ để quyết định, ví dụ: đã gặp đại biểu tại chỗ ngồi."),
    )

    def offer(self, resolutions: Iterable[Resolution]) -> SettleForm:
        """Show these ways out, in this order."""
        self.resolution.choices = [(one.value, say(RESOLUTION_LABELS[one])) for one in resolutions]
        return self
