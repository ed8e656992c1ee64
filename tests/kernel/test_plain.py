"""Values as JSON holds them."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from congress_app.kernel.partial_date import PartialDate
from congress_app.kernel.plain import plain

SIMPLE = st.none() | st.booleans() | st.integers() | st.text()


@given(st.recursive(SIMPLE, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_what_json_knows_comes_back_as_it_was(value):
    assert json.loads(json.dumps(plain(value))) == value


def test_days_moments_and_our_own_values_become_text():
    told = {
        "day": date(2020, 10, 14),
        "at": datetime(2020, 10, 14, 8, tzinfo=UTC),
        "born": PartialDate(1980, 7),
        "both": (None, {"x"}),
    }
    assert plain(told) == {
        "day": "2020-10-14",
        "at": "2020-10-14T08:00:00+00:00",
        "born": str(PartialDate(1980, 7)),
        "both": [None, ["x"]],
    }
