"""One submission of a form: validate, act, and on refusal keep everything typed.

A view builds its form, calls `accepted(form, act)`, and renders the page again with
`form_page(...)` when that is false: the rule's sentence then stands on top of the form,
with the status of the refusal.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import g, render_template, request
from flask_wtf import FlaskForm

from congress_app.kernel.errors import DomainError, Stale
from congress_app.kernel.sentences import Sentence
from congress_app.web.texts import say


def accepted(form: FlaskForm, act: Callable[[], Any]) -> bool:
    """True when the form was sent, is well-formed, and `act` went through.

    A DomainError of `act` becomes a message of the form; its details are added to it.
    """
    if not form.validate_on_submit():
        return False
    try:
        act()
    except DomainError as error:
        details = [say(d) for d in error.details if isinstance(d, (Sentence, str))]
        form.form_errors = [say(error.sentence), *details]
        g.refused_status = error.status
        if isinstance(error, Stale) and error.version is not None:
            # Both values are on the page now; saving once more is a decision, not an accident.
            form.version.data = str(error.version)
        return False
    return True


def form_page(template: str, form: FlaskForm, **context: Any) -> tuple[str, int]:
    """The page of a form: 200 when opened, 422 or the refusal's own status when sent back."""
    status = 200 if request.method in ("GET", "HEAD") else g.get("refused_status", 422)
    return render_template(template, form=form, **context), status
