"""Keep a form that came too late for the one who typed it, and throw it away."""

from __future__ import annotations

from congress_app.accounts import typed_form
from congress_app.accounts.typed_form import TypedForm
from congress_app.jobs import upload_services
from congress_app.jobs.uploads import Upload


def keep(user_id: int, form: TypedForm) -> None:
    """Keep the form in place of what was kept for the user before.

    It lies where sheets lie between two requests, and goes with them after a day at most.
    """
    upload = Upload(typed_form.as_bytes(form), "form")
    upload_services.replace(typed_form.key_of(user_id), upload, user_id)


def forget(user_id: int) -> None:
    """Throw it away: it was sent again, or is not wanted."""
    upload_services.forget(typed_form.key_of(user_id), user_id)
