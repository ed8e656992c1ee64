"""How the benchmarks of pages measure and tell."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable

from congress_app.database import db

REPEATS = 15


def tell(name: str, value: float, **more: object) -> None:
    print(json.dumps({"figure": name, "ms": round(value, 1), **more}), flush=True)


def once(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return (time.perf_counter() - start) * 1000


def median(act: Callable[[], object]) -> float:
    def fresh() -> None:
        db.session.rollback()
        act()

    fresh()
    return statistics.median(once(fresh) for _ in range(REPEATS))
