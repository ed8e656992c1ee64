"""What may be left to do before a closing: later chapters tell, each by a query of its own.

@warns_before_closing
def what_is_left(congress_id: int) -> Sentence | None: …
"""

from __future__ import annotations

from collections.abc import Callable

from congress_app.kernel.sentences import Sentence

Warner = Callable[[int], Sentence | None]

_warners: dict[str, Warner] = {}


def warns_before_closing(query: Warner) -> Warner:
    """Ask this query too before a congress is closed; its sentence warns."""
    _warners[f"{query.__module__}.{query.__qualname__}"] = query
    return query


def left_to_do(congress_id: int) -> tuple[Sentence, ...]:
    """What should be looked at before the congress is closed."""
    told = (warner(congress_id) for warner in _warners.values())
    return tuple(sentence for sentence in told if sentence is not None)
