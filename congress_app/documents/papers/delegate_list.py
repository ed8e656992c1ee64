"""Danh sách trích ngang đại biểu, landscape."""

from __future__ import annotations

from congress_app.documents.papers.base import Kind
from congress_app.kernel.sentences import N_

DELEGATE_LIST = Kind(
    "delegate_list",
    N_("Danh sách trích ngang đại biểu"),
    "",
    "committee",
    "named",
    "Dự {ten_hoi_nghi}",
    text="""Tổng số đại biểu trong danh sách: {so_trieu_tap}.
{bang_dai_bieu}""",
    landscape=True,
    is_sensitive=True,
)
