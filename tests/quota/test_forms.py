"""What people type into the allocation forms."""

from __future__ import annotations

from fractions import Fraction

import pytest
from werkzeug.datastructures import MultiDict

from congress_app.quota.forms import AdjustForm, ProposalForm, ReleaseForm, proposal_data
from congress_app.quota.options import LineRule, Options

TYPED = {
    "officials": "8",
    "reserve": "2",
    "weight_attendance": "1",
    "method": "webster",
    "floor": "1",
    "tie_key": "",
}


@pytest.fixture(autouse=True)
def request_open(app):
    with app.test_request_context("/", method="POST"):
        yield


def proposal(**changes) -> ProposalForm:
    return ProposalForm(MultiDict(TYPED | changes), meta={"csrf": False})


def test_the_typed_choices_become_options() -> None:
    form = proposal(
        weight_headcount="0,5",
        ceiling="9",
        tie_order="B; A,, C",
        tie_seed="  giải  12345 ",
        **{"lines-0-code": "A", "lines-0-floor": "2", "lines-1-code": "B", "lines-1-lock": ""},
    )
    assert form.validate(), form.errors
    assert form.options(20) == Options(
        cap=20,
        officials=8,
        reserve=2,
        ceiling=9,
        tie_seed="giải 12345",
        tie_order=("B", "A", "C"),
        weights=(("attendance", "1"), ("headcount", "1/2")),
        lines={"A": LineRule(floor=2)},
    )


def test_fields_that_a_congress_does_not_show_may_be_missing() -> None:
    form = ProposalForm(
        MultiDict({"seats": "4", "weight_equal": "1", "method": "adams", "floor": "0"}
                  | {"tie_key": "headcount"}),
        meta={"csrf": False},
    )  # fmt: skip
    assert form.validate(), form.errors
    assert form.options(None) == Options(
        method="adams",
        source="equal",
        seats=4,
        floor=0,
        tie_key="headcount",
        weights=(("equal", "1"),),
    )


@pytest.mark.parametrize("typed", ["", "0"])
def test_one_source_must_count(typed) -> None:
    form = proposal(weight_attendance=typed)
    assert not form.validate()
    assert form.errors == {
        "weight_attendance": ["Hãy cho ít nhất một nguồn trọng số hệ số trên 0."]
    }


def test_a_coefficient_that_cannot_be_read_is_told_and_kept() -> None:
    form = proposal(weight_headcount="nửa")
    assert not form.validate()
    assert form.errors == {"weight_headcount": ["Hãy nhập hệ số như 1, 0,5 hoặc 3/2."]}
    assert form.weight_headcount._value() == "nửa"


def test_a_wrong_figure_of_a_single_unit_is_told() -> None:
    form = proposal(**{"lines-0-code": "A", "lines-0-ceiling": "nhiều"})
    assert not form.validate()
    assert form.lines[0].ceiling.errors == ["Hãy nhập một số nguyên, ví dụ 12 hoặc 1.200."]
    form = proposal(**{"lines-0-code": "A", "lines-0-ceiling": "-1"})
    assert not form.validate()
    assert form.lines[0].ceiling.errors == ["Số phải từ 0 đến 100000."]


def test_the_form_opens_with_the_choices_of_the_last_version() -> None:
    options = Options(
        cap=20,
        floor=2,
        tie_order=("B", "A"),
        weights=(("attendance", "3/2"), ("equal", "1/3")),
        lines={"B": LineRule(lock=3)},
    )
    form = ProposalForm(data=proposal_data(options, ["A", "B"]), meta={"csrf": False})
    shown = {name: form[name]._value() for name in ("floor", "tie_order", "weight_attendance")}
    assert shown == {"floor": "2", "tie_order": "B, A", "weight_attendance": "1,5"}
    assert (form.weight_equal.data, form.weight_equal._value()) == (Fraction(1, 3), "1/3")
    assert [(row.code.data, row.lock.data) for row in form.lines] == [("A", None), ("B", 3)]


def test_an_adjustment_needs_a_figure_and_a_reason() -> None:
    form = AdjustForm(MultiDict({"seats": "", "reason": " ", "version": "2"}), meta={"csrf": False})
    assert not form.validate()
    assert set(form.errors) == {"seats", "reason"}
    form = AdjustForm(
        MultiDict({"seats": "0", "reason": "Hết", "version": "2"}), meta={"csrf": False}
    )
    assert form.validate()
    assert form.change() == (0, "Hết", 2)


def test_only_units_that_give_back_are_told() -> None:
    typed = {"handing": "all", "reason": "Thiếu người"}
    lines = {"lines-0-code": "A", "lines-0-freed": "2", "lines-1-code": "B", "lines-1-freed": ""}
    form = ReleaseForm(MultiDict(typed | lines), meta={"csrf": False})
    assert form.validate(), form.errors
    assert form.freed() == {"A": 2}
