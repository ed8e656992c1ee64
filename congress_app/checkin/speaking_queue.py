"""Who speaks next in a discussion: first come, first heard; two queues take turns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

QUEUES = (1, 2)


@dataclass(frozen=True)
class Waiting:
    """One who waits: `id` rises with the time of asking; `is_present` is looked up now."""

    id: int
    queue: int
    is_present: bool = True


def in_turn(waiting: Sequence[Waiting], last_queue: int | None) -> list[Waiting]:
    """The order in which those present will be called.

    With people in both queues they alternate, beginning with the one that was not heard
    last (the first queue when nobody was). Whoever left the hall keeps the place but is
    passed over.
    """
    lines = {
        queue: sorted((w for w in waiting if w.queue == queue and w.is_present), key=_by_id)
        for queue in QUEUES
    }
    turn = 1 if last_queue in (None, 2) else 2
    found: list[Waiting] = []
    while any(lines.values()):
        line = lines[turn] or lines[3 - turn]
        found.append(line.pop(0))
        turn = 3 - found[-1].queue
    return found


def _by_id(waiting: Waiting) -> int:
    return waiting.id
