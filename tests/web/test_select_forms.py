"""The quick widget writes what WTForms writes, whatever the choices."""

from __future__ import annotations

import pytest
from flask import Flask
from flask_babel import lazy_gettext
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup
from wtforms import Form, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired
from wtforms.widgets import html_params

from congress_app.web.forms import BaseForm
from congress_app.web.select_forms import QuickSelect, quick_params

WORDS = st.text(max_size=12) | st.sampled_from(["<b>", "\"&'", "\u2003BHXH tỉnh"])
PAIRS = st.lists(st.tuples(st.integers() | WORDS, WORDS), max_size=6)


class Plain(Form):
    """As WTForms writes it."""

    unit = SelectField(coerce=str, validators=[InputRequired()], render_kw={"data-x": "1"})


@settings(max_examples=60)
@given(pairs=PAIRS, chosen=WORDS)
def test_it_writes_what_wtforms_writes(pairs: list[tuple[int | str, str]], chosen: str) -> None:
    field = Plain(data={"unit": chosen}).unit
    field.choices = pairs
    attributes = {"class": "control", "aria-describedby": "help"}
    expected = field(**attributes)
    field.widget = QuickSelect()
    assert field(**attributes) == expected


NAMES = st.sampled_from(["class_", "data_seat", "aria_describedby", "for_", "x-y", "value"])
VALUES = WORDS | st.integers() | st.booleans() | st.none() | WORDS.map(Markup)


@given(st.dictionaries(NAMES, VALUES))
def test_attributes_are_those_of_wtforms(attributes: dict[str, object]) -> None:
    assert quick_params(**attributes) == html_params(**attributes)


@pytest.mark.parametrize(
    "choices",
    [
        [],
        None,
        ["a", "b"],
        [(True, "Có"), (False, "Không")],
        [("a", lazy_gettext("Mọi loại")), ("", "")],
        {"Nhóm": {"a": "Một"}, "b": "Hai"},
        [SelectChoice("a", "Một", optgroup="Nhóm <1>"), SelectChoice("b", "Hai")],
        [("b", "Không nhóm"), SelectChoice("a", "Một", {"disabled": True}, "Nhóm")],
        [("a", "Một", {"disabled": True}), ("b", "Hai")],
    ],
)
def test_other_shapes_are_written_too(app: Flask, choices: object) -> None:
    with app.test_request_context():
        field = Plain(data={"unit": "b"}).unit
        field.choices = choices
        expected = field()
        field.widget = QuickSelect()
        assert field() == expected


class OfTheHouse(BaseForm):
    one = SelectField(choices=[SelectChoice("a", "Một")])
    several = SelectMultipleField(choices=[SelectChoice("a", "Một")])


def test_every_form_of_the_house_writes_its_selects_so(app: Flask) -> None:
    with app.test_request_context():
        form = OfTheHouse(data={"one": "a", "several": ["a"]})
        assert form.one() == (
            '<select id="one" name="one"><option selected value="a">Một</option></select>'
        )
        assert form.several() == (
            '<select id="several" multiple name="several">'
            '<option selected value="a">Một</option></select>'
        )
        assert isinstance(form.one.widget, QuickSelect)
