"""Which badges, and why one is issued anew."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.validators import DataRequired, Length

from congress_app.web.forms import BaseForm, NfcField


class FilterForm(BaseForm):
    """The filter of the list; it comes in the address, so it needs no token."""

    class Meta(BaseForm.Meta):
        """WTForms' own place for settings."""

        csrf = False

    q = NfcField(_l("Họ tên"))
    delegation = SelectField(_l("Đoàn"), coerce=int, default=0)
    printing = SelectField(
        _l("In thẻ"),
        default="all",
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.printing.choices = {"all": _("Tất cả"), "new": _("Chưa in"), "printed": _("Đã in")}


class ReasonForm(BaseForm):
    """Why a badge is issued anew or taken away."""

    reason = NfcField(_l("Lý do"), validators=[DataRequired(), Length(max=300)])
