"""Sentences in the reader's language: the one place where a face translates them."""

from __future__ import annotations

from typing import Any

from flask import Flask, g
from flask_babel import LazyString, get_locale, get_translations
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup

from congress_app.kernel.sentences import Sentence


def init_app(app: Flask) -> None:
    """Let templates translate by the catalogue that is kept."""
    app.jinja_env.globals["_"] = _shown


@pass_eval_context
def _shown(context: EvalContext, text: str, **variables: object) -> str:
    """A text of a template; as Jinja's own, it holds a per cent sign doubled."""
    translated = _catalogue().ugettext(text)
    if not context.autoescape:
        return str(translated % variables)
    # Without variables plain text is formatted: Markup would make up escapes for none.
    return Markup(translated) % variables if variables else Markup(translated % {})  # noqa: S704


def say(text: Sentence | str) -> str:
    """The text in the language of this request."""
    if isinstance(text, Sentence):
        # Looked up once: a sentence may hold others.
        ugettext = _catalogue().ugettext
        return text.render(lambda template: ugettext(template) if template else template)
    return _translate(text)


def _translate(template: str) -> str:
    if not template:
        return template
    translated: str = _catalogue().ugettext(template)
    return translated


def _catalogue() -> Any:
    """The catalogue of the request's language, kept as long as that stays the same.

    A long page translates a thousand times, and to look the catalogue up takes thirty times
    what a translation does.
    """
    locale = get_locale()
    if locale is None:
        return get_translations()
    known = g.get("catalogue")
    if known is None or known[0] is not locale:
        known = g.catalogue = (locale, get_translations())
    return known[1]


def lazy_say(text: str) -> LazyString:
    """A label that is translated when it is shown, not when the class is written."""
    return LazyString(_translate, text)
