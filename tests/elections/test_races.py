"""Two people at the same moment: one acts, the other is told what the first one did."""

from __future__ import annotations

from congress_app.database import db
from congress_app.elections import count_services, queries, round_services
from congress_app.elections.acts import Opening, TakingDown
from congress_app.elections.conduct import RoundKind
from congress_app.elections.models import Election, Round
from tests.congresses.test_races import at_once
from tests.elections.voting import ALL, CHAIR, FIRST, SECOND, a_list, filled, ids, opened


def test_two_tellers_close_one_round_once(app):
    election = a_list()
    round_ = opened(election)
    sheet = filled(round_, dict(zip(ids(election), [90, 80, 20, 10], strict=True)))
    for teller in (FIRST, SECOND):
        count_services.save_sheet(round_, sheet, version=0, actor=teller)
    round_id = round_.id
    db.session.rollback()

    def close() -> None:
        count_services.close(db.session.get_one(Round, round_id), actor=CHAIR)

    assert at_once(app, [close] * 4) == ["done"] + ["round_moved_on"] * 3
    db.session.rollback()
    assert db.session.get_one(Round, round_id).outcome == "result"


def test_both_tellers_begin_at_once_and_get_a_sheet_each(app):
    round_id = opened(a_list()).id
    db.session.rollback()

    def save(teller):
        def act() -> None:
            round_ = db.session.get_one(Round, round_id)
            count_services.save_sheet(round_, {"issued": 100}, version=0, actor=teller)

        return act

    told = at_once(app, [save(FIRST), save(SECOND), save(CHAIR)])
    assert told == ["done", "done", "sheets_taken"]
    db.session.rollback()
    assert [one.slot for one in queries.sheets_of(round_id)] == [1, 2]


def test_one_round_is_opened_once(app):
    election_id = a_list().id
    db.session.rollback()

    def open_() -> None:
        election = db.session.get_one(Election, election_id)
        round_services.open_round(election, Opening(RoundKind.FIRST, typed=ALL), actor=CHAIR)

    assert at_once(app, [open_] * 4) == ["done"] + ["round_not_next"] * 3
    db.session.rollback()
    assert [one.number for one in queries.rounds_of(election_id)] == [1]


def test_closing_and_taking_down_at_once_leave_one_clear_end(app):
    election = a_list()
    round_ = opened(election)
    sheet = filled(round_, dict(zip(ids(election), [90, 80, 20, 10], strict=True)))
    for teller in (FIRST, SECOND):
        count_services.save_sheet(round_, sheet, version=0, actor=teller)
    round_id, seen = round_.id, round_.version
    db.session.rollback()

    def close() -> None:
        count_services.close(db.session.get_one(Round, round_id), actor=CHAIR)

    def invalidate() -> None:
        round_ = db.session.get_one(Round, round_id)
        round_services.invalidate(round_, TakingDown("Mất điện"), version=seen, actor=CHAIR)

    # Whoever comes second had looked at another state.
    ended = at_once(app, [close, invalidate])
    db.session.rollback()
    outcome = db.session.get_one(Round, round_id).outcome
    assert (ended, outcome) in (
        (["done", "round_moved_on"], "invalidated"),
        (["done", "stale"], "result"),
    )
