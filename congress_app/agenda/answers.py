"""Which answers to the convocation a delegate may give by the own link. Pure."""

from __future__ import annotations

from congress_app.delegates.credentials import ACTIVE, State, may_move
from congress_app.kernel.errors import RuleViolation
from congress_app.kernel.sentences import N_, Sentence

ANSWERS = (State.CONFIRMED, State.DECLINED)
TOLD_BY_HAND = N_(
    "Hội nghị đã mở cửa đón đại biểu nên không báo vắng qua đường dẫn này được nữa. Nếu không "
    "dự được, hãy báo Ban tổ chức."
)
NOT_ASKED = N_("Đường dẫn này không nhận trả lời ấy nữa. Nếu có nhầm lẫn, hãy báo Ban tổ chức.")


def was_called(state: str) -> bool:
    """True for who was convened and has not given the place up."""
    return state in ACTIVE and state != State.NOMINATED


def offered(state: str, *, has_begun: bool) -> frozenset[State]:
    """What may be answered; once it `has_begun` whoever cannot stay tells the organisers,
    for by then the place may count among those in the hall."""
    if not was_called(state):
        return frozenset()
    movable = {after for after in ANSWERS if may_move(state, after)}
    return frozenset(movable - ({State.DECLINED} if has_begun else set()))


def must_be_offered(answer: State, state: str, *, has_begun: bool) -> None:
    """Raise RuleViolation `already_begun` or `not_asked` for an answer that is not offered."""
    if answer in offered(state, has_begun=has_begun):
        return
    if answer in offered(state, has_begun=False):
        raise RuleViolation("already_begun", Sentence(TOLD_BY_HAND))
    raise RuleViolation("not_asked", Sentence(NOT_ASKED))
