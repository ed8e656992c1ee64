"""The movements of the demonstration: every kind, reports in every state."""

from __future__ import annotations

from flask import Flask

from congress_app.demo import services
from congress_app.demo.sizes import SHOWN, Size
from congress_app.exemplars import movement_queries, overview_queries
from congress_app.exemplars.movements import MOVEMENT_KIND_LABELS
from congress_app.kernel.permissions import system_actor
from congress_app.units.queries import unit_by_code


def test_every_kind_with_late_wordy_and_missing_reports(app: Flask) -> None:
    services.load(Size.SMALL, 2020, actor=system_actor())
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
