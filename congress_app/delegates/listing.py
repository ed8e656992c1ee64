"""What a reader wants to see of the list: filters and order, read from an address.

The page, the export and bulk acts take the same value, so they mean the same delegates.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from congress_app.congresses.rulebook import Category
from congress_app.delegates.credentials import State
from congress_app.kernel.sentences import N_
from congress_app.kernel.vietnamese import nfc

SORTS = ("name", "-name", "number", "-number", "delegation")
SORT_LABELS: dict[str, str] = {
    "name": N_("Tên"),
    "-name": N_("Tên, từ cuối"),
    "number": N_("Số đại biểu"),
    "-number": N_("Số đại biểu, từ lớn"),
    "delegation": N_("Đoàn"),
}
# Facts a credentials report needs; the last two are sensitive.
GAP_LABELS: dict[str, str] = {
    "any": N_("Thiếu bất kỳ mục nào"),
    "birth": N_("Thiếu ngày sinh"),
    "sex": N_("Thiếu giới tính"),
    "position": N_("Thiếu chức vụ"),
    "education": N_("Thiếu trình độ chuyên môn"),
    "political_theory": N_("Thiếu lý luận chính trị"),
    "field": N_("Thiếu lĩnh vực"),
    "phone": N_("Thiếu điện thoại"),
    "ethnicity": N_("Thiếu dân tộc"),
    "party_member": N_("Thiếu thông tin đảng viên"),
}
SENSITIVE_GAPS = ("ethnicity", "party_member")
# The state filter's value for everybody who holds a place, and for whoever does not.
ACTIVE, GONE = "active", "gone"


@dataclass(frozen=True)
class Wanted:
    """Which delegates to list, in which order; "" or None leaves a filter out.

    `state` is a state, `ACTIVE` or `GONE`; `delegation` a unit's number, or 0 for guests
    from outside the sector.
    """

    text: str = ""
    delegation: int | None = None
    category: str = ""
    state: str = ""
    priority: str = ""
    gap: str = ""
    excepted: bool = False
    sort: str = "name"

    @property
    def is_narrowed(self) -> bool:
        """True when a filter is set; the order is none."""
        return any(key not in ("sort",) for key in self.as_arguments())

    def asks_sensitive(self, open_priorities: Collection[str]) -> bool:
        """True when whoever is found would be told by a sensitive fact."""
        return self != self.open_part(open_priorities)

    def open_part(self, open_priorities: Collection[str]) -> Wanted:
        """The same without filters that would tell a sensitive fact."""
        return replace(
            self,
            priority=self.priority if self.priority in open_priorities else "",
            gap="" if self.gap in SENSITIVE_GAPS else self.gap,
        )

    def as_arguments(self) -> dict[str, Any]:
        """The address's arguments, only those that say something."""
        given = {
            "text": self.text,
            "delegation": "" if self.delegation is None else str(self.delegation),
            "category": self.category,
            "state": self.state,
            "priority": self.priority,
            "gap": self.gap,
            "excepted": "1" if self.excepted else "",
            "sort": "" if self.sort == "name" else self.sort,
        }
        return {key: value for key, value in given.items() if value}


def read(arguments: Mapping[str, str]) -> Wanted:
    """Read an address; what is not understood is left out, never an error."""
    delegation = arguments.get("delegation", "")
    state = arguments.get("state", "")
    category = arguments.get("category", "")
    gap = arguments.get("gap", "")
    sort = arguments.get("sort", "")
    return Wanted(
        text=nfc(arguments.get("text", ""))[:100],
        delegation=int(delegation)
        if delegation.isascii() and delegation.isdigit() and len(delegation) < 10
        else None,
        category=category if category in set(Category) else "",
        state=state if state in {*State, ACTIVE, GONE} else "",
        priority=nfc(arguments.get("priority", ""))[:60],
        gap=gap if gap in GAP_LABELS else "",
        excepted=arguments.get("excepted") == "1",
        sort=sort if sort in SORTS else "name",
    )


@dataclass(frozen=True)
class Listed:
    """A list to take along: its filters as an address holds them, for whom, which columns."""

    filters: Mapping[str, str]
    within: tuple[str, ...]
    sensitive: bool
    title: str

    @property
    def wanted(self) -> Wanted:
        """The filters as the list reads them."""
        return read(self.filters)
