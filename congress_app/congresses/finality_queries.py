"""What keeps a closed congress closed: later chapters tell, each by a query of its own.

@keeps_closed
def what_is_gone(congress_id: int) -> Sentence | None: …
"""

from __future__ import annotations

from collections.abc import Callable

from congress_app.kernel.sentences import Sentence

Keeper = Callable[[int], Sentence | None]

_keepers: dict[str, Keeper] = {}


def keeps_closed(query: Keeper) -> Keeper:
    """Ask this query too before a congress is opened again; its sentence refuses."""
    _keepers[f"{query.__module__}.{query.__qualname__}"] = query
    return query


def kept_closed(congress_id: int) -> tuple[Sentence, ...]:
    """Why the congress cannot be opened again; empty when it can."""
    told = (keeper(congress_id) for keeper in _keepers.values())
    return tuple(sentence for sentence in told if sentence is not None)
