"""The log in words: what actions, fields and codes are called, and how a change reads.

Each chapter writes its own codes; their words stand here together, so that the log page
needs to know no later chapter. A code without words is shown as it is, never hidden.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from congress_app.audit import chain
from congress_app.audit.actions import ACTIONS
from congress_app.audit.values import VALUES
from congress_app.audit.vocabulary import FIELDS
from congress_app.kernel import clock, vietnamese
from congress_app.kernel.sentences import N_, Sentence

NOTHING = N_("trống")
YES = N_("có")
NO = N_("không")
UNDER_SEAL = N_("niêm phong, chỉ hiện khi xem dữ liệu nhạy cảm")
# Typed by people: a sign-in name "viewer" is no role and stays as it is.
VERBATIM = frozenset({"username", "code", "name", "display_name"})

Words = Sentence | str


@dataclass(frozen=True)
class Line:
    """One changed field, or one fact: then `before` is None and only `after` is shown."""

    label: str
    before: Words | None
    after: Words


def action_words(action: str) -> str:
    """What the action is called; its code when nobody named it."""
    return ACTIONS.get(action, action)


def lines(changes: Mapping[str, object]) -> list[Line]:
    """The changes of an entry, one line a field, in the order they were written."""
    return [_line(key, value) for key, value in changes.items()]


def stored(values: Mapping[str, object]) -> list[Sentence]:
    """What is stored now, a sentence for each value: for whoever edited an older state."""
    return [
        Sentence("{label}: {value}", label=Sentence(line.label), value=_as_sentence(line.after))
        for line in lines(values)
    ]


def _as_sentence(words: Words) -> Sentence:
    return words if isinstance(words, Sentence) else Sentence(words)


def _line(key: str, value: object) -> Line:
    label = FIELDS.get(key, key)
    if key == chain.SEALED:
        return Line(label, None, UNDER_SEAL)
    if key == chain.REDUCED and isinstance(value, Mapping):
        return Line(label, None, chain.ranges(int(number) for number in value))
    if isinstance(value, list) and len(value) == 2:
        return Line(label, _words(key, value[0]), _words(key, value[1]))
    return Line(label, None, _words(key, value))


def _words(key: str, value: object) -> Words:
    if value is None or value == "" or value == [] or value == {}:
        return NOTHING
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, int):
        # A year or an id is no quantity; only counts get their thousands marked.
        is_name = key.endswith(("_id", "year", "number", "seed"))
        return str(value) if is_name else vietnamese.number(value)
    if isinstance(value, float):
        return str(value).replace(".", ",")
    if isinstance(value, date):
        value = value.isoformat()
    if isinstance(value, str):
        if key in VERBATIM:
            return value
        return VALUES.get(value) or _moment(value) or value
    if isinstance(value, list):
        return _joined([_words(key, item) for item in value])
    if isinstance(value, Mapping):
        return _joined(
            [
                Sentence("{label}: {value}", label=FIELDS.get(name, name), value=_words(name, item))
                for name, item in value.items()
            ]
        )
    return str(value)


def _joined(parts: list[Words]) -> Words:
    first, *rest = parts
    joined: Words = first
    for part in rest:
        joined = Sentence("{first}; {rest}", first=_sentence(joined), rest=_sentence(part))
    return joined


def _sentence(words: Words) -> Sentence:
    # A plain word may be a catalogue key ("có"): as a Sentence it is translated too.
    return words if isinstance(words, Sentence) else Sentence(words)


def _moment(text: str) -> str | None:
    """An ISO day or instant as people read it; None for any other text."""
    if len(text) < 10 or text[4:5] != "-" or text[7:8] != "-":
        return None
    try:
        if len(text) == 10:
            return date.fromisoformat(text).strftime("%d/%m/%Y")
        return clock.at_venue(datetime.fromisoformat(text)).strftime("%H:%M %d/%m/%Y")
    except ValueError:
        return None
