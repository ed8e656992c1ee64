"""How an election is conducted: its states, its candidates' and its rounds'."""

from __future__ import annotations

from enum import StrEnum

from congress_app.kernel.sentences import N_

# The act by which a sheet of the count goes to another teller.
HANDED_OVER = "election.hand_over_sheet"


class ElectionState(StrEnum):
    """How far an election has come."""

    PREPARING = "preparing"
    LIST_ADOPTED = "list_adopted"
    OPEN = "open"
    CERTIFIED = "certified"


class CandidateState(StrEnum):
    """Whether a name stands; only `WITHDRAWN` takes it off the ballot."""

    STANDING = "standing"
    WITHDRAWAL_ASKED = "withdrawal_asked"
    WITHDRAWN = "withdrawn"
    WITHDRAWAL_REFUSED = "withdrawal_refused"


class Nomination(StrEnum):
    """How a name came up."""

    UNIT = "unit"
    FLOOR = "floor"
    SELF = "self"


class RoundKind(StrEnum):
    """Why a round is held."""

    FIRST = "first"
    REVOTE = "revote"
    ADDITIONAL = "additional"
    RESERVES = "reserves"


class RoundState(StrEnum):
    """Voting, counting, over."""

    OPEN = "open"
    COUNTING = "counting"
    CLOSED = "closed"


class RoundOutcome(StrEnum):
    """How a round ended."""

    RESULT = "result"
    TIE = "tie"
    SHORTFALL = "shortfall"
    INVALIDATED = "invalidated"


class PlaceRole(StrEnum):
    """As what somebody was elected."""

    DELEGATE = "delegate"
    RESERVE = "reserve"


ELECTION_STATE_LABELS: dict[str, str] = {
    ElectionState.PREPARING: N_("Đang chuẩn bị"),
    ElectionState.LIST_ADOPTED: N_("Đã thông qua danh sách"),
    ElectionState.OPEN: N_("Đang bầu"),
    ElectionState.CERTIFIED: N_("Đã công nhận kết quả"),
}
ELECTION_STATE_KINDS: dict[str, str] = {
    ElectionState.PREPARING: "neutral",
    ElectionState.LIST_ADOPTED: "info",
    ElectionState.OPEN: "warning",
    ElectionState.CERTIFIED: "success",
}
CANDIDATE_STATE_LABELS: dict[str, str] = {
    CandidateState.STANDING: N_("Trong danh sách"),
    CandidateState.WITHDRAWAL_ASKED: N_("Xin rút, chờ quyết định"),
    CandidateState.WITHDRAWN: N_("Đã cho rút"),
    CandidateState.WITHDRAWAL_REFUSED: N_("Không cho rút, vẫn trong danh sách"),
}
CANDIDATE_STATE_KINDS: dict[str, str] = {
    CandidateState.STANDING: "success",
    CandidateState.WITHDRAWAL_ASKED: "warning",
    CandidateState.WITHDRAWN: "neutral",
    CandidateState.WITHDRAWAL_REFUSED: "info",
}
NOMINATION_LABELS: dict[str, str] = {
    Nomination.UNIT: N_("Đơn vị giới thiệu"),
    Nomination.FLOOR: N_("Đề cử tại hội nghị"),
    Nomination.SELF: N_("Tự ứng cử"),
}
ROUND_KIND_LABELS: dict[str, str] = {
    RoundKind.FIRST: N_("Bầu lần đầu"),
    RoundKind.REVOTE: N_("Bầu lại giữa những người bằng phiếu"),
    RoundKind.ADDITIONAL: N_("Bầu thêm cho đủ số lượng"),
    RoundKind.RESERVES: N_("Bầu đại biểu dự khuyết"),
}
ROUND_STATE_LABELS: dict[str, str] = {
    RoundState.OPEN: N_("Đang bỏ phiếu"),
    RoundState.COUNTING: N_("Đang kiểm phiếu"),
    RoundState.CLOSED: N_("Đã xong"),
}
ROUND_OUTCOME_LABELS: dict[str, str] = {
    RoundOutcome.RESULT: N_("Bầu đủ"),
    RoundOutcome.TIE: N_("Bằng phiếu ở suất cuối"),
    RoundOutcome.SHORTFALL: N_("Bầu chưa đủ"),
    RoundOutcome.INVALIDATED: N_("Bị hủy"),
}
ROUND_OUTCOME_KINDS: dict[str, str] = {
    RoundOutcome.RESULT: "success",
    RoundOutcome.TIE: "warning",
    RoundOutcome.SHORTFALL: "warning",
    RoundOutcome.INVALIDATED: "danger",
}
ROLE_LABELS: dict[str, str] = {
    PlaceRole.DELEGATE: N_("Đại biểu chính thức đi dự cấp trên"),
    PlaceRole.RESERVE: N_("Đại biểu dự khuyết"),
}

# Only the names that were let go leave the ballot.
ON_THE_BALLOT = (
    CandidateState.STANDING,
    CandidateState.WITHDRAWAL_ASKED,
    CandidateState.WITHDRAWAL_REFUSED,
)
# What may still be changed while nothing is frozen.
BEFORE_THE_VOTE = (ElectionState.PREPARING, ElectionState.LIST_ADOPTED)
