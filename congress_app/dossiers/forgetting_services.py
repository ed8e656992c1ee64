"""Empty every table of what the law lets go about one person; the log's content as well."""

from __future__ import annotations

import re
from collections.abc import Mapping

from sqlalchemy import and_, delete, or_, select, update

from congress_app.audit.models import Entry
from congress_app.database import db, transaction
from congress_app.delegates.models import Person
from congress_app.dossiers import holdings, person_queries, row_queries
from congress_app.dossiers.models import DataRequest, Dossier, DossierFile
from congress_app.dossiers.person_queries import Keys
from congress_app.kernel.vietnamese import fold, name_sort_key


def clear(person_id: int, name: str | None) -> list[int]:
    """Delete and empty what tells of the person; the log's entries whose content must go.

    With a `name` the person is in no permanent record: everything goes, and the rows that
    stay as a count bear that name from now on. The caller, in the same transaction, erases
    the entries and tells of it all in one of his own.
    """
    with transaction() as session:
        session.flush()
        keys = person_queries.keys_about(person_id)
        entries = _told(keys) | (_naming(person_id, keys) if name else set())
        _empty("person", holdings.PERSON_FORGOTTEN if name else holdings.PERSON_EMPTIED, keys)
        for table, values in holdings.ERASED_COLUMNS.items():
            _empty(table, values, keys)
        for table in holdings.ERASED_ROWS:
            _remove(table, keys)
        if name:
            _forget(keys)
            _drop_searches(person_id, _congresses(keys))
            _rename(person_id, name, keys)
        session.expire_all()
    return sorted(entries)


def _forget(keys: Keys) -> None:
    """Archives that still name him go as well: they are out of date and made anew."""
    for table in holdings.FORGOTTEN_ROWS:
        _remove(table, keys)
    for table, values in holdings.FORGOTTEN_COLUMNS.items():
        _empty(table, values, keys)
    _remove("badge", keys)
    _untell(_congresses(keys))
    made = select(Dossier.id).where(Dossier.congress_id.in_(_congresses(keys)))
    db.session.execute(delete(DossierFile).where(DossierFile.dossier_id.in_(made)))


def _untell(congresses: set[int]) -> None:
    """Empty what devices were told: names stand there under keys of this very database.

    Which things were told of stays: a congress opened again finds all of it anew, and tells
    devices that what was his is gone. The next number makes void what is being found now.
    """
    told, state = row_queries.table("feed_entry"), row_queries.table("feed_state")
    emptied = update(told).where(told.c.congress_id.in_(congresses))
    db.session.execute(emptied.values(body=None, digest=""))
    behind = update(state).where(state.c.congress_id.in_(congresses))
    anew = {"sequence": state.c.sequence + 1, "made_at": None, "compared_at": None}
    db.session.execute(behind.values(**anew))


def _rename(person_id: int, name: str, keys: Keys) -> None:
    person, speech = row_queries.table("person"), row_queries.table("speech")
    called = {"full_name": name, "sort_key": name_sort_key(name), "search_key": fold(name)}
    db.session.execute(update(person).where(person.c.id == person_id).values(**called))
    db.session.execute(update(speech).where(speech.c.id.in_(keys["speech"])).values(title=name))
    asked = row_queries.table(DataRequest.__tablename__)
    told = {"person_name": name, "outcome": None}
    db.session.execute(update(asked).where(asked.c.person_id == person_id).values(**told))


def _empty(table: str, values: Mapping[str, object], keys: Keys) -> None:
    found = row_queries.table(table)
    db.session.execute(update(found).where(person_queries.is_of(table, keys)).values(**values))


def _remove(table: str, keys: Keys) -> None:
    db.session.execute(delete(row_queries.table(table)).where(person_queries.is_of(table, keys)))


def _congresses(keys: Keys) -> set[int]:
    delegate = row_queries.table("delegate")
    came = select(delegate.c.congress_id).where(delegate.c.id.in_(keys["delegate"]))
    return set(db.session.scalars(came))


def _told(keys: Keys) -> set[int]:
    """The log's entries about the rows that are the person's."""
    about = person_queries.entries_about(keys)
    return set().union(*(ids for kind, ids in about.items() if kind not in holdings.LOG_STAYS))


def _naming(person_id: int, keys: Keys) -> set[int]:
    """Entries about something else that name the person: his seat in a hall, whose place he
    took, a list taken out by a filter with his name typed, with accents or without."""
    hall, delegate = row_queries.table("hall"), row_queries.table("delegate")
    here = _congresses(keys)
    halls = select(hall.c.id).where(hall.c.congress_id.in_(here))
    left = select(delegate.c.id).where(delegate.c.replaced_by_id.in_(keys["delegate"]))
    beside = (("congress", here), ("hall", halls), ("delegate", left))
    about = (and_(Entry.subject_kind == kind, Entry.subject_id.in_(ids)) for kind, ids in beside)
    wanted = select(Entry.id, Entry.subject_name, Entry.changes).where(
        or_(*about), Entry.salt.is_not(None)
    )
    name = _Name(db.session.get_one(Person, person_id).full_name)
    return {
        row.id
        for row in db.session.execute(wanted)
        if name.is_in(row.subject_name) or name.is_in(row.changes)
    }


def _drop_searches(person_id: int, congresses: set[int]) -> None:
    """Printings of badges remember what was typed to choose them: his name goes from there."""
    run = row_queries.table("badge_print")
    name = _Name(db.session.get_one(Person, person_id).full_name)
    made = select(run.c.id, run.c.filters).where(run.c.congress_id.in_(congresses))
    for row in db.session.execute(made).all():
        if name.is_in(row.filters):
            left = {key: value for key, value in row.filters.items() if not name.is_in(value)}
            db.session.execute(update(run).where(run.c.id == row.id).values(filters=left))


class _Name:
    """A person's name to be found in words, typed with accents or, as in searches, without."""

    def __init__(self, full_name: str) -> None:
        self._pattern = re.compile(rf"(?<!\w){re.escape(fold(full_name))}(?!\w)")

    def is_in(self, told: object) -> bool:
        """Whether a text, or any within lists and mappings, names the person."""
        if isinstance(told, Mapping):
            return any(self.is_in(one) for pair in told.items() for one in pair)
        if isinstance(told, list):
            return any(self.is_in(one) for one in told)
        return isinstance(told, str) and self._pattern.search(fold(told)) is not None
