"""How long a print run of badges takes, and how large its file becomes."""

from __future__ import annotations

import json
import time

from congress_app.badges import token
from congress_app.badges.sheet import BadgeFace, CongressFace, Imposition, badge_sheet

CONGRESS = CongressFace(
    "Bảo hiểm xã hội Việt Nam",
    "Đại hội Thi đua yêu nước",
    "Ngành Bảo hiểm xã hội lần thứ V",
    "Hà Nội, ngày 14 tháng 10 năm 2020",
)
GIVEN_NAMES = ("Ánh", "Bình", "Chi", "Dũng", "Giang", "Hạnh", "Khuê", "Lưỡng", "Quỳnh Anh", "Ý")
CATEGORIES = ("official", "elected", "guest", "organiser", "press")


def faces(count: int) -> list[BadgeFace]:
    return [
        BadgeFace(
            f"Nguyễn Thị {GIVEN_NAMES[n % 10]} {GIVEN_NAMES[n // 10 % 10]}",
            CATEGORIES[n % 5],
            token.new_code(),
            number=f"{n:04d}",
            unit=f"BHXH tỉnh số {n % 63}",
            position="Chuyên viên chính",
        )
        for n in range(count)
    ]


def measure(count: int, imposition: Imposition) -> None:
    badges = faces(count)
    started, cpu = time.perf_counter(), time.process_time()
    data = badge_sheet(badges, congress=CONGRESS, imposition=imposition)
    figures = {
        "badges": count,
        "imposition": imposition,
        "seconds": round(time.perf_counter() - started, 3),
        "cpu_seconds": round(time.process_time() - cpu, 3),
        "kilobytes": len(data) // 1024,
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    # The first one also loads the fonts, as the first print after a start does.
    measure(1, "a6")
    measure(500, "a6")
    measure(500, "a4")
    measure(1_500, "a6")
