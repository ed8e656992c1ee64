"""Write down whose sensitive facts were compared with what somebody typed.

The answer tells whether they agree, so comparing them is reading them, written or not.
"""

from __future__ import annotations

from collections.abc import Sequence

from congress_app.audit.services import RowHappening, record_rows
from congress_app.congresses.models import Congress
from congress_app.congresses.queries import rulebook_of
from congress_app.database import transaction
from congress_app.delegates import privacy
from congress_app.delegates.book import Entry, Plan, Step
from congress_app.delegates.models import Delegate, Person
from congress_app.kernel.permissions import Actor

READING_ACT = "delegate.read_sensitive"
# More people at once are recorded as a list is: how many, not who.
NAMED_READINGS = 200


def note_comparing(
    congress: Congress, entries: Sequence[Entry], decided: Plan, *, actor: Actor
) -> None:
    """Remember whose sensitive facts the entries were compared with; of many only how many."""
    open_codes = rulebook_of(congress).open_priorities
    compared = [
        step
        for step in decided.steps
        if step.before is not None
        and privacy.tells_sensitive(entries[step.index].registration, open_codes)
    ]
    if not compared:
        return
    path = congress.unit.path
    if len(compared) > NAMED_READINGS:
        facts: dict[str, object] = {"compared": True, "rows": len(compared)}
        whole = RowHappening(congress.id, congress.name, facts, path)
        readings = [(Congress.__tablename__, [whole])]
    else:
        readings = [
            (Delegate.__tablename__, [_read(s.held.id, s, path) for s in compared if s.held]),
            (
                Person.__tablename__,
                [_read(s.person_id, s, path) for s in compared if s.person_id and not s.held],
            ),
        ]
    with transaction():
        for kind, happenings in readings:
            record_rows(READING_ACT, kind, happenings, actor=actor)


def _read(number: int, step: Step, path: str) -> RowHappening:
    # By the stored name: what the sheet calls somebody is not yet written.
    name = step.before.full_name if step.before else step.person.full_name
    return RowHappening(number, name, {"compared": True}, path)
