"""Facts in, verdict out: the only place that says whether a badge is admitted.

    known code? ─ no ─▶ unknown
        │ yes
    badge of this congress? ─ no ─▶ wrong_congress
        │ yes
    badge state ─ superseded / revoked ─▶ superseded / revoked
        │ active
    delegate ─ replaced ─▶ replaced      ─ not confirmed ─▶ not_confirmed
        │ confirmed
    scan reported late ─ congress over ─▶ congress_closed  ─ before its door was there ─▶
        │ before_pairing  ─ at a time already reported ─▶ already_reported (`late.fault`)
    its clock ─ not to be believed ─▶ clock_skew
    session ─ none open ─▶ session_closed ─ foreign or not for this category ─▶ wrong_session
        │                 ─ before doors ─▶ too_early  ─ after doors ─▶ too_late
    direction in  ─ in the hall, or left and may not return ─▶ already_in
    direction out ─ not in the hall ─▶ not_in
        │
    accepted

A replay of a known scan is answered before any of this (`services.scan`). What happened
at a door without network cannot be undone, so the same refusal is then a `conflict`
(`outcome_of`), unless that door refused as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from congress_app.kernel import clock
from congress_app.kernel.sentences import N_, Sentence


class Direction(StrEnum):
    """Into the hall or out of it."""

    IN = "in"
    OUT = "out"


class Reason(StrEnum):
    """Why a scan was not accepted; the codes are part of the outside contract."""

    UNKNOWN = "unknown"
    WRONG_CONGRESS = "wrong_congress"
    SUPERSEDED = "superseded"
    REVOKED = "revoked"
    NOT_CONFIRMED = "not_confirmed"
    REPLACED = "replaced"
    WRONG_SESSION = "wrong_session"
    SESSION_CLOSED = "session_closed"
    ALREADY_IN = "already_in"
    NOT_IN = "not_in"
    TOO_EARLY = "too_early"
    TOO_LATE = "too_late"
    DEVICE_REVOKED = "device_revoked"
    CLOCK_SKEW = "clock_skew"
    CONGRESS_CLOSED = "congress_closed"
    BEFORE_PAIRING = "before_pairing"
    ALREADY_REPORTED = "already_reported"


# A few words for lists; the sentence for the door is `refusal_sentence`.
REASON_LABELS: dict[str, str] = {
    Reason.UNKNOWN: N_("mã lạ"),
    Reason.WRONG_CONGRESS: N_("thẻ của hội nghị khác"),
    Reason.SUPERSEDED: N_("thẻ cũ"),
    Reason.REVOKED: N_("thẻ bị thu hồi"),
    Reason.NOT_CONFIRMED: N_("chưa xác nhận dự"),
    Reason.REPLACED: N_("đã được thay"),
    Reason.WRONG_SESSION: N_("sai phiên"),
    Reason.SESSION_CLOSED: N_("không có phiên mở cửa"),
    Reason.ALREADY_IN: N_("đã vào rồi"),
    Reason.NOT_IN: N_("chưa vào"),
    Reason.TOO_EARLY: N_("quá sớm"),
    Reason.TOO_LATE: N_("quá giờ"),
    Reason.DEVICE_REVOKED: N_("máy quét bị thu hồi"),
    Reason.CLOCK_SKEW: N_("đồng hồ sai"),
    Reason.CONGRESS_CLOSED: N_("gửi lên sau bế mạc"),
    Reason.BEFORE_PAIRING: N_("trước khi ghép máy"),
    Reason.ALREADY_REPORTED: N_("đã chốt số liệu"),
}


class Outcome(StrEnum):
    """What a scan ends as."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    CONFLICT = "conflict"


class Resolution(StrEnum):
    """How a named person settled a conflict."""

    KEPT = "kept"
    FIRST_TAKEN_BACK = "first_taken_back"
    SECOND_TAKEN_BACK = "second_taken_back"
    ADMITTED = "admitted"
    REJECTED = "rejected"


RESOLUTION_LABELS: dict[str, str] = {
    Resolution.KEPT: N_("Giữ nguyên sự có mặt như đang tính"),
    Resolution.FIRST_TAKEN_BACK: N_("Hủy lượt thứ nhất"),
    Resolution.SECOND_TAKEN_BACK: N_("Hủy lượt thứ hai"),
    Resolution.ADMITTED: N_("Nhận lượt quét này, tính có mặt"),
    Resolution.REJECTED: N_("Không nhận lượt quét này"),
}


@dataclass(frozen=True)
class BadgeFacts:
    """The badge behind the code, and the delegate it belongs to."""

    congress_id: int
    state: str  # active, superseded, revoked
    delegate_state: str
    category: str


@dataclass(frozen=True)
class SessionFacts:
    """The session the scan belongs to; doors are open from `opens` until before `closes`."""

    congress_id: int
    opens: datetime
    closes: datetime
    allows_reentry: bool = True
    # Which categories the session admits; None admits all.
    categories: frozenset[str] | None = None


@dataclass(frozen=True)
class PresenceFacts:
    """Where the delegate is as far as this session knows."""

    is_present: bool = False
    first_in_at: datetime | None = None
    first_gate: str | None = None


@dataclass(frozen=True)
class Facts:
    """Everything the decision reads.

    `badge` None: the code is in no table. `session` None: no door is open now.
    `at` is the corrected time of the scan.
    """

    congress_id: int
    direction: Direction
    at: datetime
    badge: BadgeFacts | None
    session: SessionFacts | None
    presence: PresenceFacts = PresenceFacts()
    # The check digit is wrong: one digit was misread or mistyped, nothing was looked up.
    misread: bool = False
    # False: no clock says when a scan reported late really happened.
    is_time_known: bool = True
    # Why a scan reported late may not count by itself.
    late_fault: Reason | None = None


@dataclass(frozen=True)
class Verdict:
    """Accepted, or refused for one reason, with the sentence for the door."""

    accepted: bool
    reason: Reason | None
    sentence: Sentence


def decide(facts: Facts) -> Verdict:
    """Apply the rules in the order of the module's picture; the first that fails speaks."""
    reason = (
        _badge_fault(facts)
        or _delegate_fault(facts)
        or facts.late_fault
        or _session_fault(facts)
        or _presence_fault(facts)
    )
    if reason is None:
        return Verdict(True, None, accepted_sentence(facts.direction))
    return Verdict(False, reason, refusal_sentence(reason, facts))


def _badge_fault(facts: Facts) -> Reason | None:
    if facts.badge is None:
        return Reason.UNKNOWN
    if facts.badge.congress_id != facts.congress_id:
        return Reason.WRONG_CONGRESS
    return {"superseded": Reason.SUPERSEDED, "revoked": Reason.REVOKED}.get(facts.badge.state)


def _delegate_fault(facts: Facts) -> Reason | None:
    state = facts.badge.delegate_state if facts.badge else ""
    if state == "confirmed":
        return None
    return Reason.REPLACED if state == "replaced" else Reason.NOT_CONFIRMED


def _session_fault(facts: Facts) -> Reason | None:
    session = facts.session
    if not facts.is_time_known:
        return Reason.CLOCK_SKEW
    if session is None:
        return Reason.SESSION_CLOSED
    if session.congress_id != facts.congress_id:
        return Reason.WRONG_SESSION
    if facts.at < session.opens:
        return Reason.TOO_EARLY
    if facts.at >= session.closes:
        return Reason.TOO_LATE
    category = facts.badge.category if facts.badge else ""
    if session.categories is not None and category not in session.categories:
        return Reason.WRONG_SESSION
    return None


def _presence_fault(facts: Facts) -> Reason | None:
    presence = facts.presence
    if facts.direction is Direction.OUT:
        return None if presence.is_present else Reason.NOT_IN
    reentry = facts.session is None or facts.session.allows_reentry
    if presence.is_present or (presence.first_in_at is not None and not reentry):
        return Reason.ALREADY_IN
    return None


def outcome_of(verdict: Verdict, *, was_offline: bool, door_refused: bool = False) -> Outcome:
    """What a scan ends as. Nobody came in where the door itself refused."""
    if door_refused:
        return Outcome.REFUSED
    if verdict.accepted:
        return Outcome.ACCEPTED
    return Outcome.CONFLICT if was_offline else Outcome.REFUSED


def accepted_sentence(direction: Direction) -> Sentence:
    """What the door shows for an accepted scan."""
    if direction is Direction.OUT:
        return Sentence(N_("Đã ghi nhận rời hội trường."))
    return Sentence(N_("Mời vào."))


PLAIN_REFUSALS: dict[Reason, str] = {
    Reason.UNKNOWN: N_("Không có thẻ mang mã này. Mời đại biểu tới bàn Ban tổ chức."),
    Reason.WRONG_CONGRESS: N_("Thẻ của hội nghị khác. Mời đại biểu tới bàn Ban tổ chức."),
    Reason.SUPERSEDED: N_("Thẻ cũ: đại biểu này đã được cấp thẻ mới. Hãy thu lại thẻ cũ."),
    Reason.REVOKED: N_("Thẻ đã bị thu hồi. Mời đại biểu tới bàn Ban tổ chức."),
    Reason.NOT_CONFIRMED: N_("Đại biểu chưa được xác nhận dự. Mời tới bàn Ban tổ chức."),
    Reason.REPLACED: N_("Đại biểu đã được thay bằng người khác. Mời tới bàn Ban tổ chức."),
    Reason.WRONG_SESSION: N_("Phiên này không dành cho đại biểu mang thẻ này."),
    Reason.SESSION_CLOSED: N_("Hiện không có phiên nào mở cửa điểm danh."),
    Reason.NOT_IN: N_("Đại biểu chưa được điểm danh vào nên chưa thể điểm danh ra."),
    Reason.DEVICE_REVOKED: N_("Máy quét này đã bị thu hồi. Hãy báo Ban tổ chức."),
    Reason.CLOCK_SKEW: N_(
        "Không tin được giờ của lượt quét vì đồng hồ của máy sai. "
        "Hãy chỉnh giờ của máy; Ban tổ chức sẽ xem lại lượt này."
    ),
    Reason.CONGRESS_CLOSED: N_("Hội nghị đã bế mạc. Ban tổ chức sẽ xem lại lượt này."),
    Reason.BEFORE_PAIRING: N_(
        "Giờ quét có trước khi máy được ghép. Ban tổ chức sẽ xem lại lượt này."
    ),
    Reason.ALREADY_REPORTED: N_(
        "Số có mặt lúc đó đã chốt trong báo cáo. Ban tổ chức sẽ xem lại lượt này."
    ),
}


def refusal_sentence(reason: Reason, facts: Facts) -> Sentence:
    """Why not, with the times that matter."""
    session, presence = facts.session, facts.presence
    if reason is Reason.TOO_EARLY and session is not None:
        return Sentence(N_("Chưa đến giờ: phiên mở cửa lúc {opens}."), opens=_moment(session.opens))
    if reason is Reason.TOO_LATE and session is not None:
        return Sentence(
            N_("Quá giờ: phiên đã đóng cửa lúc {closes}."), closes=_moment(session.closes)
        )
    if facts.misread:
        return Sentence(N_("Mã đọc sai một chữ số. Hãy quét lại hoặc gõ lại mã in dưới QR."))
    if reason is Reason.ALREADY_IN:
        return already_in_sentence(presence.first_in_at, presence.first_gate)
    return Sentence(PLAIN_REFUSALS[reason])


def already_in_sentence(at: datetime | None, gate: str | None) -> Sentence:
    """The second scan of one badge, told with the time and the gate of the first."""
    if at is None:
        return Sentence(N_("Thẻ này đã được quét vào rồi."))
    if gate:
        return Sentence(N_("Thẻ này đã vào lúc {time} tại {gate}."), time=_moment(at), gate=gate)
    return Sentence(N_("Thẻ này đã vào lúc {time}."), time=_moment(at))


def _moment(instant: datetime) -> str:
    return clock.at_venue(instant).strftime("%H:%M:%S %d/%m")
