"""Release the programmes of the demonstration, by the service real ones go through."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select

from congress_app.congresses.models import Congress
from congress_app.database import transaction
from congress_app.kernel import clock
from congress_app.kernel.permissions import Actor
from congress_app.programme import release_queries, release_services
from congress_app.programme.models import Session

_BEFORE = timedelta(days=3)


def release_programmes(*, actor: Actor) -> None:
    """Release every programme as of three days before its first session, or now if sooner."""
    with transaction() as session:
        rows = session.execute(
            select(Congress, func.min(Session.starts_at))
            .join(Session, Session.congress_id == Congress.id)
            .group_by(Congress.id)
            .order_by(Congress.id)
        ).all()
        for congress, starts in rows:
            with clock.frozen(min(starts - _BEFORE, clock.now())):
                seen = release_queries.draft_of(congress.id).fingerprint
                release_services.release(congress, seen=seen, actor=actor, note="Bản đầu tiên")
