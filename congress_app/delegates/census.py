"""Who the delegates are, counted: category, sex, ethnic minority, priorities, field.

Every count has a line for what is not known, so the lines of a count always sum to the
whole. Priorities overlap, so each stands beside the whole by itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from congress_app.kernel.vietnamese import fold

UNKNOWN = "unknown"
# As lists write it, in lower case; folded for comparing.
MAJORITY_NAMES = ("kinh", "việt", "viet", "kinh (việt)")
_MAJORITY = frozenset(fold(name) for name in MAJORITY_NAMES)
# Priorities told by facts of the person instead of by a mark somebody has set.
WOMEN, ETHNIC_MINORITY = "women", "ethnic_minority"
TOLD_BY_FACTS = (WOMEN, ETHNIC_MINORITY)


@dataclass(frozen=True, slots=True)
class CensusRow:
    """One delegate as counted."""

    category: str
    sex: str | None = None
    ethnicity: str | None = None
    priorities: tuple[str, ...] = ()
    field: str | None = None


# Few words that stand on thousands of rows and name no person.
@lru_cache(maxsize=1024)
def is_minority(ethnicity: str | None) -> bool | None:
    """Whether the ethnic origin is other than Kinh; None when it is not known."""
    return None if not ethnicity else fold(ethnicity) not in _MAJORITY


def priorities_of(row: CensusRow) -> frozenset[str]:
    """The priorities a delegate meets: those marked, and those his or her facts tell."""
    met = set(row.priorities)
    if row.sex == "F":
        met.add(WOMEN)
    if is_minority(row.ethnicity):
        met.add(ETHNIC_MINORITY)
    return frozenset(met)


@dataclass(frozen=True)
class Census:
    """Counts by code; `UNKNOWN` is a code of its own where facts can be missing."""

    total: int
    category: dict[str, int]
    sex: dict[str, int]
    minority: dict[str, int]  # "yes", "no", "unknown"
    field: dict[str, int]
    priorities: dict[str, int]


def census(rows: Iterable[CensusRow], known_priorities: Sequence[str] = ()) -> Census:
    """Count the rows; the known priorities are listed first, also those nobody meets."""
    counted = list(rows)
    priorities = Counter(code for row in counted for code in priorities_of(row))
    return Census(
        total=len(counted),
        category=_count(row.category for row in counted),
        sex=_count(row.sex for row in counted),
        minority=_count(_answer(is_minority(row.ethnicity)) for row in counted),
        field=_count(row.field for row in counted),
        priorities={code: priorities[code] for code in dict.fromkeys(known_priorities)}
        | {code: n for code, n in sorted(priorities.items()) if code not in known_priorities},
    )


def _answer(value: bool | None) -> str | None:
    return None if value is None else "yes" if value else "no"


def _count(values: Iterable[str | None]) -> dict[str, int]:
    """Counts, the largest first, the unknown last (also when there is none)."""
    counts = Counter(value or UNKNOWN for value in values)
    unknown = counts.pop(UNKNOWN, 0)
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return {**dict(ordered), UNKNOWN: unknown}
