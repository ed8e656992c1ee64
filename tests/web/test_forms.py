from __future__ import annotations

import ast

import pytest
from flask import Flask
from wtforms import SelectField
from wtforms.validators import InputRequired

from congress_app.web.forms import NONE_CHOSEN, BaseForm, DayField, WholeNumberField
from tests.architecture.sources import called_name, package_sources


class OneOfEach(BaseForm):
    day = DayField(validators=[InputRequired()])
    number = WholeNumberField(validators=[InputRequired()])


@pytest.mark.parametrize("nothing", ["", "  ", "\t", "\x00", "\u200b"])
def test_what_nobody_sees_is_not_what_is_required(app: Flask, nothing: str) -> None:
    with app.test_request_context(method="POST", data={"day": nothing, "number": nothing}):
        form = OneOfEach()
        assert not form.validate()
        assert form.errors == {"day": ["Cần điền mục này."], "number": ["Cần điền mục này."]}


def test_what_is_typed_is_read(app: Flask) -> None:
    with app.test_request_context(method="POST", data={"day": " 05/07/2020", "number": "1.200 "}):
        form = OneOfEach()
        assert form.validate(), form.errors
        assert (form.day.data.isoformat(), form.number.data) == ("2020-07-05", 1200)


@pytest.mark.parametrize("typed", ["9" * 400, "--5", "-", "1.20", "٣", "1e5", "0x10"])
def test_what_is_no_whole_number_is_told_so(app: Flask, typed: str) -> None:
    with app.test_request_context(method="POST", data={"day": "05/07/2020", "number": typed}):
        form = OneOfEach()
        assert not form.validate()
        assert form.errors == {"number": ["Hãy nhập một số nguyên, ví dụ 12 hoặc 1.200."]}


class OneOfThree(BaseForm):
    mark = SelectField(choices=["", "1", "2"], validators=[NONE_CHOSEN])


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({}, {}),
        ({"mark": ""}, {}),
        ({"mark": "2"}, {}),
        ({"mark": "\t\n"}, {"mark": ["Lựa chọn này không có trong danh sách."]}),
        ({"mark": "3"}, {"mark": ["Lựa chọn này không có trong danh sách."]}),
    ],
)
def test_white_space_is_no_choice(
    app: Flask, typed: dict[str, str], told: dict[str, list[str]]
) -> None:
    with app.test_request_context(method="POST", data=typed | {"other": "1"}):
        form = OneOfThree()
        assert (form.validate(), form.errors) == (not told, told)


def test_no_list_takes_white_space_for_nothing() -> None:
    found = [
        f"{source.module}:{node.lineno}"
        for source in package_sources()
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call) and called_name(node) in ("SelectField", "RadioField")
        if any(isinstance(one, ast.Name) and one.id == "Optional" for one in ast.walk(node))
    ]
    assert found == []
