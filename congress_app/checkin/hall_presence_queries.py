"""Who is in a hall now, for chapters that stand before this one and only ask."""

from __future__ import annotations

from sqlalchemy import select

from congress_app.checkin.models import Presence
from congress_app.database import db
from congress_app.programme.models import Session


def present_delegates(congress_id: int) -> frozenset[int]:
    """Delegates who are in a hall of the congress; the roof hands this to the programme."""
    return frozenset(
        db.session.scalars(
            select(Presence.delegate_id)
            .join(Session, Presence.session_id == Session.id)
            .where(Session.congress_id == congress_id, Presence.is_present)
        )
    )
