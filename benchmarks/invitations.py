"""How long five hundred invitations take as one file; the promise is 10 s for .docx."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import date
from datetime import time as clock_time

from congress_app.documents import composing, defaults
from congress_app.documents.facts import CongressFacts, Facts, PersonRow
from congress_app.documents.kinds import KINDS
from congress_app.formats import docx, paper_pdf
from congress_app.formats.blocks import Paper

CONGRESS = CongressFacts(
    name="Đại hội Thi đua yêu nước ngành BHXH lần thứ V",
    unit="BHXH Việt Nam",
    is_root=True,
    held_on=date(2020, 10, 14),
    starts_at=clock_time(8, 0),
    duration="1 ngày",
    place="Trung tâm Hội nghị quốc gia",
    address="Số 57 Phạm Hùng, Hà Nội",
)
GIVEN_NAMES = ("Ánh", "Bình", "Chi", "Dũng", "Giang", "Hạnh", "Khuê", "Lưỡng", "Quỳnh Anh", "Ý")


def people(count: int) -> tuple[PersonRow, ...]:
    return tuple(
        PersonRow(
            f"Nguyễn Thị {GIVEN_NAMES[n % 10]} {GIVEN_NAMES[n // 10 % 10]}",
            n + 1,
            "F",
            position="Phó Giám đốc",
            unit=f"Sở số {n % 63}",
            category="guest",
        )
        for n in range(count)
    )


def composed(count: int) -> Paper:
    kind = KINDS["invitation"]
    head = defaults.head_of(kind, CONGRESS)
    return composing.compose(kind, head, kind.text, Facts(CONGRESS), people(count))


def measure(form: str, write: Callable[[Paper], bytes], count: int) -> None:
    started, cpu = time.perf_counter(), time.process_time()
    data = write(composed(count))
    figures = {
        "invitations": count,
        "form": form,
        "seconds": round(time.perf_counter() - started, 3),
        "cpu_seconds": round(time.process_time() - cpu, 3),
        "kilobytes": len(data) // 1024,
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    # The first one also loads the fonts, as the first print after a start does.
    for count in (1, 500):
        measure("docx", docx.write, count)
        measure("pdf", paper_pdf.write, count)
