"""Names in a sentence: all of a few, the first of many."""

from __future__ import annotations

from collections.abc import Iterable

from congress_app.kernel.sentences import Sentence
from congress_app.kernel.vietnamese import number

# Names written out before the rest is only counted.
_NAMED = 8


def listed(names: Iterable[str]) -> Sentence | str:
    """ "A, B, C", or the first eight "và 12 mục khác"."""
    chosen = list(names)
    shown = ", ".join(chosen[:_NAMED])
    if len(chosen) <= _NAMED:
        return shown
    return Sentence("{names} và {more} mục khác", names=shown, more=number(len(chosen) - _NAMED))
