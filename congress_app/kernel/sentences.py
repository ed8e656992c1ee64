"""Sentences for people, written where the rule stands and translated where they are shown.

Vietnamese is the source language, so the template is also the key of the catalogue.
Pure code cannot know the reader's language: it hands out a `Sentence`, and a face
(page, API, command) renders it with its own translator.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

Translator = Callable[[str], str]


def N_(text: str) -> str:
    """Mark a constant text for the catalogue without translating it here."""
    return text


@dataclass(frozen=True, init=False)
class Sentence:
    """A template with `{named}` places and the values that fill them.

    A value may itself be a Sentence; it is rendered with the same translator.
    Numbers are put in as given: format them (`vietnamese.number`) before, since only
    the caller knows a year from a quantity.
    """

    template: str
    params: dict[str, object] = field(hash=False)

    def __init__(self, template: str, /, **params: object) -> None:
        object.__setattr__(self, "template", template)
        object.__setattr__(self, "params", params)

    def render(self, translate: Translator = str) -> str:
        """Give the text in the language of `translate`; Vietnamese without one."""
        values = {
            name: value.render(translate) if isinstance(value, Sentence) else value
            for name, value in self.params.items()
        }
        text = translate(self.template)
        return text.format(**values) if values else text

    def __str__(self) -> str:
        return self.render()
