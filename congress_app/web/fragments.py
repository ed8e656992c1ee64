"""Parts of pages that are made anew many times a second."""

from __future__ import annotations

from flask import current_app


def fragment(template: str, **values: object) -> str:
    """A template that stands alone, rendered without what a whole page shows around it.

    Navigation, rights and the like are not worked out for it; a template that names one of
    them finds nothing there.
    """
    return current_app.jinja_env.get_template(template).render(values)
