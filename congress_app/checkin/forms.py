"""The reason of an accepted absence or of taking a scan back; the minute to look at."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms.validators import DataRequired, Length, Optional

from congress_app.web.forms import BaseForm, ClockField, NfcField


class ReasonForm(BaseForm):
    """One line that says why."""

    reason = NfcField(_l("Lý do"), validators=[DataRequired(), Length(max=300)])


class MinuteForm(BaseForm):
    """A minute of the session; it comes in the address, so it needs no token."""

    class Meta(BaseForm.Meta):
        """WTForms' own place for settings."""

        csrf = False

    at = ClockField(_l("Lúc"), validators=[Optional()])
