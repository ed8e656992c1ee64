"""The base form, Vietnamese messages, and fields for names, dates and numbers.

Knows no database. Text is NFC from here on.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from flask_babel import gettext as _
from flask_wtf import FlaskForm
from markupsafe import Markup
from wtforms import Field, HiddenField, IntegerField, StringField, TextAreaField
from wtforms.validators import Optional
from wtforms.widgets import Input, Select, TextInput

from congress_app.kernel import clock, partial_date
from congress_app.kernel.sentences import N_
from congress_app.kernel.vietnamese import nfc, nfc_lines
from congress_app.web.select_forms import QuickSelect, quick_params

# WTForms ships no Vietnamese; its English message is the key of ours.
MESSAGES = {
    "This field is required.": N_("Cần điền mục này."),
    "Not a valid choice.": N_("Lựa chọn này không có trong danh sách."),
    "Not a valid choice": N_("Lựa chọn này không có trong danh sách."),
    "'%(value)s' is not a valid choice for this field.": N_(
        "“%(value)s” không có trong danh sách."
    ),
    "Invalid Choice: could not coerce.": N_("Lựa chọn này không đọc được."),
    "Choices cannot be None.": N_("Danh sách lựa chọn đang trống."),
    "Not a valid integer value.": N_("Hãy nhập một số nguyên, ví dụ 12 hoặc 1.200."),
    "Not a valid date value.": N_("Ngày không đọc được. Hãy nhập theo mẫu 05/07/2020."),
    "Invalid email address.": N_("Địa chỉ thư điện tử không đúng."),
    "Field must be at least %(min)d character long.": N_("Cần ít nhất %(min)d ký tự."),
    "Field must be at least %(min)d characters long.": N_("Cần ít nhất %(min)d ký tự."),
    "Field cannot be longer than %(max)d character.": N_("Nhiều nhất %(max)d ký tự."),
    "Field cannot be longer than %(max)d characters.": N_("Nhiều nhất %(max)d ký tự."),
    "Field must be between %(min)d and %(max)d characters long.": N_(
        "Cần từ %(min)d đến %(max)d ký tự."
    ),
    "Number must be at least %(min)s.": N_("Số nhỏ nhất là %(min)s."),
    "Number must be at most %(max)s.": N_("Số lớn nhất là %(max)s."),
    "Number must be between %(min)s and %(max)s.": N_("Số phải từ %(min)s đến %(max)s."),
    "Field must be equal to %(other_name)s.": N_("Hai lần nhập phải giống nhau."),
    "The CSRF token is missing.": N_("Phiên làm việc đã hết hạn. Hãy tải lại trang."),
    "The CSRF token is invalid.": N_("Phiên làm việc đã hết hạn. Hãy tải lại trang."),
    "CSRF token missing.": N_("Phiên làm việc đã hết hạn. Hãy tải lại trang."),
    "CSRF failed.": N_("Phiên làm việc đã hết hạn. Hãy tải lại trang."),
}

# For a list or a row of buttons from which nothing need be chosen. WTForms' own takes white
# space for nothing and forgets that it is none of the choices; the data then hold it.
NONE_CHOSEN = Optional(strip_whitespace=False)

# A proposal for 64 units has hundreds of fields.
Input.html_params = staticmethod(quick_params)


class _Translations:
    def gettext(self, text: str) -> str:
        return str(_(MESSAGES.get(text, text)))

    def ngettext(self, one: str, many: str, count: int) -> str:
        return self.gettext(one if count == 1 else many)


class BaseForm(FlaskForm):
    """Every form of the house."""

    class Meta(FlaskForm.Meta):
        """WTForms' own place for settings."""

        def get_translations(self, _form: object) -> _Translations:
            """Vietnamese (or the chosen language) for WTForms' own messages."""
            return _Translations()

        def render_field(self, field: Field, render_kw: dict[str, Any]) -> Markup:
            """The field's HTML; long lists to choose from are written by our own widget."""
            if type(field.widget) is Select and not field.widget.multiple:
                field.widget = QuickSelect()
            return Markup(super().render_field(field, render_kw))  # noqa: S704


class VersionedForm(BaseForm):
    """A form of a row that others may save meanwhile: it carries the version it was opened at."""

    version = HiddenField()

    def opened_version(self) -> int:
        """The version sent back; 0, which no row has, when it is missing or rubbish."""
        # Only what was sent counts: the row's own number stands in `data` when nothing was.
        sent = self.version.raw_data
        text = str(sent[0]) if sent else ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


class NfcField(StringField):
    """One line of text, composed and with spaces folded; empty becomes None."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take the text as sent."""
        self.data = (nfc(valuelist[0]) or None) if valuelist else None


class NfcArea(TextAreaField):
    """Several lines of text, composed; empty becomes None."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take the text as sent."""
        self.data = (nfc_lines(valuelist[0]) or None) if valuelist else None


# What WTForms keeps of a field that was not sent.
_NOTHING: list[Any] = []


class WholeNumberField(IntegerField):
    """A whole number as Vietnamese write it: "1.200" is one thousand two hundred."""

    widget = TextInput()

    def _value(self) -> str:
        return (
            str(self.raw_data[0])
            if self.raw_data
            else ("" if self.data is None else str(self.data))
        )

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read the number; empty is None."""
        text = nfc(valuelist[0]) if valuelist else ""
        if not text:
            # Spaces and letters nobody sees are nothing, also where something is required.
            self.data, self.raw_data = None, _NOTHING
            return
        digits = text.replace(" ", "")
        if "." in digits:
            head, *groups = digits.split(".")
            if not all(len(group) == 3 for group in groups):
                raise ValueError(_("Hãy nhập một số nguyên, ví dụ 12 hoặc 1.200."))
            digits = head + "".join(groups)
        unsigned = digits.removeprefix("-")
        if not unsigned.isascii() or not unsigned.isdigit() or len(digits) > 12:
            raise ValueError(_("Hãy nhập một số nguyên, ví dụ 12 hoặc 1.200."))
        self.data = int(digits)


class _TextualField(Field):
    """A value typed as text; what was typed is shown again when it cannot be read."""

    widget = TextInput()
    data: Any
    reader: Callable[[str], object]
    writer: Callable[[Any], str]
    fault: str

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else type(self).writer(self.data)

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read the text; empty is None."""
        text = nfc(valuelist[0]) if valuelist else ""
        self.data = None
        if not text:
            self.raw_data = _NOTHING
            return
        try:
            self.data = type(self).reader(text)
        except ValueError as error:
            raise ValueError(_(self.fault)) from error


def _read_partial(text: str) -> partial_date.PartialDate:
    return partial_date.parse(text, this_year=clock.today().year)


def _read_day(text: str) -> date:
    read = _read_partial(text)
    if read.month is None or read.day is None:
        raise ValueError("a whole day is needed")
    return date(read.year, read.month, read.day)


def _read_time(text: str) -> time:
    for pattern in ("%H:%M", "%Hh%M", "%H giờ %M", "%H.%M", "%Hh", "%H"):
        try:
            return datetime.strptime(text, pattern).time()  # noqa: DTZ007
        except ValueError:
            continue
    raise ValueError(text)


class BirthDateField(_TextualField):
    """A `PartialDate`: a day, a month or only a year."""

    reader = staticmethod(_read_partial)
    writer = staticmethod(str)
    fault = N_("Ngày sinh không đọc được. Hãy nhập 05/07/1980, 07/1980 hoặc chỉ năm 1980.")


class DayField(_TextualField):
    """A whole day, dd/mm/yyyy."""

    reader = staticmethod(_read_day)
    writer = staticmethod(lambda value: value.strftime("%d/%m/%Y"))
    fault = N_("Ngày không đọc được. Hãy nhập theo mẫu 05/07/2020.")


class ClockField(_TextualField):
    """A time of day on the venue's clock, HH:MM."""

    reader = staticmethod(_read_time)
    writer = staticmethod(lambda value: value.strftime("%H:%M"))
    fault = N_("Giờ không đọc được. Hãy nhập theo mẫu 07:30.")
