"""The designer: every value of a design, and whose badge the preview shows."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import ColorField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length

from congress_app.badges import design as designs
from congress_app.badges.design import (
    BACK_LABELS,
    CATEGORY_LABELS,
    EMBLEM_LABELS,
    FIELD_LABELS,
    LONGEST_BACK,
    LONGEST_LINE,
    LONGEST_WORD,
    PRESET_LABELS,
    SAMPLE_LABELS,
    SIZE_LABELS,
    VALUE_LABELS,
    Design,
    Look,
)
from congress_app.delegates.act_forms import Ticks
from congress_app.kernel.vietnamese import nfc
from congress_app.web.forms import NfcArea, NfcField, VersionedForm
from congress_app.web.texts import lazy_say, say


class MillimetreField(NfcField):
    """A length in millimetres, written 85,6."""

    data: Any

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else f"{self.data:g}".replace(".", ",")

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read the length; what is missing keeps the default."""
        text = nfc(valuelist[0]).strip() if valuelist else ""
        if not text:
            return
        digits = text.replace(",", ".")
        whole = digits.replace(".", "", 1)
        if len(digits) > 6 or not (whole.isascii() and whole.isdigit()):
            raise ValueError(_l("Hãy nhập số đo bằng mm, ví dụ 85,6."))
        self.data = round(float(digits), 1)


def _choices(labels: dict[str, str]) -> list[SelectChoice]:
    return [SelectChoice(name, lazy_say(label)) for name, label in labels.items()]


def _label(name: str) -> Any:
    return lazy_say(VALUE_LABELS[name])


def _line(name: str) -> NfcField:
    return NfcField(_label(name), validators=[Length(max=LONGEST_LINE)])


class DesignForm(VersionedForm):
    """A design; for each category three more fields are added below the class."""

    size = SelectField(_label("size"), choices=_choices(SIZE_LABELS))
    width_mm = MillimetreField(_label("width_mm"), default=105.0)
    height_mm = MillimetreField(_label("height_mm"), default=148.0)
    preset = RadioField(_label("preset"), choices=_choices(PRESET_LABELS))
    shown = Ticks(_label("shown"), choices=_choices(FIELD_LABELS))
    emblem = SelectField(_label("emblem"), choices=_choices(EMBLEM_LABELS))
    header = ColorField(_label("header"))
    host = _line("host")
    title = _line("title")
    subtitle = _line("subtitle")
    place_and_date = _line("place_and_date")
    back = SelectField(_label("back"), choices=_choices(BACK_LABELS))
    back_text = NfcArea(_label("back_text"), validators=[Length(max=LONGEST_BACK)])
    sample = SelectField(
        _l("Xem thử với"),
        choices=_choices(SAMPLE_LABELS),
        default="real",
    )
    sample_category = SelectField(
        _l("Thành phần xem thử"), choices=_choices(CATEGORY_LABELS), default="official"
    )

    def fill(self, design: Design, version: int) -> None:
        """Show a stored design."""
        self.process(data=values_of(design) | {"version": str(version)})

    def design(self) -> Design:
        """The design as typed; what cannot be read keeps its default."""
        values = {
            name: getattr(self, name).data
            for name in VALUE_LABELS
            if name != "looks" and getattr(self, name).data is not None
        }
        values["shown"] = tuple(values.get("shown", ()))
        looks = {
            category: Look(
                words=getattr(self, f"{category}_words").data or "",
                english=getattr(self, f"{category}_english").data or "",
                colour=getattr(self, f"{category}_colour").data or "",
            )
            for category in CATEGORY_LABELS
        }
        return Design(**values, looks=looks)

    def validate(self, extra_validators: Any = None) -> bool:
        """Every field for itself, then what the design as a whole forbids."""
        if not super().validate(extra_validators):
            return False
        found = designs.faults(self.design())
        for name, sentence in found.items():
            field = getattr(self, name)
            field.errors = [*field.errors, say(sentence)]
        return not found

    def looks(self) -> list[tuple[Any, Any, Any, Any]]:
        """For each category its name and its fields: words, English words, colour."""
        return [
            (lazy_say(label), *(getattr(self, f"{name}_{part}") for part in _PARTS))
            for name, label in CATEGORY_LABELS.items()
        ]


_PARTS = ("words", "english", "colour")
for _category in CATEGORY_LABELS:
    setattr(
        DesignForm,
        f"{_category}_words",
        NfcField(_l("Chữ trên thẻ"), validators=[Length(max=LONGEST_WORD)]),
    )
    setattr(
        DesignForm,
        f"{_category}_english",
        NfcField(_l("Tiếng Anh, để trống nếu không in"), validators=[Length(max=LONGEST_WORD)]),
    )
    setattr(DesignForm, f"{_category}_colour", ColorField(_l("Màu nền")))


def values_of(design: Design) -> dict[str, Any]:
    """A design as the form's fields."""
    values: dict[str, Any] = {
        name: getattr(design, name) for name in VALUE_LABELS if name != "looks"
    }
    for category, look in design.looks.items():
        for part in _PARTS:
            values[f"{category}_{part}"] = getattr(look, part)
    return values
