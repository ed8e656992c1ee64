"""Sentences in the reader's language: the one place where a face translates them."""

from __future__ import annotations

from flask_babel import LazyString, gettext

from congress_app.kernel.sentences import Sentence


def say(text: Sentence | str) -> str:
    """The text in the language of this request."""
    if isinstance(text, Sentence):
        return text.render(_translate)
    return _translate(text)


def _translate(template: str) -> str:
    # flask_babel applies "%" only when variables are given, so a bare template is safe.
    return gettext(template) if template else template


def lazy_say(text: str) -> LazyString:
    """A label that is translated when it is shown, not when the class is written."""
    return LazyString(_translate, text)
