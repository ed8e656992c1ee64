"""Who is older, as far as the known birth dates tell it.

A year alone stands for any day of that year: 1970 and 03/1970 cannot be told apart, and
somebody without a birth date may be the oldest or the youngest of all.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from congress_app.kernel.partial_date import PartialDate


@dataclass(frozen=True, slots=True)
class Seniority:
    """Who surely takes a seat by age, and among whom the rest of the seats is still open."""

    seated: frozenset[str]
    open: frozenset[str]


def surely_older(first: PartialDate | None, second: PartialDate | None) -> bool:
    """Was the first born before the second, whatever the unknown parts are?"""
    return first is not None and second is not None and _latest(first) < _earliest(second)


def oldest(births: Mapping[str, PartialDate | None], seats: int) -> Seniority:
    """Give the seats to the oldest; where births do not tell, leave them open.

    Somebody is seated when fewer than `seats` others could be older, and out when at least
    `seats` others surely are.
    """
    seated, out = set(), set()
    for key, birth in births.items():
        others = [other for name, other in births.items() if name != key]
        may_be_older = sum(not surely_older(birth, other) for other in others)
        if may_be_older < seats:
            seated.add(key)
        elif sum(surely_older(other, birth) for other in others) >= seats:
            out.add(key)
    return Seniority(frozenset(seated), frozenset(births) - seated - out)


def _earliest(birth: PartialDate) -> date:
    return date(birth.year, birth.month or 1, birth.day or 1)


def _latest(birth: PartialDate) -> date:
    month = birth.month or 12
    return date(birth.year, month, birth.day or monthrange(birth.year, month)[1])
