"""A rulebook as one value: caps, categories, grounds, priorities, deadlines, durations.

The guidance of 30/09/2019 for the congresses of 2020 is one such value (`presets.py`);
an organiser copies and edits it, and a congress freezes the one it adopts. JSON is its
stored form: `from_json(to_json(book)) == book`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Any

from congress_app.kernel.sentences import N_


class Level(StrEnum):
    """The three levels, from below."""

    BASE = "base"
    UPPER_BASE = "upper_base"
    NATIONAL = "national"


class Category(StrEnum):
    """The three counted categories of delegates."""

    GUEST = "guest"
    OFFICIAL = "official"
    ELECTED = "elected"


class Duration(StrEnum):
    """How long a congress lasts."""

    HALF_DAY = "half_day"
    FULL_DAY = "full_day"


LEVEL_LABELS: dict[str, str] = {
    Level.BASE: N_("Cấp cơ sở"),
    Level.UPPER_BASE: N_("Cấp trên cơ sở"),
    Level.NATIONAL: N_("Toàn ngành"),
}
CATEGORY_LABELS: dict[str, str] = {
    Category.GUEST: N_("Khách mời"),
    Category.OFFICIAL: N_("Đại biểu chính thức"),
    Category.ELECTED: N_("Đại biểu bầu"),
}
DURATION_LABELS: dict[str, str] = {
    Duration.HALF_DAY: N_("1/2 ngày"),
    Duration.FULL_DAY: N_("1 ngày"),
}
ELECTION_FORM_LABELS: dict[str, str] = {
    "show_of_hands": N_("Biểu quyết giơ tay"),
    "secret": N_("Bỏ phiếu kín"),
}
# Shares of the convened that may be asked for; "" asks for none. No guidance for emulation
# congresses names one: two thirds is what parties, unions and staff conferences use.
QUORUM_LABELS: dict[str, str] = {
    "2/3": N_("ít nhất 2/3"),
    "1/2": N_("ít nhất 1/2"),
    "3/4": N_("ít nhất 3/4"),
    "": N_("không quy định"),
}
QUORUM_PROPOSED = Fraction(2, 3)
# The items a programme must hold (guidance of 30/09/2019, "nội dung trọng tâm").
ITEM_LABELS: dict[str, str] = {
    "summary_report": N_("Báo cáo tổng kết phong trào thi đua, khen thưởng và phương hướng"),
    "speech": N_("Báo cáo tham luận, kết hợp giao lưu với các điển hình tiên tiến"),
    "election": N_("Bầu và thông qua danh sách đại biểu đi dự hội nghị, đại hội cấp trên"),
}


@dataclass(frozen=True)
class Cap:
    """The most delegates a congress may have, and which categories count towards it.

    `default` None: no cap. `exceptions` names units (by code) with their own figure.
    """

    default: int | None = None
    exceptions: Mapping[str, int] = field(default_factory=dict)
    counted: tuple[Category, ...] = tuple(Category)

    def limit(self, unit_code: str) -> int | None:
        """The figure for the congress of this unit; None: no cap."""
        return self.exceptions.get(unit_code, self.default)


@dataclass(frozen=True)
class SubCategory:
    """One line of the composition: who is a guest, official or elected by which ground.

    `award` marks a ground by title whose decision must fall in the award years;
    `per_unit` is how many places each unit below may fill by this ground.
    """

    code: str
    category: Category
    title: str
    award: bool = False
    per_unit: int | None = None


@dataclass(frozen=True)
class Choice:
    """A code with its words: a professional field, a conference to combine with."""

    code: str
    title: str


# What the guidance's own priorities tell: of these nothing that the law calls sensitive.
OPEN_PRIORITIES = frozenset({"good_deed", "new_model", "direct_duty", "women"})
# Told by a sensitive fact of the person, so nobody may call it open.
ALWAYS_SENSITIVE = frozenset({"ethnic_minority"})


@dataclass(frozen=True)
class Priority(Choice):
    """What is looked for among delegates; sensitive unless somebody said that it is not.

    Religion, health or origin in an organiser's own words is as sensitive as in ours.
    """

    sensitive: bool = True

    @property
    def is_open(self) -> bool:
        """May it stand beside a name for everybody who reads the list?"""
        return not self.sensitive and self.code not in ALWAYS_SENSITIVE


@dataclass(frozen=True)
class LevelRules:
    """What holds at one level.

    A congress is due strictly before `deadline`, or within `window` (both days included);
    being late warns and never blocks. `unit_kinds` are the kinds of unit that hold a
    congress of this level and `expected_units` how many there should be (None: not told).
    `mandatory_items` are keys of `ITEM_LABELS`. `quorum` is the share of the convened who
    must be present (None: not told). `proposed` names the fields whose value
    no guidance gives: our proposal, shown as such until an organiser settles it.
    """

    event_name: str
    cap: Cap
    durations: tuple[Duration, ...]
    subcategories: tuple[SubCategory, ...] = ()
    deadline: date | None = None
    window: tuple[date, date] | None = None
    combinable: tuple[Choice, ...] = ()
    mandatory_items: tuple[str, ...] = ()
    election_form: str = "secret"  # or show_of_hands
    everyone_attends: bool = False
    unit_kinds: tuple[str, ...] = ()
    expected_units: int | None = None
    quorum: Fraction | None = None
    proposed: tuple[str, ...] = ()

    def subcategory(self, code: str) -> SubCategory | None:
        """The line of the composition with this code."""
        return next((line for line in self.subcategories if line.code == code), None)

    def lines_of(self, category: str) -> tuple[SubCategory, ...]:
        """The lines of the composition in one category, in the guidance's order."""
        return tuple(line for line in self.subcategories if line.category == category)


@dataclass(frozen=True)
class Rulebook:
    """All rules of one season."""

    key: str
    name: str
    source: str
    award_years: tuple[int, int]
    report_period: tuple[int, int]
    levels: Mapping[Level, LevelRules]
    priorities: tuple[Priority, ...] = ()
    fields: tuple[Choice, ...] = ()

    def level(self, level: str) -> LevelRules:
        """The rules of one level."""
        return self.levels[Level(level)]

    @property
    def open_priorities(self) -> frozenset[str]:
        """The codes that tell nothing sensitive; whatever else is marked does."""
        return frozenset(one.code for one in self.priorities if one.is_open)

    def with_level(self, level: str, rules: LevelRules) -> Rulebook:
        """The same rulebook with other rules for one level."""
        return replace(self, levels={**self.levels, Level(level): rules})

    def level_of_kind(self, unit_kind: str) -> Level | None:
        """At which level a unit of this kind holds its congress; None: at none."""
        return next((key for key, r in self.levels.items() if unit_kind in r.unit_kinds), None)


def to_json(book: Rulebook) -> dict[str, Any]:
    """The rulebook as plain JSON values; dates as yyyy-mm-dd."""
    plain: dict[str, Any] = _plain(asdict(book))
    return plain


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value.value if isinstance(value, StrEnum) else value


def from_json(body: Mapping[str, Any]) -> Rulebook:
    """Read what `to_json` wrote."""
    return Rulebook(
        key=body["key"],
        name=body["name"],
        source=body["source"],
        award_years=_pair(body["award_years"]),
        report_period=_pair(body["report_period"]),
        levels={Level(key): _level(rules) for key, rules in body["levels"].items()},
        priorities=tuple(_priority(item) for item in body["priorities"]),
        fields=_choices(body["fields"]),
    )


def _level(body: Mapping[str, Any]) -> LevelRules:
    cap = body["cap"]
    window = body["window"]
    return LevelRules(
        event_name=body["event_name"],
        cap=Cap(
            cap["default"], dict(cap["exceptions"]), tuple(Category(c) for c in cap["counted"])
        ),
        durations=tuple(Duration(d) for d in body["durations"]),
        subcategories=tuple(
            SubCategory(**{**line, "category": Category(line["category"])})
            for line in body["subcategories"]
        ),
        deadline=date.fromisoformat(body["deadline"]) if body["deadline"] else None,
        window=(date.fromisoformat(window[0]), date.fromisoformat(window[1])) if window else None,
        combinable=_choices(body["combinable"]),
        mandatory_items=tuple(body["mandatory_items"]),
        election_form=body["election_form"],
        everyone_attends=body["everyone_attends"],
        unit_kinds=tuple(body["unit_kinds"]),
        expected_units=body["expected_units"],
        quorum=_share(body.get("quorum")) if "quorum" in body else QUORUM_PROPOSED,
        # Rules frozen before there was a quorum get ours, marked as proposed.
        proposed=tuple(body["proposed"]) + (() if "quorum" in body else ("quorum",)),
    )


def _share(text: str | None) -> Fraction | None:
    return Fraction(text) if text else None


def _pair(values: list[int]) -> tuple[int, int]:
    return values[0], values[1]


def _priority(item: Mapping[str, Any]) -> Priority:
    # Rules stored before there was the mark: what we do not know is sensitive.
    sensitive = item.get("sensitive", item["code"] not in OPEN_PRIORITIES)
    return Priority(item["code"], item["title"], bool(sensitive))


def _choices(values: list[Mapping[str, str]]) -> tuple[Choice, ...]:
    return tuple(Choice(item["code"], item["title"]) for item in values)
