"""What needs a hand, told by lights: the gravest first, each with what to do and where.

Pure: facts in, lights out. A light names the page to go on to by its endpoint; whether
the reader may open that page is the page's own affair.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from congress_app.congresses.lifecycle import State
from congress_app.congresses.timing import Light as PlanLight
from congress_app.kernel.sentences import N_, Sentence
from congress_app.kernel.vietnamese import number

NOTHING = "nothing"
# From this many days before a congress on, what is missing is no longer just a reminder.
URGENT_DAYS = 7


class Kind(StrEnum):
    """How grave: also the name of the look."""

    DANGER = "danger"
    WARNING = "warning"
    NEUTRAL = "neutral"
    SUCCESS = "success"


KIND_WORDS: dict[str, str] = {
    Kind.DANGER: N_("Cần làm ngay"),
    Kind.WARNING: N_("Cần làm"),
    Kind.NEUTRAL: N_("Chưa tới"),
    Kind.SUCCESS: N_("Đạt"),
}
_GRAVITY = {kind: place for place, kind in enumerate(Kind)}


@dataclass(frozen=True)
class Light:
    """One line: what is the matter, why it matters, and the page that mends it."""

    code: str
    kind: Kind
    sentence: Sentence
    page: str
    note: Sentence | None = None


@dataclass(frozen=True)
class CongressFacts:
    """What is known of one congress; None: the reader may not know, or there is none.

    `seats` None: no allocation is in force. `missing` are elected places still free,
    `over` delegations beyond their seats. `waiting` were called and have not answered.
    """

    state: str
    held_on: date | None = None
    plan_light: str | None = None
    cap_limit: int | None = None
    cap_used: int | None = None
    elects: bool = True
    seats: int | None = None
    missing: int = 0
    over: int = 0
    delegates: int = 0
    waiting: int = 0
    badges_missing: int | None = None
    has_programme: bool = True
    programme_faults: int = 0


def congress_lights(facts: CongressFacts, today: date) -> list[Light]:
    """The lights of one congress, the gravest first."""
    found = [*_plan(facts)]
    if facts.state != State.CLOSED:
        near = facts.held_on is not None and (facts.held_on - today).days <= URGENT_DAYS
        pressing = Kind.DANGER if near else Kind.WARNING
        found += [*_quota(facts, pressing), *_delegates(facts, pressing)]
        found += [*_badges(facts, pressing), *_programme(facts, pressing)]
    found += _cap(facts)
    return by_gravity(found)


def by_gravity(lights: Iterable[Light]) -> list[Light]:
    """The gravest first, otherwise in the order given."""
    return sorted(lights, key=lambda light: _GRAVITY[light.kind])


def with_duties(lights: Iterable[Light], duties: Sequence[Light]) -> list[Light]:
    """The lights of a season and what else there is to do; then nobody says "nothing"."""
    return by_gravity([*duties, *(one for one in lights if not duties or one.code != NOTHING)])


def _plan(facts: CongressFacts) -> list[Light]:
    page = "congress.plan"
    if facts.state == State.CLOSED:
        return [Light("held", Kind.SUCCESS, Sentence(N_("Hội nghị đã bế mạc.")), page)]
    if facts.held_on is None:
        sentence = Sentence(N_("Chưa có ngày tổ chức."))
        return [Light("no_day", Kind.WARNING, sentence, page)]
    if facts.state != State.OPEN and facts.plan_light == PlanLight.OVERDUE:
        sentence = Sentence(
            N_("Đã qua ngày tổ chức {day} mà hội nghị chưa khai mạc."), day=_day(facts.held_on)
        )
        note = Sentence(N_("Hãy chuyển bước hội nghị, hoặc ghi ngày mới vào kế hoạch."))
        return [Light("overdue", Kind.DANGER, sentence, page, note)]
    if facts.plan_light == PlanLight.OUTSIDE:
        sentence = Sentence(
            N_("Ngày {day} nằm ngoài khung thời gian quy định."), day=_day(facts.held_on)
        )
        return [Light("outside", Kind.WARNING, sentence, page)]
    return []


def _cap(facts: CongressFacts) -> list[Light]:
    if facts.cap_limit is None or facts.cap_used is None:
        return []
    figures = {"used": number(facts.cap_used), "limit": number(facts.cap_limit)}
    if facts.cap_used > facts.cap_limit:
        sentence = Sentence(N_("Vượt số lượng tối đa: {used} đại biểu, tối đa {limit}."), **figures)
        return [Light("over_cap", Kind.DANGER, sentence, "delegates.index")]
    sentence = Sentence(N_("Trong số lượng tối đa: {used}/{limit} đại biểu."), **figures)
    return [Light("within_cap", Kind.SUCCESS, sentence, "delegates.index")]


def _quota(facts: CongressFacts, pressing: Kind) -> list[Light]:
    page = "quota.index"
    if not facts.elects:
        return []
    if facts.seats is None:
        sentence = Sentence(N_("Chưa có phương án phân bổ được phê duyệt."))
        note = Sentence(N_("Các đơn vị chưa biết được bầu bao nhiêu đại biểu."))
        return [Light("no_quota", pressing, sentence, page, note)]
    found = []
    if facts.over:
        sentence = Sentence(N_("{count} đoàn vượt số suất được bầu."), count=number(facts.over))
        found.append(Light("over_quota", Kind.DANGER, sentence, page))
    if facts.missing:
        sentence = Sentence(
            N_("Còn thiếu {missing} trong {seats} đại biểu bầu."),
            missing=number(facts.missing),
            seats=number(facts.seats),
        )
        found.append(Light("missing_elected", pressing, sentence, page))
    if not found:
        sentence = Sentence(N_("Đã đủ {seats} đại biểu bầu."), seats=number(facts.seats))
        found.append(Light("quota_met", Kind.SUCCESS, sentence, page))
    return found


def _delegates(facts: CongressFacts, pressing: Kind) -> list[Light]:
    page = "delegates.index"
    if not facts.delegates:
        return [Light("no_delegates", pressing, Sentence(N_("Chưa có đại biểu nào.")), page)]
    if not facts.waiting:
        sentence = Sentence(N_("Mọi đại biểu đã xác nhận dự."))
        return [Light("all_confirmed", Kind.SUCCESS, sentence, page)]
    sentence = Sentence(
        N_("{waiting} trong {all} đại biểu chưa xác nhận dự."),
        waiting=number(facts.waiting),
        all=number(facts.delegates),
    )
    note = Sentence(N_("Người chưa xác nhận sẽ bị từ chối ở cửa."))
    return [Light("unconfirmed", pressing, sentence, page, note)]


def _badges(facts: CongressFacts, pressing: Kind) -> list[Light]:
    if not facts.badges_missing:
        return []
    sentence = Sentence(N_("{count} đại biểu chưa có thẻ."), count=number(facts.badges_missing))
    return [Light("badges_missing", pressing, sentence, "badges.index")]


def _programme(facts: CongressFacts, pressing: Kind) -> list[Light]:
    page = "programme.index"
    if not facts.has_programme:
        return [Light("no_programme", pressing, Sentence(N_("Chưa có chương trình.")), page)]
    if facts.programme_faults:
        sentence = Sentence(
            N_("Chương trình có {count} điều cần xem lại."), count=number(facts.programme_faults)
        )
        return [Light("programme_faults", Kind.WARNING, sentence, page)]
    return []


@dataclass(frozen=True)
class SeasonFacts:
    """What is known of the upper-base congresses (and how many base ones are not yet held).

    The lists hold names of units, by protocol.
    """

    total: int
    held: int
    overdue: Sequence[str] = ()
    no_plan: Sequence[str] = ()
    outside: Sequence[str] = ()
    no_quota: Sequence[str] = ()
    missing: Sequence[str] = ()
    over: Sequence[str] = ()
    base_total: int = 0
    base_held: int = 0


# Code, gravity, sentence and note of each list of a season's facts.
_SEASON_LISTS: tuple[tuple[str, Kind, str, str], ...] = (
    ("over", Kind.DANGER, N_("{count} hội nghị có đoàn hoặc tổng số vượt mức."),
     N_("Cần văn bản cho phép hoặc rút bớt đại biểu.")),
    ("overdue", Kind.DANGER, N_("{count} hội nghị đã quá hạn mà chưa họp."),
     N_("Hãy đôn đốc, hoặc ghi ngày mới vào kế hoạch.")),
    ("no_plan", Kind.WARNING, N_("{count} đơn vị chưa có ngày tổ chức."),
     N_("Đơn vị cần lập kế hoạch và ghi ngày, địa điểm.")),
    ("no_quota", Kind.WARNING, N_("{count} hội nghị chưa được phân bổ số đại biểu bầu."),
     N_("Các đơn vị cấp dưới chờ số này để bầu.")),
    ("missing", Kind.WARNING, N_("{count} hội nghị còn thiếu đại biểu bầu."), ""),
    ("outside", Kind.WARNING, N_("{count} hội nghị định ngày ngoài khung thời gian."), ""),
)  # fmt: skip
_NAMED = 3


def season_lights(facts: SeasonFacts) -> list[Light]:
    """The lights of a season, the gravest first; each names the first few units."""
    found = []
    for code, kind, template, note in _SEASON_LISTS:
        names: Sequence[str] = getattr(facts, code)
        if names:
            sentence = Sentence(template, count=number(len(names)))
            found.append(Light(code, kind, sentence, "congresses.board", _told(names, note)))
    if facts.base_held < facts.base_total:
        sentence = Sentence(
            N_("{count} hội nghị cấp cơ sở chưa tổ chức."),
            count=number(facts.base_total - facts.base_held),
        )
        found.append(Light("base_waiting", Kind.WARNING, sentence, "congresses.board"))
    if not found:
        sentence = Sentence(N_("Không có việc nào đang chờ."))
        found.append(Light(NOTHING, Kind.SUCCESS, sentence, "congresses.index"))
    return by_gravity(found)


def _told(names: Sequence[str], note: str) -> Sentence:
    shown = ", ".join(names[:_NAMED])
    more = len(names) - _NAMED
    listed = (
        Sentence(N_("{shown} và {more} đơn vị khác."), shown=shown, more=number(more))
        if more > 0
        else Sentence("{shown}.", shown=shown)
    )
    return Sentence("{listed} {note}", listed=listed, note=Sentence(note)) if note else listed


def _day(day: date) -> str:
    return day.strftime("%d/%m/%Y")
