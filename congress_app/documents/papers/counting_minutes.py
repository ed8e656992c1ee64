"""Biên bản kiểm phiếu."""

from __future__ import annotations

from congress_app.documents.papers.base import Kind, Post
from congress_app.kernel.sentences import N_

COUNTING_MINUTES = Kind(
    "counting_minutes",
    N_("Biên bản kiểm phiếu"),
    "BB",
    "congress",
    "minutes",
    "Bầu đại biểu dự {hoi_nghi_cap_tren}",
    text="""Hôm nay, {ngay_to_chuc}, tại {dia_diem}, Ban Kiểm phiếu của {ten_hoi_nghi} lập biên \
bản về kết quả kiểm phiếu như sau:
**1.** Số đại biểu cần bầu: {so_duoc_bau}. Số người trong danh sách bầu cử: {so_ung_cu}.
? **2.** Số phiếu phát ra: {phieu_phat_ra}; thu vào: {phieu_thu_vao}; hợp lệ: {phieu_hop_le}; \
không hợp lệ: {phieu_khong_hop_le}.
? **3.** Số phiếu tối thiểu để trúng cử: {so_phieu_can}.
**4.** Kết quả:
{bang_ket_qua_bau}
Phiếu bầu được niêm phong và bàn giao cho Đoàn Chủ tịch. Biên bản được lập thành hai bản và \
công bố trước Hội nghị.""",
    posts=(Post("THƯ KÝ", "tellers", "Thư ký"), Post("TRƯỞNG BAN KIỂM PHIẾU", "tellers")),
)
