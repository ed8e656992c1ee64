"""No table that can hold a person is forgotten, neither in an archive nor in an answer."""

from __future__ import annotations

from sqlalchemy import JSON

from congress_app.audit.services import NAME_COLUMNS
from congress_app.database import Model
from congress_app.dossiers import holdings, person_queries

PEOPLE = {"person", "delegate", "exemplar"}


def keys():
    """(table, column, target) of every foreign key of the program."""
    return [
        (table.name, column.name, key.column.table.name)
        for table in Model.metadata.sorted_tables
        for column in table.columns
        for key in column.foreign_keys
    ]


def test_every_table_below_a_congress_has_its_way_up(app):
    below = {"congress", *holdings.OWNERS}
    pointing = {name for name, _column, target in keys() if target in below}
    assert pointing - set(holdings.OWNERS) - set(holdings.OUTSIDE) == set()
    known = set(keys())
    wrong = {
        name
        for name, (column, parent) in holdings.OWNERS.items()
        if (name, column, parent) not in known
    }
    assert wrong == set()


def test_every_column_named_is_there(app):
    tables = Model.metadata.tables
    named = [
        *((table, column) for table, columns in holdings.SECRET.items() for column in columns),
        *((table, column) for table, columns in holdings.CONTACT.items() for column in columns),
        *((table, column) for table, columns in holdings.EMPTIED.items() for column in columns),
        *(("person", column) for column in holdings.PERSON_FORGOTTEN),
        *holdings.OF_ANOTHER,
    ]
    assert [one for one in named if one[1] not in tables[one[0]].columns] == []
    assert set(holdings.OWNERS) >= holdings.REMOVED
    assert set(holdings.EMPTIED) <= set(holdings.OWNERS) - holdings.REMOVED


def test_no_secret_column_names_a_thing_in_the_log(app):
    secret = {column for columns in holdings.SECRET.values() for column in columns}
    assert secret & set(NAME_COLUMNS) == set()


def test_what_holds_a_secret_is_removed_or_emptied(app):
    for table, columns in holdings.SECRET.items():
        emptied = set(holdings.EMPTIED.get(table, {}))
        assert table in holdings.REMOVED or set(columns) <= emptied, table


def test_every_key_to_a_person_delegate_or_exemplar_is_followed_or_set_aside(app):
    followed = {(name, column) for name, column, _target in person_queries.edges_about_persons()}
    to_people = {(name, column) for name, column, target in keys() if target in PEOPLE}
    assert to_people - followed - set(holdings.OF_ANOTHER) == set()
    assert {target for _name, _column, target in keys()} >= PEOPLE


# JSON that names nobody: rules, figures and settings.
PLAIN = {
    ("allocation", "options"), ("allocation", "outcome"), ("allocation_line", "facts"),
    ("award_name", "aliases"), ("badge_design", "body"), ("congress", "cap"), ("congress", "rules"),
    ("count_sheet", "cells"), ("criteria_set", "body"), ("delegate", "priorities"),
    ("device", "session_ids"), ("dossier", "figures"), ("dossier", "manifest"),
    ("election", "rules"), ("exemplar", "ratings"), ("nomination", "finding"),
    ("review_sheet", "criteria"), ("rulebook", "body"), ("server_process", "counters"),
    ("session", "categories"), ("speech_review", "marks"),
}  # fmt: skip


def test_whatever_else_may_name_a_person_is_listed_with_its_reason(app):
    loose = {
        (table.name, column.name)
        for table in Model.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, JSON)
        or (column.name.endswith("_id") and not column.foreign_keys)
    }
    assert loose - set(holdings.NAMING) == PLAIN
    assert set(holdings.NAMING) <= loose
    assert all(holdings.NAMING.values())


def test_a_table_added_without_a_word_is_found(app, monkeypatch):
    """The control: without its line the table of scans is missed at once."""
    monkeypatch.delitem(holdings.OWNERS, "scan")
    below = {"congress", *holdings.OWNERS}
    pointing = {name for name, _column, target in keys() if target in below}
    assert pointing - set(holdings.OWNERS) - set(holdings.OUTSIDE) == {"scan"}
