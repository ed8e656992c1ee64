"""Danh mục tham luận."""

from __future__ import annotations

from congress_app.documents.papers.base import Kind
from congress_app.kernel.sentences import N_

SPEECH_LIST = Kind(
    "speech_list",
    N_("Danh mục tham luận"),
    "",
    "committee",
    "named",
    "Trình bày tại {ten_hoi_nghi}",
    text="""Số tham luận được chọn: {so_tham_luan}.
{bang_tham_luan}""",
)
