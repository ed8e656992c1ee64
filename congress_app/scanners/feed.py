"""What a device must hold to judge a badge without network. Pure.

Devices look verdicts up and decide nothing: here the one decision of check-in is asked
for every kind of badge, session, window of time, direction and standing, and its answers
become rows. A badge's own entry says only of which kind it is, and that is locked.

    kind      key                    data
    session   session id             title and doors
    verdict   kind of badge|session  window → direction → standing → key of an answer
    answer    hash of its content    verdict, reason, sentence
    badge     locator                the sealed card
    presence  session|locator        where the delegate stood when the server was last asked
    index     delegate id            the sealed line for finding a name (supervisors only)
    word      its name               labels, and the table of the check digit
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property, lru_cache

from congress_app.badges.token import check_digit
from congress_app.checkin.decision import (
    BadgeFacts,
    Direction,
    Facts,
    PresenceFacts,
    SessionFacts,
    decide,
)
from congress_app.kernel.vietnamese import fold
from congress_app.scanners import sealing
from congress_app.scanners.sealing import BadgeLock

WINDOWS = ("before", "within", "after")
NO_SESSION = 0
# Stands where a device puts the time and the gate of the first entry.
TIME_PLACE, GATE_PLACE = "{time}", "{gate}"
_INSTANT = timedelta(microseconds=1)

Body = dict[str, object]


@dataclass(frozen=True)
class FeedSession:
    """A session as the feed tells it."""

    id: int
    title: str
    facts: SessionFacts


@dataclass(frozen=True)
class FeedBadge:
    """One badge, whatever its state, with the card a door may see."""

    lock: BadgeLock
    badge_state: str
    delegate_id: int
    delegate_state: str
    category: str
    number: int | None
    name: str
    position: str | None
    unit: str | None
    seat: str | None = None

    @property
    def kind(self) -> str:
        """All the decision reads of a badge, in one word."""
        return f"{self.badge_state}.{self.delegate_state}.{self.category}"


@dataclass(frozen=True)
class FeedPresence:
    """Where a delegate stands in a session."""

    session_id: int
    delegate_id: int
    is_present: bool
    first_in_at: datetime | None
    first_gate: str | None


@dataclass(frozen=True)
class Wanted:
    """One entry as it should be: its content, and what the content is locked with."""

    kind: str
    key: str
    content: Body
    lock: bytes | None = None

    @cached_property
    def digest(self) -> str:
        """The same for the same content, however it was locked; never leaves the server."""
        text = json.dumps(self.content, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()

    def body(self) -> Body:
        """What is stored and sent: locked content carries nothing but its seal."""
        if self.lock is None:
            return self.content
        text = json.dumps(self.content, ensure_ascii=False, separators=(",", ":"))
        return {"sealed": sealing.seal(self.lock, self.key, text)}


def wanted(
    congress_id: int,
    sessions: Sequence[FeedSession],
    badges: Sequence[FeedBadge],
    index_key: bytes,
    labels: Mapping[str, str],
) -> Iterator[Wanted]:
    """Every entry the feed of a congress should hold now but who is where."""
    for session in sessions:
        yield _session_entry(session)
    yield Wanted("word", "check", {"table": check_table()})
    for category, label in labels.items():
        yield Wanted("word", f"category.{category}", {"template": label})
    kinds = (*sorted({badge.kind for badge in badges}), "")
    yield from _decided(congress_id, kinds, tuple(sessions))
    for badge in badges:
        yield Wanted("badge", badge.lock.locator, _card(badge), badge.lock.key)
    valid = {b.delegate_id: b for b in badges if b.badge_state == "active"}
    for badge in valid.values():
        line = _card(badge) | {"found": fold(badge.name), "locator": badge.lock.locator}
        yield Wanted("index", str(badge.delegate_id), line, index_key)


def standing(presences: Iterable[FeedPresence], locators: Mapping[int, str]) -> Iterator[Wanted]:
    """Who is where, by the locators of the delegates' valid badges."""
    for presence in presences:
        if (locator := locators.get(presence.delegate_id)) is not None:
            yield _presence_entry(presence, locator)


def _session_entry(session: FeedSession) -> Wanted:
    facts = session.facts
    content: Body = {
        "title": session.title,
        "opens": facts.opens.isoformat(),
        "closes": facts.closes.isoformat(),
        "reentry": facts.allows_reentry,
    }
    return Wanted("session", str(session.id), content)


def _card(badge: FeedBadge) -> Body:
    return {
        "kind": badge.kind,
        "delegate_id": badge.delegate_id,
        "number": badge.number,
        "name": badge.name,
        "position": badge.position,
        "unit": badge.unit,
        "category": badge.category,
        "seat": badge.seat,
    }


def _presence_entry(presence: FeedPresence, locator: str) -> Wanted:
    at = presence.first_in_at
    content: Body = {
        "standing": "in" if presence.is_present else "left" if at else "never",
        "at": at.isoformat() if at else None,
        "gate": presence.first_gate,
    }
    return Wanted("presence", f"{presence.session_id}|{locator}", content)


# The decision is asked hundreds of times, and seldom about anything new: only a session
# that was moved or a kind of badge nobody had before changes what it says.
@lru_cache(maxsize=64)
def _decided(
    congress_id: int, kinds: tuple[str, ...], sessions: tuple[FeedSession, ...]
) -> tuple[Wanted, ...]:
    """Every verdict on these kinds of badges, and the answers they lead to."""
    answers: dict[str, Body] = {}
    verdicts = [
        entry for kind in kinds for entry in _verdict_entries(congress_id, kind, sessions, answers)
    ]
    return (*verdicts, *(Wanted("answer", key, body) for key, body in answers.items()))


def _verdict_entries(
    congress_id: int, kind: str, sessions: Sequence[FeedSession], answers: dict[str, Body]
) -> Iterator[Wanted]:
    """The verdicts of one kind of badge; "" is a code in no table, "misread" a wrong digit."""
    badge = _facts_of(kind, congress_id)
    for session in (None, *sessions):
        table = {
            window: {
                direction.value: {
                    standing: _answer(
                        _facts(congress_id, badge, session, window, direction, presence), answers
                    )
                    for standing, presence in _standings(session).items()
                }
                for direction in Direction
            }
            for window in WINDOWS
        }
        yield Wanted("verdict", f"{kind}|{session.id if session else NO_SESSION}", dict(table))
    if not kind:
        facts = Facts(congress_id, Direction.IN, _ANY_TIME, None, None, misread=True)
        yield Wanted("verdict", "misread", {"answer": _answer(facts, answers)})


_ANY_TIME = datetime.fromisoformat("2020-01-01T00:00:00+00:00")


def _facts_of(kind: str, congress_id: int) -> BadgeFacts | None:
    if not kind:
        return None
    badge_state, delegate_state, category = kind.split(".")
    return BadgeFacts(congress_id, badge_state, delegate_state, category)


def _standings(session: FeedSession | None) -> dict[str, PresenceFacts]:
    """Every place a delegate can be in; who came in has a time, and mostly a gate."""
    at = session.facts.opens if session else _ANY_TIME
    return {
        "never": PresenceFacts(),
        "in": PresenceFacts(True, at, None),
        "in_gate": PresenceFacts(True, at, GATE_PLACE),
        "left": PresenceFacts(False, at, None),
        "left_gate": PresenceFacts(False, at, GATE_PLACE),
    }


def _facts(
    congress_id: int,
    badge: BadgeFacts | None,
    session: FeedSession | None,
    window: str,
    direction: Direction,
    presence: PresenceFacts,
) -> Facts:
    if session is None:
        return Facts(congress_id, direction, _ANY_TIME, badge, None, presence)
    opens, closes = session.facts.opens, session.facts.closes
    at = {"before": opens - _INSTANT, "within": opens, "after": closes}[window]
    return Facts(congress_id, direction, at, badge, session.facts, presence)


def _answer(facts: Facts, answers: dict[str, Body]) -> str:
    """Ask the decision, keep what it said once, give the key under which it is kept."""
    verdict = decide(facts)
    params = dict(verdict.sentence.params)
    if "time" in params:
        params["time"] = TIME_PLACE
    body: Body = {
        "verdict": "accepted" if verdict.accepted else "refused",
        "reason": verdict.reason.value if verdict.reason else None,
        "template": verdict.sentence.template,
        "params": params,
    }
    key = hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()[:12]
    answers[key] = body
    return key


def check_table() -> list[str]:
    """The check digit's table, row by row: row[interim][digit] is the next interim digit."""
    behind = {check_digit(str(digit)): str(digit) for digit in range(10)}
    return ["".join(check_digit(behind[str(row)] + str(d)) for d in range(10)) for row in range(10)]
