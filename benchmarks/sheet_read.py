"""How long large lists take to be read and matched, to be refused, and to be written."""

from __future__ import annotations

import io
import json
import resource
import time
import zipfile
from collections.abc import Callable
from datetime import date

from openpyxl import Workbook

from congress_app.formats.columns import match_columns
from congress_app.formats.fields import Field
from congress_app.formats.sheet import Sheet
from congress_app.formats.sheet_files import read_sheet
from congress_app.formats.xlsx.writing import Column, write_sheet
from congress_app.kernel.errors import DomainError

HEADERS = (
    "STT", "Họ và tên", "Ngày sinh", "Giới tính", "Dân tộc", "Chức vụ", "Mã đơn vị", "Thành phần",
    "Căn cứ", "Lĩnh vực", "Trình độ chuyên môn", "Lý luận chính trị", "Đảng viên", "Điện thoại",
    "Email", "Ghi chú",
)  # fmt: skip
FIELDS = tuple(Field(f"field{n}", header) for n, header in enumerate(HEADERS[1:]))


def row(n: int) -> tuple[object, ...]:
    return (
        n, f"Nguyễn Thị Phương {n}", date(1970 + n % 30, 1 + n % 12, 1 + n % 28),
        "Nam" if n % 2 else "Nữ", "Kinh", "Chuyên viên chính", f"{n % 63:02d}", "Chính thức",
        "CSTĐ cơ sở 2018", "Thu", "Đại học", "Trung cấp", "x", f"09{n:08d}", f"a{n}@example.vn",
        "Ghi chú dài hơn một chút",
    )  # fmt: skip


def workbook(rows: int) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("DS")
    sheet.append(HEADERS)
    for n in range(1, rows + 1):
        sheet.append(row(n))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def bomb() -> bytes:
    """A small workbook whose sheet swells to 100 MB."""
    out = io.BytesIO(workbook(1))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as target:
        target.writestr("xl/worksheets/sheet2.xml", b" " * 100_000_000)
    return out.getvalue()


def timed(what: str, work: Callable[[], object], **more: object) -> object:
    started, cpu = time.perf_counter(), time.process_time()
    result = work()
    figures = {
        "what": what,
        **more,
        "seconds": round(time.perf_counter() - started, 3),
        "cpu_seconds": round(time.process_time() - cpu, 3),
        "peak_megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }
    print(json.dumps(figures))
    return result


def refuse(data: bytes) -> None:
    try:
        read_sheet(data, "ds.xlsx")
    except DomainError:
        return
    raise AssertionError("the file was not refused")


if __name__ == "__main__":
    data = workbook(10_000)
    for _ in range(3):
        sheet = timed("read .xlsx", lambda: read_sheet(data, "ds.xlsx"), rows=10_000, columns=16)
    assert isinstance(sheet, Sheet)
    assert len(sheet.rows) == 10_001
    timed("match columns", lambda: match_columns(sheet, FIELDS), rows=10_000, columns=16)
    swollen = bomb()
    timed("refuse a bomb", lambda: refuse(swollen), kilobytes=len(swollen) // 1024)
    columns = [Column(header) for header in HEADERS]
    timed(
        "write .xlsx",
        lambda: write_sheet(columns, (row(n) for n in range(20_000)), title="Danh sách"),  # type: ignore[misc]
        rows=20_000,
        columns=16,
    )
