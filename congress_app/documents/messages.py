"""Words to paste into Zalo or a mail: no sensitive column, no phone, no number of a card."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from congress_app.documents import composing, markup, placeholders
from congress_app.documents.facts import Facts, PersonRow
from congress_app.documents.head import Head
from congress_app.documents.papers.base import Kind, Lack


@dataclass(frozen=True)
class Messages:
    """A name and a text for each recipient, or what is missing for them."""

    texts: list[tuple[str, str]]
    lacks: list[Lack]


def messages(kind: Kind, facts: Facts, people: Sequence[PersonRow]) -> Messages:
    """The kind's message for everybody; no texts while a fact is missing."""
    if not kind.message:
        return Messages([], [])
    lacks = composing.lacks(kind, Head(), kind.message, facts, people)
    if lacks:
        return Messages([], lacks)
    return Messages(
        [(row.name, markup.fill(kind.message, placeholders.values(facts, row))) for row in people],
        [],
    )
