"""Made-up movements of 2021–2025 and what units reported: mostly in time, some late or never."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from congress_app.exemplars.movement_facts import MovementEntry
from congress_app.exemplars.movements import (
    MovementFacts,
    MovementKind,
    Quarter,
    Reporters,
    reported_day,
)

OF_THE_SECTOR = (
    MovementEntry(
        "Đoàn kết, chủ động, đổi mới, sáng tạo, kỷ cương, phát triển",
        MovementKind.REGULAR,
        date(2021, 1, 1),
        date(2025, 12, 31),
        goals="Hoàn thành vượt mức kế hoạch thu, phát triển người tham gia và giải quyết chế "
        "độ được giao hằng năm.",
        criteria="Tỷ lệ hoàn thành kế hoạch thu; số người tham gia mới; hồ sơ đúng hạn; số "
        "điển hình được phát hiện.",
        document="Văn bản phát động số 01/PĐ-BHXH (minh họa)",
    ),
    MovementEntry(
        "Chuyển đổi số, bớt giấy tờ cho người dân",
        MovementKind.THEME,
        date(2022, 4, 1),
        date(2024, 6, 30),
        goals="Hồ sơ trực tuyến chiếm đa số; người dân không phải nộp lại giấy tờ đã có dữ liệu.",
        criteria="Tỷ lệ hồ sơ trực tuyến; số thủ tục cắt giảm; số người cài VssID.",
        document="Văn bản phát động số 02/PĐ-BHXH (minh họa)",
    ),
    MovementEntry(
        "Nước rút phát triển BHXH tự nguyện, BHYT hộ gia đình",
        MovementKind.CAMPAIGN,
        date(2025, 7, 1),
        date(2025, 12, 15),
        goals="Đạt chỉ tiêu người tham gia của cả năm trước ngày 15/12.",
        criteria="Số người tham gia mới so với kế hoạch.",
        document="Văn bản phát động số 03/PĐ-BHXH (minh họa)",
        report_days=5,
    ),
)
OF_A_PROVINCE = MovementEntry(
    "Nụ cười một cửa",
    MovementKind.THEME,
    date(2024, 7, 1),
    date(2025, 12, 31),
    goals="Mọi hồ sơ được hướng dẫn một lần, trả đúng hẹn.",
    criteria="Tỷ lệ hồ sơ đúng hẹn; phiếu hài lòng của người dân.",
    document="Văn bản phát động số 04/PĐ-BHXH (minh họa)",
    reporters=Reporters.BASE,
)
_WORDS = (
    "Giao chỉ tiêu đến từng người, kiểm điểm hằng tuần.",
    "Phối hợp với bưu điện, hội phụ nữ tuyên truyền tại thôn, xóm.",
    "Có cách làm hay được đơn vị bạn học tập.",
    "Còn chậm ở các xã vùng cao, đường xa, dân cư thưa.",
    "Số hồ sơ tăng, thiếu người nên có hồ sơ trễ hẹn.",
)
_NEVER, _LATE, _NO_FIGURE = 0.04, 0.07, 0.08


@dataclass(frozen=True, slots=True)
class ReportMade:
    """A report of a unit; `on` is the day it was written."""

    reached: int | None
    text: str
    on: date


def a_report(rng: Random, movement: MovementFacts, quarter: Quarter) -> ReportMade | None:
    """What a unit reports of a quarter; None when it never does."""
    if rng.random() < _NEVER:
        return None
    is_late = rng.random() < _LATE
    days = movement.report_days
    after = rng.randint(days + 1, days + 30) if is_late else rng.randint(1, days)
    reached = None if rng.random() < _NO_FIGURE else min(140, max(55, round(rng.gauss(98, 9))))
    text = " ".join(rng.sample(_WORDS, rng.choice((1, 2))))
    return ReportMade(reached, text, reported_day(movement, quarter) + timedelta(days=after))
