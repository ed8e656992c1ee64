"""Forms for signing in, one's own account, and managing accounts."""

from __future__ import annotations

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import PasswordField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, EqualTo, InputRequired, Length, ValidationError
from wtforms.widgets import PasswordInput

from congress_app.accounts import passwords
from congress_app.accounts.permission_words import PERMISSION_LABELS
from congress_app.kernel.permissions import ROLE_LABELS, Role
from congress_app.units.chooser_forms import UnitField
from congress_app.web.forms import BaseForm, NfcField

LANGUAGES = [SelectChoice("vi", "Tiếng Việt"), SelectChoice("en", "English")]


class SignInForm(BaseForm):
    """Name and password."""

    username = StringField(_l("Tên đăng nhập"), [DataRequired(), Length(max=200)])
    # Bounded well above any real password, so that nobody sends a megabyte to be hashed.
    password = PasswordField(_l("Mật khẩu"), [InputRequired(), Length(max=256)])

    def fill(self, username: str, password: str) -> None:
        """Show both as if typed; for accounts whose password is public only."""
        self.username.data = username
        self.password.data = password
        self.password.widget = PasswordInput(hide_value=False)


class CodeForm(BaseForm):
    """A code from the phone, or one of those on paper."""

    code = StringField(_l("Mã xác thực"), [DataRequired(), Length(max=40)])


class OwnPasswordForm(BaseForm):
    """One's own password again, before something that weighs."""

    password = PasswordField(_l("Mật khẩu hiện tại"), [InputRequired(), Length(max=256)])


class ConfirmFactorForm(OwnPasswordForm, CodeForm):
    """The first code of a new second factor."""


class WhyForm(BaseForm):
    """What somebody could not do, and for which unit."""

    permission = SelectField(
        _l("Việc cần làm"),
        [DataRequired()],
        choices=[SelectChoice(key.value, _l(text)) for key, text in PERMISSION_LABELS.items()],
    )
    unit = UnitField(_l("Đơn vị"), none=_l("Chọn đơn vị"))


class PasswordForm(BaseForm):
    """One's own new password, typed twice; `own` are the words it may not be made of."""

    own: tuple[str, ...] = ()
    second_factor = False
    current = PasswordField(_l("Mật khẩu hiện tại"), [InputRequired(), Length(max=256)])
    new = PasswordField(_l("Mật khẩu mới"), [InputRequired(), Length(max=256)])
    again = PasswordField(_l("Nhập lại mật khẩu mới"), [InputRequired(), EqualTo("new")])

    def validate_new(self, field: PasswordField) -> None:
        """Say at once what the password lacks; the service asks again."""
        if fault := passwords.fault(
            field.data or "", own=self.own, second_factor=self.second_factor
        ):
            raise ValidationError(fault.render(gettext))


class ProfileForm(BaseForm):
    """What a user may change of himself."""

    language = RadioField(_l("Ngôn ngữ"), choices=LANGUAGES)


class NameForm(BaseForm):
    """The name under which a user's acts stand in records."""

    display_name = NfcField(_l("Họ và tên"), [DataRequired(), Length(max=120)])


class GrantForm(BaseForm):
    """A role for a unit of the reach."""

    role = SelectField(
        _l("Vai trò"),
        [DataRequired()],
        choices=[
            SelectChoice("", _l("Chọn vai trò")),
            *(SelectChoice(role.value, _l(text)) for role, text in ROLE_LABELS.items()),
        ],
    )
    unit = UnitField(_l("Đơn vị"), none=_l("Chọn đơn vị"))

    @property
    def chosen_role(self) -> Role:
        """The role of a validated form."""
        return Role(self.role.data)


class UserForm(GrantForm):
    """A new account with its first grant."""

    username = StringField(_l("Tên đăng nhập"), [DataRequired(), Length(max=80)])
    display_name = NfcField(_l("Họ và tên"), [DataRequired(), Length(max=120)])
