"""Nghị quyết of the congress."""

from __future__ import annotations

from congress_app.documents.papers.base import Kind
from congress_app.kernel.sentences import N_

RESOLUTION = Kind(
    "resolution",
    N_("Nghị quyết"),
    "NQ",
    "congress",
    "named",
    "{ten_hoi_nghi}",
    text="""~ Căn cứ Quy chế làm việc của Hội nghị;
~ Căn cứ kết quả thảo luận và biểu quyết tại Hội nghị {ngay_to_chuc}.
> QUYẾT NGHỊ:
**Điều 1.** Thông qua Báo cáo tổng kết phong trào thi đua, công tác khen thưởng giai đoạn \
{giai_doan} và phương hướng, nhiệm vụ giai đoạn tiếp theo.
? **Điều 2.** Thông qua danh sách {so_trung_cu} đại biểu được bầu dự {hoi_nghi_cap_tren}.
**Điều 3.** Hội nghị kêu gọi toàn thể công chức, viên chức, người lao động hưởng ứng các phong \
trào thi đua, hoàn thành nhiệm vụ được giao.
**Điều 4.** Nghị quyết này được Hội nghị thông qua và có hiệu lực từ ngày ký; {ten_don_vi} chịu \
trách nhiệm tổ chức thực hiện.""",
    recipients=("Đơn vị cấp trên (để báo cáo)", "Các đơn vị trực thuộc"),
)
