"""Outlines of programmes to start from: half a day at base, half a day and one day above.

Proposals, not rules: minutes are the ones usual at provincial congresses, the order puts
what the guidance of 30/09/2019 asks for (summary report, speeches with exchange, election
of delegates upward) into a morning. Counting votes runs beside the items that follow the
ballot; its announcement is an item of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time

from congress_app.kernel.sentences import N_


@dataclass(frozen=True)
class OutlineItem:
    """One line of an outline."""

    kind: str
    title: str
    minutes: int
    parallel: bool = False


@dataclass(frozen=True)
class OutlineSession:
    """A session of an outline with its usual start."""

    kind: str
    title: str
    starts: time
    items: tuple[OutlineItem, ...]

    @property
    def minutes(self) -> int:
        """How long it takes; what runs beside others takes nothing."""
        return sum(item.minutes for item in self.items if not item.parallel)


@dataclass(frozen=True)
class Outline:
    """A programme to start from."""

    key: str
    title: str
    sessions: tuple[OutlineSession, ...]


_I = OutlineItem

BASE_HALF_DAY = Outline(
    "base_half_day",
    N_("Cấp cơ sở, 1/2 ngày"),
    (
        OutlineSession(
            "official",
            N_("Hội nghị điển hình tiên tiến"),
            time(8, 0),
            (
                _I("procedure", N_("Chào cờ, giới thiệu đại biểu, thông qua chương trình"), 10),
                _I("summary_report", N_("Báo cáo tổng kết phong trào thi đua 5 năm"), 20),
                _I("speech", N_("Tham luận"), 10),
                _I("speech", N_("Tham luận"), 10),
                _I("discussion", N_("Thảo luận, trao đổi kinh nghiệm"), 15),
                _I("election", N_("Bầu đại biểu dự hội nghị cấp trên"), 15),
                _I("counting", N_("Kiểm phiếu"), 10, parallel=True),
                _I("address", N_("Phát biểu của lãnh đạo"), 10),
                _I("announcement", N_("Công bố kết quả, thông qua danh sách đại biểu"), 5),
                _I("award", N_("Trao khen thưởng"), 10),
                _I("closing", N_("Bế mạc"), 5),
            ),
        ),
    ),
)

_MORNING = (
    _I("performance", N_("Văn nghệ chào mừng"), 20),
    _I("ceremony", N_("Chào cờ"), 5),
    _I("procedure", N_("Tuyên bố lý do, giới thiệu đại biểu"), 10),
    _I("procedure", N_("Thông qua Đoàn Chủ tịch, Đoàn Thư ký và các ban của hội nghị"), 10),
    _I("report", N_("Báo cáo thẩm tra tư cách đại biểu"), 5),
    _I("opening", N_("Diễn văn khai mạc"), 10),
    _I("summary_report", N_("Báo cáo tổng kết phong trào thi đua và công tác khen thưởng"), 25),
    _I("speech", N_("Tham luận"), 10),
    _I("speech", N_("Tham luận"), 10),
    _I("speech", N_("Tham luận"), 10),
    _I("speech", N_("Tham luận"), 10),
    _I("break", N_("Giải lao"), 15),
    _I("exchange", N_("Giao lưu với các điển hình tiên tiến"), 20),
    _I("election", N_("Bầu đại biểu dự Đại hội cấp trên"), 20),
    _I("counting", N_("Kiểm phiếu"), 30, parallel=True),
    _I("address", N_("Phát biểu chỉ đạo"), 15),
    _I("award", N_("Trao khen thưởng"), 20),
    _I("announcement", N_("Công bố kết quả bầu, đoàn đại biểu ra mắt"), 5),
    _I("launch", N_("Phát động thi đua, ký giao ước"), 10),
    _I("closing", N_("Thông qua nghị quyết, bế mạc, chào cờ"), 10),
)

UPPER_HALF_DAY = Outline(
    "upper_half_day",
    N_("Cấp trên cơ sở, 1/2 ngày"),
    (OutlineSession("official", N_("Phiên chính thức"), time(7, 30), _MORNING),),
)

FULL_DAY = Outline(
    "full_day",
    N_("1 ngày: trù bị và chính thức"),
    (
        OutlineSession(
            "preparatory",
            N_("Phiên trù bị"),
            time(7, 30),
            (
                _I("procedure", N_("Thông qua chương trình, quy chế làm việc"), 10),
                _I("procedure", N_("Thông qua Đoàn Chủ tịch, Thư ký và các ban"), 10),
                _I("report", N_("Báo cáo tình hình đại biểu"), 10),
                _I("procedure", N_("Hướng dẫn đại biểu, duyệt nghi lễ"), 30),
            ),
        ),
        OutlineSession(
            "official",
            N_("Phiên chính thức (buổi sáng)"),
            time(8, 30),
            (
                *_MORNING[:3],
                *_MORNING[4:11],
                _I("break", N_("Giải lao"), 15),
                _I("speech", N_("Tham luận"), 10),
                _I("speech", N_("Tham luận"), 10),
                _I("exchange", N_("Giao lưu với các điển hình tiên tiến"), 30),
            ),
        ),
        OutlineSession(
            "official",
            N_("Phiên chính thức (buổi chiều)"),
            time(13, 30),
            (
                _I("discussion", N_("Diễn đàn trao đổi mô hình, giải pháp"), 45),
                _I("election", N_("Bầu đại biểu dự Đại hội cấp trên"), 25),
                _I("counting", N_("Kiểm phiếu"), 40, parallel=True),
                _I("address", N_("Phát biểu chỉ đạo"), 15),
                _I("award", N_("Trao khen thưởng, tôn vinh điển hình"), 30),
                _I("announcement", N_("Công bố kết quả bầu, đoàn đại biểu ra mắt"), 10),
                _I("launch", N_("Phát động thi đua, ký giao ước"), 10),
                _I("closing", N_("Thông qua nghị quyết, bế mạc, chào cờ"), 15),
            ),
        ),
    ),
)

# The national congress elects nobody upward.
_UPWARD = ("election", "counting", "announcement")


def without_election(outline: Outline) -> Outline:
    """The same outline for a congress that has no level above it."""
    sessions = tuple(
        OutlineSession(
            session.kind,
            session.title,
            session.starts,
            tuple(item for item in session.items if item.kind not in _UPWARD),
        )
        for session in outline.sessions
    )
    return Outline(outline.key, outline.title, sessions)


def announced(kinds: Sequence[str]) -> dict[int, int]:
    """Places of announcements to the places of the elections whose result they tell.

    It is the last election before that no other announcement tells.
    """
    found: dict[int, int] = {}
    for place, kind in enumerate(kinds):
        if kind != "announcement":
            continue
        open_ones = [
            number
            for number in range(place)
            if kinds[number] == "election" and number not in found.values()
        ]
        if open_ones:
            found[place] = open_ones[-1]
    return found


def outlines_for(level: str) -> tuple[Outline, ...]:
    """The outlines that fit a level, the usual one first."""
    if level == "base":
        return (BASE_HALF_DAY,)
    if level == "national":
        return (without_election(FULL_DAY), without_election(UPPER_HALF_DAY))
    return (UPPER_HALF_DAY, FULL_DAY)
