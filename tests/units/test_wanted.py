"""Which units a list shows."""

from __future__ import annotations

import pytest

from congress_app.kernel.vietnamese import fold
from congress_app.units.tree import UnitRow
from congress_app.units.wanted import Wanted


def a_row(name="BHXH huyện Đồng Văn", code="02-ĐV", **columns):
    defaults = {
        "id": 1,
        "parent_id": None,
        "code": code,
        "name": name,
        "search_key": fold(name),
        "kind": "huyen",
        "path": "/1/",
        "precedence": 1,
        "headcount": None,
        "is_pilot": False,
        "cluster_id": 4,
    }
    return UnitRow(**(defaults | columns))


@pytest.mark.parametrize(
    ("wanted", "taken"),
    [
        (Wanted(), True),
        (Wanted(text="dong van"), True),
        (Wanted(text="ĐỒNG  huyện"), True),
        (Wanted(text="02-đv"), True),
        (Wanted(text="02 dong"), True),
        (Wanted(text="dong hung"), False),
        (Wanted(kind="huyen"), True),
        (Wanted(kind="tinh"), False),
        (Wanted(cluster_id=4), True),
        (Wanted(cluster_id=5), False),
        (Wanted(only_pilots=True), False),
    ],
)
def test_what_a_filter_takes(wanted, taken):
    assert wanted.takes(a_row()) == taken
    assert bool(wanted) == (wanted != Wanted())
