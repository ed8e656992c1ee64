"""What a person may ask about his own data, and by when it must be done. Pure.

Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15 gives the rights; Nghị định 356/2025/NĐ-CP,
Điều 5, the time: a reply within 2 working days; then 10 days to show or correct, 15 to
restrict or stop on withdrawal of consent, 20 to delete. Counting follows Bộ luật Dân sự
2015: the day of receipt does not count (Điều 147), and a term that would end on a day off
ends with the next working day (Điều 148). Days off that are fixed only by each year's
decree (the fifth day of Tết, the second of the National Day, days in lieu) count as working
days: a date can so be earlier than the law allows, never later.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from congress_app.kernel.errors import RuleViolation
from congress_app.kernel.sentences import N_, Sentence

NAME_WOULD_GO = N_(
    "Lúc bạn xem, họ tên người này còn được giữ trong hồ sơ vĩnh viễn; nay không còn hồ sơ nào "
    "nên cả họ tên sẽ bị xóa. Hãy tải lại trang, xem lại rồi xóa."
)
REPLY_WORKING_DAYS = 2
# As many characters as the outcome of a request may have.
MOST_WORDS = 1000
# Day and month of the feasts with a fixed date (Bộ luật Lao động 2019, Điều 112).
FIXED_HOLIDAYS = frozenset({(1, 1), (30, 4), (1, 5), (2, 9)})
# The first day of the lunar year and the tenth of its third month (Giỗ Tổ Hùng Vương), by the
# Vietnamese calendar (UTC+7), which parts from the Chinese one in 2030.
_NEW_YEARS = (
    date(2026, 2, 17),
    date(2027, 2, 6),
    date(2028, 1, 26),
    date(2029, 2, 13),
    date(2030, 2, 2),
)
_ANCESTORS_DAYS = (
    date(2026, 4, 26),
    date(2027, 4, 16),
    date(2028, 4, 4),
    date(2029, 4, 23),
    date(2030, 4, 12),
)
# The eve and three days: those of the five off at Tết that every year's decree holds.
LUNAR_HOLIDAYS = frozenset(_ANCESTORS_DAYS) | {
    day + timedelta(days=n) for day in _NEW_YEARS for n in range(-1, 3)
}
_SATURDAY = 5


class Kind(StrEnum):
    """What is asked for."""

    VIEW = "view"
    CORRECT = "correct"
    RESTRICT = "restrict"
    WITHDRAW = "withdraw"
    ERASE = "erase"


KIND_LABELS: dict[str, str] = {
    Kind.VIEW: N_("Xem, nhận bản sao dữ liệu"),
    Kind.CORRECT: N_("Sửa dữ liệu"),
    Kind.RESTRICT: N_("Hạn chế xử lý dữ liệu"),
    Kind.WITHDRAW: N_("Rút sự đồng ý"),
    Kind.ERASE: N_("Xóa dữ liệu"),
}
DAYS: dict[str, int] = {
    Kind.VIEW: 10,
    Kind.CORRECT: 10,
    Kind.RESTRICT: 15,
    Kind.WITHDRAW: 15,
    Kind.ERASE: 20,
}


class State(StrEnum):
    """Where a request stands."""

    OPEN = "open"
    DONE = "done"
    REFUSED = "refused"
    # Of a restriction that was in force and is not any more.
    ENDED = "ended"


STATE_LABELS: dict[str, str] = {
    State.OPEN: N_("Đang giải quyết"),
    State.DONE: N_("Đã giải quyết"),
    State.REFUSED: N_("Đã từ chối"),
    State.ENDED: N_("Đã bỏ hạn chế"),
}
# By which law a request is refused; the words go into the answer.
GROUNDS: dict[str, str] = {
    "archives": N_(
        "Hồ sơ hội nghị thi đua do cơ quan chủ trì được lưu vĩnh viễn theo pháp luật về lưu trữ"
    ),
    "state_body": N_(
        "Dữ liệu phục vụ hoạt động của cơ quan nhà nước theo luật (Luật 91/2025/QH15, Điều 19)"
    ),
    "under_way": N_("Hội nghị, Đại hội mà người này dự chưa bế mạc, dữ liệu còn cần để tổ chức"),
    "not_proved": N_("Người yêu cầu không chứng minh được dữ liệu là của mình"),
}


@dataclass(frozen=True)
class Terms:
    """By when to reply, and by when to be done."""

    reply_by: date
    finish_by: date


def is_day_off(day: date, holidays: Collection[date] = ()) -> bool:
    """A Saturday, a Sunday, a feast known by law or calendar, or one of `holidays`."""
    fixed = (day.day, day.month) in FIXED_HOLIDAYS
    return day.weekday() >= _SATURDAY or fixed or day in LUNAR_HOLIDAYS or day in holidays


def next_working_day(day: date, holidays: Collection[date] = ()) -> date:
    """The day itself when people work on it, else the first after it."""
    while is_day_off(day, holidays):
        day += timedelta(days=1)
    return day


def terms(kind: Kind, received_on: date, holidays: Collection[date] = ()) -> Terms:
    """The terms of a request that came on a day."""
    reply_by = received_on
    for _ in range(REPLY_WORKING_DAYS):
        reply_by = next_working_day(reply_by + timedelta(days=1), holidays)
    finish_by = next_working_day(received_on + timedelta(days=DAYS[kind]), holidays)
    return Terms(reply_by, finish_by)


def has_number(paper: str | None) -> bool:
    """Is there the number of a document, or of the form the person filled in?"""
    return any(one.isdigit() for one in paper or "")


def must_have_paper(paper: str | None) -> None:
    """Raise RuleViolation `paper_needed` without a number: a deletion needs one."""
    if not has_number(paper):
        raise RuleViolation(
            "paper_needed",
            Sentence(
                N_(
                    "Yêu cầu xóa phải có số văn bản hoặc số phiếu yêu cầu của người ấy. Hãy ghi "
                    "yêu cầu cùng số đó; yêu cầu đã ghi mà thiếu số thì từ chối rồi ghi lại."
                )
            ),
        )


def waiting_for(beyond: Mapping[str, int]) -> str:
    """What is left of a deletion for the administrator who reaches the units named."""
    units = ", ".join(f"{name} ({count} mục)" for name, count in beyond.items())
    return (
        "Đã xóa phần trong phạm vi của người giải quyết. "
        f"Còn nhật ký, hồ sơ điển hình của: {units}. "
        "Quản trị viên có phạm vi gồm các đơn vị ấy mở yêu cầu này và xóa nốt."
    )[:MOST_WORDS]


def is_late(state: str, due: date, today: date) -> bool:
    """Is an open request past its day?"""
    return state == State.OPEN and today > due
