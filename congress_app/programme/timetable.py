"""When each item starts and ends: times follow from order and minutes, pins hold.

The first item starts with the session. An item with a pin starts at its pin: time left
before it is a gap, time missing is an overrun, and both are told, never hidden.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from congress_app.kernel.sentences import N_

ITEM_KINDS: dict[str, str] = {
    "reception": N_("Đón tiếp, ổn định"),
    "performance": N_("Văn nghệ"),
    "ceremony": N_("Nghi lễ"),
    "procedure": N_("Thủ tục, thông qua"),
    "opening": N_("Khai mạc"),
    "summary_report": N_("Báo cáo tổng kết"),
    "report": N_("Báo cáo"),
    "speech": N_("Tham luận"),
    "exchange": N_("Giao lưu điển hình"),
    "discussion": N_("Thảo luận"),
    "address": N_("Phát biểu chỉ đạo"),
    "election": N_("Bầu cử"),
    "announcement": N_("Công bố kết quả"),
    "award": N_("Khen thưởng"),
    "launch": N_("Phát động thi đua"),
    "break": N_("Giải lao"),
    "closing": N_("Bế mạc"),
    "other": N_("Nội dung khác"),
}
SESSION_KINDS: dict[str, str] = {
    "preparatory": N_("Phiên trù bị"),
    "official": N_("Phiên chính thức"),
}


@dataclass(frozen=True)
class Planned:
    """An item as the timetable reads it: how long, and pinned to when."""

    key: int
    minutes: int
    pinned_at: datetime | None = None


@dataclass(frozen=True)
class Slot:
    """An item's place in time.

    `gap` minutes stand empty before it; `overrun` minutes are missing before its pin, so
    the items before it end after it should start.
    """

    key: int
    starts: datetime
    ends: datetime
    gap: int = 0
    overrun: int = 0


def timetable(starts: datetime, items: Sequence[Planned]) -> list[Slot]:
    """Slots of the items in their order, the first one from `starts`."""
    slots: list[Slot] = []
    free = starts
    for item in items:
        begin = item.pinned_at or free
        difference = int((begin - free).total_seconds() // 60)
        end = begin + timedelta(minutes=item.minutes)
        slots.append(
            Slot(item.key, begin, end, gap=max(difference, 0), overrun=max(-difference, 0))
        )
        free = max(free, end)
    return slots


def ends_at(starts: datetime, slots: Sequence[Slot]) -> datetime:
    """When the session ends; its start when it holds nothing."""
    return max((slot.ends for slot in slots), default=starts)


def now_and_next(slots: Sequence[Slot], at: datetime) -> tuple[Slot | None, Slot | None]:
    """The item running at the instant, and the first one after it."""
    running = next((slot for slot in slots if slot.starts <= at < slot.ends), None)
    coming = next((slot for slot in slots if slot.starts > at), None)
    return running, coming


def missing_items(mandatory: Sequence[str], kinds: Sequence[str]) -> list[str]:
    """The mandatory kinds of the guidance that no item has, in the guidance's order."""
    present = set(kinds)
    return [kind for kind in mandatory if kind not in present]
