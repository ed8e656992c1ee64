"""What is typed when a list goes up, is answered, or a reserve is called."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField
from wtforms.validators import DataRequired, Length

from congress_app.delegates.act_forms import ExceptionFields
from congress_app.elections.forms import ReasonForm
from congress_app.web.forms import BaseForm, NfcField, VersionedForm


class SendForm(BaseForm):
    """The paper that goes with the list, and a word to the congress above."""

    paper = NfcField(
        _l("Số văn bản kèm theo"),
        [Length(max=100)],
        description=_l("Ví dụ 12/BC-BHXH; để trống nếu chưa có."),
    )
    note = NfcField(_l("Lời nhắn cho cấp trên"), [Length(max=500)])


class AcceptForm(VersionedForm, ExceptionFields):
    """Take a list in; beyond cap or quota by an exception."""

    convene = BooleanField(_l("Triệu tập luôn các đại biểu này"), default=True)


class ReturnForm(VersionedForm):
    """Return a list."""

    reason = NfcField(
        _l("Lý do trả lại"),
        [DataRequired(), Length(max=500)],
        description=_l("Ghi điều cấp dưới phải sửa rồi gửi lại."),
    )


class CallForm(ReasonForm):
    """Call the reserve whom the page shows."""

    expected = HiddenField()

    def place_id(self) -> int:
        """The reserve's place as sent back; 0, which no row has, for rubbish."""
        text = self.expected.data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
