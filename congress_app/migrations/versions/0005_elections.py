"""Elections.

Revision ID: 0005
Revises: 0004
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from congress_app.database import Instant

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Elections, candidates, rounds, sheets, decisions, ballots, who was elected."""
    op.create_table(
        "election",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("congress_id", sa.Integer(), nullable=False),
        sa.Column("target_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("quota_version", sa.Integer(), nullable=False),
        sa.Column("reserve_seats", sa.Integer(), nullable=False),
        sa.Column("reserves_apart", sa.Boolean(), nullable=False),
        sa.Column("rules", sa.JSON(), nullable=False),
        sa.Column("rules_frozen_at", Instant(), nullable=True),
        sa.Column("rules_frozen_by", sa.String(length=200), nullable=True),
        sa.Column("list_for", sa.Integer(), nullable=True),
        sa.Column("list_against", sa.Integer(), nullable=True),
        sa.Column("list_other", sa.Integer(), nullable=True),
        sa.Column("list_adopted_at", Instant(), nullable=True),
        sa.Column("list_adopted_by", sa.String(length=200), nullable=True),
        sa.Column("certified_at", Instant(), nullable=True),
        sa.Column("certified_by", sa.String(length=200), nullable=True),
        sa.Column("certified_for", sa.String(length=300), nullable=True),
        sa.Column("certified_paper", sa.String(length=100), nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("created_by", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("seats >= 0", name=op.f("ck_election_seats")),
        sa.ForeignKeyConstraint(
            ["congress_id"], ["congress.id"], name=op.f("fk_election_congress_id")
        ),
        sa.ForeignKeyConstraint(["target_id"], ["congress.id"], name=op.f("fk_election_target_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_election")),
        sa.UniqueConstraint("congress_id", "number", name=op.f("uq_election_congress_id_number")),
    )
    with op.batch_alter_table("election", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_election_target_id"), ["target_id"], unique=False)
        batch_op.create_index(
            "uq_election_under_way",
            ["congress_id"],
            unique=True,
            sqlite_where=sa.text("state <> 'certified'"),
            postgresql_where=sa.text("state <> 'certified'"),
        )
    op.create_table(
        "candidate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("election_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("how", sa.String(length=10), nullable=False),
        sa.Column("nominated_by", sa.String(length=250), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.Column("asked_at", Instant(), nullable=True),
        sa.Column("decided_at", Instant(), nullable=True),
        sa.Column("decided_by", sa.String(length=200), nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("created_by", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_candidate_election_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_candidate_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_candidate")),
        sa.UniqueConstraint(
            "election_id", "person_id", name=op.f("uq_candidate_election_id_person_id")
        ),
    )
    with op.batch_alter_table("candidate", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_candidate_person_id"), ["person_id"], unique=False)
    op.create_table(
        "election_round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("election_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("follows_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.Column("candidates", sa.JSON(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("needs_majority", sa.Boolean(), nullable=False),
        sa.Column("presence_at", Instant(), nullable=False),
        sa.Column("presence_source", sa.String(length=10), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=True),
        sa.Column("convened", sa.Integer(), nullable=False),
        sa.Column("present", sa.Integer(), nullable=False),
        sa.Column("excused", sa.Integer(), nullable=False),
        sa.Column("absent_throughout", sa.Integer(), nullable=False),
        sa.Column("absent_replaced", sa.Integer(), nullable=False),
        sa.Column("below_quorum_by", sa.String(length=200), nullable=True),
        sa.Column("below_quorum_reason", sa.String(length=500), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=True),
        sa.Column("figures", sa.JSON(), nullable=True),
        sa.Column("result", sa.JSON(), nullable=True),
        sa.Column("opened_at", Instant(), nullable=False),
        sa.Column("opened_by", sa.String(length=200), nullable=False),
        sa.Column("closed_at", Instant(), nullable=True),
        sa.Column("closed_by", sa.String(length=200), nullable=True),
        sa.Column("invalid_reason", sa.String(length=500), nullable=True),
        sa.Column("released_at", Instant(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_election_round_election_id")
        ),
        sa.ForeignKeyConstraint(
            ["follows_id"], ["election_round.id"], name=op.f("fk_election_round_follows_id")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session.id"], name=op.f("fk_election_round_session_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_election_round")),
        sa.UniqueConstraint(
            "election_id", "number", name=op.f("uq_election_round_election_id_number")
        ),
    )
    with op.batch_alter_table("election_round", schema=None) as batch_op:
        batch_op.create_index(
            "uq_election_round_running",
            ["election_id"],
            unique=True,
            sqlite_where=sa.text("state <> 'closed'"),
            postgresql_where=sa.text("state <> 'closed'"),
        )
    op.create_table(
        "ballot_issue",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("delegate_id", sa.Integer(), nullable=False),
        sa.Column("returned", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["delegate_id"], ["delegate.id"], name=op.f("fk_ballot_issue_delegate_id")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["election_round.id"], name=op.f("fk_ballot_issue_round_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballot_issue")),
        sa.UniqueConstraint(
            "round_id", "delegate_id", name=op.f("uq_ballot_issue_round_id_delegate_id")
        ),
    )
    with op.batch_alter_table("ballot_issue", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_ballot_issue_delegate_id"), ["delegate_id"], unique=False
        )
    op.create_table(
        "count_sheet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.Column("teller_key", sa.String(length=220), nullable=False),
        sa.Column("teller", sa.String(length=200), nullable=False),
        sa.Column("cells", sa.JSON(), nullable=False),
        sa.Column("saved_at", Instant(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("slot IN (1, 2)", name=op.f("ck_count_sheet_slot")),
        sa.ForeignKeyConstraint(
            ["round_id"], ["election_round.id"], name=op.f("fk_count_sheet_round_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_count_sheet")),
        sa.UniqueConstraint("round_id", "slot", name=op.f("uq_count_sheet_round_id_slot")),
        sa.UniqueConstraint(
            "round_id", "teller_key", name=op.f("uq_count_sheet_round_id_teller_key")
        ),
    )
    op.create_table(
        "elected_place",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("election_id", sa.Integer(), nullable=False),
        sa.Column("candidate_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=10), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("votes", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["candidate_id"], ["candidate.id"], name=op.f("fk_elected_place_candidate_id")
        ),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_elected_place_election_id")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["election_round.id"], name=op.f("fk_elected_place_round_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_elected_place")),
        sa.UniqueConstraint(
            "election_id", "candidate_id", name=op.f("uq_elected_place_election_id_candidate_id")
        ),
        sa.UniqueConstraint(
            "election_id",
            "role",
            "position",
            name=op.f("uq_elected_place_election_id_role_position"),
        ),
    )
    with op.batch_alter_table("elected_place", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_elected_place_candidate_id"), ["candidate_id"], unique=False
        )
    op.create_table(
        "tie_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("by_rule", sa.String(length=20), nullable=False),
        sa.Column("chosen", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("paper", sa.String(length=100), nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["election_round.id"], name=op.f("fk_tie_decision_round_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tie_decision")),
        sa.UniqueConstraint("round_id", name=op.f("uq_tie_decision_round_id")),
    )
    op.create_table(
        "transmission",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("election_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("paper", sa.String(length=100), nullable=True),
        sa.Column("note", sa.String(length=500), nullable=True),
        sa.Column("sent_at", Instant(), nullable=False),
        sa.Column("sent_by", sa.String(length=200), nullable=False),
        sa.Column("answered_at", Instant(), nullable=True),
        sa.Column("answered_by", sa.String(length=200), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('sent', 'accepted', 'returned')", name=op.f("ck_transmission_state")
        ),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_transmission_election_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transmission")),
        sa.UniqueConstraint(
            "election_id", "number", name=op.f("uq_transmission_election_id_number")
        ),
    )
    with op.batch_alter_table("transmission", schema=None) as batch_op:
        batch_op.create_index(
            "uq_transmission_standing",
            ["election_id"],
            unique=True,
            sqlite_where=sa.text("state <> 'returned'"),
            postgresql_where=sa.text("state <> 'returned'"),
        )
    op.create_table(
        "transmission_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("transmission_id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("delegate_id", sa.Integer(), nullable=False),
        sa.Column("made", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["delegate_id"], ["delegate.id"], name=op.f("fk_transmission_line_delegate_id")
        ),
        sa.ForeignKeyConstraint(
            ["place_id"], ["elected_place.id"], name=op.f("fk_transmission_line_place_id")
        ),
        sa.ForeignKeyConstraint(
            ["transmission_id"],
            ["transmission.id"],
            name=op.f("fk_transmission_line_transmission_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transmission_line")),
        sa.UniqueConstraint(
            "transmission_id",
            "place_id",
            name=op.f("uq_transmission_line_transmission_id_place_id"),
        ),
    )
    with op.batch_alter_table("transmission_line", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_transmission_line_delegate_id"), ["delegate_id"], unique=False
        )
    op.create_table(
        "reserve_call",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("replaced_id", sa.Integer(), nullable=True),
        sa.Column("delegate_id", sa.Integer(), nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.CheckConstraint("state IN ('called', 'declined')", name=op.f("ck_reserve_call_state")),
        sa.ForeignKeyConstraint(
            ["delegate_id"], ["delegate.id"], name=op.f("fk_reserve_call_delegate_id")
        ),
        sa.ForeignKeyConstraint(
            ["place_id"], ["elected_place.id"], name=op.f("fk_reserve_call_place_id")
        ),
        sa.ForeignKeyConstraint(
            ["replaced_id"], ["delegate.id"], name=op.f("fk_reserve_call_replaced_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reserve_call")),
        sa.UniqueConstraint("place_id", name=op.f("uq_reserve_call_place_id")),
    )
    with op.batch_alter_table("reserve_call", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_reserve_call_delegate_id"), ["delegate_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_reserve_call_replaced_id"), ["replaced_id"], unique=False
        )


def downgrade() -> None:
    """Take them back."""
    with op.batch_alter_table("reserve_call", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reserve_call_replaced_id"))
        batch_op.drop_index(batch_op.f("ix_reserve_call_delegate_id"))
    op.drop_table("reserve_call")
    with op.batch_alter_table("transmission_line", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_transmission_line_delegate_id"))
    op.drop_table("transmission_line")
    with op.batch_alter_table("transmission", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_transmission_standing",
            sqlite_where=sa.text("state <> 'returned'"),
            postgresql_where=sa.text("state <> 'returned'"),
        )
    op.drop_table("transmission")
    op.drop_table("tie_decision")
    with op.batch_alter_table("elected_place", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_elected_place_candidate_id"))
    op.drop_table("elected_place")
    op.drop_table("count_sheet")
    with op.batch_alter_table("ballot_issue", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ballot_issue_delegate_id"))
    op.drop_table("ballot_issue")
    with op.batch_alter_table("election_round", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_election_round_running",
            sqlite_where=sa.text("state <> 'closed'"),
            postgresql_where=sa.text("state <> 'closed'"),
        )
    op.drop_table("election_round")
    with op.batch_alter_table("candidate", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_candidate_person_id"))
    op.drop_table("candidate")
    with op.batch_alter_table("election", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_election_under_way",
            sqlite_where=sa.text("state <> 'certified'"),
            postgresql_where=sa.text("state <> 'certified'"),
        )
        batch_op.drop_index(batch_op.f("ix_election_target_id"))
    op.drop_table("election")
