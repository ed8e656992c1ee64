"""No table that can hold a person is forgotten, neither in an archive nor in an answer."""

from __future__ import annotations

from congress_app.database import Model
from congress_app.dossiers import holdings, row_queries


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
        *holdings.ASIDE,
    ]
    assert [one for one in named if one[1] not in tables[one[0]].columns] == []
    assert set(holdings.OWNERS) >= holdings.REMOVED
    assert set(holdings.EMPTIED) <= set(holdings.OWNERS) - holdings.REMOVED


def test_what_holds_a_secret_is_removed_or_emptied(app):
    for table, columns in holdings.SECRET.items():
        emptied = set(holdings.EMPTIED.get(table, {}))
        assert table in holdings.REMOVED or set(columns) <= emptied, table


def test_every_key_to_a_person_or_delegate_is_followed_or_set_aside(app):
    followed = {(name, column) for name, column, _target in row_queries.edges_about_persons()}
    to_people = {
        (name, column) for name, column, target in keys() if target in ("person", "delegate")
    }
    assert to_people - followed - set(holdings.ASIDE) == set()


def test_a_table_added_without_a_word_is_found(app, monkeypatch):
    """The control: without its line the table of scans is missed at once."""
    monkeypatch.delitem(holdings.OWNERS, "scan")
    below = {"congress", *holdings.OWNERS}
    pointing = {name for name, _column, target in keys() if target in below}
    assert pointing - set(holdings.OWNERS) - set(holdings.OUTSIDE) == {"scan"}
