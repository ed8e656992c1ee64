"""Giấy triệu tập: calls the delegates.

It is not among the 29 kinds of Nghị định 30/2020, Điều 7: its form is that of a Thông báo
(TB), its customary name stays in the subject.
"""

from __future__ import annotations

from congress_app.documents.papers.base import Kind
from congress_app.kernel.sentences import N_

CONVOCATION = Kind(
    "convocation",
    N_("Giấy triệu tập đại biểu"),
    "TB",
    "committee",
    "named",
    "Triệu tập đại biểu dự {ten_hoi_nghi}",
    text="""Ban Tổ chức triệu tập {danh_xung} **{ho_ten}**, {thanh_phan}, về dự {ten_hoi_nghi}.
? Chức vụ: {chuc_vu}.
? Đơn vị: {don_vi_cong_tac}.
? Số đại biểu: {so_dai_bieu}.
**1. Thời gian:** {gio_bat_dau}, {thu}, {ngay_to_chuc}. Đại biểu có mặt trước giờ khai mạc 30 \
phút để điểm danh, nhận tài liệu.
**2. Địa điểm:** {dia_diem}.
? Địa chỉ: {dia_chi}.
**3. Trang phục:** nam mặc com lê hoặc sơ mi, thắt cà vạt; nữ mặc áo dài hoặc trang phục công sở.
**4.** Đại biểu mang theo Thông báo này và thẻ đại biểu. Đại biểu không dự được báo trưởng đoàn \
và Ban Tổ chức, nêu rõ lý do.""",
    addressees=("{danh_xung} {ho_ten}",),
    recipients=("Như trên", "Trưởng đoàn đại biểu"),
    per_recipient=True,
    message="""{danh_xung} {ho_ten} được triệu tập dự {ten_hoi_nghi}.
Thời gian: {gio_bat_dau}, {thu}, {ngay_to_chuc}; có mặt trước 30 phút để điểm danh.
Địa điểm: {dia_diem}.
Xin mang theo thẻ đại biểu.""",
    heading="Thông báo",
)
