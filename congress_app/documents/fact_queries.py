"""The facts of a congress's papers, gathered from the earlier chapters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from congress_app.checkin import queries as checkin_queries
from congress_app.congresses import queries as congress_queries
from congress_app.congresses.models import Congress
from congress_app.congresses.rulebook import DURATION_LABELS
from congress_app.database import db
from congress_app.delegates import committee_queries, storing
from congress_app.delegates import queries as delegate_queries
from congress_app.delegates.listing import ACTIVE, Wanted
from congress_app.delegates.models import Delegate, Person
from congress_app.documents import exemplar_queries, seat_queries, vote_queries
from congress_app.documents.facts import (
    CongressFacts,
    Facts,
    ItemRow,
    MemberRow,
    PersonRow,
    Presence,
    QuotaRow,
    SpeechRow,
)
from congress_app.kernel import clock
from congress_app.programme import honour_queries
from congress_app.programme import queries as programme_queries
from congress_app.quota import queries as quota_queries

_EVERYWHERE = ("/",)
# The placeholder of the figures of exemplars.
FIGURES = "{bang_dien_hinh}"
# Everybody but guests: those who are called, not invited.
MEMBERS = "members"
_CALLED = frozenset({"convened", "confirmed"})


def facts_of(
    congress: Congress, *, sensitive: bool = False, text: str = "", at: datetime | None = None
) -> Facts:
    """Everything as it stands now, who is present as of `at` (None: now).

    `sensitive` adds ethnic origin and party membership.

    The caller has asked whether they may be read, and records that they were. `text` is
    that of the paper: the whole register is counted only where it asks for its figures.
    """
    listed = delegate_queries.delegates(
        congress, Wanted(state=ACTIVE, sort="delegation"), within=_EVERYWHERE
    )
    allocation = quota_queries.allocation_in_force(congress.id)
    seat_groups, seats = seat_queries.seating_of(congress.id)
    return Facts(
        congress=congress_facts(congress),
        people=tuple(
            person_row(row, sensitive=sensitive) for row in listed if row.state in _CALLED
        ),
        quota=tuple(
            QuotaRow(line.unit.name, line.weight, line.seats)
            for line in (allocation.lines if allocation else [])
        ),
        items=_items(congress.id),
        speeches=_speeches(congress.id),
        committees=_committees(congress.id),
        election=vote_queries.election_of(congress),
        elected=_elected(congress),
        presence=_presence(congress.id, at or clock.now()),
        credentials=vote_queries.credentials_of(congress, at or clock.now(), sensitive=sensitive),
        seat_groups=seat_groups,
        seats=seats,
        figures=exemplar_queries.figures_of(congress) if FIGURES in text else (),
    )


def congress_facts(congress: Congress) -> CongressFacts:
    """The congress, its unit and its rules."""
    unit = congress.unit
    above = quota_queries.seats_from_above(congress)
    book = congress_queries.rulebook_of(congress)
    return CongressFacts(
        name=congress.name,
        unit=unit.name,
        is_root=unit.parent_id is None,
        parent_unit=unit.parent.name if unit.parent else "",
        above=congress.parent.name if congress.parent else "",
        seats_above=above.seats if above else None,
        held_on=congress.held_on,
        starts_at=congress.starts_at,
        duration=DURATION_LABELS.get(congress.duration, ""),
        place=congress.place or "",
        address=congress.address or "",
        cap=book.level(congress.level).cap.limit(unit.code),
        plan_document=congress.plan_document or "",
        lessons=congress.lessons or "",
        attendance=congress.attendance,
        rules=book.name,
        source=book.source if len(book.source) > 1 else "",
        period=book.report_period,
    )


def recipients(congress: Congress, arguments: Mapping[str, str]) -> tuple[PersonRow, ...]:
    """Whom a paper for many is for: category (or `MEMBERS`), delegation and text."""
    category = arguments.get("category", "")
    wanted = Wanted(
        text=arguments.get("text", ""),
        delegation=int(arguments["delegation"]) if arguments.get("delegation") else None,
        category="" if category == MEMBERS else category,
        state=ACTIVE,
        sort="delegation",
    )
    listed = delegate_queries.delegates(congress, wanted, within=_EVERYWHERE)
    members_only = category == MEMBERS
    return tuple(
        person_row(row) for row in listed if not (members_only and row.category == "guest")
    )


def person_row(row: Delegate, *, sensitive: bool = False) -> PersonRow:
    """A delegate as papers show one."""
    person = row.person
    birth = storing.birth_of(person.birth_year, person.birth_month, person.birth_day)
    return PersonRow(
        name=person.full_name,
        number=row.number,
        sex=person.sex,
        birth=str(birth) if birth else "",
        birth_year=person.birth_year,
        position=person.position or "",
        unit=person.unit.name if person.unit else (person.organisation or ""),
        category=row.category,
        delegation=row.delegation_unit.name if row.delegation_unit else "",
        education=person.education or "",
        theory=person.political_theory or "",
        honours=person.honours or "",
        ground="; ".join(ground.text for ground in row.grounds),
        ethnicity=person.ethnicity if sensitive else None,
        party=person.party_member if sensitive else None,
    )


def _items(congress_id: int) -> tuple[ItemRow, ...]:
    told = []
    honoured = honour_queries.lines_of(congress_id)
    for session in programme_queries.programme_of(congress_id):
        for each in session.items:
            starts, ends = clock.at_venue(each.slot.starts), clock.at_venue(each.slot.ends)
            speech = each.item.speech
            told.append(
                ItemRow(
                    session=session.session.title,
                    day=starts.date(),
                    starts=starts.strftime("%H:%M"),
                    ends=ends.strftime("%H:%M"),
                    minutes=each.item.minutes,
                    title=f"{each.item.title}: {speech.title}" if speech else each.item.title,
                    presenter=programme_queries.presenter_of(each.item),
                    script=each.item.script or "",
                    kind=each.item.kind,
                    honours=tuple(line.name for line in honoured.get(each.item.id, ())),
                    spoken=tuple(line.spoken for line in honoured.get(each.item.id, ())),
                )
            )
    return tuple(told)


def _speeches(congress_id: int) -> tuple[SpeechRow, ...]:
    return tuple(
        SpeechRow(
            title=speech.title,
            speaker=speech.delegate.person.full_name if speech.delegate else "",
            unit=speech.unit.name if speech.unit else "",
            minutes=speech.minutes,
            state=speech.state,
        )
        for speech in programme_queries.speeches_of(congress_id)
    )


def _committees(congress_id: int) -> dict[str, tuple[MemberRow, ...]]:
    return {
        body: tuple(MemberRow(one.name, one.about, one.words) for one in members)
        for body, members in committee_queries.all_members(congress_id).items()
    }


def _elected(congress: Congress) -> tuple[PersonRow, ...]:
    """Who goes to the congress above for this unit: the places held there as elected."""
    if congress.parent_id is None:
        return ()
    rows: Sequence[Delegate] = (
        db.session.scalars(
            select(Delegate)
            .join(Person, Delegate.person_id == Person.id)
            .where(
                Delegate.congress_id == congress.parent_id,
                Delegate.delegation_unit_id == congress.unit_id,
                Delegate.category == "elected",
                Delegate.state.in_(("nominated", "convened", "confirmed")),
            )
            .order_by(Person.sort_key, Delegate.id)
            .options(joinedload(Delegate.person).joinedload(Person.unit))
        )
        .unique()
        .all()
    )
    return tuple(person_row(row) for row in rows)


def _presence(congress_id: int, at: datetime) -> Presence | None:
    """The session that sits or sat last; None while nobody has come in."""
    session = checkin_queries.session_now(congress_id, at)
    if session is None:
        return None
    seen = checkin_queries.presence_as_of(congress_id, session.id, at)
    if not seen.present:
        return None
    return Presence(len(seen.convened), len(seen.present), len(seen.excused))
