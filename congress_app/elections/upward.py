"""Lists that go up to the congress above, and the reserves behind them: states and words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from congress_app.elections.reserves import next_reserve
from congress_app.kernel.sentences import N_, Sentence
from congress_app.kernel.vietnamese import number

_LONGEST_GROUND = 300
# What the congress above needs to know of everybody, by the person's column.
GAP_LABELS: dict[str, str] = {
    "birth_year": N_("năm sinh"),
    "sex": N_("giới tính"),
    "position": N_("chức vụ"),
    "education": N_("trình độ chuyên môn"),
}


class TransmissionState(StrEnum):
    """How far a list sent to the congress above has come."""

    SENT = "sent"
    ACCEPTED = "accepted"
    RETURNED = "returned"


class ReserveState(StrEnum):
    """What became of a reserve; `LISTED` has a place above by another right."""

    WAITING = "waiting"
    CALLED = "called"
    DECLINED = "declined"
    LISTED = "listed"


TRANSMISSION_LABELS: dict[str, str] = {
    TransmissionState.SENT: N_("Đã gửi, chờ tiếp nhận"),
    TransmissionState.ACCEPTED: N_("Đã tiếp nhận"),
    TransmissionState.RETURNED: N_("Bị trả lại"),
}
TRANSMISSION_KINDS: dict[str, str] = {
    TransmissionState.SENT: "warning",
    TransmissionState.ACCEPTED: "success",
    TransmissionState.RETURNED: "danger",
}
RESERVE_LABELS: dict[str, str] = {
    ReserveState.WAITING: N_("Sẵn sàng thay"),
    ReserveState.CALLED: N_("Đã được gọi thay"),
    ReserveState.DECLINED: N_("Không thể dự"),
    ReserveState.LISTED: N_("Đã có tên ở cấp trên"),
}
RESERVE_KINDS: dict[str, str] = {
    ReserveState.WAITING: "info",
    ReserveState.CALLED: "success",
    ReserveState.DECLINED: "neutral",
    ReserveState.LISTED: "neutral",
}


@dataclass(frozen=True, slots=True)
class Won:
    """What a ground tells of an election: where, in which round, with how many votes."""

    congress: str
    round_number: int
    votes: int
    by_hands: bool = False


def ground_of(won: Won, *, reserve: int | None = None, instead_of: str | None = None) -> str:
    """The ground of an elected delegate, in words, at most 300 characters.

    It is data and stays Vietnamese. `reserve` is the place in the line of reserves, and
    `instead_of` whom the reserve replaces.
    """
    figures: dict[str, object] = {
        "congress": won.congress,
        "round": number(won.round_number),
        "votes": number(won.votes),
        "word": "lượt tán thành" if won.by_hands else "phiếu",
    }
    if reserve is None:
        text = Sentence("Bầu tại {congress}, lượt {round}: {votes} {word}", **figures)
    else:
        text = Sentence(
            "Dự khuyết thứ {place} bầu tại {congress}, lượt {round}: {votes} {word}; thay {name}",
            place=number(reserve),
            name=instead_of or "–",
            **figures,
        )
    return str(text)[:_LONGEST_GROUND]


def next_waiting(line: Sequence[tuple[str, ReserveState]]) -> str | None:
    """The reserve to call now: the first in order who is still waiting."""
    gone = {code for code, state in line if state is not ReserveState.WAITING}
    return next_reserve([code for code, _ in line], gone)


def gaps_of(person: object) -> list[str]:
    """The facts of `GAP_LABELS` that are not known of a person."""
    return [name for name in GAP_LABELS if getattr(person, name) is None]
