"""The form a user sent too late."""

from __future__ import annotations

from congress_app.accounts import typed_form
from congress_app.accounts.typed_form import TypedForm
from congress_app.jobs import upload_queries
from congress_app.kernel import clock


def typed_by(user_id: int) -> TypedForm | None:
    """What is kept for this user; None when there is nothing, or it is an hour old."""
    since = clock.now() - typed_form.KEPT_FOR
    found = upload_queries.kept_since(typed_form.key_of(user_id), user_id, since)
    return typed_form.from_bytes(found.data) if found else None
