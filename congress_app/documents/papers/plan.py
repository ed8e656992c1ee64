"""Kế hoạch tổ chức."""

from __future__ import annotations

from congress_app.documents.papers.base import Kind
from congress_app.kernel.sentences import N_

PLAN = Kind(
    "plan",
    N_("Kế hoạch tổ chức"),
    "KH",
    "unit",
    "named",
    "Tổ chức {ten_hoi_nghi}",
    text="""? Thực hiện {can_cu}, {ten_don_vi} xây dựng kế hoạch tổ chức {ten_hoi_nghi} như sau:
# I. MỤC ĐÍCH, YÊU CẦU
1. Tổng kết phong trào thi đua và công tác khen thưởng giai đoạn {giai_doan}; biểu dương, nhân \
rộng các điển hình tiên tiến; đề ra phương hướng cho giai đoạn tiếp theo.
2. Việc tổ chức bảo đảm trang trọng, thiết thực, tiết kiệm và đúng thời gian quy định.
# II. THỜI GIAN, ĐỊA ĐIỂM
1. Thời gian: {thoi_luong}, {ngay_to_chuc}.
2. Địa điểm: {dia_diem}.
# III. THÀNH PHẦN, SỐ LƯỢNG
? 1. Số đại biểu không quá {so_toi_da} người.
2. Đại biểu gồm khách mời, đại biểu chính thức và đại biểu được bầu từ các đơn vị.
# IV. NỘI DUNG
1. Báo cáo tổng kết phong trào thi đua, công tác khen thưởng và phương hướng, nhiệm vụ.
2. Báo cáo tham luận, giao lưu với các điển hình tiên tiến.
? 3. Bầu và thông qua danh sách đại biểu dự {hoi_nghi_cap_tren}.
# V. TỔ CHỨC THỰC HIỆN
1. Ban Tổ chức phân công nhiệm vụ, theo dõi, đôn đốc việc chuẩn bị.
2. Các đơn vị trực thuộc gửi danh sách đại biểu và báo cáo tham luận đúng hạn.
3. Kinh phí thực hiện theo quy định hiện hành, trong dự toán được giao.""",
    recipients=("Đơn vị cấp trên (để báo cáo)", "Các đơn vị trực thuộc"),
    heading="Kế hoạch",
)
