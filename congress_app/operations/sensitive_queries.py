"""Of how many people sensitive facts are kept: the figure the law's level 3 begins with."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import ColumnElement, String, and_, cast, false, func, or_, select, union

from congress_app.congresses.models import Congress
from congress_app.congresses.queries import rulebook_of
from congress_app.database import db
from congress_app.delegates.census import WOMEN
from congress_app.delegates.exemplar_models import ExemplarPerson
from congress_app.delegates.models import Delegate, Person
from congress_app.exemplars.models import Exemplar
from congress_app.kernel import clock
from congress_app.operations.sensitive import Counted

# Counting walks all persons and places once; the figure moves slowly.
COUNTED_EVERY = timedelta(days=1)
_KEPT = "sensitive_people"
# As JSON is stored; the few lists there are stand on many rows.
_MARKS = cast(Delegate.priorities, String)


def people() -> Counted:
    """How many people, as this process counted them within the last day."""
    now = clock.now()
    kept: Counted | None = current_app.extensions.get(_KEPT)
    if kept is None or not _is_fresh(kept.at, now):
        kept = Counted(count_now(), now)
        current_app.extensions[_KEPT] = kept
    return kept


def _is_fresh(at: datetime, now: datetime) -> bool:
    return timedelta(0) <= now - at < COUNTED_EVERY


def count_now() -> int:
    """Everybody once: a delegate's facts and marks, an exemplar's; one who is both is one."""
    marked = Exemplar.is_minority.is_not(None)
    known = union(
        select(Person.id).where(
            or_(Person.ethnicity.is_not(None), Person.party_member.is_not(None))
        ),
        select(Delegate.person_id).where(_has_hidden_marks()),
        select(ExemplarPerson.person_id).join(ExemplarPerson.exemplar).where(marked),
    ).subquery()
    linked = select(ExemplarPerson.exemplar_id)
    alone = select(func.count(Exemplar.id)).where(marked, Exemplar.id.not_in(linked))
    persons = db.session.scalar(select(func.count()).select_from(known)) or 0
    return persons + (db.session.scalar(alone) or 0)


def _has_hidden_marks() -> ColumnElement[bool]:
    """Which places bear a priority that the congress's rulebook does not call open."""
    found = db.session.execute(
        select(Delegate.congress_id, _MARKS).where(_MARKS != "[]").distinct()
    ).all()
    places: dict[frozenset[str], set[int]] = defaultdict(set)
    lists: dict[frozenset[str], set[str]] = defaultdict(set)
    wanted = select(Congress).where(Congress.id.in_({row[0] for row in found}))
    shown = {one.id: _open(one) for one in db.session.scalars(wanted).unique()}
    for congress_id, marks in found:
        if set(json.loads(marks) or ()) - shown[congress_id]:
            places[shown[congress_id]].add(congress_id)
            lists[shown[congress_id]].add(marks)
    return or_(
        false(),
        *(
            and_(Delegate.congress_id.in_(places[key]), _MARKS.in_(lists[key]))
            for key in sorted(places, key=sorted)
        ),
    )


def _open(congress: Congress) -> frozenset[str]:
    """The marks that tell nothing sensitive; being a woman is told by the sex."""
    return frozenset(rulebook_of(congress).open_priorities) | {WOMEN}
