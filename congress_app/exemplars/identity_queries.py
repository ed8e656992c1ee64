"""Whether a record may come to tell of somebody else, by what later chapters know of it.

@keeps_one
def what_was_asked(exemplar_id: int) -> Sentence | None: …
"""

from __future__ import annotations

from collections.abc import Callable

from congress_app.exemplars.models import Exemplar
from congress_app.kernel.sentences import Sentence

Keeper = Callable[[int, str], Sentence | None]
Corrector = Callable[[int], bool]

_keepers: dict[str, Keeper] = {}
_correctors: dict[str, Corrector] = {}


def keeps_one(query: Keeper) -> Keeper:
    """Ask this query, with number and name, before a record tells of somebody else; its
    sentence refuses."""
    _keepers[f"{query.__module__}.{query.__qualname__}"] = query
    return query


def corrects(query: Corrector) -> Corrector:
    """Ask this query whether another name or year of birth is a correction: the same one."""
    _correctors[f"{query.__module__}.{query.__qualname__}"] = query
    return query


def why_the_same(row: Exemplar) -> Sentence | None:
    """Why the record has to stay with whom it tells of; None when it need not."""
    told = (keeper(row.id, row.name) for keeper in _keepers.values())
    return next((sentence for sentence in told if sentence is not None), None)


def is_corrected(row: Exemplar) -> bool:
    """True while it is on record that what is known of this very one is wrong."""
    return any(corrector(row.id) for corrector in _correctors.values())
