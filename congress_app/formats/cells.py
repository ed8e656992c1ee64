"""What people write into a cell, read as what they mean.

Each function takes a cell that is not blank and raises ValueError when the value cannot
be what the column asks for; the roster turns that into a fault at the cell. Nothing is
guessed where two readings are possible.
"""

from __future__ import annotations

import math
import re
from datetime import date, datetime
from decimal import Decimal

from congress_app.formats.sheet import Value
from congress_app.kernel import partial_date
from congress_app.kernel.partial_date import PartialDate
from congress_app.kernel.vietnamese import fold, nfc

_WHOLE = re.compile(r"^[+-]?(\d+|\d{1,3}(\.\d{3})+)$")
_DECIMAL = re.compile(r"^[+-]?(\d+|\d{1,3}(\.\d{3})+),(\d+)$")
# "1,000" is one to a Vietnamese reader and one thousand to an English one.
_TWO_READINGS = re.compile(r"^[+-]?[1-9]\d{0,2}(,\d{3})+$")
_EMAIL = re.compile(r"^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@([A-Za-z0-9-]+\.)+[A-Za-z]{2,}$")
_MOBILE = re.compile(r"^0[35789]\d{8}$")
_LANDLINE = re.compile(r"^02\d{9}$")
# The 11-digit mobile numbers were renumbered one to one in September 2018.
_OLD_MOBILE = {
    "0120": "070", "0121": "079", "0122": "077", "0126": "076", "0128": "078",
    "0123": "083", "0124": "084", "0125": "085", "0127": "081", "0129": "082",
    "0162": "032", "0163": "033", "0164": "034", "0165": "035", "0166": "036",
    "0167": "037", "0168": "038", "0169": "039",
    "0186": "056", "0188": "058", "0199": "059",
}  # fmt: skip
_MALE = frozenset({"nam", "m", "male", "trai", "1"})
_FEMALE = frozenset({"nu", "f", "female", "gai", "0"})
_YES = frozenset({"x", "co", "1", "yes", "y", "true", "v", "✓", "✔", "☑", "da", "dung"})
_NO = frozenset({"khong", "0", "no", "n", "false", "-", "–", "chua", "☐", "ko", "k"})


# Spreadsheets count days from here.
_DAY_ZERO = date(1899, 12, 30).toordinal()


def text_of(value: Value) -> str:
    """The cell as text: "" when blank, dates dd/mm/yyyy, whole numbers without decimals."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if isinstance(value, datetime):
        if value.time() == datetime.min.time():
            return value.strftime("%d/%m/%Y")
        return value.strftime("%d/%m/%Y %H:%M")
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, float):
        return f"{Decimal(repr(value)):f}".replace(".", ",")
    return str(value)


def date_of(value: Value, *, this_year: int) -> PartialDate:
    """A date as far as it is known; see `kernel.partial_date.parse` for what is understood.

    A bare year typed into a cell that is formatted as a date becomes a day of 1905 in the
    file (1978 is shown as 31/05/1905): such a day is read as the year it was.
    """
    if isinstance(value, bool):
        raise ValueError("a yes or no is no date")
    if isinstance(value, date):
        typed = date(value.year, value.month, value.day).toordinal() - _DAY_ZERO
        if 1900 <= typed <= this_year:
            return PartialDate(typed)
    if isinstance(value, str):
        value = nfc(value)
    return partial_date.parse(value, this_year=this_year)


def sex_of(value: Value) -> str:
    """ "M" or "F" from Nam/Nữ, M/F, Male/Female, 1/0 (1 is Nam, as offices tick it)."""
    if isinstance(value, bool):
        return "M" if value else "F"
    word = fold(text_of(value)).rstrip(".")
    if word in _MALE:
        return "M"
    if word in _FEMALE:
        return "F"
    raise ValueError(f"{value!r} is no sex")


def number_of(value: Value) -> int | Decimal:
    """A number in Vietnamese writing: "1.234,5", "1.000" (one thousand), or a numeric cell.

    "1,000" has two readings and is refused, as is an English decimal point ("1.5").
    """
    if isinstance(value, bool) or value is None or isinstance(value, date):
        raise ValueError(f"{value!r} is no number")
    if isinstance(value, int):
        return value
    if isinstance(value, float):
        if not math.isfinite(value):
            raise ValueError("not a finite number")
        return int(value) if value.is_integer() else Decimal(repr(value))
    text = nfc(value).replace(" ", "").replace("−", "-")
    if _WHOLE.match(text):
        return int(text.replace(".", ""))
    if _DECIMAL.match(text) and not _TWO_READINGS.match(text):
        return Decimal(text.replace(".", "").replace(",", "."))
    raise ValueError(f"{value!r} is no number")


def count_of(value: Value) -> int:
    """A number of people or things: whole and not negative."""
    number = number_of(value)
    if number != int(number) or number < 0:
        raise ValueError(f"{value!r} is no count")
    return int(number)


def phone_of(value: Value) -> str:
    """A Vietnamese number as dialled at home: ten digits, or eleven for a landline (02…).

    Mends what spreadsheets and habits do to it: a lost leading 0, +84, dots, dashes and
    spaces, the 11-digit mobile numbers of before 2018. One number only.
    """
    if isinstance(value, (bool, date)) or value is None:
        raise ValueError(f"{value!r} is no phone number")
    text = text_of(int(value) if isinstance(value, float) and value.is_integer() else value)
    digits = re.sub(r"[\s.\-()–'’]", "", nfc(text))
    if digits.startswith("+84"):
        digits = "0" + digits[3:].removeprefix("0")
    elif digits.startswith("0084"):
        digits = "0" + digits[4:].removeprefix("0")
    elif digits.startswith("84") and len(digits) in (11, 12):
        digits = "0" + digits[2:]
    elif not digits.startswith("0"):
        digits = "0" + digits
    if len(digits) == 11 and digits[:4] in _OLD_MOBILE:
        digits = _OLD_MOBILE[digits[:4]] + digits[4:]
    if not digits.isascii() or not (_MOBILE.match(digits) or _LANDLINE.match(digits)):
        raise ValueError(f"{value!r} is no Vietnamese phone number")
    return digits


def email_of(value: Value) -> str:
    """An e-mail address; the domain in lower case, as it does not matter there."""
    text = nfc(text_of(value)).removeprefix("mailto:")
    if len(text) > 200 or ".." in text or not _EMAIL.match(text):
        raise ValueError(f"{value!r} is no e-mail address")
    name, _, domain = text.rpartition("@")
    return f"{name}@{domain.lower()}"


def yes_no_of(value: Value, *, yes: frozenset[str] = frozenset()) -> bool:
    """A mark: x, có, 1, ✓ or không, 0, –; `yes` adds the column's own words (folded).

    A date counts as yes: lists tell party members by the day they joined.
    """
    if isinstance(value, bool):
        return value
    if isinstance(value, date):
        return True
    word = fold(text_of(value)).rstrip(".")
    if word in _YES or word in yes:
        return True
    if word in _NO:
        return False
    raise ValueError(f"{value!r} is neither yes nor no")
