"""Forms of a sheet that is looked at before it is written."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField
from wtforms.validators import DataRequired

from congress_app.web.forms import BaseForm


class SheetForm(BaseForm):
    """A sheet to look at."""

    sheet = FileField(
        _l("Tệp bảng tính"), validators=[FileRequired(_l("Hãy chọn tệp .xlsx hoặc .csv."))]
    )


class ConfirmForm(BaseForm):
    """The sheet that was looked at, and what it was seen to do."""

    key = HiddenField(validators=[DataRequired()])
    digest = HiddenField(validators=[DataRequired()])
