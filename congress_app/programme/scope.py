"""What the pages of the programme share: rows of this congress, and looking before acting."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from flask import current_app, g

from congress_app.kernel.errors import NotFound
from congress_app.programme import queries
from congress_app.programme.forms import PreviewedForm
from congress_app.programme.models import Item, Session
from congress_app.programme.ripple import Unseen
from congress_app.web.submissions import accepted


def settled(form: PreviewedForm, act: Callable[[], Any]) -> bool:
    """`accepted`, but an effect nobody looked at is shown, not told as a fault.

    The page then finds it in `g.ripple`, and the form carries the proof that it was shown.
    """

    def look() -> None:
        try:
            act()
        except Unseen as unseen:
            g.ripple, form.seen.data = unseen.ripple, unseen.token
            raise

    done = accepted(form, look)
    if "ripple" in g:
        form.form_errors = []
    return done


def the_session(session_id: int) -> Session:
    """A session of this congress."""
    session = queries.session_by_id(g.congress.id, session_id)
    if session is None:
        raise NotFound()
    return session


def the_item(item_id: int) -> Item:
    """An item of this congress."""
    item = queries.item_by_id(g.congress.id, item_id)
    if item is None:
        raise NotFound()
    return item


def present_now() -> Collection[int] | None:
    """Delegates in the halls of this congress; who counts them stands in a later chapter."""
    count = current_app.extensions.get("present_delegates")
    return None if count is None else count(g.congress.id)
