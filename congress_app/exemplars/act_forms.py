"""Forms of the acts on an exemplar: awards, stages, consent, nomination, the council."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField, RadioField, SelectChoice, SelectField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from congress_app.exemplars.forms import FIRST_YEAR, LAST_YEAR
from congress_app.exemplars.voting import Vote
from congress_app.web.forms import (
    BaseForm,
    BirthDateField,
    DayField,
    NfcArea,
    NfcField,
    VersionedForm,
    WholeNumberField,
)


class AwardForm(BaseForm):
    """One award with its decision."""

    name = NfcField(_l("Danh hiệu, hình thức khen thưởng"), [DataRequired(), Length(max=250)])
    number = NfcField(_l("Số quyết định"), [Length(max=100)])
    decided = BirthDateField(
        _l("Ngày quyết định"), description=_l("05/07/2022, 07/2022 hoặc chỉ năm 2022.")
    )
    signatory = NfcField(_l("Người ký"), [Length(max=200)])


class StageForm(BaseForm):
    """A step forward or back."""

    stage = HiddenField(validators=[DataRequired()])
    note = NfcField(_l("Ghi chú"), [Length(max=500)])


class ReviewForm(BaseForm):
    """Somebody has looked, and what was seen."""

    remark = NfcField(_l("Nhận xét"), [Length(max=500)])


class ConsentForm(BaseForm):
    """On which paper the person agreed."""

    paper = NfcField(
        _l("Văn bản đồng ý"),
        [DataRequired(), Length(max=300)],
        description=_l("Số, ngày văn bản; ví dụ: Đơn ngày 05/7/2023."),
    )


class WithdrawForm(BaseForm):
    """Why a consent ends."""

    reason = NfcField(_l("Lý do rút"), [DataRequired(), Length(max=300)])


class AttachmentForm(BaseForm):
    """A file that tells more."""

    attachment = FileField(
        _l("Chọn tệp"),
        [FileRequired(_l("Hãy chọn một tệp."))],
        description=_l("PDF, DOCX, PPTX, JPG hoặc PNG, nhiều nhất 20 MB."),
    )


class PortraitForm(BaseForm):
    """The portrait."""

    portrait = FileField(
        _l("Ảnh chân dung"),
        [FileRequired(_l("Hãy chọn một ảnh."))],
        description=_l("JPG hoặc PNG, nhiều nhất 5 MB; ảnh được cắt theo khổ 3 × 4."),
    )


class NominationForm(BaseForm):
    """A nomination for one year."""

    year = WholeNumberField(_l("Năm"), [InputRequired(), NumberRange(FIRST_YEAR, LAST_YEAR)])
    council = SelectField(_l("Hội đồng nhận đề cử"), coerce=int)
    reason = NfcArea(_l("Tóm tắt thành tích"), [Length(max=3000)])


class AppraisalForm(VersionedForm):
    """What the council thinks before the vote."""

    opinion = NfcArea(_l("Ý kiến thẩm định"), [Length(max=3000)])


class VoteForm(VersionedForm):
    """The council's vote."""

    outcome = RadioField(
        _l("Kết quả"),
        choices=[
            SelectChoice("selected", _l("Được chọn")),
            SelectChoice("not_selected", _l("Không được chọn")),
        ],
        validators=[InputRequired()],
    )
    votes_for = WholeNumberField(_l("Tán thành"), [InputRequired(), NumberRange(0, 1000)])
    votes_against = WholeNumberField(_l("Không tán thành"), [InputRequired(), NumberRange(0, 1000)])
    votes_other = WholeNumberField(_l("Ý kiến khác"), [InputRequired(), NumberRange(0, 1000)])
    minutes_number = NfcField(_l("Số biên bản"), [Length(max=100)])
    minutes_on = DayField(_l("Ngày biên bản"))

    def vote(self) -> Vote:
        """What was counted."""
        return Vote(
            self.votes_for.data or 0,
            self.votes_against.data or 0,
            self.votes_other.data or 0,
            self.minutes_number.data,
            self.minutes_on.data,
        )


class ReasonForm(VersionedForm):
    """Why a decision goes back to the council's table."""

    reason = NfcField(_l("Lý do"), [DataRequired(), Length(max=300)])


class YearForm(BaseForm):
    """Which year a list is of."""

    class Meta(BaseForm.Meta):
        """A search goes by address and changes nothing."""

        csrf = False

    year = WholeNumberField(_l("Năm"), [Optional(), NumberRange(FIRST_YEAR, LAST_YEAR)])
