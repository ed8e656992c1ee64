"""Long forms and lists to choose from: WTForms' own HTML in a fraction of its time."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import Any

from markupsafe import Markup, escape
from wtforms import Field, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.widgets import Select
from wtforms.widgets.core import clean_key

_Option = tuple[Any, Any, str | None]


def quick_params(**attributes: Any) -> Markup:
    """As `wtforms.widgets.html_params`, which formats a template for each attribute."""
    parts = []
    for name, value in sorted(attributes.items()):
        if value is True:
            parts.append(clean_key(name))
        elif value is not False:
            text = str(escape(value)).replace('"', "&quot;")
            parts.append(f'{clean_key(name)}="{text}"')
    return Markup(" ".join(parts))  # noqa: S704


class QuickSelect(Select):  # type: ignore[misc]  # WTForms has no types
    """A `<select>` of one choice whose options are written at once.

    WTForms makes three objects of every option and formats each attribute by itself, which
    takes most of the time of a form that offers all units of the sector.
    """

    def __call__(self, field: Field, **kwargs: Any) -> Markup:
        """The field's HTML; options with attributes of their own are left to WTForms."""
        options = _plain(field.choices) if isinstance(field, SelectField) else None
        if options is None:
            return Markup(super().__call__(field, **kwargs))  # noqa: S704
        for name in dir(field.flags):
            if name in self.validation_attrs:
                kwargs.setdefault(name, getattr(field.flags, name))
        attributes = quick_params(**{"name": field.name, "id": field.id} | kwargs)
        parts = [
            _grouped(name, _options(members, field))
            for name, members in groupby(options, itemgetter(2))
        ]
        return Markup(f"<select {attributes}>{''.join(parts)}</select>")  # noqa: S704


def _plain(choices: object) -> list[_Option] | None:
    """Value, words and group of every option; None when WTForms must see to them."""
    if not isinstance(choices, list):
        return None
    options: list[_Option] = []
    for one in choices:
        if type(one) is tuple and len(one) == 2:
            options.append((*one, None))
        elif isinstance(one, SelectChoice) and not one.render_kw:
            options.append((one.value, one.label, one.optgroup))
        else:
            return None
    # True and False become attributes without a value, which nobody needs.
    return None if any(isinstance(value, bool) for value, _words, _group in options) else options


def _options(options: Any, field: SelectField) -> str:
    coerce, chosen = field.coerce, field.data
    return "".join(
        f"<option {'selected ' if coerce(value) == chosen else ''}"
        # A number has nothing to escape.
        f'value="{value if type(value) is int else escape(value)}">'
        f"{escape(words or value)}</option>"
        for value, words, _group in options
    )


def _grouped(name: str | None, options: str) -> str:
    return options if name is None else f"<optgroup {quick_params(label=name)}>{options}</optgroup>"
