"""What later chapters make of the demonstration's exemplars: titles, speeches, honours."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

from sqlalchemy import Select, select
from sqlalchemy.orm import Session as DatabaseSession
from sqlalchemy.orm import selectinload

from congress_app.congresses.models import Congress
from congress_app.database import transaction
from congress_app.exemplars.facts import Kind
from congress_app.exemplars.models import Award, Exemplar
from congress_app.programme import honours
from congress_app.programme.exemplar_queries import is_selected
from congress_app.programme.honour_queries import usual_honour
from congress_app.programme.models import Item, Session, Speech
from congress_app.units import tree

# Every so many-th person was an emulation fighter in the award years of the rulebook.
_FIGHTER_EVERY = 5
_FIGHTER_YEARS = (2016, 2017, 2018, 2019)
_HONOURED = 8


def bridge_exemplars() -> None:
    """Give some the titles delegates come by, tell models as speeches, fill award items.

    Before the programmes are released, so that the honoured are in the first release.
    """
    with transaction() as session:
        rows = session.scalars(
            select(Exemplar)
            .options(selectinload(Exemplar.awards), selectinload(Exemplar.nominations))
            .order_by(Exemplar.id)
        ).all()
        _add_titles(session, [row for row in rows if row.kind == Kind.INDIVIDUAL])
        session.flush()
        below = _by_unit_above(rows)
        for congress in session.scalars(_with_programmes().order_by(Congress.id)):
            within = below.get(congress.unit_id, [])
            _tell_models(session, congress, [row for row in within if row.solution])
            _honour(session, congress, [row for row in within if is_selected(row)])


def _with_programmes() -> Select[Congress]:
    """The congresses that have speeches or sessions, which few of a whole country have."""
    ids = select(Speech.congress_id).union(select(Session.congress_id))
    return select(Congress).where(Congress.id.in_(ids))


def _by_unit_above(rows: Iterable[Exemplar]) -> dict[int, list[Exemplar]]:
    """The exemplars at or below each unit that has any, in the order given."""
    found: dict[int, list[Exemplar]] = {}
    for row in rows:
        for unit_id in tree.ids_of(row.unit.path):
            found.setdefault(unit_id, []).append(row)
    return found


def _add_titles(session: DatabaseSession, people: Sequence[Exemplar]) -> None:
    for place, row in enumerate(people[::_FIGHTER_EVERY]):
        year = _FIGHTER_YEARS[place % len(_FIGHTER_YEARS)]
        session.add(
            Award(
                exemplar_id=row.id,
                kind="base_fighter",
                name="Chiến sĩ thi đua cơ sở",
                decision_number=f"{210 + place}/QĐ-BHXH",
                decision_year=year,
                signatory="Giám đốc BHXH tỉnh",
            )
        )


def _tell_models(session: DatabaseSession, congress: Congress, rows: Iterable[Exemplar]) -> None:
    """A speech and a model of one unit and field are one story."""
    known = {(row.unit_id, row.field): row for row in rows}
    speeches = select(Speech).where(Speech.congress_id == congress.id).order_by(Speech.id)
    for speech in session.scalars(speeches):
        row = known.pop((speech.unit_id or 0, speech.field), None)
        if row is not None:
            speech.exemplar_id = row.id


def _honour(session: DatabaseSession, congress: Congress, rows: Sequence[Exemplar]) -> None:
    items = session.scalars(
        select(Item)
        .join(Session, Item.session_id == Session.id)
        .where(Session.congress_id == congress.id, Item.kind == "award")
        .order_by(Item.id)
    )
    waiting = iter(rows)
    for item in items:
        chosen = islice(waiting, _HONOURED)
        item.honours = honours.facts_of(usual_honour(row) for row in chosen).honours
