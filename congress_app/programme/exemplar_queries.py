"""Exemplars whose models speeches tell, and the speeches of an exemplar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from congress_app.congresses.lifecycle import State
from congress_app.congresses.models import Congress
from congress_app.congresses.queries import rulebook_of
from congress_app.database import db
from congress_app.delegates import exemplar_queries as delegate_links
from congress_app.delegates.credentials import ACTIVE
from congress_app.exemplars import queries as exemplar_queries
from congress_app.exemplars.lifecycle import Standing
from congress_app.exemplars.models import Exemplar, Nomination
from congress_app.exemplars.wanted import Wanted
from congress_app.programme import exemplar_speech
from congress_app.programme.facts import SpeechFacts
from congress_app.programme.models import Item, Session, Speech
from congress_app.units import queries as unit_queries
from congress_app.units import tree
from congress_app.units.models import Unit


@dataclass(frozen=True)
class Told:
    """An exemplar with a model, whether a council selected it, and the speech that tells it."""

    exemplar: Exemplar
    is_selected: bool
    speech: Speech | None


def models(
    congress: Congress, within: Sequence[str], wanted: Wanted, *, offset: int = 0, limit: int
) -> list[Told]:
    """Exemplars of the reach that fit, in the register's order, with their speeches."""
    rows = exemplar_queries.exemplars(within, wanted, offset=offset, limit=limit, nominations=True)
    speeches = speeches_by_exemplar(congress.id)
    return [Told(row, is_selected(row), speeches.get(row.id)) for row in rows]


def is_selected(row: Exemplar) -> bool:
    """True when a council selected it in any year."""
    return any(each.standing == Standing.SELECTED for each in row.nominations)


def exemplar_within(exemplar_id: int, within: Sequence[str]) -> Exemplar | None:
    """One exemplar, if its unit is inside `within`."""
    row = exemplar_queries.exemplar_by_id(exemplar_id)
    reached = row is not None and any(row.unit.path.startswith(path) for path in within)
    return row if reached else None


def choices(
    congress: Congress, within: Sequence[str], kept: Exemplar | None = None
) -> list[tuple[int, str]]:
    """For a select: exemplars with a model or selected that no speech tells yet, and `kept`."""
    chosen = Exemplar.nominations.any(Nomination.standing == Standing.SELECTED.value)
    told = select(Speech.exemplar_id).where(
        Speech.congress_id == congress.id, Speech.exemplar_id.is_not(None)
    )
    query = (
        select(Exemplar.id, Exemplar.name, Unit.name)
        .join(Unit, Exemplar.unit_id == Unit.id)
        .where(unit_queries.below(within), Exemplar.id.not_in(told))
        .where((func.coalesce(Exemplar.solution, "") != "") | chosen)
        .order_by(Unit.path, Exemplar.kind, Exemplar.sort_key, Exemplar.id)
    )
    first = [] if kept is None else [(kept.id, kept.name, kept.unit.name)]
    rows = (*first, *db.session.execute(query))
    return [(key, f"{name} ({unit})") for key, name, unit in rows]


def speeches_by_exemplar(congress_id: int) -> dict[int, Speech]:
    """The speeches of a congress that tell an exemplar's model, by exemplar."""
    rows = db.session.scalars(
        select(Speech).where(Speech.congress_id == congress_id, Speech.exemplar_id.is_not(None))
    )
    return {speech.exemplar_id: speech for speech in rows if speech.exemplar_id is not None}


def speeches_of(exemplar_id: int) -> list[tuple[Congress, Speech]]:
    """The speeches that tell this exemplar's model, at all congresses."""
    rows = db.session.execute(
        select(Congress, Speech)
        .join(Speech, Speech.congress_id == Congress.id)
        .where(Speech.exemplar_id == exemplar_id)
        .order_by(Speech.id)
    )
    return [(congress, speech) for congress, speech in rows]


def honouring(exemplar: Exemplar) -> list[tuple[Congress, Item]]:
    """The award items that honour it, at the congresses of its unit and those above."""
    rows = db.session.execute(
        select(Congress, Item)
        .join(Session, Session.congress_id == Congress.id)
        .join(Item, Item.session_id == Session.id)
        .where(
            Congress.unit_id.in_(tree.ids_of(exemplar.unit.path)),
            Item.kind == "award",
            Item.honours.is_not(None),
        )
        .order_by(Congress.id, Item.id)
    )
    return [
        (congress, item)
        for congress, item in rows
        if any(each["exemplar_id"] == exemplar.id for each in item.honours or ())
    ]


def congresses_for(exemplar: Exemplar) -> Sequence[Congress]:
    """The congresses still to be held at which it may be heard: of its unit and those above."""
    return db.session.scalars(
        select(Congress)
        .where(
            Congress.unit_id.in_(tree.ids_of(exemplar.unit.path)), Congress.state != State.CLOSED
        )
        .order_by(Congress.id)
    ).all()


def draft_for(congress: Congress, row: Exemplar) -> SpeechFacts:
    """The speech the form starts from."""
    delegate = delegate_links.delegates_of(congress).get(row.id)
    line = [*unit_queries.ancestors(row.unit.path), row.unit]
    return exemplar_speech.draft(
        exemplar_queries.facts_of(row),
        row.id,
        delegate_id=delegate.id if delegate and delegate.state in ACTIVE else None,
        province=next((unit.code for unit in line if unit.kind == "tinh"), None),
        fields={choice.code for choice in rulebook_of(congress).fields},
    )
