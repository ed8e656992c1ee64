"""What is kept about one person as files to hand over: JSON for machines, a sheet to read. Pure."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from congress_app.audit.kinds import KINDS
from congress_app.audit.vocabulary import FIELDS
from congress_app.dossiers.archive import json_bytes
from congress_app.formats.xlsx.writing import Cell, Column, write_sheet
from congress_app.kernel.sentences import N_

COLUMNS = (
    Column(N_("Bảng"), 26),
    Column(N_("Dòng"), 8, "number"),
    Column(N_("Mục"), 30),
    Column(N_("Giá trị"), 80),
)
TITLE = N_("Dữ liệu cá nhân đang được lưu")
# Two words the log does not need.
_NAMES = {"audit_entry": N_("Nhật ký"), "ground": N_("Căn cứ tham dự"), "presence": N_("Có mặt")}

Rows = Mapping[str, Sequence[Mapping[str, Any]]]


def packed(rows: Rows, name: str) -> bytes:
    """A zip with `du-lieu.json` and `du-lieu.xlsx`."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("du-lieu.json", json_bytes(rows))
        zipped.writestr("du-lieu.xlsx", _sheet(rows, name))
    return out.getvalue()


def _sheet(rows: Rows, name: str) -> bytes:
    return write_sheet(COLUMNS, list(_lines(rows)), title=TITLE.upper(), subtitle=name)


def _lines(rows: Rows) -> Iterator[tuple[Cell, ...]]:
    for table, held in rows.items():
        label = _NAMES.get(table) or KINDS.get(table, table)
        for number, row in enumerate(held, start=1):
            for column, value in row.items():
                if value is not None and value != "":
                    yield label, number, FIELDS.get(column, column), _readable(value)


def _readable(value: Any) -> Cell:
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, (dict, list)):
        return json.dumps(value, ensure_ascii=False)
    return value  # type: ignore[no-any-return]
