"""Which badges, why one is issued anew, pictures."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from congress_app.badges.design import CATEGORY_LABELS
from congress_app.web.forms import BaseForm, NfcField, VersionedForm
from congress_app.web.texts import say


class FilterForm(BaseForm):
    """The filter of the list; it comes in the address, so it needs no token."""

    class Meta(BaseForm.Meta):
        """WTForms' own place for settings."""

        csrf = False

    q = NfcField(_l("Họ tên"))
    delegation = SelectField(_l("Đoàn"), coerce=int, default=0)
    category = SelectField(_l("Thành phần"), default="")
    printing = SelectField(
        _l("In thẻ"),
        default="all",
    )
    run = HiddenField()

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.printing.choices = {
            "all": _("Tất cả"),
            "new": _("Chưa in"),
            "changed": _("Đổi từ lần in trước"),
            "printed": _("Đã in"),
        }
        labels = {name: say(label) for name, label in CATEGORY_LABELS.items()}
        self.category.choices = {"": _("Mọi thành phần")} | labels

    def run_id(self) -> int | None:
        """The printing whose badges are wanted."""
        text = self.run.data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


class ReasonForm(VersionedForm):
    """Why a badge is taken away."""

    reason = NfcField(_l("Lý do"), validators=[DataRequired(), Length(max=300)])


class ReissueForm(ReasonForm):
    """What became of the badge, and why there must be another."""

    fate = RadioField(
        _l("Thẻ đang dùng"),
        choices=[
            SelectChoice("lost", _l("Bị mất: cấp mã mới, thẻ cũ không vào được nữa")),
            SelectChoice("spoiled", _l("Hỏng hoặc in sai, đã thu lại: in lại cùng mã")),
        ],
        default="lost",
    )


class PictureForm(BaseForm):
    """One picture to upload."""

    picture = FileField(
        _l("Tệp ảnh (PNG, JPEG)"), validators=[FileRequired(_l("Hãy chọn tệp ảnh."))]
    )

    def content(self) -> bytes:
        """The bytes of the chosen file."""
        data: bytes = self.picture.data.read()
        return data
