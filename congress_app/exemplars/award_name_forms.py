"""The form of one line of the list of awards."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField
from wtforms.validators import DataRequired, Length

from congress_app.web.forms import NfcArea, NfcField, VersionedForm


class AwardNameForm(VersionedForm):
    """A name, what else it is called, whether it is still offered."""

    name = NfcField(_l("Tên danh hiệu, hình thức"), [DataRequired(), Length(max=250)])
    aliases = NfcArea(
        _l("Tên gọi khác"),
        [Length(max=2000)],
        description=_l(
            "Mỗi dòng một tên, để nhận ra trong bảng tính. “Sĩ” và “sỹ”, chữ hoa và chữ thường "
            "là một, không cần ghi cả hai."
        ),
    )
    is_offered = BooleanField(
        _l("Gợi ý khi ghi mới"),
        default=True,
        description=_l("Bỏ chọn khi hình thức không còn được xét; bản ghi cũ giữ nguyên."),
    )

    def other_names(self) -> tuple[str, ...]:
        """The lines that are not blank."""
        lines = (line.strip() for line in (self.aliases.data or "").split("\n"))
        return tuple(line for line in lines if line)
