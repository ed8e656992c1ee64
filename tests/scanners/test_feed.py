"""Verdicts as data: every row says what the decision itself says."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from congress_app.badges import token
from congress_app.checkin.decision import (
    BadgeFacts,
    Direction,
    Facts,
    PresenceFacts,
    SessionFacts,
    decide,
)
from congress_app.scanners import feed
from congress_app.scanners.feed import FeedBadge, FeedPresence, FeedSession, Wanted
from congress_app.scanners.sealing import BadgeLock

OPENS = datetime(2020, 6, 15, 0, 0, tzinfo=UTC)
CLOSES = OPENS + timedelta(hours=5)
INDEX_KEY = b"i" * 32
LABELS = {"official": "Đại biểu chính thức"}
INSTANTS = {"before": OPENS - timedelta(seconds=1), "within": OPENS, "after": CLOSES}


def a_session(**changes: object) -> FeedSession:
    settings = {"allows_reentry": True, "categories": None} | changes
    return FeedSession(7, "Phiên chính thức", SessionFacts(1, OPENS, CLOSES, **settings))  # type: ignore[arg-type]


def a_badge(number: int = 1, **changes: object) -> FeedBadge:
    columns: dict[str, object] = {
        "lock": BadgeLock(f"locator{number}", b"k" * 32),
        "badge_state": "active",
        "delegate_id": number,
        "delegate_state": "confirmed",
        "category": "official",
        "number": number,
        "name": "Nguyễn Thị Ánh",
        "position": None,
        "unit": "BHXH tỉnh Hà Giang",
    }
    return FeedBadge(**(columns | changes))  # type: ignore[arg-type]


def entries(
    *badges: FeedBadge, session: FeedSession | None = None, seen: tuple[FeedPresence, ...] = ()
) -> dict[tuple[str, str], Wanted]:
    made = feed.wanted(1, [session or a_session()], badges, INDEX_KEY, LABELS)
    valid = {b.delegate_id: b.lock.locator for b in badges if b.badge_state == "active"}
    return {(each.kind, each.key): each for each in (*made, *feed.standing(seen, valid))}


def looked_up(
    made: dict[tuple[str, str], Wanted], kind: str, session_id: int, *path: str
) -> dict[str, object]:
    """What a device finds for a badge of this kind."""
    found: object = made["verdict", f"{kind}|{session_id}"].content
    for name in path:
        assert isinstance(found, dict)
        found = found[name]
    return made["answer", str(found)].content


STATES = ("active", "superseded", "revoked")
DELEGATES = ("confirmed", "convened", "replaced")
STANDINGS = {
    "never": PresenceFacts(),
    "in": PresenceFacts(True, OPENS, None),
    "in_gate": PresenceFacts(True, OPENS, "Cửa A"),
    "left": PresenceFacts(False, OPENS, None),
    "left_gate": PresenceFacts(False, OPENS, "Cửa A"),
}


@given(
    st.sampled_from(STATES),
    st.sampled_from(DELEGATES),
    st.sampled_from(["guest", "official"]),
    st.booleans(),
    st.sampled_from([None, frozenset({"guest"})]),
)
def test_every_row_is_the_decision_s_own_answer(
    badge_state: str, delegate_state: str, category: str, reentry: bool, admits: object
) -> None:
    session = a_session(allows_reentry=reentry, categories=admits)
    badge = a_badge(badge_state=badge_state, delegate_state=delegate_state, category=category)
    made = entries(badge, session=session)
    facts = BadgeFacts(1, badge_state, delegate_state, category)
    for (window, at), direction, (standing, presence) in product(
        INSTANTS.items(), Direction, STANDINGS.items()
    ):
        verdict = decide(Facts(1, direction, at, facts, session.facts, presence))
        row = looked_up(made, badge.kind, 7, window, direction.value, standing)
        reason = verdict.reason.value if verdict.reason else None
        assert (row["verdict"], row["reason"], row["template"]) == (
            "accepted" if verdict.accepted else "refused",
            reason,
            verdict.sentence.template,
        )


def test_where_no_door_is_open_the_door_says_so() -> None:
    row = looked_up(entries(a_badge()), a_badge().kind, feed.NO_SESSION, "within", "in", "never")
    assert (row["verdict"], row["reason"]) == ("refused", "session_closed")


def test_an_unknown_and_a_misread_code_have_their_rows() -> None:
    made = entries(a_badge())
    unknown = looked_up(made, "", 7, "within", "in", "never")
    misread = made["answer", str(made["verdict", "misread"].content["answer"])].content
    assert (unknown["reason"], misread["reason"]) == ("unknown", "unknown")
    assert unknown["template"] != misread["template"]


def test_the_second_entry_leaves_room_for_time_and_gate() -> None:
    row = looked_up(entries(a_badge()), a_badge().kind, 7, "within", "in", "in_gate")
    assert row["params"] == {"time": "{time}", "gate": "{gate}"}


def test_a_large_roster_needs_few_answers() -> None:
    made = entries(*(a_badge(number) for number in range(1, 200)))
    assert len([kind for kind, _ in made if kind == "answer"]) < 12
    assert len([kind for kind, _ in made if kind == "badge"]) == 199


def test_the_open_part_names_nobody() -> None:
    made = entries(a_badge(), seen=(FeedPresence(7, 1, True, OPENS, "Cửa A"),))
    told = str([(key, entry.body()) for key, entry in made.items()])
    assert [word for word in ("Nguyễn", "nguyen thi", "Hà Giang") if word in told] == []
    assert made["presence", "7|locator1"].content == {
        "standing": "in",
        "at": OPENS.isoformat(),
        "gate": "Cửa A",
    }


def test_a_superseded_badge_is_found_but_has_no_standing_and_no_line() -> None:
    old, new = a_badge(1, badge_state="superseded"), a_badge(2, delegate_id=1)
    made = entries(old, new, seen=(FeedPresence(7, 1, True, OPENS, None),))
    assert ("badge", "locator1") in made
    assert [key for kind, key in made if kind in ("presence", "index")] == ["1", "7|locator2"]


def test_the_digest_is_of_the_content_not_of_the_seal() -> None:
    one, two = (entries(a_badge())["badge", "locator1"] for _ in range(2))
    assert one.digest == two.digest
    assert one.body() != two.body()
    assert one.digest != entries(a_badge(name="Khác"))["badge", "locator1"].digest


@given(st.text("0123456789", min_size=1, max_size=17))
def test_the_table_gives_the_check_digit(digits: str) -> None:
    table, interim = feed.check_table(), 0
    for digit in digits:
        interim = int(table[interim][int(digit)])
    assert str(interim) == token.check_digit(digits)
