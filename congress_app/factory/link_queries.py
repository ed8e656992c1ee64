"""All secrets that open an address without signing in; the chapters that have some together."""

from __future__ import annotations

from sqlalchemy import select

from congress_app.agenda import calendar_link
from congress_app.checkin.hall_models import HallLink
from congress_app.database import db
from congress_app.delegates.models import Delegate


def standing_links() -> list[str]:
    """Those of delegates' pages and calendars and of halls' screens that are not taken back."""
    pages = select(Delegate.link_token).where(Delegate.link_token.is_not(None))
    halls = select(HallLink.token).where(HallLink.revoked_at.is_(None))
    of_pages = [token for token in db.session.scalars(pages) if token is not None]
    of_calendars = map(calendar_link.secret_of, of_pages)
    return [*of_pages, *of_calendars, *db.session.scalars(halls)]
