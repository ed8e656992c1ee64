"""The movements of the demonstration: every kind, reports in every state."""

from __future__ import annotations

import pytest
from flask import Flask

from congress_app.demo.sizes import SHOWN
from congress_app.exemplars import movement_queries, overview_queries
from congress_app.exemplars.movements import MOVEMENT_KIND_LABELS
from congress_app.units.queries import unit_by_code

pytestmark = pytest.mark.demonstration


def test_every_kind_with_late_wordy_and_missing_reports(app: Flask) -> None:
    rows = movement_queries.movements(("/",))
    assert {row.kind for row in rows} == set(MOVEMENT_KIND_LABELS)
    overview = overview_queries.overview(("/",), rows)
    whole = overview.whole
    assert min(whole.measured, whole.words, whole.missing, whole.late) >= 1
    assert whole.waiting == 0
    assert whole.measured > whole.slots / 2
    assert list(overview.by_movement) == rows
    province = unit_by_code(SHOWN)
    assert [row.name for row in rows if row.unit == province] == ["Nụ cười một cửa"]
