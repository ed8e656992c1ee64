from __future__ import annotations

import pytest
from flask import Flask
from wtforms.validators import InputRequired

from congress_app.web.forms import BaseForm, DayField, WholeNumberField


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
