"""Công văn and list of those elected to the congress above."""

from __future__ import annotations

from congress_app.documents.papers.base import Annex, Kind
from congress_app.kernel.sentences import N_

ELECTED_LETTER = Kind(
    "elected_letter",
    N_("Công văn gửi danh sách đại biểu được bầu"),
    "",
    "unit",
    "letter",
    "danh sách đại biểu được bầu dự {hoi_nghi_cap_tren}",
    text="""{ten_hoi_nghi} đã bầu đại biểu dự {hoi_nghi_cap_tren}.
? Số đại biểu được phân bổ: {chi_tieu_cap_tren}.
Số đại biểu được bầu: {so_trung_cu}, có danh sách kèm theo.
{ten_don_vi} gửi danh sách để cấp trên xem xét, triệu tập.""",
    addressees=("{don_vi_cap_tren}",),
    recipients=("Như trên",),
    annexes=(Annex(N_("Danh sách đại biểu được bầu dự hội nghị cấp trên"), "bang_trung_cu", True),),
)
