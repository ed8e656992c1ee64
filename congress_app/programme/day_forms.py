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
    draft = HiddenField()
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

    def released_draft(self) -> str | None:
        """The draft that shall go out at once, as it was looked at; None releases nothing."""
        return str(self.draft.data or "") if self.release.data else None

    def instant(self) -> datetime:
        """When the proposal was made."""
        return datetime.fromisoformat(str(self.looked_at.data))
