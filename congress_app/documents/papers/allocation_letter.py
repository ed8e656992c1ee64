"""Công văn phân bổ đại biểu, with the annex of all units."""

from __future__ import annotations

from congress_app.documents.papers.base import Annex, Kind
from congress_app.kernel.sentences import N_

ALLOCATION_LETTER = Kind(
    "allocation_letter",
    N_("Công văn phân bổ đại biểu"),
    "",
    "unit",
    "letter",
    "phân bổ số lượng đại biểu dự {ten_hoi_nghi}",
    text="""Để chuẩn bị {ten_hoi_nghi}, {ten_don_vi} phân bổ số lượng đại biểu được bầu dự Hội \
nghị như sau:
**1.** Tổng số đại biểu được bầu là {tong_suat_bau}, phân bổ cho {so_don_vi} đơn vị theo Phụ \
lục kèm theo.
**2.** Các đơn vị bầu đúng số lượng được phân bổ; chú trọng người trực tiếp thực thi nhiệm vụ, \
gương người tốt, việc tốt, người có giải pháp hay, mô hình mới, đại biểu nữ và đại biểu là \
người dân tộc thiểu số.
**3.** Danh sách đại biểu được bầu và biên bản bầu cử gửi về {ten_don_vi} ngay sau hội nghị của \
đơn vị.
Đề nghị thủ trưởng các đơn vị triển khai thực hiện; nếu có vướng mắc, kịp thời phản ánh để được \
hướng dẫn.""",
    addressees=("Các đơn vị trực thuộc",),
    recipients=("Như trên", "Lãnh đạo đơn vị (để báo cáo)"),
    annexes=(Annex(N_("Phân bổ số lượng đại biểu được bầu"), "bang_phan_bo"),),
)
