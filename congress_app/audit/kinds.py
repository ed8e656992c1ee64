"""What the log calls the things it tells of, by the name of their table."""

from __future__ import annotations

from congress_app.kernel.sentences import N_

KINDS: dict[str, str] = {
    "audit": N_("Nhật ký"),
    "badge": N_("Thẻ đại biểu"),
    "badge_design": N_("Mẫu thẻ"),
    "badge_print": N_("Lần in thẻ"),
    "candidate": N_("Người trong danh sách bầu cử"),
    "cluster": N_("Cụm thi đua"),
    "committee_seat": N_("Thành viên ban"),
    "congress": N_("Hội nghị, Đại hội"),
    "data_request": N_("Yêu cầu về dữ liệu cá nhân"),
    "delegate": N_("Đại biểu"),
    "device": N_("Máy quét"),
    "document": N_("Văn bản"),
    "document_text": N_("Mẫu nội dung văn bản"),
    "dossier": N_("Hồ sơ lưu trữ"),
    "elected_place": N_("Người trúng cử"),
    "election": N_("Cuộc bầu cử"),
    "election_round": N_("Lượt bầu"),
    "excuse": N_("Vắng có lý do"),
    "exemplar": N_("Điển hình"),
    "hall": N_("Hội trường"),
    "job": N_("Việc làm trên máy chủ"),
    "link": N_("Đường dẫn riêng"),
    "person": N_("Người"),
    "programme_item": N_("Nội dung chương trình"),
    "rulebook": N_("Quy định"),
    "scan": N_("Lượt quét"),
    "scan_conflict": N_("Mâu thuẫn khi quét"),
    "season": N_("Mùa đại hội"),
    "server_key": N_("Khóa của máy chủ"),
    "session": N_("Phiên"),
    "speaking_turn": N_("Lượt phát biểu"),
    "speech": N_("Tham luận"),
    "transmission": N_("Danh sách bầu gửi lên"),
    "unit": N_("Đơn vị"),
    "user_account": N_("Tài khoản"),
}
