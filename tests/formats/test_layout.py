"""Values of a field that stand in halves, under no header, or in columns Nam and Nữ."""

from __future__ import annotations

from congress_app.formats.columns import match_columns
from tests.formats.tables import BIRTH, FIELDS, NAME, SEX, sheet


def values(rows, merges=(), fields=(NAME, BIRTH, SEX)) -> list[dict[str, object]]:
    matched = match_columns(sheet(rows, merges), fields)
    assert matched.faults == ()
    return [dict(record.values) for record in matched.records]


def test_a_split_name_is_joined() -> None:
    rows = [("Họ đệm", "Tên", "Ngày sinh", "Giới tính"), ("Nguyễn Thị", "Ánh", 1980, "Nữ")]
    assert values(rows) == [{"name": "Nguyễn Thị Ánh", "birth": 1980, "sex": "Nữ"}]


def test_a_name_under_one_merged_header_is_joined() -> None:
    rows = [("Họ và tên", None, "Ngày sinh", "Giới tính"), ("Nguyễn Thị", "Ánh", 1980, "Nữ")]
    assert values(rows, ("A1:B1",))[0]["name"] == "Nguyễn Thị Ánh"
    assert values(rows)[0]["name"] == "Nguyễn Thị Ánh"


def test_a_remark_under_no_header_is_no_half_of_a_name() -> None:
    rows = [
        ("Họ và tên", None, "Ngày sinh", "Giới tính"),
        ("Nguyễn Thị Ánh", "?", 1980, "Nữ"),
        ("Lê Ý", None, 1981, "Nam"),
    ]
    assert [row["name"] for row in values(rows)] == ["Nguyễn Thị Ánh", "Lê Ý"]


def test_marks_under_nam_and_nu_tell_the_sex() -> None:
    rows = [
        ("Họ và tên", "Ngày sinh", "Giới tính", None),
        (None, None, "Nam", "Nữ"),
        ("Lê Ý", 1980, "x", None),
        ("Trần Ánh", 1981, None, 1),
        ("Bùi An", 1982, 0, "X"),
        ("Vũ Bình", 1983, None, None),
    ]
    assert [row.get("sex") for row in values(rows, ("C1:D1", "A1:A2", "B1:B2"))] == [
        "Nam",
        "Nữ",
        "Nữ",
        None,
    ]


def test_birth_dates_under_nam_and_nu_tell_both() -> None:
    rows = [
        ("Họ và tên", "Năm sinh", None),
        (None, "Nam", "Nữ"),
        ("Lê Ý", 1980, None),
        ("Trần Ánh", None, "02/03/1981"),
    ]
    matched = match_columns(sheet(rows, ("B1:C1", "A1:A2")), (NAME, BIRTH, SEX))
    assert [dict(record.values) for record in matched.records] == [
        {"name": "Lê Ý", "sex": "Nam", "birth": 1980},
        {"name": "Trần Ánh", "sex": "Nữ", "birth": "02/03/1981"},
    ]
    assert [record.letters["birth"] for record in matched.records] == ["B", "C"]


def test_a_person_marked_twice_is_a_fault() -> None:
    rows = [("Họ và tên", "Ngày sinh", "Nam", "Nữ"), ("Lê Ý", 1980, "x", "x")]
    matched = match_columns(sheet(rows), (NAME, BIRTH, SEX))
    assert [fault.as_dict() for fault in matched.faults] == [
        {
            "row": 2,
            "column": "D",
            "value": "x",
            "code": "bad_sex",
            "message": "Dòng 2 đánh dấu cả hai cột Nam và Nữ: chỉ để lại một.",
        }
    ]
    assert len(matched.records) == 1


def test_a_column_for_women_alone_tells_men_by_blanks() -> None:
    rows = [("Họ và tên", "Ngày sinh", "Nữ"), ("Lê Ý", 1980, None), ("Trần Ánh", 1981, "x")]
    assert [row["sex"] for row in values(rows)] == ["Nam", "Nữ"]


def test_a_column_for_the_sex_goes_before_marks() -> None:
    rows = [("Họ và tên", "Ngày sinh", "Giới tính", "Nữ"), ("Lê Ý", 1980, "Nam", "x")]
    assert values(rows) == [{"name": "Lê Ý", "birth": 1980, "sex": "Nam"}]


def test_the_letters_name_the_column_of_every_field() -> None:
    rows = [
        ("STT", "Họ đệm", "Tên", "Năm sinh", "Nam", "Nữ", "Đơn vị"),
        (1, "Lê", "Ý", 1, "x", None, "A"),
    ]
    matched = match_columns(sheet(rows), FIELDS)
    assert matched.columns == {"name": "B", "birth": "D", "sex": "E", "unit": "G"}
