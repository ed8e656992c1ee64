"""Inviting a device."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms.validators import DataRequired, Length, Optional

from congress_app.web.forms import BaseForm, NfcField


class DeviceForm(BaseForm):
    """A phone, tablet or PC that is to scan."""

    name = NfcField(_l("Tên máy"), validators=[DataRequired(), Length(max=100)])
    gate = NfcField(_l("Cửa"), validators=[Optional(), Length(max=100)])
