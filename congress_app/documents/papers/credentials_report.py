"""Báo cáo thẩm tra tư cách đại biểu."""

from __future__ import annotations

from congress_app.documents.papers.base import Kind
from congress_app.kernel.sentences import N_

CREDENTIALS_REPORT = Kind(
    "credentials_report",
    N_("Báo cáo thẩm tra tư cách đại biểu"),
    "BC",
    "congress",
    "named",
    "Thẩm tra tư cách đại biểu dự {ten_hoi_nghi}",
    text="""Ban Thẩm tra tư cách đại biểu báo cáo {ten_hoi_nghi} như sau:
**1.** Số đại biểu chính thức và đại biểu được bầu được triệu tập: {tham_tra_trieu_tap}; có mặt: \
{tham_tra_co_mat}; vắng có lý do: {tham_tra_vang_phep}. Số khách mời: {tham_tra_khach_moi}.
**2.** Cơ cấu đại biểu:
{bang_tham_tra}
? **3.** Tuổi bình quân: {tham_tra_tuoi_binh_quan}. Đại biểu trẻ nhất: {tham_tra_tre_nhat}. \
Đại biểu cao tuổi nhất: {tham_tra_cao_tuoi_nhat}.
**4.** Số đại biểu không đủ tư cách: {tham_tra_khong_du}; đang xem xét: {tham_tra_dang_xem_xet}.
Ban Thẩm tra đề nghị Hội nghị biểu quyết công nhận tư cách đại biểu.""",
    recipients=("Đoàn Chủ tịch",),
    is_sensitive=True,
    heading="Báo cáo",
)
