"""Quyết định thành lập Ban Tổ chức."""

from __future__ import annotations

from congress_app.documents.papers.base import Annex, Kind
from congress_app.kernel.sentences import N_

COMMITTEE_DECISION = Kind(
    "committee_decision",
    N_("Quyết định thành lập Ban Tổ chức"),
    "QĐ",
    "unit",
    "named",
    "Thành lập Ban Tổ chức {ten_hoi_nghi}",
    text="""? ~ Căn cứ {can_cu};
? ~ Căn cứ Kế hoạch số {so_ke_hoach} về việc tổ chức {ten_hoi_nghi};
~ Theo đề nghị của bộ phận phụ trách công tác thi đua, khen thưởng.
> QUYẾT ĐỊNH:
**Điều 1.** Thành lập Ban Tổ chức {ten_hoi_nghi} gồm các ông, bà có tên trong danh sách kèm theo.
**Điều 2.** Ban Tổ chức có nhiệm vụ chuẩn bị nội dung, chương trình, nhân sự, cơ sở vật chất và \
điều hành Hội nghị; tự giải thể sau khi hoàn thành nhiệm vụ.
**Điều 3.** Quyết định này có hiệu lực kể từ ngày ký.
**Điều 4.** Thủ trưởng các đơn vị có liên quan và các ông, bà có tên tại Điều 1 chịu trách \
nhiệm thi hành Quyết định này.""",
    recipients=("Như Điều 4",),
    annexes=(Annex(N_("Danh sách Ban Tổ chức"), "bang_ban_to_chuc"),),
    listed=N_("Thành viên Ban Tổ chức"),
    heading="Quyết định",
)
