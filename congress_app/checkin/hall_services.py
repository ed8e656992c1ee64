"""Make and revoke the secret link of a hall's screen."""

from __future__ import annotations

import secrets

from sqlalchemy import select

from congress_app.audit.services import record
from congress_app.checkin import hall_queries
from congress_app.checkin.hall_models import HallLink
from congress_app.congresses.models import Congress
from congress_app.database import transaction
from congress_app.kernel import clock
from congress_app.kernel.permissions import Actor


def make_link(congress: Congress, *, actor: Actor) -> HallLink:
    """The link of the hall's screen; the one that stands, or a new one."""
    with transaction() as session:
        # Two organisers at once shall not make two links.
        row = select(Congress.id).where(Congress.id == congress.id)
        session.execute(row.with_for_update(key_share=True)).one()
        standing = hall_queries.standing_link(congress.id)
        if standing is not None:
            return standing
        link = HallLink(
            congress_id=congress.id,
            token=secrets.token_urlsafe(24),
            created_at=clock.now(),
            created_by=actor.display_name,
        )
        session.add(link)
        record("hall.make", congress, actor=actor, unit_path=congress.unit.path)
        return link


def revoke_link(congress: Congress, *, actor: Actor) -> bool:
    """Close the link at once, on every screen that shows it; False when there was none."""
    with transaction():
        link = hall_queries.standing_link(congress.id)
        if link is None:
            return False
        link.revoked_at = clock.now()
        record("hall.revoke", congress, actor=actor, unit_path=congress.unit.path)
        return True
