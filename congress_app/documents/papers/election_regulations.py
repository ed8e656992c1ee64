"""Quy chế bầu cử: the congress adopts its own rule, no law prescribes it here."""

from __future__ import annotations

from congress_app.documents.papers.base import Kind
from congress_app.kernel.sentences import N_

ELECTION_REGULATIONS = Kind(
    "election_regulations",
    N_("Quy chế bầu cử"),
    "QC",
    "congress",
    "named",
    "Đại biểu dự {hoi_nghi_cap_tren}",
    text="""# Điều 1. Phạm vi
Quy chế này áp dụng cho việc bầu đại biểu dự {hoi_nghi_cap_tren} tại {ten_hoi_nghi}.
# Điều 2. Số lượng
Hội nghị bầu {chi_tieu_cap_tren} đại biểu theo số lượng cấp trên phân bổ; Hội nghị không biểu \
quyết lại số lượng này.
# Điều 3. Quyền ứng cử, đề cử
Đại biểu chính thức và đại biểu được bầu có quyền ứng cử, đề cử. Danh sách bầu cử do Hội nghị \
biểu quyết thông qua. Người xin rút do Đoàn Chủ tịch xem xét, Hội nghị quyết định.
# Điều 4. Phiếu bầu
Phiếu bầu in sẵn họ và tên, có dấu ở góc trái phía trên. Không tín nhiệm ai thì gạch ngang cả \
họ và tên người đó. Nếu danh sách không có số dư, phiếu có cột đồng ý và cột không đồng ý để \
đánh dấu X.
# Điều 5. Phiếu không hợp lệ
Phiếu không do Ban Kiểm phiếu phát hành; phiếu bầu quá số lượng; phiếu không bầu ai trong danh \
sách nhiều người; phiếu viết thêm tên, ký tên hoặc đánh dấu riêng.
# Điều 6. Người trúng cử
Người trúng cử phải được quá nửa số phiếu theo căn cứ tính do Hội nghị thông qua, lấy từ cao \
xuống cho đến đủ số lượng. Nếu số phiếu bằng nhau ở vị trí cuối thì bầu lại trong số những \
người bằng phiếu, trừ khi Hội nghị quyết định cách khác.
# Điều 7. Kiểm phiếu
Ban Kiểm phiếu lập biên bản, công bố kết quả, niêm phong phiếu và bàn giao cho Đoàn Chủ tịch.
# Điều 8. Hiệu lực
Quy chế này có hiệu lực sau khi được Hội nghị thông qua.""",
    recipients=("Các đại biểu",),
)
