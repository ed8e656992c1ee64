"""Why: the reason of an accepted absence, or of taking a scan back."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms.validators import DataRequired, Length

from congress_app.web.forms import BaseForm, NfcField


class ReasonForm(BaseForm):
    """One line that says why."""

    reason = NfcField(_l("Lý do"), validators=[DataRequired(), Length(max=300)])
