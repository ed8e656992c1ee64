"""The words of the allocation pages for codes of methods, states and bounds."""

from __future__ import annotations

from congress_app.kernel.sentences import N_
from congress_app.quota.apportionment import Binding
from congress_app.quota.problem import METHOD_LABELS, Method

# State of a version: its words and the kind of pill.
STATES: dict[str, tuple[str, str]] = {
    "proposed": (N_("Đề xuất"), "info"),
    "approved": (N_("Đã phê duyệt"), "success"),
    "published": (N_("Đã công bố"), "success"),
    "superseded": (N_("Đã thay"), "neutral"),
}
METHODS: dict[str, str] = {method.value: text for method, text in METHOD_LABELS.items()}
# Short enough for the head of a column.
METHOD_HEADS: dict[str, str] = {
    Method.WEBSTER: N_("Webster"),
    Method.LARGEST_REMAINDER: N_("Số dư lớn nhất"),
    Method.LARGEST_REMAINDER_RAW: N_("Số dư (Hare)"),
    Method.JEFFERSON: N_("Jefferson"),
    Method.ADAMS: N_("Adams"),
    Method.DEAN: N_("Dean"),
    Method.HUNTINGTON_HILL: N_("Huntington–Hill"),
    Method.MODIFIED_SAINTE_LAGUE: N_("Sainte-Laguë sửa đổi"),
    Method.BASE_STEP: N_("Bậc thang"),
}
BINDINGS: dict[str, str] = {
    Binding.FLOOR: N_("sàn"),
    Binding.CEILING: N_("trần"),
    Binding.LOCK: N_("khóa"),
}
