"""Báo cáo kết quả tổ chức, with the lessons learned."""

from __future__ import annotations

from congress_app.documents.papers.base import Kind
from congress_app.kernel.sentences import N_

RESULT_REPORT = Kind(
    "result_report",
    N_("Báo cáo kết quả tổ chức"),
    "BC",
    "unit",
    "named",
    "Kết quả tổ chức {ten_hoi_nghi}",
    text="""{ten_don_vi} báo cáo kết quả tổ chức {ten_hoi_nghi} như sau:
# 1. Thời gian, địa điểm
Hội nghị họp {thoi_luong}, {ngay_to_chuc}, tại {dia_diem}.
# 2. Đại biểu
Số người dự: {so_co_mat}.
? Số đại biểu được triệu tập: {so_trieu_tap}.
? Đại biểu nữ: {so_nu} ({ty_le_nu}).
# 3. Nội dung
? Hội nghị nghe {so_tham_luan} báo cáo tham luận.
Hội nghị đã thảo luận và thông qua báo cáo tổng kết giai đoạn {giai_doan}.
? Hội nghị bầu {so_trung_cu} đại biểu dự {hoi_nghi_cap_tren}.
# 4. Bài học kinh nghiệm
{rut_kinh_nghiem}""",
    addressees=("{don_vi_cap_tren}",),
    recipients=("Như trên",),
    heading="Báo cáo",
)
