"""The delegate's answer to the convocation."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms.validators import Length, Optional

from congress_app.web.forms import BaseForm, NfcField


class AnswerForm(BaseForm):
    """Why one cannot come; needed only for declining."""

    reason = NfcField(_l("Lý do vắng mặt"), validators=[Optional(), Length(max=300)])
