"""In whose part of the site an address lies, as the menus name it."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import current_app, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from congress_app.congresses import queries
from congress_app.factory.menu import CONGRESS_MENU, MENU
from congress_app.kernel.permissions import Actor
from congress_app.web import navigation

Place = tuple[tuple[str, str], ...]


def place_of(address: str, actor: Actor) -> Place:
    """Names and addresses from the congress down to the menu's entry.

    `address` is one of this site that a form is sent to. Empty when no menu has it, or the
    actor may not open what it lies in: a congress he has no part in is not named.
    """
    adapter = current_app.url_map.bind("localhost")
    try:
        endpoint, values = adapter.match(urlsplit(address).path, method="POST")
    except (HTTPException, RequestRedirect):
        return ()
    if "congress_id" in values:
        return _in_congress(endpoint, values["congress_id"], actor)
    return _found(navigation.links(_covering(MENU, endpoint), actor))


def _in_congress(endpoint: str, congress_id: int, actor: Actor) -> Place:
    congress = queries.congress_by_id(congress_id)
    if congress is None:
        return ()
    entries = _covering(CONGRESS_MENU, endpoint)
    links = navigation.scoped_links(entries, actor, congress.unit.path, congress_id=congress_id)
    home = url_for("overview.show", congress_id=congress_id)
    return ((congress.name, home), *_found(links)) if links else ()


def _covering(entries: tuple[navigation.Entry, ...], endpoint: str) -> tuple[navigation.Entry, ...]:
    return tuple(entry for entry in entries if navigation.is_part_of(entry, endpoint))


def _found(links: list[navigation.Link]) -> Place:
    return tuple((link.label, link.url) for link in links[:1])
