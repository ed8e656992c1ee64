"""The delegates as the credentials committee sees them, its rulings, and the reports."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import aliased, joinedload

from congress_app.checkin import queries as checkin_queries
from congress_app.checkin.queries import ATTENDING
from congress_app.congresses import queries as congress_queries
from congress_app.congresses.models import Congress
from congress_app.congresses.rulebook import Category
from congress_app.database import db
from congress_app.delegates import bond_queries, committee_queries, storing
from congress_app.delegates.bond_queries import tells_bonds
from congress_app.delegates.committees import Body
from congress_app.delegates.credentials import State
from congress_app.delegates.identity import Bond, Hold
from congress_app.delegates.models import Delegate, Ground, Person
from congress_app.delegates.registration import GroundFacts
from congress_app.elections import credential_counting, credential_doubts
from congress_app.elections.credential_classes import DelegateFacts
from congress_app.elections.credential_doubts import Point
from congress_app.elections.credential_models import CredentialRuling, StoredReport
from congress_app.elections.credential_report import CredentialReport, Setting, Somebody
from congress_app.kernel import clock
from congress_app.programme.models import Session
from congress_app.units.models import Unit

# Guests have no credentials: nobody examines them and they do not vote.
EXAMINED = (Category.OFFICIAL, Category.ELECTED)
DELEGATION = aliased(Unit)
_Ruled = tuple[str, str | None, datetime]
_COLUMNS = (
    *(getattr(Person, name) for name in storing.COLUMNS),
    Person.search_key,
    Delegate.id,
    Delegate.category,
    Delegate.number,
    Delegate.field,
    Delegate.exception_document,
    Unit.name.label("unit"),
    DELEGATION.name.label("delegation"),
    DELEGATION.kind.label("kind"),
)


def examined(congress: Congress, *only: ColumnElement[bool]) -> list[DelegateFacts]:
    """The delegates convened or confirmed who are no guests, by delegation and given name.

    `only`: conditions on the delegate. Sensitive facts are inside. Four statements,
    whatever the number of delegates.
    """
    listed = (*conditions(congress), *only)
    # Columns, not rows: the committee looks at everybody of a whole country's congress.
    statement = in_order(_COLUMNS, *listed)
    # First, because it goes through the session: that writes out what the next read past it.
    changed = bond_queries.identified_at(congress)
    rulings, grounds = _rulings(*listed), _grounds(*listed)
    found = [_facts(row, grounds, rulings) for row in _rows(statement)]
    return [
        credential_doubts.after_change(one, rulings[one.delegate_id][2], changed[one.delegate_id])
        if one.delegate_id in rulings and one.delegate_id in changed
        else one
        for one in found
    ]


def in_order(columns: Iterable[Any], *listed: ColumnElement[bool]) -> Select[Any]:
    """These columns of delegate, person and units, by delegation and given name."""
    return (
        select(*columns)
        .select_from(Delegate)
        .join(Person, Delegate.person_id == Person.id)
        .outerjoin(Unit, Person.unit_id == Unit.id)
        .outerjoin(DELEGATION, Delegate.delegation_unit_id == DELEGATION.id)
        .where(*listed)
        .order_by(
            case((DELEGATION.id.is_(None), 1), else_=0),
            DELEGATION.precedence,
            DELEGATION.code,
            Person.sort_key,
            Delegate.id,
        )
    )


def conditions(congress: Congress) -> tuple[ColumnElement[bool], ...]:
    """Who of the delegates is examined, as conditions."""
    return (
        Delegate.congress_id == congress.id,
        Delegate.state.in_(ATTENDING),
        Delegate.category.in_(EXAMINED),
    )


def _rows(statement: Select[*tuple[Any, ...]]) -> Sequence[Any]:
    """Columns of hundreds of rows: the ORM would make each row a second time."""
    return db.session.connection().execute(statement).all()


def _rulings(*listed: ColumnElement[bool]) -> dict[int, _Ruled]:
    """The ruling that holds, with its reason and when: of several on one delegate the last."""
    columns = (CredentialRuling.ruling, CredentialRuling.reason, CredentialRuling.at)
    query = (
        select(CredentialRuling.delegate_id, *columns)
        .join(CredentialRuling.delegate)
        .where(*listed)
        .order_by(CredentialRuling.id)
    )
    return {key: (ruling, reason, at) for key, ruling, reason, at in _rows(query)}


def _grounds(*listed: ColumnElement[bool]) -> dict[int, list[GroundFacts]]:
    """The grounds of these delegates, in the order they were written."""
    query = (
        select(Ground.delegate_id, Ground.text, Ground.code, Ground.year, Ground.document)
        .join(Ground.delegate)
        .where(*listed)
        .order_by(Ground.id)
    )
    found: dict[int, list[GroundFacts]] = {}
    for delegate_id, *ground in _rows(query):
        found.setdefault(delegate_id, []).append(GroundFacts._make(ground))
    return found


def _facts(
    row: Sequence[Any],
    grounds: Mapping[int, Sequence[GroundFacts]],
    rulings: Mapping[int, _Ruled],
) -> DelegateFacts:
    *of_person, search_key, key, category, number, field, exception, unit, delegation, kind = row
    person = storing.facts_of_values(of_person)
    ruling, reason, _at = rulings.get(key, (None, None, None))
    return DelegateFacts(
        key,
        category,
        person,
        number,
        unit=unit or person.organisation or "",
        delegation=delegation,
        kind=kind,
        field=field,
        grounds=tuple(grounds.get(key, ())),
        exception_document=exception,
        ruling=ruling,
        reason=reason,
        search_key=search_key,
    )


def latest_rulings(congress_id: int) -> dict[int, CredentialRuling]:
    """The ruling that holds, by delegate; whoever was not decided on is not in it."""
    last = (
        select(func.max(CredentialRuling.id))
        .join(Delegate, CredentialRuling.delegate_id == Delegate.id)
        .where(Delegate.congress_id == congress_id)
        .group_by(CredentialRuling.delegate_id)
    )
    return _by_delegate(last)


def rulings_on(delegate_ids: Collection[int]) -> dict[int, CredentialRuling]:
    """As `latest_rulings`, of these delegates only."""
    last = (
        select(func.max(CredentialRuling.id))
        .where(CredentialRuling.delegate_id.in_(delegate_ids))
        .group_by(CredentialRuling.delegate_id)
    )
    return _by_delegate(last)


def _by_delegate(last: Select[int]) -> dict[int, CredentialRuling]:
    rows = db.session.scalars(select(CredentialRuling).where(CredentialRuling.id.in_(last)))
    return {row.delegate_id: row for row in rows}


@tells_bonds
def ruled(person_ids: Collection[int]) -> Iterable[tuple[int, Bond]]:
    """The congresses whose committee ruled on these persons."""
    statement = (
        select(Delegate.person_id, Congress.id, Unit.path, Congress.name, Congress.state)
        .distinct()
        .join(CredentialRuling, CredentialRuling.delegate_id == Delegate.id)
        .join(Congress, Delegate.congress_id == Congress.id)
        .join(Unit, Congress.unit_id == Unit.id)
        .where(Delegate.person_id.in_(person_ids))
        .order_by(Unit.path, Congress.id)
    )
    yield from bond_queries.bonds(statement, Hold.RULING)


def history(delegate_id: int) -> Sequence[CredentialRuling]:
    """All rulings on one delegate, the one that holds first."""
    statement = select(CredentialRuling).where(CredentialRuling.delegate_id == delegate_id)
    return db.session.scalars(statement.order_by(CredentialRuling.id.desc())).all()


def doubts(congress: Congress, delegates: Sequence[DelegateFacts]) -> dict[int, list[Point]]:
    """What the data say against each, by the congress's own rulebook."""
    return credential_doubts.doubts(
        delegates,
        congress_queries.rules_of(congress).subcategories,
        congress_queries.rulebook_of(congress).award_years,
    )


def report_at(congress: Congress, session: Session | None, at: datetime) -> CredentialReport:
    """The report as of an instant; without a session nobody is known to be present.

    Places, rulings and facts are those of now; only presence is told as of the instant.
    """
    delegates = examined(congress)
    here: frozenset[int] = frozenset()
    away: frozenset[int] = frozenset()
    if session is not None:
        hall = checkin_queries.presence_as_of(congress.id, session.id, at, categories=EXAMINED)
        here, away = hall.present, hall.excused
    seats = committee_queries.members(congress.id, Body.CREDENTIALS)
    counts = _outside(congress.id)
    day = congress.held_on or clock.at_venue(at).date()
    setting = Setting(
        as_of=at.isoformat(),
        session=session.title if session else "",
        year=day.year,
        guests=counts[0],
        nominated=counts[1],
        committee=tuple(Somebody(one.name, one.about, one.words) for one in seats),
    )
    return credential_counting.report(
        delegates,
        here,
        away,
        setting=setting,
        lines=congress_queries.rules_of(congress).subcategories,
        fields=congress_queries.rulebook_of(congress).fields,
    )


def _outside(congress_id: int) -> tuple[int, int]:
    """How many guests attend, and how many others are nominated but not yet convened."""
    is_guest = Delegate.category == Category.GUEST
    attends = Delegate.state.in_(ATTENDING)
    row = db.session.execute(
        select(
            func.count().filter(is_guest & attends),
            func.count().filter(~is_guest & (Delegate.state == State.NOMINATED)),
        ).where(Delegate.congress_id == congress_id)
    ).one()
    return row[0], row[1]


def session_of(congress_id: int, session_id: int) -> Session | None:
    """One session of this congress."""
    return db.session.scalar(
        select(Session).where(Session.id == session_id, Session.congress_id == congress_id)
    )


def reports(congress_id: int) -> Sequence[StoredReport]:
    """The numbered reports, the latest first."""
    statement = select(StoredReport).where(StoredReport.congress_id == congress_id)
    return db.session.scalars(statement.order_by(StoredReport.number.desc())).unique().all()


def report_by_number(congress_id: int, number: int) -> StoredReport | None:
    """One numbered report."""
    statement = (
        select(StoredReport)
        .where(StoredReport.congress_id == congress_id, StoredReport.number == number)
        .options(joinedload(StoredReport.vote), joinedload(StoredReport.session))
    )
    return db.session.scalars(statement).unique().one_or_none()


def recognised(congress_id: int) -> StoredReport | None:
    """The latest report by which the congress recognised its delegates; None before that."""
    return next(
        (one for one in reports(congress_id) if one.vote is not None and one.vote.is_carried),
        None,
    )
