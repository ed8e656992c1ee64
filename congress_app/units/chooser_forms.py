"""The field in which one unit is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from markupsafe import Markup, escape
from wtforms import Field
from wtforms.validators import StopValidation

from congress_app.kernel.vietnamese import nfc
from congress_app.units.chooser import NAMED, Chooser, Option, Suggestion
from congress_app.units.lookup import code_key
from congress_app.web.select_forms import quick_params

# Longer than any name with its code, and than that of a unit above it.
LONGEST = 600


class ChooserWidget:
    """A `<select>` of few units, else an `<input>` that its script makes a combobox."""

    # By this the macro tells a control apart that has its label above.
    input_type = "text"

    def __call__(self, field: UnitField, **attributes: Any) -> Markup:
        """The control, and the script of the one that is typed in."""
        told = {"id": field.id, "name": field.name} | attributes
        return _select(field, told) if field.is_list else _input(field, told)


def _select(field: UnitField, attributes: dict[str, Any]) -> Markup:
    chosen = field.chosen_code
    lines = [] if field.none is None else [("", str(field.none))]
    lines += [(option.code, option.words) for option in field.options or ()]
    told = "".join(
        f'<option {"selected " if code_key(code) == chosen else ""}value="{escape(code)}">'
        f"{escape(words)}</option>"
        for code, words in lines
    )
    return Markup(f"<select {quick_params(**attributes)}>{told}</select>")  # noqa: S704


def _input(field: UnitField, attributes: dict[str, Any]) -> Markup:
    told = {
        "type": "text",
        "value": field.words,
        "maxlength": LONGEST,
        "autocomplete": "off",
        "data_suggestions": field.chooser.address,
        "data_label": _("Gợi ý"),
        "data_none": _("Không có đơn vị nào khớp."),
        # The script puts the number in, which it alone knows.
        "data_some": _("# gợi ý. Dùng mũi tên lên, xuống để xem, Enter để chọn."),
    }
    script = url_for("static", filename="units/chooser.js")
    return Markup(  # noqa: S704
        f"<input {quick_params(**(told | attributes))}>"
        f'<script type="module" src="{escape(script)}"></script>'
    )


class UnitField(Field):  # type: ignore[misc]  # WTForms has no types
    """One of the units that are offered; `data` is its id once the form is valid.

    What is sent is a code from the list, or what was typed: a code, a name, or
    "name (code)" as the suggestions have it. `none` are the words of an empty choice.
    """

    widget = ChooserWidget()
    chooser: Chooser
    data: int | None
    description: object

    def __init__(
        self,
        label: object,
        validators: Sequence[Any] = (),
        *,
        none: object = None,
        required: bool = True,
        **rest: Any,
    ) -> None:
        super().__init__(label, validators, **rest)
        self.none, self.is_needed = none, required
        if required:
            self.flags.required = True

    def offer(self, chooser: Chooser) -> None:
        """Tell the field what it offers; before it is validated or shown."""
        self.chooser = chooser
        if not self.is_list:
            hint = _("Gõ mã hoặc tên đầy đủ; khi gõ có gợi ý để chọn.")
            self.description = f"{hint} {self.description}".strip()

    @property
    def unit_id(self) -> int:
        """The id, of a valid form that needs a unit; otherwise 0, which no unit has."""
        return self.data or 0

    @property
    def options(self) -> Sequence[Option] | None:
        """The list of units; None when they are many."""
        return self.chooser.options

    @property
    def is_empty(self) -> bool:
        """True when there is no unit to choose."""
        return self.options is not None and not self.options

    @property
    def is_list(self) -> bool:
        """True when the list holds what was sent or stored; what it lacks is not hidden by it."""
        if self.options is None:
            return False
        if self.raw_data:
            codes = {code_key(one.code) for one in self.options}
            return not self.typed or self.chosen_code in codes
        return not self.data or any(one.id == self.data for one in self.options)

    @property
    def typed(self) -> str:
        """What was sent."""
        return nfc(str(self.raw_data[0])) if self.raw_data else ""

    @property
    def chosen_code(self) -> str:
        """The key of the code that the list shows as chosen; "" for none."""
        if not self.raw_data:
            stored = (one.code for one in self.options or () if one.id == self.data)
            return code_key(next(stored, ""))
        found = self._meant
        return code_key(found[0].code if len(found) == 1 else self.typed)

    @property
    def words(self) -> str:
        """What stands in the field."""
        if self.raw_data:
            return str(self.raw_data[0])
        return self._stored.words if self._stored else ""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """What was sent is looked up when the field is validated: now nothing is offered yet."""
        if valuelist:
            self.data = None

    def pre_validate(self, _form: object) -> None:
        """Find the one unit that was meant; nothing sent leaves what the form was opened with."""
        if not self.raw_data and self.data is not None and self._stored is not None:
            return
        self.data = None
        if not self.typed:
            if self.is_needed:
                raise StopValidation(_("Cần chọn đơn vị."))
            return
        if len(self._meant) != 1:
            raise StopValidation(self._refusal())
        self.data = self._meant[0].id

    @cached_property
    def _meant(self) -> Sequence[Suggestion]:
        return self.chooser.meant(self.typed[:LONGEST]) if self.typed else ()

    @cached_property
    def _stored(self) -> Suggestion | None:
        return self.chooser.by_id(self.data) if self.data else None

    def _refusal(self) -> str:
        if self._meant:
            told = _("Có nhiều đơn vị tên này. Hãy gõ mã của đơn vị muốn chọn: %(units)s.")
            return str(told % {"units": _named(self._meant)})
        told = _("Không có đơn vị này trong phạm vi của bạn. Hãy gõ mã hoặc tên đầy đủ.")
        near = self.chooser.near(self.typed[:LONGEST])
        return f"{told} {_('Có phải: %(units)s?', units=_named(near))}" if near else str(told)


def _named(units: Sequence[Suggestion]) -> str:
    """The units with their codes and what tells namesakes apart."""
    told = [
        _("%(unit)s thuộc %(above)s", unit=one.words, above=one.above) if one.above else one.words
        for one in units[:NAMED]
    ]
    return "; ".join([*told, "…"] if len(units) > NAMED else told)
