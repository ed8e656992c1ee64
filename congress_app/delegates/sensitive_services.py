"""Correct what is sensitive about a delegate."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from dataclasses import replace as altered

from sqlalchemy.orm.attributes import flag_modified

from congress_app.congresses.queries import rulebook_of
from congress_app.database import transaction
from congress_app.delegates import place_services, reading_services, refusals, storing
from congress_app.delegates.census import TOLD_BY_FACTS
from congress_app.delegates.models import Delegate
from congress_app.kernel.errors import Stale
from congress_app.kernel.permissions import Actor


@dataclass(frozen=True)
class SensitiveAnswer:
    """What a form says of a delegate.

    A blank `ethnicity` takes the stored one away only if `drops_ethnicity` says so. With
    `knows_the_rest` False party membership and marks were not asked and stay; `marks` are the
    priorities that are not open.
    """

    ethnicity: str | None = None
    drops_ethnicity: bool = False
    party_member: bool | None = None
    marks: Collection[str] = ()
    knows_the_rest: bool = True


def edit(delegate: Delegate, answer: SensitiveAnswer, *, version: int, actor: Actor) -> Delegate:
    """Correct ethnic origin, party membership and the priorities that are not open.

    What comes back tells whether the answer agrees with what is stored, so each is recorded
    as a reading and raises the version, changed or not. Raises Stale, RuleViolation
    `ethnicity_blank`, `congress_closed`.
    """
    with transaction():
        row = place_services.taken(delegate)
        if row.version != version:
            raise Stale(version=row.version, sentence=refusals.sensitive_stale())
        before = storing.facts_of_row(row.person)
        after = altered(before, ethnicity=_ethnicity(before.ethnicity, answer))
        marked = row.priorities
        if answer.knows_the_rest:
            after = altered(after, party_member=answer.party_member)
            marked = _marked(row, answer.marks)
        open_codes = rulebook_of(row.congress).open_priorities
        changes = storing.person_changes(before, after)
        changes |= storing.priority_changes(row.priorities, marked, open_codes)
        row.person.ethnicity, row.person.party_member = after.ethnicity, after.party_member
        row.priorities = marked
        # By one, whatever changed: whoever sees the page learns nothing by it.
        flag_modified(row, "category")
        place_services.raise_elsewhere(row)
        reading = reading_services.READING_ACT
        place_services.tell(row, reading, {"compared": True}, actor=actor)
        if changes:
            place_services.tell(row, "delegate.edit", changes, actor=actor)
        return row


def _ethnicity(stored: str | None, answer: SensitiveAnswer) -> str | None:
    if answer.drops_ethnicity:
        return None
    if stored and not answer.ethnicity:
        raise refusals.ethnicity_blank()
    return answer.ethnicity


def _marked(row: Delegate, marks: Collection[str]) -> list[str]:
    """The row's priorities with these instead of its sensitive ones; the order stays."""
    told = {*rulebook_of(row.congress).open_priorities, *TOLD_BY_FACTS}
    kept = [code for code in row.priorities if code in told or code in marks]
    return [*kept, *sorted(set(marks) - set(kept) - told)]
