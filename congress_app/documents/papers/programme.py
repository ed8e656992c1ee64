"""Chương trình of the congress."""

from __future__ import annotations

from congress_app.documents.papers.base import Kind
from congress_app.kernel.sentences import N_

PROGRAMME = Kind(
    "programme",
    N_("Chương trình"),
    "CTr",
    "committee",
    "named",
    "{ten_hoi_nghi}",
    text="""**Thời gian:** {gio_bat_dau}, {thu}, {ngay_to_chuc}.
**Địa điểm:** {dia_diem}.
? **Địa chỉ:** {dia_chi}.
{bang_chuong_trinh}""",
    recipients=("Các đại biểu", "Đoàn Chủ tịch, Đoàn Thư ký"),
)
