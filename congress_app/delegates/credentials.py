"""By which right a place is held: states and their moves, caps, quotas, exceptions.

The cap is the rulebook's (guidance of BHXH Việt Nam, 30/09/2019): at upper-base level
everybody who attends counts towards 300 or 350, at national level guests stand outside
the 500. A quota counts elected delegates of one delegation only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from congress_app.congresses.rulebook import Cap, Category, SubCategory
from congress_app.delegates.registration import GroundFacts
from congress_app.kernel.sentences import N_, Sentence


class State(StrEnum):
    """How far a place has come."""

    NOMINATED = "nominated"
    CONVENED = "convened"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"


STATE_LABELS: dict[str, str] = {
    State.NOMINATED: N_("Được giới thiệu"),
    State.CONVENED: N_("Đã triệu tập"),
    State.CONFIRMED: N_("Xác nhận dự"),
    State.DECLINED: N_("Không dự được"),
    State.REPLACED: N_("Đã được thay"),
    State.WITHDRAWN: N_("Đã rút"),
}
STATE_KINDS: dict[str, str] = {
    State.NOMINATED: "neutral",
    State.CONVENED: "info",
    State.CONFIRMED: "success",
    State.DECLINED: "warning",
    State.REPLACED: "neutral",
    State.WITHDRAWN: "neutral",
}
# States in which the place is held: they count towards caps and quotas.
ACTIVE = (State.NOMINATED, State.CONVENED, State.CONFIRMED)
# Replacing is no move of one row but an act on two, so it stands apart (services).
MOVES: dict[State, tuple[State, ...]] = {
    State.NOMINATED: (State.CONVENED, State.DECLINED, State.WITHDRAWN),
    State.CONVENED: (State.CONFIRMED, State.NOMINATED, State.DECLINED, State.WITHDRAWN),
    State.CONFIRMED: (State.CONVENED, State.DECLINED, State.WITHDRAWN),
    State.DECLINED: (State.NOMINATED, State.WITHDRAWN),
    State.REPLACED: (),
    State.WITHDRAWN: (State.NOMINATED,),
}
# What a button says that makes the move; the state alone is no act.
_MOVE_WORDS: dict[State, str] = {
    State.NOMINATED: N_("Đưa trở lại danh sách"),
    State.CONVENED: N_("Triệu tập"),
    State.CONFIRMED: N_("Xác nhận dự"),
    State.DECLINED: N_("Ghi không dự được"),
    State.WITHDRAWN: N_("Rút khỏi danh sách"),
}
_BACK_WORDS: dict[tuple[State, State], str] = {
    (State.CONVENED, State.NOMINATED): N_("Hủy triệu tập"),
    (State.CONFIRMED, State.CONVENED): N_("Bỏ xác nhận"),
}
REPLACEABLE = (*ACTIVE, State.DECLINED)
NEEDS_REASON = frozenset({State.DECLINED, State.WITHDRAWN})


def may_move(before: str, after: str) -> bool:
    """True when a place may go from one state to the other."""
    return State(after) in MOVES[State(before)]


def move_words(before: str, after: str) -> str:
    """The move as an act, for a button."""
    move = (State(before), State(after))
    return _BACK_WORDS.get(move) or _MOVE_WORDS[move[1]]


def takes_a_seat(before: str, after: str) -> bool:
    """True when the move fills a place that was free: caps must be asked again."""
    return before not in ACTIVE and after in ACTIVE


@dataclass(frozen=True, slots=True)
class Place:
    """What caps and quotas look at: the category, and whose delegation it is."""

    category: str
    delegation_id: int | None = None


def counts_towards_cap(category: str, state: str, counted: Iterable[str]) -> bool:
    """True when a place of this category and state is one of the cap's."""
    return state in ACTIVE and category in tuple(counted)


@dataclass(frozen=True)
class CapStatus:
    """How full a congress is: places held by category, against its cap."""

    limit: int | None
    counted: tuple[str, ...]
    by_category: Mapping[str, int] = field(default_factory=dict)
    # Places given up in the same act: they may be filled again even over the cap.
    freed: int = 0

    @property
    def used(self) -> int:
        """Places held that count towards the cap."""
        return sum(self.by_category.get(category, 0) for category in self.counted)

    @property
    def total(self) -> int:
        """All places held, counted or not."""
        return sum(self.by_category.values())

    @property
    def left(self) -> int | None:
        """Places still free; negative after exceptions; None without a cap."""
        return None if self.limit is None else self.limit - self.used

    def without(self, place: Place) -> CapStatus:
        """The status as if one of the places held were free."""
        fewer = dict(self.by_category)
        fewer[place.category] = fewer.get(place.category, 0) - 1
        freed = self.freed + (place.category in self.counted)
        return replace(self, by_category=fewer, freed=freed)


def cap_status(cap: Cap, unit_code: str, by_category: Mapping[str, int]) -> CapStatus:
    """The cap of the congress of this unit against the places held."""
    return CapStatus(
        cap.limit(unit_code), tuple(str(c.value) for c in cap.counted), dict(by_category)
    )


@dataclass(frozen=True, slots=True)
class Quota:
    """Seats a delegation may elect, and how many it holds."""

    name: str
    seats: int
    used: int
    freed: int = 0

    @property
    def left(self) -> int:
        """Seats still free; negative after exceptions."""
        return self.seats - self.used


@dataclass(frozen=True, slots=True)
class Finding:
    """A cap or quota that would be exceeded; `index` is the first place too many."""

    code: str
    index: int
    sentence: Sentence


def check(
    places: Sequence[Place], status: CapStatus, quotas: Mapping[int | None, Quota] | None
) -> list[Finding]:
    """What stands in the way of filling these further places, in their order.

    `quotas` None: no allocation is in force, so no quota binds. A delegation that has no
    line in the allocation in force is passed with 0 seats.
    """
    findings = []
    over = _over_cap(places, status)
    if over is not None:
        findings.append(over)
    if quotas is not None:
        findings.extend(_over_quota(places, quotas))
    return findings


def _over_cap(places: Sequence[Place], status: CapStatus) -> Finding | None:
    if status.limit is None or status.left is None:
        return None
    wanted = [i for i, place in enumerate(places) if place.category in status.counted]
    free = max(status.left, status.freed, 0)
    if len(wanted) <= free:
        return None
    guests = (
        Sentence(N_("tính cả khách mời"))
        if Category.GUEST in status.counted
        else Sentence(N_("không tính khách mời"))
    )
    figures = {"used": status.used, "limit": status.limit, "guests": guests}
    if len(places) == 1:
        sentence = Sentence(
            N_(
                "Hội nghị đã có {used}/{limit} đại biểu ({guests}). Hãy rút hoặc thay một "
                "đại biểu, hoặc ghi ngoại lệ có số văn bản."
            ),
            **figures,
        )
    else:
        sentence = Sentence(
            N_(
                "Hội nghị đã có {used}/{limit} đại biểu ({guests}); thêm {added} người nữa là "
                "vượt {over}, kể từ dòng này. Hãy bỏ bớt {over} người, hoặc ghi ngoại lệ có số "
                "văn bản cho từng người trên trang ghi danh."
            ),
            added=len(wanted),
            over=len(wanted) - free,
            **figures,
        )
    return Finding("over_cap", wanted[free], sentence)


def _over_quota(places: Sequence[Place], quotas: Mapping[int | None, Quota]) -> Iterable[Finding]:
    wanted: dict[int | None, list[int]] = {}
    for index, place in enumerate(places):
        if place.category == Category.ELECTED:
            wanted.setdefault(place.delegation_id, []).append(index)
    for delegation_id, indexes in wanted.items():
        quota = quotas[delegation_id]
        free = max(quota.left, quota.freed, 0)
        if len(indexes) > free:
            yield Finding("over_quota", indexes[free], _quota_sentence(quota, len(indexes), free))


def _quota_sentence(quota: Quota, added: int, free: int) -> Sentence:
    figures = {"unit": quota.name, "used": quota.used, "seats": quota.seats}
    if added == 1:
        return Sentence(
            N_(
                "Đoàn {unit} đã có {used}/{seats} đại biểu bầu theo chỉ tiêu phân bổ. Hãy rút "
                "hoặc thay một đại biểu bầu của đoàn, điều chỉnh phân bổ, hoặc ghi ngoại lệ có "
                "số văn bản."
            ),
            **figures,
        )
    return Sentence(
        N_(
            "Đoàn {unit} đã có {used}/{seats} đại biểu bầu theo chỉ tiêu phân bổ; thêm {added} "
            "người nữa là vượt {over}, kể từ dòng này. Hãy bỏ bớt {over} người, điều chỉnh "
            "phân bổ, hoặc ghi ngoại lệ có số văn bản cho từng người trên trang ghi danh."
        ),
        added=added,
        over=added - free,
        **figures,
    )


def ground_warnings(
    grounds: Iterable[GroundFacts],
    lines: Sequence[SubCategory],
    award_years: tuple[int, int],
) -> list[Sentence]:
    """Grounds by title whose year lies outside the rulebook's award years, or is not said.

    A warning only: the credentials committee decides.
    """
    awards = {line.code for line in lines if line.award}
    warnings = []
    for ground in grounds:
        if ground.code not in awards:
            continue
        years = {"ground": ground.text, "first": award_years[0], "last": award_years[1]}
        if ground.year is None:
            warnings.append(
                Sentence(
                    N_("Căn cứ “{ground}”: chưa ghi năm quyết định (cần {first}–{last})."), **years
                )
            )
        elif not award_years[0] <= ground.year <= award_years[1]:
            warnings.append(
                Sentence(
                    N_("Căn cứ “{ground}”: năm {year} nằm ngoài {first}–{last}."),
                    year=ground.year,
                    **years,
                )
            )
    return warnings
