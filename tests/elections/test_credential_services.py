"""Rulings with their history, numbered reports, the vote that recognises the delegates."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from congress_app.audit.models import Entry
from congress_app.congresses.models import Congress
from congress_app.database import db
from congress_app.delegates.committees import OpenVote
from congress_app.delegates.models import Delegate
from congress_app.elections import credential_queries, credential_report, credential_services
from congress_app.elections.credential_doubts import Ruling
from congress_app.elections.credential_models import CredentialRuling, StoredReport
from congress_app.elections.credential_services import Decision
from congress_app.kernel.errors import DomainError, NotFound, Stale
from congress_app.kernel.permissions import system_actor
from congress_app.programme.models import Session
from tests import builders

ACTOR = system_actor("thư ký")
VALID = Decision(Ruling.VALID, "Đỗ Thị Mai")


@pytest.fixture
def congress(app: Flask) -> Congress:
    """A congress whose credentials committee has one member."""
    congress = builders.a_congress()
    builders.a_seat(congress, full_name="Đỗ Thị Mai", post="head")
    return congress


def delegate(congress: Congress, **columns: Any) -> Delegate:
    """A delegate of the congress, confirmed."""
    person = builders.a_person(unit=congress.unit, **columns.pop("person", {}))
    return builders.a_delegate(congress, person, **columns)


def refusal(act: Callable[[], object]) -> str:
    """The code an act is refused with."""
    with pytest.raises(DomainError) as refused:
        act()
    return refused.value.code


def rulings(congress: Congress) -> dict[int, str]:
    """The rulings that hold."""
    latest = credential_queries.latest_rulings(congress.id)
    return {key: row.ruling for key, row in latest.items()}


def decide(congress: Congress, one: Delegate, decision: Decision, seen: int) -> CredentialRuling:
    """Rule on a delegate."""
    return credential_services.decide(congress, one.id, decision, seen=seen, actor=ACTOR)


def test_a_ruling_is_added_to_those_before(congress: Congress) -> None:
    one = delegate(congress)
    pending = Decision(Ruling.PENDING, "Đỗ Thị Mai", " thiếu  biên bản ")
    first = decide(congress, one, pending, 0)
    second = decide(congress, one, VALID, first.id)
    told = [(row.ruling, row.reason) for row in credential_queries.history(one.id)]
    assert told == [("valid", None), ("pending", "thiếu biên bản")]
    assert rulings(congress) == {one.id: "valid"}
    assert (second.decided_by, second.recorded_by) == ("Đỗ Thị Mai", "thư ký")
    entries = db.session.scalars(select(Entry).order_by(Entry.id)).all()
    assert [(entry.action, entry.subject_id, entry.changes) for entry in entries] == [
        (
            "credential.decide",
            one.id,
            {
                "ruling": [None, "pending"],
                "decided_by": "Đỗ Thị Mai",
                "reason": "thiếu biên bản",
            },
        ),
        (
            "credential.decide",
            one.id,
            {"ruling": ["pending", "valid"], "decided_by": "Đỗ Thị Mai"},
        ),
    ]


def test_two_who_rule_at_once(congress: Congress) -> None:
    one = delegate(congress)
    row = decide(congress, one, Decision(Ruling.NOT_QUALIFIED, "Đỗ Thị Mai", "kỷ luật"), 0)
    with pytest.raises(Stale) as stale:
        decide(congress, one, VALID, 0)
    assert stale.value.version == row.id
    assert [str(told) for told in stale.value.details] == [
        "Kết luận đã được ghi: Không đủ tư cách, Đỗ Thị Mai. kỷ luật"
    ]
    assert rulings(congress) == {one.id: "not_qualified"}


@pytest.mark.parametrize("ruling", [Ruling.PENDING, Ruling.NOT_QUALIFIED])
def test_a_refusal_needs_its_reason(congress: Congress, ruling: Ruling) -> None:
    one = delegate(congress)
    blank = Decision(ruling, "Đỗ Thị Mai", "  ")
    assert refusal(lambda: decide(congress, one, blank, 0)) == "reason_needed"
    assert rulings(congress) == {}


def test_only_a_member_decides(congress: Congress) -> None:
    one = delegate(congress)
    stranger = Decision(Ruling.VALID, "Người Lạ")
    assert refusal(lambda: decide(congress, one, stranger, 0)) == "not_a_member"
    small = builders.a_congress()
    other = delegate(small)
    row = decide(small, other, Decision(Ruling.VALID, "Chủ tọa"), 0)
    assert row.decided_by == "Chủ tọa"
    nobody = Decision(Ruling.VALID, " ")
    assert refusal(lambda: decide(small, other, nobody, row.id)) == "not_a_member"


@pytest.mark.parametrize(
    "columns", [{"category": "guest"}, {"state": "nominated"}, {"state": "withdrawn"}]
)
def test_guests_and_whoever_is_not_convened_have_no_credentials(
    congress: Congress, columns: dict[str, str]
) -> None:
    one = delegate(congress, **columns)
    with pytest.raises(NotFound):
        decide(congress, one, VALID, 0)


def test_all_valid_but_some(congress: Congress) -> None:
    ids = [delegate(congress).id for _ in range(3)]
    count = credential_services.find_valid(congress, ids[:2] * 2, "Đỗ Thị Mai", actor=ACTOR)
    assert count == 2
    assert rulings(congress) == {ids[0]: "valid", ids[1]: "valid"}
    again = lambda: credential_services.find_valid(  # noqa: E731
        congress, ids, "Đỗ Thị Mai", actor=ACTOR
    )
    assert refusal(again) == "list_changed"
    assert rulings(congress) == {ids[0]: "valid", ids[1]: "valid"}
    nobody = lambda: credential_services.find_valid(congress, [], "x", actor=ACTOR)  # noqa: E731
    assert refusal(nobody) == "nobody_chosen"


def numbered(congress: Congress, session: Session | None, at: datetime) -> StoredReport:
    """The report as of an instant, looked at and numbered."""
    seen = credential_report.fingerprint(credential_queries.report_at(congress, session, at))
    return credential_services.make_report(congress, session, at, seen=seen, actor=ACTOR)


def test_a_report_is_kept_as_it_was(congress: Congress, frozen_clock: Any) -> None:
    session = builders.a_session(congress)
    here, away = delegate(congress, person={"sex": "F"}), delegate(congress)
    delegate(congress, category="guest")
    frozen_clock.move_to(session.starts_at)
    builders.a_scan(session, builders.a_badge(here))
    builders.a_ruling(away, "not_qualified")
    frozen_clock.advance(minutes=5)
    at = frozen_clock.now
    kept = numbered(congress, session, at)
    made = credential_report.from_json(kept.body)
    assert (kept.number, kept.as_of, kept.session_id) == (1, at, session.id)
    assert (made.convened, made.present, made.setting.guests) == (2, 1, 1)
    assert made.setting.session == session.title
    assert [(one.name, one.note) for one in made.setting.committee] == [
        ("Đỗ Thị Mai", "Trưởng ban")
    ]
    assert [one.name for one in made.not_qualified] == [away.person.full_name]
    assert kept.sha256 == credential_report.digest(kept.body)
    delegate(congress)
    second = numbered(congress, None, at)
    assert (second.number, second.body["convened"], second.body["present"]) == (2, 3, 0)
    first = credential_queries.report_by_number(congress.id, 1)
    assert first is not None
    assert first.body["convened"] == 2


def test_presence_is_told_as_of_the_minute(congress: Congress, frozen_clock: Any) -> None:
    session = builders.a_session(congress)
    badge = builders.a_badge(delegate(congress))
    frozen_clock.move_to(session.starts_at)
    before = frozen_clock.now
    frozen_clock.advance(minutes=1)
    builders.a_scan(session, badge)
    after = frozen_clock.now
    present = [
        credential_queries.report_at(congress, session, at).present for at in (before, after)
    ]
    assert present == [0, 1]


def test_no_report_of_the_future(congress: Congress, frozen_clock: Any) -> None:
    at = frozen_clock.now
    frozen_clock.advance(minutes=-1)
    assert refusal(lambda: numbered(congress, None, at)) == "in_future"


def recognise(kept: StoredReport, *figures: int) -> bool:
    """Record a vote; whether it was carried."""
    return credential_services.recognise(kept, OpenVote(*figures), actor=ACTOR).is_carried


def test_the_congress_recognises_its_delegates(congress: Congress, frozen_clock: Any) -> None:
    for _ in range(3):
        delegate(congress)
    kept = numbered(congress, None, frozen_clock.now)
    assert credential_queries.recognised(congress.id) is None
    assert refusal(lambda: recognise(kept, 4, 4)) == "too_many_votes"
    assert recognise(kept, 3, 2, 1) is True
    assert refusal(lambda: recognise(kept, 3, 3)) == "voted_already"
    found = credential_queries.recognised(congress.id)
    assert found is not None
    assert found.vote is not None
    assert (found.number, found.vote.agree, found.vote.by) == (1, 2, "thư ký")


def test_a_lost_vote_and_a_new_report(congress: Congress, frozen_clock: Any) -> None:
    delegate(congress)
    first = numbered(congress, None, frozen_clock.now)
    assert recognise(first, 1, 0, 1) is False
    assert credential_queries.recognised(congress.id) is None
    second = numbered(congress, None, frozen_clock.now)
    assert refusal(lambda: recognise(first, 1, 1)) == "not_latest"
    assert recognise(second, 1, 1) is True


def test_a_closed_congress_decides_nothing(app: Flask) -> None:
    closed = builders.a_congress(state="closed")
    one = delegate(closed)
    assert refusal(lambda: decide(closed, one, VALID, 0)) == "congress_closed"
