"""The form by which the rest of a day is accepted."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField
from wtforms.validators import InputRequired, ValidationError

from congress_app.web.forms import BaseForm


class AcceptForm(BaseForm):
    """Which proposal was looked at, and whether screens and phones shall follow at once."""

    looked_at = HiddenField(validators=[InputRequired()])
    seen = HiddenField(validators=[InputRequired()])
    absorb = HiddenField()
    release = BooleanField(_l("Công bố ngay cho điện thoại đại biểu và màn hình hội trường"))

    def validate_looked_at(self, field: HiddenField) -> None:
        """The instant must be one, with its zone."""
        try:
            aware = datetime.fromisoformat(str(field.data)).tzinfo is not None
        except ValueError:
            aware = False
        if not aware:
            raise ValidationError(_l("Trang đã cũ. Hãy mở lại đề xuất."))

    def instant(self) -> datetime:
        """When the proposal was made."""
        return datetime.fromisoformat(str(self.looked_at.data))
