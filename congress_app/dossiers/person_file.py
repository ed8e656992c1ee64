"""What is kept about one person as files to hand over: JSON for machines, PDF and a sheet,
beside them the portraits and files themselves. Pure.
"""

from __future__ import annotations

import io
import itertools
import json
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from congress_app.audit.kinds import KINDS
from congress_app.audit.vocabulary import FIELDS
from congress_app.dossiers.archive import json_bytes
from congress_app.formats import blocks, paper_pdf
from congress_app.formats.xlsx.writing import Cell, Column, write_sheet
from congress_app.kernel.sentences import N_

COLUMNS = (
    Column(N_("Bảng"), 26),
    Column(N_("Dòng"), 8, "number"),
    Column(N_("Mục"), 30),
    Column(N_("Giá trị"), 80),
)
TITLE = N_("Dữ liệu cá nhân đang được lưu")
_LIST = (blocks.Column("", 50), blocks.Column("", 115))
_LONGEST = 1000
# Words the log does not need.
_NAMES = {
    "audit_entry": N_("Nhật ký"),
    "award": N_("Khen thưởng"),
    "badge_photo": N_("Ảnh chân dung"),
    "badge_print_item": N_("Lần in thẻ"),
    "ballot_issue": N_("Phiếu"),
    "credential_ruling": N_("Kết luận tư cách"),
    "delegation_head": N_("Trưởng đoàn"),
    "exemplar_file": N_("Tệp"),
    "exemplar_person": N_("Điển hình"),
    "exemplar_step": N_("Khâu"),
    "ground": N_("Căn cứ tham dự"),
    "hall_seat": N_("Chỗ ngồi"),
    "nomination": N_("Đề cử"),
    "paper_line": N_("Danh sách giấy"),
    "presence": N_("Có mặt"),
    "programme_notice": N_("Chương trình"),
    "reserve_call": N_("Dự khuyết"),
    "speech_file": N_("Tệp của tham luận"),
    "transmission_line": N_("Danh sách bầu gửi lên"),
}

Rows = Mapping[str, Sequence[Mapping[str, Any]]]


def packed(rows: Rows, name: str) -> bytes:
    """A zip with `du-lieu.json`, `du-lieu.pdf`, `du-lieu.xlsx`, and `tep/` with every file.

    Values that are bytes become such files; the rows then tell their place in the zip.
    """
    told, files = _apart(rows)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("du-lieu.json", json_bytes(told))
        zipped.writestr("du-lieu.pdf", paper_pdf.write(paper(told, name)))
        zipped.writestr("du-lieu.xlsx", _sheet(told, name))
        for path, data in files.items():
            zipped.writestr(path, data)
    return out.getvalue()


def _apart(rows: Rows) -> tuple[dict[str, list[dict[str, Any]]], dict[str, bytes]]:
    """The rows with paths in the place of bytes, and the bytes by path."""
    files: dict[str, bytes] = {}
    told: dict[str, list[dict[str, Any]]] = {}
    for table, held in rows.items():
        told[table] = [dict(row) for row in held]
        for number, row in enumerate(told[table], start=1):
            for column, value in row.items():
                if isinstance(value, bytes):
                    # Portraits are the one kind of file whose row does not name its kind.
                    row[column] = f"tep/{table}-{number}.{row.get('kind', 'jpg')}"
                    files[row[column]] = value
    return told, files


def paper(rows: Rows, name: str) -> blocks.Paper:
    """The same to read and print: below each table's name one list for each of its rows."""
    told: list[blocks.Block] = [blocks.Title(TITLE.upper(), name)]
    for (label, number), lines in itertools.groupby(_lines(rows), key=lambda line: line[:2]):
        heading = blocks.plain(f"{label} {number}", bold=True)
        told.append(blocks.Paragraph(heading, indent=False, before=12, keep_next=True))
        cells = (cell for line in lines for cell in _parts(str(line[2]), str(line[3])))
        told.append(blocks.Table(_LIST, tuple(cells), size=11))
    return blocks.Paper(TITLE, (blocks.Section(tuple(told)),))


def _parts(label: str, value: str) -> Iterator[tuple[str, str]]:
    """A long value over several rows: a row cannot be torn apart between pages."""
    for start in range(0, len(value), _LONGEST):
        yield label if start == 0 else "", value[start : start + _LONGEST]


def _sheet(rows: Rows, name: str) -> bytes:
    return write_sheet(COLUMNS, list(_lines(rows)), title=TITLE.upper(), subtitle=name)


def _lines(rows: Rows) -> Iterator[tuple[Cell, ...]]:
    for table, held in rows.items():
        label = name_of(table)
        for number, row in enumerate(held, start=1):
            for column, value in row.items():
                if value is not None and value != "":
                    yield label, number, FIELDS.get(column, column), _readable(value)


def name_of(table: str) -> str:
    """What a reader calls the rows of a table."""
    return _NAMES.get(table) or KINDS.get(table, table)


def _readable(value: Any) -> Cell:
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, (dict, list)):
        return json.dumps(value, ensure_ascii=False)
    return value  # type: ignore[no-any-return]
