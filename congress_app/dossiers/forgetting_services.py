"""Empty every table of what the law lets go about one person."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import delete, select, update

from congress_app.database import db, transaction
from congress_app.delegates.models import Person
from congress_app.dossiers import holdings, log_queries, person_queries, row_queries
from congress_app.dossiers.models import DataRequest, Dossier, DossierFile
from congress_app.dossiers.naming import Name
from congress_app.dossiers.person_queries import Keys
from congress_app.kernel.vietnamese import fold, name_sort_key


def clear(person_id: int, name: str | None) -> None:
    """Delete and empty what tells of the person in the tables.

    With a `name` the person is in no permanent record: everything goes, and the rows that
    stay as a count bear that name from now on. What the log has to give up is asked before:
    afterwards nothing tells which entries are the person's.
    """
    with transaction() as session:
        session.flush()
        keys = person_queries.keys_about(person_id)
        _empty("person", holdings.PERSON_FORGOTTEN if name else holdings.PERSON_EMPTIED, keys)
        for table, values in holdings.ERASED_COLUMNS.items():
            _empty(table, values, keys)
        for table in holdings.ERASED_ROWS:
            _remove(table, keys)
        if name:
            _forget(keys)
            _drop_searches(person_id, log_queries.congresses(keys))
            _rename(person_id, name, keys)
        session.expire_all()


def clear_exemplar(exemplar_id: int, name: str | None) -> None:
    """The same of an exemplar: files, birth, sensitive mark and free words go.

    With a `name` no decision and no council names him, and he is called so from now on.
    """
    with transaction() as session:
        session.flush()
        keys: Keys = {"exemplar": {exemplar_id}}
        for table, values in holdings.ERASED_OF_EXEMPLARS.items():
            _empty(table, values, keys)
        _remove("exemplar_file", keys)
        if name:
            called = {"name": name, "sort_key": name_sort_key(name), "search_key": fold(name)}
            _empty("exemplar", called | holdings.EXEMPLAR_FORGOTTEN, keys)
            _empty(DataRequest.__tablename__, {"person_name": name, "outcome": None}, keys)
        session.expire_all()


def _forget(keys: Keys) -> None:
    """Archives that still name him go as well: they are out of date and made anew."""
    for table in holdings.FORGOTTEN_ROWS:
        _remove(table, keys)
    for table, values in holdings.FORGOTTEN_COLUMNS.items():
        _empty(table, values, keys)
    _remove("badge", keys)
    _untell(log_queries.congresses(keys))
    made = select(Dossier.id).where(Dossier.congress_id.in_(log_queries.congresses(keys)))
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
    # A form that was opened before must not bring back what is gone.
    if "version" in found.c and table != DataRequest.__tablename__:
        values = {**values, "version": found.c.version + 1}
    db.session.execute(update(found).where(person_queries.is_of(table, keys)).values(**values))


def _remove(table: str, keys: Keys) -> None:
    db.session.execute(delete(row_queries.table(table)).where(person_queries.is_of(table, keys)))


def _drop_searches(person_id: int, congresses: set[int]) -> None:
    """Printings of badges remember what was typed to choose them: his name goes from there."""
    run = row_queries.table("badge_print")
    name = Name(db.session.get_one(Person, person_id).full_name)
    made = select(run.c.id, run.c.filters).where(run.c.congress_id.in_(congresses))
    for row in db.session.execute(made).all():
        if name.is_in(row.filters):
            left = {key: value for key, value in row.filters.items() if not name.is_in(value)}
            db.session.execute(update(run).where(run.c.id == row.id).values(filters=left))
