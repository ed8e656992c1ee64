"""Quy chế làm việc."""

from __future__ import annotations

from congress_app.documents.papers.base import Kind
from congress_app.kernel.sentences import N_

WORKING_REGULATIONS = Kind(
    "working_regulations",
    N_("Quy chế làm việc"),
    "QC",
    "congress",
    "named",
    "{ten_hoi_nghi}",
    text="""# Điều 1. Nguyên tắc làm việc
Hội nghị làm việc theo nguyên tắc tập trung dân chủ, biểu quyết theo đa số. Hội nghị họp \
{thoi_luong}, {ngay_to_chuc}.
# Điều 2. Đoàn Chủ tịch
Đoàn Chủ tịch điều hành Hội nghị theo chương trình đã được thông qua; phân công thành viên điều \
hành từng nội dung; kết luận những vấn đề được thảo luận.
# Điều 3. Đoàn Thư ký
Đoàn Thư ký ghi biên bản, tổng hợp ý kiến, dự thảo nghị quyết; phát và thu hồi tài liệu.
# Điều 4. Ban Thẩm tra tư cách đại biểu và Ban Kiểm phiếu
Ban Thẩm tra báo cáo Hội nghị về tư cách đại biểu. Ban Kiểm phiếu hướng dẫn bỏ phiếu, kiểm \
phiếu và công bố kết quả; người có tên trong danh sách bầu cử không tham gia Ban Kiểm phiếu.
# Điều 5. Đại biểu
Đại biểu dự đủ các phiên họp, ngồi đúng vị trí, đeo thẻ đại biểu; muốn vắng mặt phải báo trưởng \
đoàn và được Đoàn Chủ tịch đồng ý. Đại biểu phát biểu khi được mời, đúng thời gian quy định.
# Điều 6. Biểu quyết
Đại biểu biểu quyết bằng giơ tay, trừ nội dung phải bỏ phiếu kín. Khách mời không biểu quyết.
# Điều 7. Hiệu lực
Quy chế này có hiệu lực sau khi được Hội nghị thông qua.""",
    recipients=("Các đại biểu",),
)
