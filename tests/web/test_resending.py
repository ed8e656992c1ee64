"""What is kept of a form that could not be stored."""

from __future__ import annotations

from flask import Flask

from congress_app.web.resending import Resending, resending


def test_a_form_is_kept_with_its_address(app: Flask) -> None:
    with app.test_request_context("/units?page=2", method="POST", data={"name": "Cụm 1"}):
        assert resending() == Resending("/units?page=2", (("name", "Cụm 1"),))


def test_a_code_of_the_second_factor_never_comes_back_in_a_page(app: Flask) -> None:
    codes = [
        rule.rule
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("accounts.")
        and "POST" in (rule.methods or ())
        and not rule.arguments
    ]
    assert codes
    for path in codes:
        with app.test_request_context(path, method="POST", data={"code": "abcd-efgh"}):
            assert resending() is None, path
