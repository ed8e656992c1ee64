"""Links with a wrong secret, counted for each network address.

The gate (`web/rates.py`) asks here after an open address found nothing.
"""

from __future__ import annotations

from congress_app.accounts import queries, throttle
from congress_app.accounts.attempt_services import note_failure
from congress_app.kernel import clock
from congress_app.kernel.errors import TooMany


def note_miss(address: str) -> TooMany | None:
    """Count a wrong link; the refusal while the network address must wait.

    Nothing is written while it waits, so that a flood of wrong links takes no turn from
    those who write.
    """
    key, now = throttle.link_key(address), clock.now()
    until = queries.locked_until(key)
    if until is None or until <= now:
        note_failure(key)
        return None
    return throttle.too_many_misses(until, now)
