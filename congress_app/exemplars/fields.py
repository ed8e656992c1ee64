"""The professional fields of the sector: exemplars are found, and delegates balanced, by them.

The guidance asks for a balance of fields without naming them; these are the working
fields of social insurance. Rulebooks start from the same list.
"""

from __future__ import annotations

from congress_app.kernel.sentences import N_

WORK_FIELDS: dict[str, str] = {
    "collection": N_("Thu"),
    "books_cards": N_("Sổ, thẻ"),
    "benefits": N_("Chế độ BHXH"),
    "health_claims": N_("Giám định BHYT"),
    "finance": N_("Kế hoạch - Tài chính"),
    "inspection": N_("Thanh tra - Kiểm tra"),
    "it": N_("Công nghệ thông tin"),
    "personnel": N_("Tổ chức cán bộ, thi đua - khen thưởng"),
    "communication": N_("Truyền thông"),
    "reception": N_("Tiếp nhận và quản lý hồ sơ"),
    "office": N_("Văn phòng"),
    "other": N_("Lĩnh vực khác"),
}
