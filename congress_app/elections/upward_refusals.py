"""Why a list cannot go up, be answered, or a reserve be called."""

from __future__ import annotations

from collections.abc import Sequence

from congress_app.delegates.book import Problem
from congress_app.elections.upward import TRANSMISSION_LABELS
from congress_app.elections.upward_room import Room
from congress_app.kernel.errors import Conflict, RuleViolation
from congress_app.kernel.sentences import N_, Sentence
from congress_app.kernel.vietnamese import number


def already_sent(sent: int) -> Conflict:
    """A list of this election is on its way or accepted."""
    return Conflict(
        "already_sent",
        Sentence(
            N_("Danh sách của cuộc bầu này đã được gửi (lần {number}). Hãy tải lại trang."),
            number=number(sent),
        ),
    )


def nobody_elected() -> RuleViolation:
    """There is no elected delegate to send."""
    return RuleViolation(
        "nobody_elected", Sentence(N_("Cuộc bầu này không có người trúng cử để gửi lên cấp trên."))
    )


def not_enterable(problems: Sequence[Problem]) -> RuleViolation:
    """The congress above cannot take the list in; every reason at once."""
    first = problems[0]
    return RuleViolation(
        first.code,
        Sentence(N_("Chưa gửi được danh sách: {why}"), why=first.sentence),
        [problem.sentence for problem in problems[1:]],
    )


def another_person(name: str) -> Conflict:
    """Two stored persons have this name, birth date and unit."""
    return Conflict(
        "duplicate_in_database",
        Sentence(
            N_(
                "“{name}” trùng tên, ngày sinh và đơn vị với một người khác đã lưu. Hãy sửa cho "
                "hai người khác nhau trước khi gửi."
            ),
            name=name,
        ),
    )


def beyond(room: Room) -> Problem:
    """The list holds more places than cap or quota now leave it."""
    figures: dict[str, object] = {
        "name": room.name,
        "held": number(room.held),
        "limit": number(room.limit),
        "over": number(room.excess),
    }
    if room.code == "over_quota":
        sentence = Sentence(
            N_(
                "Đoàn {name} có {held} đại biểu bầu, tính cả danh sách này, mà chỉ tiêu đang có "
                "hiệu lực là {limit}: vượt {over}. Hãy điều chỉnh phân bổ, trả lại danh sách, "
                "hoặc ghi ngoại lệ có số văn bản."
            ),
            **figures,
        )
    else:
        sentence = Sentence(
            N_(
                "{name} có {held} đại biểu tính vào số tối đa, kể cả danh sách này, mà tối đa là "
                "{limit}: vượt {over}. Hãy rút bớt đại biểu, trả lại danh sách, hoặc ghi ngoại "
                "lệ có số văn bản."
            ),
            **figures,
        )
    return Problem(0, room.code, sentence)


def answered(state: str) -> Conflict:
    """The list was answered before."""
    return Conflict(
        "transmission_answered",
        Sentence(
            N_("Danh sách này đã được trả lời: {state}. Hãy tải lại trang."),
            state=Sentence(TRANSMISSION_LABELS[state]),
        ),
    )


def reason_needed() -> RuleViolation:
    """An act that takes something from somebody says why."""
    return RuleViolation("reason_needed", Sentence(N_("Hãy ghi lý do.")))


def not_by_election(name: str) -> RuleViolation:
    """No list that went up holds this delegate."""
    return RuleViolation(
        "not_by_election",
        Sentence(
            N_(
                "{name} không do hội nghị cấp dưới gửi lên nên không có đại biểu dự khuyết. Hãy "
                "thay đại biểu trên trang của người đó."
            ),
            name=name,
        ),
    )


def not_accepted_yet(congress: str) -> RuleViolation:
    """While a list waits for its answer it may still go back as a whole."""
    return RuleViolation(
        "not_accepted_yet",
        Sentence(
            N_(
                "Danh sách của {congress} chưa được tiếp nhận. Hãy tiếp nhận danh sách rồi gọi "
                "dự khuyết."
            ),
            congress=congress,
        ),
    )


def no_reserve(congress: str) -> RuleViolation:
    """Nobody is left in the line of reserves."""
    return RuleViolation(
        "no_reserve",
        Sentence(
            N_("{congress} không còn đại biểu dự khuyết nào để thay."),
            congress=congress,
        ),
    )


def reserve_moved_on(name: str) -> Conflict:
    """The reserve is not the next one any more, or was dealt with before."""
    return Conflict(
        "reserve_moved_on",
        Sentence(
            N_("Việc gọi dự khuyết {name} đã được người khác giải quyết. Hãy tải lại trang."),
            name=name,
        ),
    )
