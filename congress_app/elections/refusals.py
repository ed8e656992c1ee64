"""What the set-up of an election refuses, in sentences that say what to do."""

from __future__ import annotations

from collections.abc import Sequence

from congress_app.delegates.book import STALE_ANSWER
from congress_app.delegates.intake import ANSWER_STALE
from congress_app.elections.conduct import ELECTION_STATE_LABELS
from congress_app.kernel.errors import Conflict, Detail, RuleViolation
from congress_app.kernel.sentences import N_, Sentence


def moved_on(state: str) -> Conflict:
    """Somebody else took the step first, or it was never the next one."""
    return Conflict(
        "election_moved_on",
        Sentence(
            N_("Cuộc bầu cử đang ở bước “{state}” nên không làm được việc này. Hãy tải lại trang."),
            state=Sentence(ELECTION_STATE_LABELS[state]),
        ),
    )


def frozen() -> Conflict:
    """A rule or the list cannot change once ballots are out."""
    return Conflict(
        "rules_frozen",
        Sentence(
            N_(
                "Đã phát phiếu hoặc đã mở biểu quyết nên quy tắc và danh sách không sửa được nữa. "
                "Nếu có sai sót, hãy hủy lượt bầu kèm lý do rồi bầu lại theo đúng quy tắc này."
            )
        ),
    )


def list_is_adopted() -> Conflict:
    """Take the adoption back first."""
    return Conflict(
        "list_adopted",
        Sentence(
            N_(
                "Danh sách bầu cử đã được biểu quyết thông qua. "
                "Muốn sửa, hãy mở lại danh sách kèm lý do rồi biểu quyết lại."
            )
        ),
    )


def no_target() -> RuleViolation:
    """There is no congress above."""
    return RuleViolation(
        "no_target",
        Sentence(
            N_(
                "Hội nghị này không có hội nghị, đại hội cấp trên trong mùa nên không bầu. "
                "Hãy lập kế hoạch đại hội cấp trên trước."
            )
        ),
    )


def no_quota(target: str) -> RuleViolation:
    """The congress above has no allocation in force."""
    return RuleViolation(
        "no_quota",
        Sentence(
            N_(
                "“{target}” chưa phê duyệt phân bổ nên chưa biết được bầu bao nhiêu đại biểu. "
                "Số lượng do cấp trên ấn định, không nhập ở đây."
            ),
            target=target,
        ),
    )


def no_seats(target: str, seats: int, filled: int) -> RuleViolation:
    """Nothing is left to elect."""
    return RuleViolation(
        "no_seats",
        Sentence(
            N_(
                "Phân bổ của “{target}” cho đơn vị này {seats} suất, đã bầu {filled}: "
                "không còn suất nào để bầu."
            ),
            target=target,
            seats=seats,
            filled=filled,
        ),
    )


def under_way(number: int) -> Conflict:
    """One election at a time."""
    return Conflict(
        "election_under_way",
        Sentence(
            N_("Cuộc bầu cử {number} của hội nghị này chưa xong. Hãy mở cuộc đó để làm tiếp."),
            number=number,
        ),
    )


def already_candidate(name: str) -> Conflict:
    """Twice on one list."""
    return Conflict(
        "already_candidate", Sentence(N_("{name} đã có trong danh sách bầu cử."), name=name)
    )


def looks_known(known: Sequence[Detail]) -> Conflict:
    """Somebody of this name is stored."""
    return Conflict(
        "duplicate_in_database",
        Sentence(
            N_(
                "Đã có người trùng họ tên trong hệ thống. "
                "Hãy chọn đúng người bên dưới, hoặc chọn ghi người mới."
            )
        ),
        known,
    )


def stale_answer(name: str, known: Sequence[Detail]) -> Conflict:
    """Somebody was named whom the page does not ask about (any more)."""
    return Conflict(STALE_ANSWER, Sentence(ANSWER_STALE, name=name), known)


def undecided_withdrawals(names: Sequence[str]) -> RuleViolation:
    """The congress decides on each before it adopts the list."""
    return RuleViolation(
        "withdrawal_undecided",
        Sentence(
            N_("Chưa quyết định việc xin rút của: {names}. Hãy quyết định từng người trước."),
            names=", ".join(names),
        ),
    )


def no_candidates() -> RuleViolation:
    """An empty list."""
    return RuleViolation(
        "no_candidates",
        Sentence(N_("Danh sách bầu cử chưa có ai. Hãy thêm người ứng cử, đề cử trước.")),
    )


def list_not_carried(agree: int, voting: int) -> RuleViolation:
    """The vote on the list did not carry."""
    return RuleViolation(
        "list_not_carried",
        Sentence(
            N_(
                "Chỉ {agree} trên {voting} người biểu quyết tán thành, chưa quá nửa: "
                "danh sách chưa được thông qua. Hãy sửa danh sách rồi biểu quyết lại."
            ),
            agree=agree,
            voting=voting,
        ),
    )
