"""Danh sách ký nhận: room for each delegate's signature."""

from __future__ import annotations

from congress_app.documents.papers.base import Kind
from congress_app.kernel.sentences import N_

ATTENDANCE_SHEET = Kind(
    "attendance_sheet",
    N_("Danh sách ký nhận của đại biểu"),
    "",
    "committee",
    "named",
    "{ten_hoi_nghi}",
    text="""? Ngày họp: {ngay_to_chuc}.
Số đại biểu triệu tập: {so_trieu_tap}.
{bang_ky_nhan}""",
)
