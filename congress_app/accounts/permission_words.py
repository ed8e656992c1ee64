"""What each permission lets somebody do, in the words an administrator reads."""

from __future__ import annotations

from congress_app.kernel.permissions import Permission
from congress_app.kernel.sentences import N_

_P = Permission

PERMISSION_LABELS: dict[Permission, str] = {
    _P.AUDIT_READ: N_("Xem nhật ký"),
    _P.BADGE_ISSUE: N_("Cấp thẻ đại biểu"),
    _P.BADGE_PRINT: N_("In thẻ đại biểu"),
    _P.CHECKIN_READ: N_("Xem điểm danh"),
    _P.CHECKIN_SCAN: N_("Quét thẻ, điểm danh"),
    _P.CHECKIN_SUPERVISE: N_("Giám sát điểm danh"),
    _P.CONGRESS_PLAN: N_("Lập và sửa kế hoạch hội nghị"),
    _P.CONGRESS_READ: N_("Xem hội nghị"),
    _P.CREDENTIAL_DECIDE: N_("Kết luận tư cách đại biểu"),
    _P.CREDENTIAL_READ: N_("Xem tư cách đại biểu"),
    _P.DELEGATE_DECIDE: N_("Duyệt, thay, rút đại biểu"),
    _P.DELEGATE_EXCEPT: N_("Cho vượt số lượng có văn bản"),
    _P.DELEGATE_IMPORT: N_("Nhập danh sách đại biểu từ tệp"),
    _P.DELEGATE_READ: N_("Xem đại biểu"),
    _P.DELEGATE_READ_SENSITIVE: N_("Xem dân tộc, đảng viên của đại biểu"),
    _P.DELEGATE_REGISTER: N_("Ghi danh đại biểu"),
    _P.DEVICE_MANAGE: N_("Quản lý máy quét"),
    _P.DOCUMENT_EDIT: N_("Soạn văn bản"),
    _P.DOCUMENT_ISSUE: N_("Ban hành văn bản"),
    _P.DOCUMENT_READ: N_("Xem văn bản"),
    _P.DOSSIER_MANAGE: N_("Lập hồ sơ lưu trữ, xóa dữ liệu làm việc"),
    _P.ELECTION_CERTIFY: N_("Công nhận kết quả bầu cử"),
    _P.ELECTION_COUNT: N_("Nhập phiếu kiểm"),
    _P.ELECTION_MANAGE: N_("Tổ chức bầu cử"),
    _P.ELECTION_READ: N_("Xem bầu cử"),
    _P.EXEMPLAR_DECIDE: N_("Bình xét điển hình"),
    _P.EXEMPLAR_NOMINATE: N_("Đề cử điển hình"),
    _P.EXEMPLAR_READ: N_("Xem điển hình"),
    _P.PERSON_RIGHTS: N_("Giải quyết yêu cầu về dữ liệu cá nhân"),
    _P.PROGRAMME_EDIT: N_("Sửa chương trình"),
    _P.PROGRAMME_READ: N_("Xem chương trình"),
    _P.QUOTA_APPROVE: N_("Duyệt phân bổ"),
    _P.QUOTA_PROPOSE: N_("Lập phương án phân bổ"),
    _P.QUOTA_READ: N_("Xem phân bổ"),
    _P.RULEBOOK_EDIT: N_("Sửa quy định"),
    _P.SELF: N_("Dùng tài khoản của mình"),
    _P.SPEECH_REVIEW: N_("Chấm tham luận"),
    _P.SPEECH_SUBMIT: N_("Gửi tham luận"),
    _P.UNIT_EDIT: N_("Sửa đơn vị"),
    _P.UNIT_READ: N_("Xem đơn vị"),
    _P.USER_MANAGE: N_("Quản lý tài khoản"),
}
