"""Words for the codes in the log: actions, fields, values. Add yours when you record one."""

from __future__ import annotations

from congress_app.kernel.sentences import N_

ACTIONS: dict[str, str] = {
    "sign_in.accepted": N_("Đăng nhập"),
    "sign_in.refused": N_("Đăng nhập bị từ chối"),
    "sign_out.others": N_("Đăng xuất các máy khác"),
    "user.activate": N_("Mở lại tài khoản"),
    "user.change_password": N_("Đổi mật khẩu"),
    "user.create": N_("Lập tài khoản"),
    "user.deactivate": N_("Ngừng tài khoản"),
    "user.edit": N_("Sửa tài khoản"),
    "user.grant": N_("Phân quyền"),
    "user.reset_password": N_("Cấp lại mật khẩu"),
    "user.revoke": N_("Thu hồi quyền"),
    "user.unlock": N_("Mở khóa tài khoản"),
    "unit.create": N_("Thêm đơn vị"),
    "unit.edit": N_("Sửa đơn vị"),
    "unit.move": N_("Chuyển đơn vị"),
    "unit.merge": N_("Sáp nhập đơn vị"),
    "unit.merged_in": N_("Nhận đơn vị sáp nhập"),
    "unit.reorder": N_("Đổi thứ tự đơn vị"),
    "unit.import": N_("Nhập danh sách đơn vị"),
    "cluster.create": N_("Thêm cụm thi đua"),
    "cluster.rename": N_("Đổi tên cụm thi đua"),
    "cluster.assign": N_("Xếp đơn vị vào cụm thi đua"),
    "cluster.delete": N_("Xóa cụm thi đua"),
}

FIELDS: dict[str, str] = {
    "added": N_("Thêm vào"),
    "cluster": N_("Cụm thi đua"),
    "cluster_id": N_("Cụm thi đua"),
    "code": N_("Mã"),
    "created": N_("Thêm mới"),
    "file": N_("Tệp"),
    "headcount": N_("Số CCVC, NLĐ"),
    "headcount_added": N_("Cộng số CCVC, NLĐ"),
    "headcount_date": N_("Ngày số liệu"),
    "headcount_source": N_("Nguồn số liệu"),
    "is_pilot": N_("Đơn vị điểm"),
    "kind": N_("Loại"),
    "merged_into": N_("Sáp nhập vào"),
    "name": N_("Tên"),
    "parent": N_("Đơn vị cấp trên"),
    "precedence": N_("Thứ tự"),
    "reason": N_("Lý do"),
    "removed": N_("Bỏ ra"),
    "source": N_("Đơn vị được sáp nhập"),
    "unchanged": N_("Không đổi"),
    "units_moved": N_("Số đơn vị chuyển theo"),
    "updated": N_("Sửa đổi"),
}

VALUES: dict[str, str] = {
    "nganh": N_("Ngành"),
    "khoi_co_quan": N_("Khối cơ quan"),
    "tinh": N_("BHXH tỉnh, thành phố"),
    "huyen": N_("BHXH huyện"),
    "co_so": N_("BHXH cơ sở"),
    "phong": N_("Phòng"),
    "don_vi_truc_thuoc": N_("Đơn vị trực thuộc"),
}
