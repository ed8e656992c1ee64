"""The filters above the log."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SearchField, SelectField

from congress_app.web.forms import BaseForm, DayField


class FilterForm(BaseForm):
    """Sent by GET, so a filtered log has an address of its own."""

    class Meta(BaseForm.Meta):
        """Reading changes nothing: no token."""

        csrf = False

    actor = SearchField(_l("Người thực hiện"))
    action = SelectField(_l("Việc"), default="")
    kind = SelectField(_l("Loại đối tượng"), default="")
    subject = SearchField(_l("Tên đối tượng"))
    unit = SearchField(_l("Đơn vị (mã hoặc tên)"))
    first_day = DayField(_l("Từ ngày"))
    last_day = DayField(_l("Đến ngày"))
    subject_kind = HiddenField()
    subject_id = HiddenField()
