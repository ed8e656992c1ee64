"""When each item starts and ends: times follow from order and minutes, pins hold.

The first item starts with the session. An item with a pin starts at its pin: time left
before it is a gap, time missing is an overrun, and both are told, never hidden. A parallel
item (counting ballots) starts when it is reached and takes no time of the line.
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
    "counting": N_("Kiểm phiếu"),
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
    """An item as the timetable reads it: how long, pinned to when, beside others or not."""

    key: int
    minutes: int
    pinned_at: datetime | None = None
    parallel: bool = False


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
    parallel: bool = False


def timetable(starts: datetime, items: Sequence[Planned]) -> list[Slot]:
    """Slots of the items in their order, the first one from `starts`."""
    slots: list[Slot] = []
    free = starts
    for item in items:
        begin = item.pinned_at or free
        end = begin + timedelta(minutes=item.minutes)
        if item.parallel:
            slots.append(Slot(item.key, begin, end, parallel=True))
            continue
        difference = int((begin - free).total_seconds() // 60)
        slots.append(
            Slot(item.key, begin, end, gap=max(difference, 0), overrun=max(-difference, 0))
        )
        free = max(free, end)
    return slots


def ends_at(starts: datetime, slots: Sequence[Slot]) -> datetime:
    """When the session ends; its start when it holds nothing."""
    return max((slot.ends for slot in slots), default=starts)


def now_and_next(slots: Sequence[Slot], at: datetime) -> tuple[Slot | None, Slot | None]:
    """The item running at the instant, and the first one after it.

    What runs on the line goes before what runs beside it.
    """
    running = [slot for slot in slots if slot.starts <= at < slot.ends]
    on_the_line = next((slot for slot in running if not slot.parallel), None)
    coming = next((slot for slot in slots if slot.starts > at), None)
    return on_the_line or next(iter(running), None), coming


def missing_items(mandatory: Sequence[str], kinds: Sequence[str]) -> list[str]:
    """The mandatory kinds of the guidance that no item has, in the guidance's order."""
    present = set(kinds)
    return [kind for kind in mandatory if kind not in present]
