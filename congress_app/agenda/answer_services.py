"""What a delegate answers to the convocation by the own link."""

from __future__ import annotations

from congress_app.agenda import answers, queries
from congress_app.database import transaction
from congress_app.delegates import place_services, state_services
from congress_app.delegates.credentials import State
from congress_app.delegates.models import Delegate
from congress_app.kernel import clock
from congress_app.kernel.permissions import Actor


def answer(delegate: Delegate, state: State, *, reason: str | None, actor: Actor) -> None:
    """Take the answer in, if the page offers it now; else RuleViolation `already_begun` or
    `not_asked`. Raises as `move_state`."""
    with transaction():
        row = place_services.taken(delegate)
        has_begun = queries.has_begun(row, clock.now())
        if row.state == state:  # a second tap; what it says stands already
            return
        answers.must_be_offered(state, row.state, has_begun=has_begun)
        state_services.move_state(row.congress, [row.id], state, actor=actor, reason=reason)
