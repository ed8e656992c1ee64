"""Background work that failed, as whoever keeps the server reads it. Pure.

The sentence shown to the person who had begun the work may name people ("… đã có trong danh
sách"). The server's keeper needs the kind of the fault only, so every text that was put into
a sentence is left out here; numbers (of rows, of times) stay.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from congress_app.kernel.sentences import N_, Sentence

# Jobs are kept a week; more lines than these nobody reads.
SHOWN_FOR = timedelta(days=7)
MOST_SHOWN = 50
LEFT_OUT = "…"

KIND_LABELS: dict[str, str] = {
    "badge_print": N_("In thẻ đại biểu"),
    "delegate_export": N_("Xuất danh sách đại biểu"),
    "delegate_import": N_("Nhập danh sách đại biểu"),
    "document_print": N_("In văn bản hàng loạt"),
    "document_zip": N_("Ghi văn bản hàng loạt"),
    "dossier": N_("Lập hồ sơ lưu"),
    "dossier_check": N_("Kiểm tra hồ sơ lưu"),
    "dossier_purge": N_("Xóa dữ liệu làm việc"),
    "exemplar_import": N_("Nhập danh sách điển hình"),
    "paper_print": N_("In các tờ điểm danh giấy"),
    "seating_plan": N_("Vẽ sơ đồ chỗ ngồi"),
    "speech_selection": N_("Chọn tham luận"),
    "unit_import": N_("Nhập danh sách đơn vị"),
}


@dataclass(frozen=True)
class Failure:
    """One job that failed; `is_ours` tells a fault of the program from a rule's refusal."""

    job_id: int
    kind: str  # as the job carries it; in words by `KIND_LABELS`
    ended_at: datetime
    begun_by: str  # name and account, empty when the row does not know
    is_ours: bool
    sentence: Sentence | None


def without_names(sentence: Sentence) -> Sentence:
    """The sentence with every text that was put into it left out; numbers stay."""
    return Sentence(
        sentence.template,
        **{name: _without_names(value) for name, value in sentence.params.items()},
    )


def _without_names(value: object) -> object:
    if isinstance(value, Sentence):
        return without_names(value)
    return value if isinstance(value, int | float) else LEFT_OUT
