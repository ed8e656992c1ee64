"""What keeps an exemplar from being deleted as a mistake: whatever was built on it. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from congress_app.kernel.sentences import N_, Sentence

CONSENT = "consent"
PUBLIC = "is_public"
# What goes with it: its own way from stage to stage, which the log tells as well.
OWN_TABLES = frozenset({"exemplar_step"})

_WORDS = {
    "nomination": N_("Đã có {count} lần đề cử hoặc bình chọn: hồ sơ của hội đồng phải còn."),
    "award": N_(
        "Đang ghi {count} danh hiệu, khen thưởng. Nếu ghi nhầm, hãy bỏ từng mục ở trang điển hình."
    ),
    "exemplar_file": N_(
        "Đang có {count} ảnh hoặc tệp đính kèm. Nếu gửi nhầm, hãy bỏ từng tệp ở trang điển hình."
    ),
    "data_request": N_(
        "Đã ghi {count} yêu cầu về dữ liệu cá nhân của người này: hồ sơ giải quyết phải còn."
    ),
    "exemplar": N_(
        "{count} cá nhân được ghi là người lãnh đạo tập thể này. Hãy sửa các cá nhân ấy trước."
    ),
    CONSENT: N_(
        "Đã ghi hoặc đã rút sự đồng ý công khai ({count} lần): chứng cứ về sự đồng ý phải còn."
    ),
    PUBLIC: N_("Đang nêu gương công khai. Hãy thôi công khai trước."),
}
_ELSEWHERE = N_("Một hội nghị đang dùng điển hình này ({count} chỗ): làm đại biểu hoặc tham luận.")


def obstacles(counts: Mapping[str, int]) -> list[Sentence]:
    """One sentence for each thing there is; tables of later chapters in one."""
    told = [
        Sentence(words, count=counts[name]) for name, words in _WORDS.items() if counts.get(name)
    ]
    elsewhere = sum(n for name, n in counts.items() if name not in _WORDS)
    return [*told, *([Sentence(_ELSEWHERE, count=elsewhere)] if elsewhere else [])]
