"""The life of a congress: draft, convened, open, closed; what a move needs; its dates.

Dates, durations and combinations outside the rulebook warn and never block (the Vth
congress of the sector itself was held after its window). What blocks a move is only what
makes it senseless: calling people to no place on no day under no rules.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from congress_app.congresses.rulebook import DURATION_LABELS, LevelRules
from congress_app.kernel.sentences import N_, Sentence


class State(StrEnum):
    """Where a congress stands."""

    DRAFT = "draft"
    CONVENED = "convened"
    OPEN = "open"
    CLOSED = "closed"


STATE_LABELS: dict[str, str] = {
    State.DRAFT: N_("Dự thảo kế hoạch"),
    State.CONVENED: N_("Đã triệu tập"),
    State.OPEN: N_("Đang họp"),
    State.CLOSED: N_("Đã bế mạc"),
}
# Each state with the kind of pill and the icon that say the same without colour.
STATE_LOOKS: dict[str, tuple[str, str]] = {
    State.DRAFT: ("neutral", "edit"),
    State.CONVENED: ("info", "mail"),
    State.OPEN: ("success", "door"),
    State.CLOSED: ("neutral", "check"),
}


class Severity(StrEnum):
    """Whether a finding stops the act or only tells."""

    WARNING = "warning"
    BLOCKING = "blocking"


@dataclass(frozen=True)
class Finding:
    """One thing a person should know before going on."""

    code: str
    severity: Severity
    sentence: Sentence


@dataclass(frozen=True)
class Move:
    """A lawful step; a step back must be explained by a note."""

    origin: State
    target: State
    label: str
    needs_note: bool = False


MOVES: tuple[Move, ...] = (
    Move(State.DRAFT, State.CONVENED, N_("Triệu tập")),
    Move(State.CONVENED, State.OPEN, N_("Khai mạc")),
    Move(State.OPEN, State.CLOSED, N_("Bế mạc")),
    Move(State.CONVENED, State.DRAFT, N_("Đưa về dự thảo"), needs_note=True),
    Move(State.OPEN, State.CONVENED, N_("Đưa về đã triệu tập"), needs_note=True),
    Move(State.CLOSED, State.OPEN, N_("Mở lại hội nghị"), needs_note=True),
)


@dataclass(frozen=True)
class Facts:
    """What is known of a congress when it is to be moved.

    `kept_closed` tells why it can never be opened again.
    """

    state: str
    held_on: date | None = None
    place: str | None = None
    has_rules: bool = False
    attendance: int | None = None
    note: str | None = None
    kept_closed: tuple[Sentence, ...] = ()


def moves_from(state: str) -> tuple[Move, ...]:
    """The lawful steps from a state, the step forward first."""
    return tuple(move for move in MOVES if move.origin == state)


def move_between(origin: str, target: str) -> Move | None:
    """The lawful step from one state to another; None when there is none."""
    return next((m for m in MOVES if m.origin == origin and m.target == target), None)


def missing(facts: Facts, target: str, rules: LevelRules) -> list[Finding]:
    """What blocks the move to `target`, all of it at once; empty when nothing does."""
    move = move_between(facts.state, target)
    if move is None:
        return [_unlawful(facts.state, target)]
    found = []
    if move.origin is State.CLOSED and facts.kept_closed:
        # No reason typed would help.
        return [Finding("kept_closed", Severity.BLOCKING, one) for one in facts.kept_closed]
    if move.needs_note and not facts.note:
        found.append(_blocking("no_note", N_("Hãy ghi lý do đưa trở lại bước trước.")))
    if move.target is State.CONVENED and move.origin is State.DRAFT:
        found += _missing_to_convene(facts)
    if move.target is State.CLOSED and rules.everyone_attends and facts.attendance is None:
        found.append(
            _blocking(
                "no_attendance",
                N_(
                    "Chưa có số người dự hội nghị. Hãy ghi số người dự: "
                    "số này là căn cứ phân bổ đại biểu dự cấp trên."
                ),
            )
        )
    return found


def _missing_to_convene(facts: Facts) -> list[Finding]:
    wanted = (
        (facts.held_on, "no_date", N_("Chưa có ngày tổ chức. Hãy sửa kế hoạch và ghi ngày.")),
        (facts.place, "no_place", N_("Chưa có địa điểm. Hãy sửa kế hoạch và ghi địa điểm.")),
        (
            facts.has_rules or None,
            "no_rules",
            N_("Chưa áp dụng quy định nào. Hãy chọn quy định để cố định số lượng, thành phần."),
        ),
    )
    return [_blocking(code, text) for value, code, text in wanted if value is None]


def _unlawful(origin: str, target: str) -> Finding:
    return Finding(
        "no_such_move",
        Severity.BLOCKING,
        Sentence(
            N_(
                "Không thể chuyển từ “{origin}” sang “{target}”. "
                "Hãy tải lại trang để xem bước tiếp."
            ),
            origin=Sentence(STATE_LABELS[State(origin)]),
            target=Sentence(STATE_LABELS[State(target)]),
        ),
    )


OVER = N_(
    "“{name}” đã bế mạc nên việc này không ghi được nữa. Sau bế mạc chỉ còn: bài học kinh "
    "nghiệm, công nhận và gửi kết quả bầu cử, văn bản, hồ sơ lưu trữ, yêu cầu về dữ liệu cá nhân. "
    "Bế mạc nhầm thì ban tổ chức mở lại ở trang Kế hoạch."
)


def over(state: str, name: str) -> Sentence | None:
    """What to say where somebody would still write into a closed congress; None in time."""
    return Sentence(OVER, name=name) if state == State.CLOSED else None


def closing(left: Sequence[Sentence] = ()) -> list[Finding]:
    """Warnings before the step after which nothing more is written, of what is `left` to do."""
    return [
        *(Finding("left_to_do", Severity.WARNING, one) for one in left),
        _warning(
            "no_more_writing",
            N_(
                "Sau bế mạc, chương trình, điểm danh, tư cách, kiểm phiếu và danh sách không ghi "
                "thêm được. Hãy kiểm tra rằng phiếu đã kiểm xong và mọi máy quét đã gửi hết lượt "
                "chờ. Bế mạc nhầm thì mở lại được, phải ghi lý do, cho đến khi dữ liệu làm việc "
                "của hội nghị bị xóa."
            ),
        ),
    ]


def reopening() -> list[Finding]:
    """A warning of what a congress that goes on makes out of date."""
    return [
        _warning(
            "out_of_date",
            N_(
                "Mở lại thì mọi việc của hội nghị ghi tiếp được. Văn bản đã ban hành giữ nguyên "
                "nội dung cũ; hồ sơ lưu trữ đã lập không dùng để xóa dữ liệu được nữa, sau khi bế "
                "mạc lại phải lập hồ sơ mới. Lượt quét đang chờ ở Mâu thuẫn khi quét vẫn chờ "
                "người xem lại."
            ),
        )
    ]


def dates(
    rules: LevelRules, held_on: date | None, duration: str, combined_with: str | None
) -> list[Finding]:
    """What in the plan's day, length and combination lies outside the rules: warnings."""
    found = [] if held_on is None else _day_findings(rules, held_on)
    if duration not in rules.durations:
        found.append(
            _warning(
                "duration",
                N_("Thời gian “{planned}” khác quy định của cấp này ({allowed})."),
                planned=Sentence(DURATION_LABELS[duration]),
                allowed=joined([DURATION_LABELS[length] for length in rules.durations]),
            )
        )
    if combined_with and combined_with not in {choice.code for choice in rules.combinable}:
        found.append(
            _warning(
                "combined", N_("Quy định của cấp này không nêu việc kết hợp hội nghị như vậy.")
            )
        )
    return found


def _day_findings(rules: LevelRules, held_on: date) -> list[Finding]:
    if rules.deadline is not None and held_on >= rules.deadline:
        return [
            _warning(
                "after_deadline",
                N_(
                    "Ngày {day} ngoài khung thời gian: "
                    "quy định là hoàn thành trước ngày {deadline}."
                ),
                day=_day(held_on),
                deadline=_day(rules.deadline),
            )
        ]
    if rules.window is not None and not rules.window[0] <= held_on <= rules.window[1]:
        return [
            _warning(
                "outside_window",
                N_("Ngày {day} ngoài khung thời gian: quy định là từ {first} đến {last}."),
                day=_day(held_on),
                first=_day(rules.window[0]),
                last=_day(rules.window[1]),
            )
        ]
    return []


def opening(held_on: date | None, today: date) -> list[Finding]:
    """A warning when a congress is opened on another day than the planned one."""
    if held_on is None or held_on == today:
        return []
    return [
        _warning(
            "another_day",
            N_("Hôm nay là {today}, kế hoạch ghi ngày tổ chức {day}. Hãy kiểm tra lại ngày."),
            today=_day(today),
            day=_day(held_on),
        )
    ]


def joined(texts: Sequence[str]) -> Sentence:
    """Labels in a row, each translated: "1/2 ngày, 1 ngày"."""
    template = ", ".join("{" + f"t{place}" + "}" for place in range(len(texts)))
    return Sentence(template, **{f"t{place}": Sentence(text) for place, text in enumerate(texts)})


def _day(day: date) -> str:
    return day.strftime("%d/%m/%Y")


def _blocking(code: str, text: str) -> Finding:
    return Finding(code, Severity.BLOCKING, Sentence(text))


def _warning(code: str, text: str, /, **params: object) -> Finding:
    return Finding(code, Severity.WARNING, Sentence(text, **params))
