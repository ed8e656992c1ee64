"""What a deletion takes from the log, and what is not for this administrator to take."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Row, and_, or_, select

from congress_app.audit import chain
from congress_app.audit.chain import Rest
from congress_app.audit.models import Entry
from congress_app.database import db
from congress_app.delegates import exemplar_queries, identity
from congress_app.delegates.models import Person
from congress_app.dossiers import (
    exemplar_row_queries,
    holdings,
    kept_facts,
    person_queries,
    row_queries,
)
from congress_app.dossiers.models import DataRequest
from congress_app.dossiers.naming import Name
from congress_app.dossiers.person_queries import Keys
from congress_app.exemplars.models import Exemplar
from congress_app.units.models import Unit

_COLUMNS = (
    Entry.id,
    Entry.action,
    Entry.subject_kind,
    Entry.subject_name,
    Entry.unit_path,
    Entry.changes,
)
Found = Row[Any]


class Share(NamedTuple):
    """Entries that go, those of which a rest stays, and what belongs to places elsewhere."""

    erased: list[int]
    rests: list[Rest]
    # How many entries, and records of exemplars, by the name of the unit they belong to.
    beyond: Mapping[str, int]

    @property
    def left(self) -> int:
        """How many of them another administrator has to see to."""
        return sum(self.beyond.values())


def share(person_id: int, *, forgotten: bool, within: Sequence[str]) -> Share:
    """What the log gives up about a person, who is `forgotten` or stays in a permanent record.

    Entries of a unit that is not `within` stay as they are: whoever deletes at one place does
    not take away what another, or the one above, has written down. The same holds for the
    exemplars the person is: what they hold beyond `within` is counted with it.
    """
    name = Name(db.session.get_one(Person, person_id).full_name)
    keys, held = person_queries.keys_about(person_id), []
    for exemplar in exemplar_queries.exemplars_of(person_id):
        for table, rows in _keys_of(exemplar.id).items():
            keys[table] = keys.get(table, set()) | rows
        path = exemplar.unit.path
        if not path.startswith(tuple(within)) and exemplar_row_queries.holds(exemplar.id):
            held.append(path)
    return _share(keys, name, forgotten, within, held)


def share_of(request: DataRequest, *, forgotten: bool, within: Sequence[str]) -> Share:
    """The same for whoever asked."""
    if request.exemplar_id is not None:
        return exemplar_share(request.exemplar_id, forgotten=forgotten, within=within)
    if request.person_id is None:
        return Share([], [], {})
    return share(request.person_id, forgotten=forgotten, within=within)


def exemplar_share(exemplar_id: int, *, forgotten: bool, within: Sequence[str]) -> Share:
    """The same about an exemplar who is no delegate's person."""
    name = Name(db.session.get_one(Exemplar, exemplar_id).name)
    return _share(_keys_of(exemplar_id), name, forgotten, within)


def _keys_of(exemplar_id: int) -> Keys:
    """An exemplar's; what the log says about speeches that tell of him stays."""
    return person_queries.keys_about_exemplar(exemplar_id) | {"speech": set()}


def _share(
    keys: Keys, name: Name, forgotten: bool, within: Sequence[str], held: Sequence[str] = ()
) -> Share:
    """The share, with what is `held` elsewhere by its units' paths."""
    cuts = {rest.entry_id: (row, rest) for row, rest in _cuts(keys, name, forgotten=forgotten)}
    erased, rests, elsewhere = [], [], [*held]
    for row, rest in cuts.values():
        if row.unit_path and not row.unit_path.startswith(tuple(within)):
            elsewhere.append(row.unit_path)
        elif rest.subject_name or rest.changes:
            rests.append(rest)
        else:
            erased.append(row.id)
    return Share(sorted(erased), sorted(rests, key=lambda one: one.entry_id), _named(elsewhere))


def outliving(congress_id: int) -> list[Rest]:
    """Of the entries that a purge empties those that keep a part: nothing else tells from what,
    why and by whom a settled name of the permanent lists was changed."""
    kind, delegates = "delegate", row_queries.ids_in("delegate", congress_id)
    about = Entry.subject_kind == kind, Entry.subject_id.in_(delegates)
    return [
        Rest(
            row.id,
            row.subject_name,
            kept_facts.kept(kind, row.action, row.changes, forgotten=False),
        )
        for row in _rows(and_(*about, Entry.action == identity.ACT))
    ]


def _cuts(keys: Keys, name: Name, *, forgotten: bool) -> Iterator[tuple[Found, Rest]]:
    """Every entry that has to change, with what is left of it; the person's own come last."""
    beside = _naming(name, keys) if forgotten else ()
    for row, rest in (*beside, *_of_himself(keys, name, forgotten=forgotten)):
        if (rest.subject_name, rest.changes) != (row.subject_name, _facts(row)):
            yield row, rest


def _of_himself(keys: Keys, name: Name, *, forgotten: bool) -> Iterator[tuple[Found, Rest]]:
    """The log's entries about the rows that are the person's."""
    about = person_queries.entries_about(keys)
    ids = set().union(*(held for kind, held in about.items() if kind not in holdings.LOG_STAYS))
    for row in _rows(Entry.id.in_(ids)):
        kind = row.subject_kind
        kept = kept_facts.kept(kind, row.action, row.changes, forgotten=forgotten)
        called = row.subject_name if kept_facts.keeps_its_name(kind, forgotten=forgotten) else ""
        if forgotten:
            kept, called = name.out_of(kept), "" if name.is_in(called) else called
        yield row, Rest(row.id, called, kept)


def _naming(name: Name, keys: Keys) -> Iterator[tuple[Found, Rest]]:
    """Entries about something else that name the person: his seat in a hall, whose place he
    took, a list or the log taken out by a filter with his name typed, with accents or without."""
    hall, delegate = row_queries.table("hall"), row_queries.table("delegate")
    here = congresses(keys)
    halls = select(hall.c.id).where(hall.c.congress_id.in_(here))
    left = select(delegate.c.id).where(delegate.c.replaced_by_id.in_(keys["delegate"]))
    beside = (("congress", here), ("hall", halls), ("delegate", left))
    about = (and_(Entry.subject_kind == kind, Entry.subject_id.in_(ids)) for kind, ids in beside)
    for row in _rows(or_(Entry.subject_kind == "audit", *about)):
        called = "" if name.is_in(row.subject_name) else row.subject_name
        yield row, Rest(row.id, called, name.out_of(_facts(row)))


def _facts(row: Found) -> dict[str, Any]:
    """What an entry tells; that it was cut before is none to take away again."""
    return {key: one for key, one in row.changes.items() if key != chain.PARTLY}


def _rows(condition: Any) -> Iterable[Found]:
    """The entries that still have a content, without those that tell of an erasing."""
    wanted = select(*_COLUMNS).where(condition, Entry.salt.is_not(None)).order_by(Entry.id)
    found = db.session.execute(wanted).all()
    return [row for row in found if not chain.tells_of_erasing(row.changes)]


def congresses(keys: Keys) -> set[int]:
    """The congresses at which the person is a delegate, in whatever state."""
    delegate = row_queries.table("delegate")
    came = select(delegate.c.congress_id).where(delegate.c.id.in_(keys["delegate"]))
    return set(db.session.scalars(came))


def _named(paths: Sequence[str]) -> dict[str, int]:
    known = select(Unit.path, Unit.name).where(Unit.path.in_(set(paths)))
    names = {row.path: row.name for row in db.session.execute(known)}
    return dict(Counter(names.get(path, path) for path in paths))
