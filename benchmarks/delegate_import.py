"""A sheet of 10,000 delegates, checked and written, and the same sheet a second time.

Prints JSON lines: seconds by phase and the highest memory of the process.
"""

from __future__ import annotations

import json
import random
import resource
import tempfile
import time
from pathlib import Path

from flask_migrate import upgrade

from congress_app import create_app
from congress_app.congresses.presets import GUIDANCE_2020
from congress_app.database import transaction
from congress_app.delegates.import_services import import_delegates
from congress_app.formats.xlsx.writing import Column, write_sheet
from congress_app.kernel.permissions import system_actor
from congress_app.units.models import Unit
from tests import builders

ROWS = 10_000
HEADER = (
    "STT", "Họ và tên", "Ngày sinh", "Giới tính", "Dân tộc", "Chức vụ", "Mã đơn vị", "Đơn vị",
    "Thành phần", "Căn cứ", "Lĩnh vực", "Ưu tiên", "Trình độ chuyên môn", "Đảng viên",
    "Điện thoại", "Email",
)  # fmt: skip
FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Lý")
MIDDLE = ("Văn", "Thị", "Hữu", "Đức", "Ngọc", "Quang", "Thị Thu", "Minh", "Xuân", "Thanh")
GIVEN = ("An", "Bình", "Châu", "Dũng", "Giang", "Hòa", "Hương", "Khánh", "Lan", "Mai", "Nam",
         "Oanh", "Phúc", "Quý", "Sơn", "Thảo", "Uyên", "Vân", "Xuân", "Yến")  # fmt: skip


def a_sheet(codes: list[str]) -> bytes:
    """A list as offices send it: title, STT, phones without their zero."""
    random.seed(2020)
    rows = []
    for number in range(1, ROWS + 1):
        name = " ".join(random.choice(part) for part in (FAMILY, MIDDLE, GIVEN))
        # By the number, so that chance makes no two of them one person.
        day = f"{number % 28 + 1:02d}/{number // 28 % 12 + 1:02d}/{1960 + number // 336}"
        rows.append(
            (
                number, name, day, random.choice(("Nam", "Nữ")), "Kinh", "Chuyên viên",
                codes[number % len(codes)], None, random.choice(("Chính thức", "Bầu")),
                "CSTĐ cơ sở 2018; CSTĐ ngành 2017", "Thu", "Người trực tiếp", "Đại học", "x",
                910_000_000 + number, f"a{number}@vss.gov.vn",
            )
        )  # fmt: skip
    return write_sheet([Column(name) for name in HEADER], rows, title="DANH SÁCH ĐẠI BIỂU")


def main() -> None:
    """Measure on a fresh database."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app("config.Testing", DATABASE_URL=f"sqlite:///{Path(folder) / 'b.sqlite'}")
        with app.app_context():
            upgrade()
            congress = builders.a_congress(
                builders.the_root(), rules=GUIDANCE_2020, level="base", name="Hội nghị"
            )
            codes = [f"T{n:03d}" for n in range(64)]
            with transaction() as session:
                for code in codes:
                    unit = Unit(
                        code=code, name=f"BHXH tỉnh {code}", search_key=code.lower(), kind="tinh",
                        path="/", parent_id=congress.unit_id,
                    )  # fmt: skip
                    session.add(unit)
                    session.flush()
                    unit.path = f"{congress.unit.path}{unit.id}/"
            data = a_sheet(codes)
            for label in ("written", "sent again"):
                measure(label, congress, data)


def measure(label: str, congress: object, data: bytes) -> None:
    """Import once and print what it took."""
    marks: list[tuple[float, str]] = []
    began, cpu = time.perf_counter(), time.process_time()

    def note(_done: int, _total: int, step: str) -> None:
        if not marks or marks[-1][1] != step:
            marks.append((time.perf_counter(), step))

    result = import_delegates(
        congress,
        data,
        "ds.xlsx",
        actor=system_actor(),
        progress=note,  # type: ignore[arg-type]
    )
    ended = time.perf_counter()
    times = [at for at, _ in marks] + [ended]
    phases = {
        step: round(until - since, 2) for (since, step), until in zip(marks, times[1:], strict=True)
    }
    print(
        json.dumps(
            {
                "case": label,
                "rows": ROWS,
                "created": result.created,
                "updated": result.updated,
                "unchanged": result.unchanged,
                "faults": len(result.faults),
                "seconds": round(ended - began, 2),
                "cpu_seconds": round(time.process_time() - cpu, 2),
                "phases": phases,
                "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
            },
            ensure_ascii=False,
        )
    )


if __name__ == "__main__":
    main()
