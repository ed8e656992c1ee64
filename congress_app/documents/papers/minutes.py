"""Biên bản hội nghị (Nghị định 30/2020, Mẫu 1.9): no place and date, two signatures."""

from __future__ import annotations

from congress_app.documents.papers.base import Kind, Post
from congress_app.kernel.sentences import N_

MINUTES = Kind(
    "minutes",
    N_("Biên bản hội nghị"),
    "BB",
    "congress",
    "minutes",
    "{ten_hoi_nghi}",
    text="""**Thời gian bắt đầu:** {gio_bat_dau}, {ngay_to_chuc}.
**Địa điểm:** {dia_diem}.
**Thành phần tham dự:** {so_trieu_tap} đại biểu được triệu tập, có mặt {so_co_mat}.
? Vắng mặt: {so_vang}.
# Nội dung
{dien_bien}
? Hội nghị bầu {so_trung_cu} đại biểu dự {hoi_nghi_cap_tren}.
Biên bản này được thông qua trước Hội nghị. Hội nghị kết thúc vào {gio_ket_thuc} cùng ngày.""",
    recipients=("Đoàn Chủ tịch",),
    posts=(Post("THƯ KÝ", "secretariat"), Post("CHỦ TỌA", "presidium")),
    heading="Biên bản",
)
