"""Số liệu phục vụ báo cáo tổng kết: delegates and exemplars, counted."""

from __future__ import annotations

from congress_app.documents.papers.base import Kind
from congress_app.kernel.sentences import N_

SUMMARY_FIGURES = Kind(
    "summary_figures",
    N_("Số liệu báo cáo tổng kết"),
    "",
    "committee",
    "named",
    "Phục vụ báo cáo tổng kết tại {ten_hoi_nghi}",
    text="""? Giai đoạn tổng kết: {giai_doan}.
? Ngày tổ chức: {ngay_to_chuc}.
{bang_thong_ke}
? {bang_dien_hinh}""",
    is_sensitive=True,
    heading="Số liệu tổng hợp",
)
