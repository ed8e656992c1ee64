"""Nothing stored links a person to a vote."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, MetaData, Table

from congress_app.database import Model
from congress_app.elections.models import BallotIssue

# What knows who voted, and what knows what was voted for. A candidate is a person and
# not a delegate, so a table that holds both would be the link.
VOTERS = frozenset({"delegate", "ballot_issue"})
CHOICES = frozenset({"candidate", "count_sheet", "elected_place"})


def reached(table: Table) -> set[str]:
    """The tables one row points to, itself included."""
    return {table.name} | {key.column.table.name for key in table.foreign_keys}


def links(metadata: MetaData) -> list[str]:
    """Tables whose rows name a voter and a choice of the same vote."""
    return sorted(
        table.name
        for table in metadata.tables.values()
        if reached(table) & VOTERS and reached(table) & CHOICES
    )


def test_no_table_knows_both_a_voter_and_a_choice():
    # Who was elected becomes a delegate of the congress above: a result, not a vote.
    results = ["reserve_call", "transmission_line"]
    assert links(Model.metadata) == results


def test_the_issue_list_knows_issued_and_returned_and_no_time():
    columns = {column.name for column in BallotIssue.__table__.columns}
    assert columns == {"id", "round_id", "delegate_id", "returned"}


def test_a_planted_link_is_found():
    planted = MetaData()
    for name in ("delegate", "candidate"):
        Table(name, planted, Column("id", Integer, primary_key=True))
    names = ("delegate", "candidate")
    Table("vote", planted, *(Column(f"{name}_id", ForeignKey(f"{name}.id")) for name in names))
    assert links(planted) == ["vote"]
