"""Remember who read or took away sensitive figures of exemplars."""

from __future__ import annotations

from collections.abc import Mapping

from congress_app.audit.services import record
from congress_app.database import transaction
from congress_app.kernel.permissions import Actor
from congress_app.units.models import Unit


def note_reading(unit: Unit, facts: Mapping[str, object], *, actor: Actor) -> None:
    """Write that the actor saw how many exemplars of the unit belong to an ethnic minority."""
    with transaction():
        record("exemplar.read_sensitive", unit, facts, actor=actor, unit_path=unit.path)
