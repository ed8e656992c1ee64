"""Sentences as JSON: a version tells its story in the reader's language, years later too."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from congress_app.kernel.sentences import Sentence


def kept(sentence: Sentence | str) -> dict[str, Any] | str:
    """A sentence as plain values; words without places stay a text."""
    if isinstance(sentence, str):
        return sentence
    return {
        "template": sentence.template,
        "params": {name: _kept_value(value) for name, value in sentence.params.items()},
    }


def told(value: Mapping[str, Any] | str | None) -> Sentence | str:
    """Read what `kept` wrote; nothing is an empty text."""
    if not isinstance(value, Mapping):
        return value or ""
    params = {name: _told_value(one) for name, one in value["params"].items()}
    return Sentence(value["template"], **params)


def _kept_value(value: object) -> object:
    if isinstance(value, Sentence):
        return kept(value)
    return value if isinstance(value, (int, float, str)) or value is None else str(value)


def _told_value(value: object) -> object:
    return told(value) if isinstance(value, Mapping) else value
