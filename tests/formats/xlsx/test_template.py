"""The workbook for filling in: its headers are understood, its guide explains them."""

from __future__ import annotations

import io
from typing import Any

from openpyxl import load_workbook

from congress_app.formats.columns import match_columns
from congress_app.formats.fields import Field
from congress_app.formats.sheet import Row
from congress_app.formats.sheet_files import read_sheet
from congress_app.formats.xlsx.template import write_template

FIELDS = (
    Field("name", "Họ và tên", ("Họ tên",), True, "name", help="Ghi đủ họ tên.", example="Lê Ý"),
    Field("sex", "Giới tính", required=True, role="sex", choices=("Nam", "Nữ")),
    Field("people", "Số CCVC, NLĐ", kind="number"),
    Field("category", "Thành phần", choices=("Khách mời", "Chính thức", "Bầu")),
)


def opened(**options: Any) -> Any:
    return load_workbook(io.BytesIO(write_template(FIELDS, **options)))


def test_an_untouched_template_is_an_empty_list() -> None:
    sheet = read_sheet(write_template(FIELDS), "mau.xlsx")
    assert sheet.rows == (Row(1, ("Họ và tên", "Giới tính", "Số CCVC, NLĐ", "Thành phần")),)
    assert sheet.other_sheets == ("Hướng dẫn", "Danh mục")
    matched = match_columns(sheet, FIELDS)
    assert (matched.faults, matched.notes, matched.records) == ((), (), ())
    assert matched.columns == {"name": "A", "sex": "B", "people": "C", "category": "D"}


def test_a_filled_template_is_read() -> None:
    book = opened()
    book.active.append(["Lê Ý", "Nam", 12, "Bầu"])
    out = io.BytesIO()
    book.save(out)
    matched = match_columns(read_sheet(out.getvalue(), "mau.xlsx"), FIELDS)
    assert [dict(record.values) for record in matched.records] == [
        {"name": "Lê Ý", "sex": "Nam", "people": 12, "category": "Bầu"}
    ]


def test_the_guide_explains_every_column() -> None:
    guide = opened()["Hướng dẫn"]
    assert [[cell.value for cell in row] for row in guide.iter_rows()] == [
        [
            "Cột",
            "Bắt buộc",
            "Cách ghi",
            "Ví dụ",
            "Giá trị được nhận",
            "Tên cột khác cũng được nhận",
        ],
        ["Họ và tên", "x", "Ghi đủ họ tên.", "Lê Ý", None, "Họ tên"],
        ["Giới tính", "x", None, None, "Nam; Nữ", None],
        ["Số CCVC, NLĐ", None, None, None, None, None],
        ["Thành phần", None, None, None, "Khách mời; Chính thức; Bầu", None],
    ]


def test_allowed_values_are_offered_as_lists() -> None:
    book = opened()
    rules = book.active.data_validations.dataValidation
    assert [(str(rule.sqref), rule.type, rule.formula1) for rule in rules] == [
        ("B2:B2000", "list", "'Danh mục'!$A$2:$A$3"),
        ("D2:D2000", "list", "'Danh mục'!$B$2:$B$4"),
    ]
    values = [[cell.value for cell in column] for column in book["Danh mục"].iter_cols()]
    assert values == [
        ["Giới tính", "Nam", "Nữ", None],
        ["Thành phần", "Khách mời", "Chính thức", "Bầu"],
    ]


def test_text_columns_keep_leading_zeros() -> None:
    sheet = opened().active
    assert [sheet.column_dimensions[letter].number_format for letter in "ABCD"] == [
        "@",
        "@",
        "#,##0",
        "@",
    ]


def test_the_headers_stay_while_the_guide_is_translated() -> None:
    book = opened(translate=lambda text: f"en {text}")
    assert book.active["A1"].value == "Họ và tên"
    assert book["en Hướng dẫn"]["C2"].value == "en Ghi đủ họ tên."
