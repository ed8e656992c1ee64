"""Rows of movements and of what units reported."""

from __future__ import annotations

from datetime import date
from typing import Any

from congress_app.exemplars.movement_models import Movement, MovementResult
from congress_app.kernel import clock
from congress_app.units.models import Unit
from tests.builders.ground import numbers, store, the_root


def a_movement(unit: Unit | None = None, **columns: Any) -> Movement:
    """A movement of the year 2020, launched by the unit."""
    defaults = {
        "name": f"Phong trào {next(numbers)}",
        "kind": "theme",
        "starts_on": date(2020, 1, 1),
        "ends_on": date(2020, 12, 31),
    }
    return store(Movement(unit_id=(unit or the_root()).id, **(defaults | columns)))


def a_movement_result(movement: Movement, unit: Unit, **columns: Any) -> MovementResult:
    """What the unit reported of the first quarter of 2020, now."""
    defaults = {
        "year": 2020,
        "quarter": 1,
        "reached": 90,
        "text": "Vượt kế hoạch quý.",
        "reported_at": clock.now(),
        "reported_by": "test",
    }
    return store(MovementResult(movement_id=movement.id, unit_id=unit.id, **(defaults | columns)))
