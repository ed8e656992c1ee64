"""Giấy mời: guests from outside (Nghị định 30/2020, Mẫu 1.7)."""

from __future__ import annotations

from congress_app.documents.papers.base import Kind
from congress_app.kernel.sentences import N_

INVITATION = Kind(
    "invitation",
    N_("Giấy mời"),
    "GM",
    "committee",
    "named",
    "Dự {ten_hoi_nghi}",
    text="""Ban Tổ chức trân trọng kính mời: {danh_xung} **{ho_ten}**
? **Chức vụ:** {chuc_vu}.
? **Đơn vị:** {don_vi_cong_tac}.
**Tới dự:** {ten_hoi_nghi}.
**Thời gian:** {gio_bat_dau}, {thu}, {ngay_to_chuc}.
? **Thời lượng:** {thoi_luong}.
**Địa điểm:** {dia_diem}.
? **Địa chỉ:** {dia_chi}.
Rất hân hạnh được đón tiếp {danh_xung}.""",
    recipients=("Như trên",),
    per_recipient=True,
    message="""Kính gửi {danh_xung} {ho_ten},
Ban Tổ chức trân trọng kính mời {danh_xung} dự {ten_hoi_nghi}.
Thời gian: {gio_bat_dau}, {thu}, {ngay_to_chuc}.
Địa điểm: {dia_diem}.
Trân trọng kính mời.""",
)
