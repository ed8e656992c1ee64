"""The delegate's calendar, which follows the released programme."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, request

from congress_app.agenda import calendar_link, feed, queries
from congress_app.agenda.feed_routes import for_holder_alone
from congress_app.delegates.credentials import ACTIVE
from congress_app.delegates.models import Delegate
from congress_app.formats import ical
from congress_app.kernel.errors import NotFound
from congress_app.programme.release_queries import released
from congress_app.web.guards import public
from congress_app.web.responses import download

bp = Blueprint("calendar", __name__, url_prefix="/calendar")


@bp.get("/<int:delegate_id>/<calendar_token>.ics")
@public
def show(delegate_id: int, calendar_token: str) -> Response:
    """The released programme for the phone's own calendar; opens nothing else."""
    delegate = queries.delegate_by_number(delegate_id)
    if delegate is None or not calendar_link.opens(calendar_token, delegate.link_token):
        raise NotFound()
    mark = queries.mark_of(str(delegate.link_token))
    if mark is None:
        raise NotFound()
    etag = f"calendar-{mark.etag}"
    if request.if_none_match.contains_weak(etag):
        return for_holder_alone(make_response(b"", 304), etag)
    return for_holder_alone(download(_calendar(delegate), "chuong-trinh.ics", inline=True), etag)


def arguments_of(delegate: Delegate) -> dict[str, object]:
    """What the address of a delegate's calendar is made of; the page must have a link."""
    secret = calendar_link.secret_of(str(delegate.link_token))
    return {"delegate_id": delegate.id, "calendar_token": secret}


def _calendar(delegate: Delegate) -> bytes:
    congress, release = delegate.congress, released(delegate.congress_id)
    reader = feed.Reader(
        delegate.id,
        owner=f"delegate {delegate.id} {delegate.created_at.isoformat()}",
        changes=delegate.version + congress.version,
        comes=delegate.state in ACTIVE,
    )
    events = feed.events(release, reader, congress.place) if release else []
    return ical.calendar(congress.name, events, refresh=feed.REFRESH)
