"""The form before a purge, and those about a person's own data."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from congress_app.dossiers.rights import GROUNDS, KIND_LABELS
from congress_app.web.forms import BaseForm, DayField, NfcField


class PurgeForm(BaseForm):
    """The hash of one's own copy, and that one knows what happens."""

    sha256 = NfcField(
        _l("Mã SHA-256 của tệp hồ sơ đã lưu"), validators=[DataRequired(), Length(max=200)]
    )
    understood = BooleanField(
        _l("Tôi đã lưu hồ sơ ở nơi an toàn và biết rằng việc xóa không hoàn tác được"),
        validators=[DataRequired()],
    )


class RequestForm(BaseForm):
    """What a person asked for, and when it came."""

    kind = SelectField(
        _l("Người ấy yêu cầu"),
        choices=[SelectChoice(str(key), _l(text)) for key, text in KIND_LABELS.items()],
    )
    received_on = DayField(_l("Ngày nhận"), validators=[DataRequired()])
    paper = NfcField(_l("Số văn bản hoặc cách gửi"), validators=[Length(max=200)])


class NamedRequestForm(RequestForm):
    """The same of somebody who is neither a delegate nor an exemplar."""

    full_name = NfcField(_l("Họ và tên"), validators=[DataRequired(), Length(max=200)])


class OutcomeForm(BaseForm):
    """How the request was met, or why a restriction is set."""

    outcome = NfcField(_l("Kết quả, lý do"), validators=[DataRequired(), Length(max=500)])


class ReleaseForm(BaseForm):
    """Why a restriction ends."""

    reason = NfcField(_l("Lý do bỏ hạn chế"), validators=[DataRequired(), Length(max=300)])


class RefusalForm(BaseForm):
    """By which law, and what the person was told."""

    ground = SelectField(
        _l("Căn cứ pháp lý"),
        choices=[SelectChoice(str(key), _l(text)) for key, text in GROUNDS.items()],
    )
    outcome = NfcField(_l("Nội dung trả lời"), validators=[Length(max=1000)])
