"""Steps in the life of a congress, taken by somebody who looked at it."""

from __future__ import annotations

from typing import Any

from congress_app.congresses import services, step_queries
from congress_app.congresses.models import Congress
from congress_app.kernel.permissions import Actor


def moved(congress: Congress, target: str, *, actor: Actor, **more: Any) -> Congress:
    """The congress in another state, from where it stands now."""
    seen = step_queries.last_id(congress.id)
    return services.move(congress, target, seen=seen, actor=actor, **more)
