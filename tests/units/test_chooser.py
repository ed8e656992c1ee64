"""What a field offers, as values."""

from __future__ import annotations

import pytest

from congress_app.units.chooser import Offered, Suggestion
from congress_app.units.lookup import UnitRef

DISTRICT = UnitRef(7, "01.DD", "BHXH quận Đống Đa", "huyen", "/1/3/7/", 3)


@pytest.mark.parametrize(
    ("offered", "takes"),
    [
        (Offered(("/",)), True),
        (Offered(("/",), kinds=("huyen", "tinh")), True),
        (Offered(("/",), kinds=("tinh",)), False),
        (Offered(("/",), kinds=("tinh",), kept=7), True),
        (Offered(("/",), outside="/1/3/"), False),
        (Offered(("/",), outside="/1/4/"), True),
    ],
)
def test_a_unit_is_taken_by_its_kind_and_branch(offered: Offered, takes: bool) -> None:
    assert offered.takes(DISTRICT) is takes


def test_a_suggestion_ends_in_its_code() -> None:
    assert Suggestion(7, "01.DD", "BHXH quận Đống Đa", None).words == "BHXH quận Đống Đa (01.DD)"
