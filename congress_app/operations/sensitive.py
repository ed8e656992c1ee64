"""When the people with sensitive facts on record become so many that the law asks for more.

Pure. The limit is the one docs/phap-luat.md names (Nghị định 331/2026/NĐ-CP, Điều 13).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from congress_app.kernel.sentences import N_, Sentence
from congress_app.kernel.vietnamese import number

LEVEL_3, NEAR = 10_000, 8_000


@dataclass(frozen=True, slots=True)
class Counted:
    """How many people, and when that was counted."""

    people: int
    at: datetime


def calls_for(people: int) -> Iterator[tuple[str, Sentence, Sentence]]:
    """Kind, title and advice; nothing below the first limit."""
    if people >= LEVEL_3:
        yield (
            "danger",
            Sentence(N_("Đang giữ dữ liệu nhạy cảm của {count} người"), count=number(people)),
            Sentence(
                N_(
                    "Từ 10.000 người, hệ thống thuộc cấp độ 3: phải lập hồ sơ đề xuất cấp độ 3 và "
                    "áp dụng yêu cầu của cấp ấy, hoặc tách mỗi tỉnh một máy chủ, hoặc xóa dân "
                    "tộc, đảng viên và ưu tiên nhạy cảm không còn cần (docs/phap-luat.md)."
                )
            ),
        )
    elif people >= NEAR:
        yield (
            "warning",
            Sentence(N_("Đang giữ dữ liệu nhạy cảm của {count} người"), count=number(people)),
            Sentence(
                N_(
                    "Đến 10.000 người, hệ thống phải theo cấp độ 3. Hãy chuẩn bị hồ sơ cấp độ, "
                    "hoặc thôi nhập dân tộc, đảng viên khi chỉ cần một con số (docs/phap-luat.md)."
                )
            ),
        )
