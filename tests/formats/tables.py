"""Small sheets and field lists for the tests of this chapter."""

from __future__ import annotations

from typing import Any

from congress_app.formats.fields import Field
from congress_app.formats.sheet import Merge, Row, Sheet, column_index

NAME = Field("name", "Họ và tên", ("Họ tên", "Họ và tên đại biểu"), True, "name")
BIRTH = Field("birth", "Ngày sinh", ("Năm sinh", "Ngày, tháng, năm sinh"), True, "birth")
SEX = Field("sex", "Giới tính", ("Giới",), True, "sex")
ETHNICITY = Field("ethnicity", "Dân tộc", ("DT",))
UNIT = Field("unit", "Đơn vị", ("Nơi công tác", "Tên đơn vị"))
UNIT_CODE = Field("unit_code", "Mã đơn vị", ("Mã ĐV",))
PHONE = Field("phone", "Điện thoại", ("ĐT", "SĐT"))
FIELDS = (NAME, BIRTH, SEX, ETHNICITY, UNIT, UNIT_CODE, PHONE)


def sheet(
    rows: list[tuple[Any, ...]] | dict[int, tuple[Any, ...]], merges: tuple[str, ...] = ()
) -> Sheet:
    """Rows numbered from 1 (or as the dictionary says), blank ones left out; merges as A1:B2."""
    numbered = rows if isinstance(rows, dict) else dict(enumerate(rows, start=1))
    return Sheet(
        "DS",
        tuple(
            Row(number, row)
            for number, row in numbered.items()
            if any(cell is not None for cell in row)
        ),
        tuple(_merge(reference) for reference in merges),
    )


def _merge(reference: str) -> Merge:
    (left, top), (right, bottom) = (
        (
            column_index(corner.rstrip("0123456789")),
            int(corner.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")),
        )
        for corner in reference.split(":")
    )
    return Merge(top, left, bottom, right)
