"""Let who it is be changed by whoever may, with a reason, and tell every congress of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from congress_app.audit.services import RowHappening, record_rows
from congress_app.congresses.models import Congress
from congress_app.database import transaction
from congress_app.delegates import bond_queries, identity, place_services, refusals, storing
from congress_app.delegates.identity import Change, Fact
from congress_app.delegates.models import Delegate
from congress_app.delegates.registration import PersonFacts
from congress_app.kernel.permissions import Actor, Permission
from congress_app.units.models import Unit


def allowed(
    row: Delegate, after: PersonFacts, category: str, reason: str | None, *, actor: Actor
) -> tuple[Fact, ...]:
    """The facts on which somebody relies and that the edit changes; () when there are none.

    Raises Forbidden `identity_settled` for who does not decide at every congress that relies
    on them, RuleViolation `identity_reason`.
    """
    with transaction():
        before = storing.facts_of_row(row.person)
        facts = (
            *identity.of_person(before, after),
            *identity.of_place(row.category, category),
        )
        if not facts:
            return ()
        change = Change(before.full_name, facts, row.congress_id)
        bonds = bond_queries.bonds_of([row.person_id]).get(row.person_id, [])
        barring = identity.barring(
            change,
            bonds,
            row.congress.unit.path,
            lambda path: actor.can(Permission.DELEGATE_DECIDE, path),
        )
        if barring is not None:
            raise refusals.identity_settled(identity.told(change, barring))
        bound = change.bound_by(bonds)
        if bound and not (reason or "").strip():
            raise refusals.identity_reason(identity.told(change, bound[0]))
        return facts if bound else ()


def tell(
    row: Delegate,
    changes: Mapping[str, object],
    settled: Sequence[Fact],
    reason: str | None,
    *,
    actor: Actor,
) -> None:
    """Write an edit into the log; a change of who it is at every place of the person."""
    with transaction():
        if not settled:
            place_services.tell(row, "delegate.edit", changes, actor=actor)
            return
        why = {"reason": reason}
        place_services.tell(row, identity.ACT, {**changes, **why}, actor=actor)
        of_person = [fact.value for fact in settled if fact is not Fact.CATEGORY]
        if of_person:
            told = {name: changes[name] for name in of_person}
            _tell_elsewhere(row, {**told, **why}, actor)


def _tell_elsewhere(row: Delegate, told: Mapping[str, object], actor: Actor) -> None:
    with transaction() as session:
        places = session.execute(
            select(Delegate.id, Unit.path)
            .join(Congress, Delegate.congress_id == Congress.id)
            .join(Unit, Congress.unit_id == Unit.id)
            .where(Delegate.person_id == row.person_id, Delegate.id != row.id)
            .order_by(Delegate.id)
        )
        happenings = [RowHappening(key, row.person.full_name, told, path) for key, path in places]
        record_rows(identity.ACT, Delegate.__tablename__, happenings, actor=actor)
