"""Links with a wrong secret, counted for each network address.

The gate (`web/rates.py`) asks here after an open address found nothing.
"""

from __future__ import annotations

from congress_app.accounts import queries, throttle
from congress_app.accounts.attempt_services import note_failure
from congress_app.audit.services import record
from congress_app.database import transaction
from congress_app.kernel import clock
from congress_app.kernel.errors import TooMany
from congress_app.kernel.permissions import Actor

# What the log calls whoever opens a link without being anybody.
NOBODY = "người mở đường dẫn"


def note_miss(address: str) -> TooMany | None:
    """Count a wrong link; the refusal while the network address must wait.

    Nothing is written while it waits, so that a flood of wrong links takes no turn from
    those who write; of each wait the log gets one entry, with the address.
    """
    key, now = throttle.link_key(address), clock.now()
    until = queries.locked_until(key)
    if until is not None and until > now:
        return throttle.too_many_misses(until, now)
    with transaction():
        count = note_failure(key)
        wait = throttle.LINK_PATIENCE.wait_after(count)
        if wait:
            facts = {"failures": count, "wait_seconds": int(wait.total_seconds())}
            stranger = Actor("anonymous", None, NOBODY, NOBODY, address=address)
            record("link.misses", "link", facts, actor=stranger)
    return None
