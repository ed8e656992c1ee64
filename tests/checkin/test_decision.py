"""Every reason, the order of the rules, and what the door is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress_app.checkin.decision import (
    REASON_LABELS,
    BadgeFacts,
    Direction,
    Facts,
    PresenceFacts,
    Reason,
    SessionFacts,
    decide,
)

OPENS = datetime(2020, 6, 15, 0, 0, tzinfo=UTC)  # 07:00 at the venue
CLOSES = datetime(2020, 6, 15, 4, 30, tzinfo=UTC)
AT = datetime(2020, 6, 15, 0, 40, 5, tzinfo=UTC)
BADGE = BadgeFacts(1, "active", "confirmed", "elected")
SESSION = SessionFacts(1, OPENS, CLOSES)
GOOD = Facts(1, Direction.IN, AT, BADGE, SESSION)
INSIDE = PresenceFacts(is_present=True, first_in_at=AT, first_gate="Cửa A")
LEFT = PresenceFacts(is_present=False, first_in_at=AT, first_gate="Cửa A")
LONG_BEFORE = OPENS - timedelta(microseconds=1)


def reason_of(facts: Facts) -> Reason | None:
    return decide(facts).reason


def test_a_confirmed_delegate_with_an_active_badge_comes_in() -> None:
    verdict = decide(GOOD)
    assert (verdict.accepted, verdict.reason, str(verdict.sentence)) == (True, None, "Mời vào.")


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (replace(GOOD, badge=None), Reason.UNKNOWN),
        (replace(GOOD, badge=replace(BADGE, congress_id=2)), Reason.WRONG_CONGRESS),
        (replace(GOOD, badge=replace(BADGE, state="superseded")), Reason.SUPERSEDED),
        (replace(GOOD, badge=replace(BADGE, state="revoked")), Reason.REVOKED),
        (replace(GOOD, badge=replace(BADGE, delegate_state="replaced")), Reason.REPLACED),
        (replace(GOOD, badge=replace(BADGE, delegate_state="convened")), Reason.NOT_CONFIRMED),
        (replace(GOOD, badge=replace(BADGE, delegate_state="withdrawn")), Reason.NOT_CONFIRMED),
        (replace(GOOD, session=None), Reason.SESSION_CLOSED),
        (replace(GOOD, session=replace(SESSION, congress_id=2)), Reason.WRONG_SESSION),
        (replace(GOOD, at=LONG_BEFORE), Reason.TOO_EARLY),
        (replace(GOOD, at=OPENS), None),
        (replace(GOOD, at=CLOSES), Reason.TOO_LATE),
        (replace(GOOD, at=CLOSES - timedelta(microseconds=1)), None),
        (
            replace(GOOD, session=replace(SESSION, categories=frozenset({"guest"}))),
            Reason.WRONG_SESSION,
        ),
        (replace(GOOD, session=replace(SESSION, categories=frozenset({"elected"}))), None),
        (replace(GOOD, presence=INSIDE), Reason.ALREADY_IN),
        (replace(GOOD, presence=LEFT), None),
        (
            replace(GOOD, presence=LEFT, session=replace(SESSION, allows_reentry=False)),
            Reason.ALREADY_IN,
        ),
        (replace(GOOD, direction=Direction.OUT), Reason.NOT_IN),
        (replace(GOOD, direction=Direction.OUT, presence=LEFT), Reason.NOT_IN),
        (replace(GOOD, direction=Direction.OUT, presence=INSIDE), None),
    ],
)
def test_each_rule(facts: Facts, expected: Reason | None) -> None:
    assert reason_of(facts) == expected


def test_the_sentence_names_the_time_and_gate_of_the_first_entry() -> None:
    said = str(decide(replace(GOOD, presence=INSIDE)).sentence)
    assert said == "Thẻ này đã vào lúc 07:40:05 15/06 tại Cửa A."


def test_the_sentence_names_when_the_door_opens_and_closes() -> None:
    early = str(decide(replace(GOOD, at=LONG_BEFORE)).sentence)
    late = str(decide(replace(GOOD, at=CLOSES)).sentence)
    assert early == "Chưa đến giờ: phiên mở cửa lúc 07:00:00 15/06."
    assert late == "Quá giờ: phiên đã đóng cửa lúc 11:30:00 15/06."


def test_a_wrong_check_digit_is_told_as_a_misreading() -> None:
    verdict = decide(replace(GOOD, badge=None, misread=True))
    assert verdict.reason == Reason.UNKNOWN
    assert str(verdict.sentence) == "Mã đọc sai một chữ số. Hãy quét lại hoặc gõ lại mã in dưới QR."


def test_an_earlier_rule_speaks_before_a_later_one() -> None:
    # Everything is wrong at once: the badge speaks first, then the delegate, then the session.
    everything = Facts(
        1,
        Direction.OUT,
        CLOSES,
        BadgeFacts(2, "revoked", "replaced", "guest"),
        replace(SESSION, congress_id=2),
    )
    ours = replace(everything, badge=BadgeFacts(1, "revoked", "replaced", "guest"))
    active = replace(everything, badge=BadgeFacts(1, "active", "replaced", "guest"))
    confirmed = replace(everything, badge=BadgeFacts(1, "active", "confirmed", "guest"))
    assert [reason_of(f) for f in (everything, ours, active, confirmed)] == [
        Reason.WRONG_CONGRESS,
        Reason.REVOKED,
        Reason.REPLACED,
        Reason.WRONG_SESSION,
    ]


def test_every_reason_has_words() -> None:
    assert set(REASON_LABELS) == set(Reason)


facts = st.builds(
    Facts,
    st.just(1),
    st.sampled_from(Direction),
    st.sampled_from([LONG_BEFORE, OPENS, AT, CLOSES]),
    st.none()
    | st.builds(
        BadgeFacts,
        st.sampled_from([1, 2]),
        st.sampled_from(["active", "superseded", "revoked"]),
        st.sampled_from(["nominated", "convened", "confirmed", "declined", "replaced"]),
        st.sampled_from(["guest", "official", "elected"]),
    ),
    st.none() | st.builds(SessionFacts, st.sampled_from([1, 2]), st.just(OPENS), st.just(CLOSES)),
    st.sampled_from([PresenceFacts(), INSIDE, LEFT]),
)


@given(facts)
def test_nobody_is_admitted_without_every_right(given_facts: Facts) -> None:
    verdict = decide(given_facts)
    assert verdict.accepted == (verdict.reason is None)
    if verdict.accepted:
        badge, session = given_facts.badge, given_facts.session
        assert badge is not None
        assert session is not None
        assert (badge.congress_id, badge.state, badge.delegate_state) == (1, "active", "confirmed")
        assert session.opens <= given_facts.at < session.closes
        inside = given_facts.direction is Direction.OUT
        assert given_facts.presence.is_present == inside


@given(facts)
def test_the_sentence_is_always_whole(given_facts: Facts) -> None:
    said = str(decide(given_facts).sentence)
    assert said.endswith(".")
    assert "{" not in said
    assert "None" not in said
