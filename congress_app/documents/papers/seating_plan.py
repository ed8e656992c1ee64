"""Sơ đồ chỗ ngồi: where each group sits, with everybody's seat as an annex."""

from __future__ import annotations

from congress_app.documents.papers.base import Annex, Kind
from congress_app.kernel.sentences import N_

SEATING_PLAN = Kind(
    "seating_plan",
    N_("Sơ đồ chỗ ngồi"),
    "",
    "committee",
    "named",
    "Tại {ten_hoi_nghi}",
    text="""? Ngày họp: {ngay_to_chuc}.
Đại biểu ngồi đúng chỗ đã xếp; trưởng đoàn nhắc đại biểu của đoàn mình.
{bang_cho_ngoi}""",
    annexes=(Annex(N_("Danh sách chỗ ngồi theo hàng ghế"), "bang_theo_hang"),),
)
