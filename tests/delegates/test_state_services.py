"""States of places, heads of delegations, grounds and links."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from congress_app.audit.models import Entry as LogEntry
from congress_app.congresses.models import Congress
from congress_app.congresses.rulebook import Cap, Duration, LevelRules
from congress_app.database import db
from congress_app.delegates import queries, state_services, storing
from congress_app.delegates.models import Delegate
from congress_app.delegates.registration import CapException, GroundFacts
from congress_app.kernel.errors import NotFound, RuleViolation
from congress_app.kernel.permissions import system_actor
from tests import builders

ACTOR = system_actor("test")


@pytest.fixture
def congress(app: Flask) -> Congress:
    """A congress with a cap of two."""
    rules = LevelRules("Hội nghị", Cap(2), (Duration.HALF_DAY,))
    return builders.a_congress(rules=builders.a_rulebook(upper_base=rules))


def delegate(congress: Congress, state: str = "nominated", **columns: object) -> Delegate:
    return builders.a_delegate(congress, state=state, **columns)


def actions() -> list[str]:
    return list(db.session.scalars(select(LogEntry.action).order_by(LogEntry.id)))


def test_many_are_convened_at_once(congress: Congress) -> None:
    rows = [delegate(congress), delegate(congress)]
    moved = state_services.move_state(congress, [r.id for r in rows], "convened", actor=ACTOR)
    assert [row.state for row in moved] == ["convened", "convened"]
    assert [row.version for row in rows] == [2, 2]
    assert actions() == ["delegate.state", "delegate.state"]


def test_all_or_none(congress: Congress) -> None:
    ready, confirmed = delegate(congress), delegate(congress, "confirmed")
    with pytest.raises(RuleViolation) as refused:
        state_services.move_state(congress, [ready.id, confirmed.id], "confirmed", actor=ACTOR)
    assert refused.value.code == "not_movable"
    assert ready.person.full_name in str(refused.value)
    assert ready.state == "nominated"


@pytest.mark.parametrize("state", ["declined", "withdrawn"])
def test_leaving_needs_a_reason_and_ends_the_lead(congress: Congress, state: str) -> None:
    row = delegate(congress, "convened")
    state_services.set_head(congress, row.delegation_unit_id, row.id, actor=ACTOR)
    with pytest.raises(RuleViolation) as refused:
        state_services.move_state(congress, [row.id], state, actor=ACTOR)
    assert refused.value.code == "reason_needed"
    state_services.move_state(congress, [row.id], state, reason="Bận công tác", actor=ACTOR)
    assert (row.state, row.state_reason) == (state, "Bận công tác")
    assert queries.heads(congress.id) == {}


def test_coming_back_takes_a_seat(congress: Congress) -> None:
    gone = delegate(congress, "withdrawn")
    delegate(congress)
    delegate(congress)
    with pytest.raises(RuleViolation, match="2/2"):
        state_services.move_state(congress, [gone.id], "nominated", actor=ACTOR)
    granted = CapException("A", "B", "1/QĐ")
    state_services.move_state(congress, [gone.id], "nominated", actor=ACTOR, exception=granted)
    assert (gone.state, gone.state_reason) == ("nominated", None)
    assert storing.exception_of_row(gone) == granted


def test_a_delegate_of_another_congress_is_unknown(congress: Congress) -> None:
    foreign = delegate(builders.a_congress())
    with pytest.raises(NotFound):
        state_services.move_state(congress, [foreign.id], "convened", actor=ACTOR)
    with pytest.raises(NotFound):
        state_services.set_head(congress, congress.unit_id, foreign.id, actor=ACTOR)


def test_a_delegation_has_one_head_who_is_of_it(congress: Congress) -> None:
    first, second = delegate(congress), delegate(congress)
    unit_id = congress.unit_id
    state_services.set_head(congress, unit_id, first.id, actor=ACTOR)
    state_services.set_head(congress, unit_id, second.id, actor=ACTOR)
    assert {unit: head.id for unit, head in queries.heads(congress.id).items()} == {
        unit_id: second.id
    }
    state_services.set_head(congress, unit_id, None, actor=ACTOR)
    assert queries.heads(congress.id) == {}
    other = builders.a_unit(parent=congress.unit, kind="huyen")
    with pytest.raises(RuleViolation) as refused:
        state_services.set_head(congress, other.id, first.id, actor=ACTOR)
    assert refused.value.code == "not_of_delegation"


def test_the_log_tells_who_led_and_who_leads_no_more(congress: Congress) -> None:
    first, second = delegate(congress), delegate(congress)
    name = congress.unit.name
    for chosen in (first.id, second.id, None):
        state_services.set_head(congress, congress.unit_id, chosen, actor=ACTOR)
    wanted = select(LogEntry.subject_id, LogEntry.changes).where(LogEntry.action == "delegate.head")
    assert [tuple(row) for row in db.session.execute(wanted.order_by(LogEntry.id))] == [
        (first.id, {"delegation": name}),
        (first.id, {"delegation": [name, None]}),
        (second.id, {"delegation": name}),
        (second.id, {"delegation": [name, None]}),
    ]


def test_grounds_come_and_go(congress: Congress) -> None:
    row = delegate(congress)
    added = state_services.add_ground(row, GroundFacts("CSTĐ", None, 2017), actor=ACTOR)
    assert ([g.text for g in row.grounds], row.version) == (["CSTĐ"], 2)
    state_services.remove_ground(added, actor=ACTOR)
    db.session.expire_all()
    assert (row.grounds, row.version) == ([], 3)
    assert actions() == ["delegate.ground_add", "delegate.ground_remove"]


def test_links_are_made_renewed_and_revoked(congress: Congress) -> None:
    row, gone = delegate(congress), delegate(congress, "withdrawn")
    first = state_services.make_link(row, actor=ACTOR)
    second = state_services.make_link(row, actor=ACTOR)
    assert len(first) >= 32
    assert first != second == row.link_token
    state_services.revoke_link(row, actor=ACTOR)
    assert not row.link_token
    assert state_services.make_links(congress, actor=ACTOR) == 1
    assert (bool(row.link_token), gone.link_token) == (True, None)
    told = db.session.scalars(select(LogEntry)).all()
    assert not any(second in str(entry.changes) for entry in told)


def test_reading_sensitive_facts_is_remembered(congress: Congress) -> None:
    row = delegate(congress)
    state_services.note_reading(congress, "delegate.read_sensitive", {}, actor=ACTOR, of=row)
    state_services.note_reading(congress, "delegate.export", {"rows": 3}, actor=ACTOR, of=None)
    entries = list(db.session.scalars(select(LogEntry).order_by(LogEntry.id)))
    assert [(e.action, e.subject_kind, e.subject_id) for e in entries] == [
        ("delegate.read_sensitive", "delegate", row.id),
        ("delegate.export", "congress", congress.id),
    ]
    assert entries[1].changes == {"rows": 3}


def test_after_the_close_nothing_moves(congress: Congress) -> None:
    row = delegate(congress)
    congress.state = "closed"
    db.session.commit()
    with pytest.raises(RuleViolation) as refused:
        state_services.move_state(congress, [row.id], "convened", actor=ACTOR)
    assert refused.value.code == "congress_closed"
