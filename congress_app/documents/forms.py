"""A draft's details and text, its issuing, and a unit's own text of a kind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, SelectField
from wtforms.validators import DataRequired, Length, NumberRange, Optional

from congress_app.congresses.rulebook import CATEGORY_LABELS
from congress_app.documents.freezing import Seen
from congress_app.documents.head import Head
from congress_app.documents.letterhead import AUTHORITIES
from congress_app.kernel import clock
from congress_app.web.forms import (
    BaseForm,
    DayField,
    NfcArea,
    NfcField,
    VersionedForm,
    WholeNumberField,
)
from congress_app.web.texts import say

_LINES = ("parents", "addressees", "recipients", "listed")
_WORDS = (
    "subject", "issuer", "symbol", "place", "keeper", "collective", "head_post", "own_post",
    "signer",
)  # fmt: skip


class DraftForm(VersionedForm):
    """Everything of a draft that a person decides."""

    subject = NfcField(_l("Trích yếu"), validators=[Length(max=400)])
    text = NfcArea(_l("Nội dung"), validators=[Length(max=40_000)])
    listed = NfcArea(
        _l("Danh sách"),
        description=_l("Mỗi dòng một người: Họ và tên | Chức vụ, đơn vị | Nhiệm vụ hoặc năm sinh."),
        validators=[Length(max=20_000)],
    )
    category = SelectField(_l("Thành phần nhận"), default="")
    delegation = SelectField(_l("Đoàn nhận"), default="")
    is_sensitive = BooleanField(_l("Kèm dân tộc, đảng viên (mỗi lần xem được ghi nhật ký)"))
    parents = NfcArea(
        _l("Cơ quan chủ quản"),
        description=_l("Mỗi dòng một cơ quan, in ở trên cùng bên trái."),
        validators=[Length(max=500)],
    )
    issuer = NfcField(_l("Cơ quan ban hành"), validators=[DataRequired(), Length(max=250)])
    symbol = NfcField(
        _l("Ký hiệu cơ quan"),
        description=_l("Phần sau chữ viết tắt tên loại, ví dụ BHXH hoặc BTCHN."),
        validators=[DataRequired(), Length(max=40)],
    )
    place = NfcField(_l("Địa danh"), validators=[DataRequired(), Length(max=80)])
    addressees = NfcArea(
        _l("Kính gửi"),
        description=_l("Mỗi dòng một nơi; để trống nếu không có."),
        validators=[Length(max=2000)],
    )
    recipients = NfcArea(
        _l("Nơi nhận"), description=_l("Mỗi dòng một nơi."), validators=[Length(max=2000)]
    )
    keeper = NfcField(
        _l("Bộ phận soạn thảo, lưu"),
        description=_l("Viết tắt, in sau “Lưu: VT”."),
        validators=[Length(max=60)],
    )
    collective = NfcField(
        _l("Ký thay mặt tập thể (TM.)"),
        description=_l("Ví dụ BAN TỔ CHỨC; để trống nếu không ký thay mặt."),
        validators=[Length(max=120)],
    )
    authority = SelectField(_l("Quyền hạn ký"), default="head")
    head_post = NfcField(_l("Chức vụ người đứng đầu"), validators=[DataRequired(), Length(max=120)])
    own_post = NfcField(
        _l("Chức vụ người ký"),
        description=_l("Khi ký thay, thừa lệnh hoặc thừa ủy quyền, ví dụ PHÓ GIÁM ĐỐC."),
        validators=[Length(max=120)],
    )
    signer = NfcField(
        _l("Họ và tên người ký"),
        description=_l("Không ghi học hàm, học vị, danh hiệu."),
        validators=[Length(max=200)],
    )

    def offer(self, delegations: Iterable[tuple[int, str]]) -> None:
        """The choices: rights to sign, categories, delegations."""
        self.authority.choices = [(key, say(words)) for key, words in AUTHORITIES.items()]
        named = [(key, say(words)) for key, words in CATEGORY_LABELS.items()]
        members = ("members", _("Đại biểu chính thức và đại biểu bầu"))
        self.category.choices = [("", _("Mọi thành phần")), members, *named]
        listed = [(str(key), name) for key, name in delegations]
        self.delegation.choices = [("", _("Mọi đoàn")), *listed]

    def head(self) -> Head:
        """The details as typed."""
        told: dict[str, Any] = {name: self[name].data or "" for name in _WORDS}
        for name in _LINES:
            typed = (self[name].data or "").splitlines()
            told[name] = tuple(line for line in typed if line)
        return Head(**told, authority=self.authority.data)

    def selection(self) -> dict[str, str]:
        """Whom a paper for many is for."""
        told = {"category": self.category.data, "delegation": self.delegation.data}
        return {key: value for key, value in told.items() if value}


def typed_of(head: Head) -> dict[str, Any]:
    """The details as a form shows them."""
    plain = asdict(head)
    return {
        key: "\n".join(value) if isinstance(value, tuple) else value for key, value in plain.items()
    }


class IssueForm(VersionedForm):
    """The day, the signer, where a new series begins, and which paper was looked at."""

    fingerprint = HiddenField()
    shown_at = HiddenField()
    signed_on = DayField(_l("Ngày ban hành"), validators=[DataRequired()])
    signer = NfcField(_l("Họ và tên người ký"), validators=[DataRequired(), Length(max=200)])
    first_number = WholeNumberField(
        _l("Số đầu tiên của sổ"),
        description=_l(
            "Chỉ dùng cho văn bản đầu tiên trong năm của cơ quan này; sau đó số nối tiếp."
        ),
        default=1,
        validators=[Optional(), NumberRange(min=1, max=99_999)],
    )

    def seen(self) -> Seen:
        """What was looked at, as the page sent it back."""
        try:
            at = datetime.fromisoformat(self.shown_at.data or "")
        except ValueError:
            at = clock.now()
        known = at if at.tzinfo else at.replace(tzinfo=UTC)
        return Seen(self.opened_version(), self.fingerprint.data or "", known)

    def show(self, seen: Seen) -> None:
        """The page shows this paper now."""
        self.version.data, self.fingerprint.data = str(seen.version), seen.fingerprint
        self.shown_at.data = seen.at.isoformat()


class ReasonForm(BaseForm):
    """Why a paper is taken back."""

    reason = NfcField(_l("Lý do"), validators=[DataRequired(), Length(max=500)])


class TextForm(VersionedForm):
    """A unit's own text of a kind."""

    text = NfcArea(_l("Nội dung mẫu"), validators=[DataRequired(), Length(max=40_000)])
