"""What an organiser chose for a run: pool, weights, method, bounds, and how ties end.

It is kept with the version as plain JSON, so that a run can be read and repeated years
later. `as_json` writes it, `options_from` reads it; a key that is missing means its default.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from fractions import Fraction
from typing import Any

from congress_app.kernel.sentences import N_
from congress_app.quota.pool import Pool, Taken
from congress_app.quota.problem import Method

WEIGHT_SOURCES: dict[str, str] = {
    "attendance": N_("Đại biểu dự hội nghị cấp cơ sở"),
    "upper_attendance": N_("Đại biểu dự hội nghị cấp trên cơ sở"),
    "headcount": N_("Số công chức, viên chức, người lao động"),
    "equal": N_("Bằng nhau (mỗi đơn vị 1)"),
}
TIE_KEYS: dict[str, str] = {"headcount": N_("Đơn vị có nhiều CCVC, NLĐ hơn được trước")}


@dataclass(frozen=True)
class LineRule:
    """What holds for one unit apart from the others; None leaves it to the common rule.

    `base` seats lie below the proportional ones; the others speak of the unit's total.
    """

    base: int = 0
    floor: int | None = None
    ceiling: int | None = None
    lock: int | None = None


@dataclass(frozen=True)
class Released:
    """Where a version comes from that hands seats on: the version before, who gave back."""

    version: int
    freed: Mapping[str, int]
    handing: str
    reserve: int
    reason: str


@dataclass(frozen=True)
class Options:
    """What the organiser chose. Seats taken beforehand make the pool from the cap.

    `cap` None: the congress has no cap and `seats` is typed. `weights` are pairs of source
    and coefficient ("1", "3/2"); empty means `source` alone. `tie_order` holds unit codes
    as drawn, first one first; `lines` are the units with a rule of their own, by code.
    """

    method: str = Method.WEBSTER.value
    source: str = "attendance"
    cap: int | None = None
    officials: int = 0
    guests: int = 0
    reserve: int = 0
    seats: int | None = None
    floor: int = 1
    ceiling: int | None = None
    step: int | None = None
    threshold: int | None = None
    tie_seed: str | None = None
    tie_order: tuple[str, ...] = ()
    note: str | None = None
    weights: tuple[tuple[str, str], ...] = ()
    tie_key: str | None = None
    lines: Mapping[str, LineRule] = field(default_factory=dict)
    released: Released | None = None

    @property
    def mix(self) -> dict[str, Fraction]:
        """Every source that counts, with its coefficient."""
        pairs = self.weights or ((self.source, "1"),)
        return {source: Fraction(text) for source, text in pairs}

    @property
    def pool(self) -> Pool | None:
        """The cap less what is taken beforehand; None where the seats are typed."""
        if self.cap is None:
            return None
        parts = (
            Taken(N_("đại biểu chính thức"), self.officials),
            Taken(N_("khách mời"), self.guests),
            Taken(N_("dự phòng"), self.reserve),
        )
        return Pool(self.cap, tuple(part for part in parts if part.seats))

    def as_json(self) -> dict[str, Any]:
        """Plain values for the stored version."""
        return asdict(self) | {
            "tie_order": list(self.tie_order),
            "weights": [list(pair) for pair in self.weights],
        }


def options_from(body: Mapping[str, Any]) -> Options:
    """Read what `as_json` wrote."""
    known = {one.name for one in fields(Options)}
    given = {key: value for key, value in body.items() if key in known}
    released = given.get("released")
    return Options(
        **given
        | {
            "tie_order": tuple(given.get("tie_order", ())),
            "weights": tuple((source, text) for source, text in given.get("weights", ())),
            "lines": {code: LineRule(**rule) for code, rule in given.get("lines", {}).items()},
            "released": Released(**released) if released else None,
        }
    )


def read_coefficient(text: str) -> Fraction:
    """A coefficient as people write it: "1", "0,5", "0.5" or "3/2".

    Raises ValueError for anything else, for a negative one, and for one beyond a million.
    """
    try:
        value = Fraction(text.replace(",", ".").replace(" ", ""))
    except ZeroDivisionError as error:
        raise ValueError(text) from error
    if not 0 <= value <= 1_000_000 or value.denominator > 1_000_000:
        raise ValueError(text)
    return value


def shown_coefficient(value: Fraction) -> str:
    """A coefficient for a field: "1", "0,5" or "1/3"; `read_coefficient` reads it back."""
    for places in range(7):
        whole = value * 10**places
        if whole.denominator == 1:
            digits = f"{int(whole):0{places + 1}d}"
            return digits if not places else f"{digits[:-places]},{digits[-places:]}"
    return str(value)
