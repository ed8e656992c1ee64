"""Columns that are missing, told twice, unused or in an old font."""

from __future__ import annotations

from dataclasses import replace

from congress_app.formats.columns import match_columns
from congress_app.formats.sheet import LegacyColumn
from tests.formats.tables import BIRTH, FIELDS, NAME, SEX, UNIT, UNIT_CODE, sheet


def missing(header: str) -> tuple[int, str, str, str]:
    sentence = f"Thiếu cột {header}: hãy thêm cột này vào dòng tiêu đề (dòng 2)."
    return (2, "", "missing_column", sentence)


def faults(matched) -> list[tuple[int, str, str, str]]:
    return [(fault.row, fault.column, fault.code, str(fault.sentence)) for fault in matched.faults]


def test_every_missing_column_is_named_at_once() -> None:
    rows = [("DANH SÁCH",), ("Họ và tên", "Dân tộc"), ("Lê Ý", "Kinh")]
    matched = match_columns(sheet(rows), FIELDS, one_of=(("unit_code", "unit"),))
    assert faults(matched) == [
        missing("“Ngày sinh”"),
        missing("“Giới tính”"),
        (
            2,
            "",
            "missing_column",
            (
                "Thiếu cột “Mã đơn vị”, “Đơn vị”: hãy thêm một trong các cột này vào dòng tiêu đề "
                "(dòng 2)."
            ),
        ),
    ]
    assert matched.records == ()


def test_one_column_of_a_group_is_enough() -> None:
    rows = [("Họ và tên", "Năm sinh", "Giới", "Mã ĐV"), ("Lê Ý", 1980, "Nam", "01")]
    matched = match_columns(sheet(rows), FIELDS, one_of=(("unit_code", "unit"),))
    assert matched.faults == ()
    assert [dict(record.values) for record in matched.records] == [
        {"name": "Lê Ý", "birth": 1980, "sex": "Nam", "unit_code": "01"}
    ]


def test_without_a_header_the_wanted_columns_are_told() -> None:
    matched = match_columns(sheet([("a", "b"), ("c", "d")]), FIELDS)
    assert faults(matched) == [
        (
            0,
            "",
            "missing_column",
            (
                "Không tìm thấy dòng tiêu đề của bảng. Cần một dòng có các cột: “Họ và tên”, "
                "“Ngày sinh”, “Giới tính”. Hãy dùng tệp mẫu hoặc sửa tên cột."
            ),
        )
    ]
    assert matched.header_row is None


def test_without_a_header_the_sheet_is_named_when_there_are_others() -> None:
    cover = replace(sheet([("BÌA",)]), name="Bìa", other_sheets=("Danh sách",))
    (fault,) = match_columns(cover, FIELDS).faults
    assert str(fault.sentence) == (
        "Không tìm thấy dòng tiêu đề của bảng trong trang tính “Bìa”. Cần một dòng có các cột: "
        "“Họ và tên”, “Ngày sinh”, “Giới tính”. Chỉ trang tính đầu tiên có dữ liệu được đọc: "
        "hãy đưa danh sách lên trang đầu, hoặc sửa tên cột."
    )


def test_two_columns_for_one_field_are_a_fault() -> None:
    rows = [("Họ tên", "Ngày sinh", "Giới", "Họ và tên đại biểu"), ("Lê Ý", 1980, "Nam", "Lê Y")]
    matched = match_columns(sheet(rows), (NAME, BIRTH, SEX))
    assert faults(matched) == [
        (
            1,
            "D",
            "duplicate_column",
            (
                "Hai cột A (“Họ tên”) và D (“Họ và tên đại biểu”) cùng ghi “Họ và tên”: "
                "hãy giữ một cột."
            ),
        )
    ]


def test_the_canonical_header_wins_over_another_word_for_it() -> None:
    rows = [
        ("Họ và tên", "Ngày sinh", "Giới", "Nơi công tác", "Đơn vị"),
        ("Lê Ý", 1980, "Nam", "A", "B"),
    ]
    matched = match_columns(sheet(rows), (NAME, BIRTH, SEX, UNIT))
    assert matched.faults == ()
    assert matched.columns["unit"] == "E"
    assert [str(note) for note in matched.notes] == ["Cột D “Nơi công tác” không dùng đến."]


def test_unused_columns_are_told() -> None:
    rows = [
        ("STT", "Họ và tên", "Ngày sinh", "Giới tính", "Quê quán", None, "Ghi chú"),
        (1, "Lê Ý", 1980, "Nam", "Huế", "đã gọi", None),
    ]
    matched = match_columns(sheet(rows), (NAME, BIRTH, SEX))
    assert [str(note) for note in matched.notes] == [
        "Cột E “Quê quán” không dùng đến.",
        "Cột G “Ghi chú” không dùng đến.",
        "Cột F có dữ liệu nhưng không có tiêu đề, không dùng đến.",
    ]


def test_a_legacy_column_stops_the_reading_with_a_way_out() -> None:
    rows = [("Họ và tên", "Ngày sinh", "Giới tính"), ("NguyÔn V¨n An", 1980, "Nam")]
    legacy = replace(sheet(rows), legacy=(LegacyColumn(0, "TCVN3", 2, "NguyÔn V¨n An"),))
    assert faults(match_columns(legacy, (NAME, BIRTH, SEX))) == [
        (
            2,
            "A",
            "legacy_encoding",
            (
                "Cột A dùng bảng mã cũ TCVN3 (ví dụ ô A2: “NguyÔn V¨n An”). "
                "Hãy chuyển tệp sang Unicode (bằng chức năng chuyển mã của UniKey) rồi tải lại."
            ),
        )
    ]


def test_a_legacy_header_is_told_as_that_and_not_as_missing_columns() -> None:
    rows = [("Hä vµ tªn", "Ngµy sinh", "Giíi tÝnh"), ("NguyÔn V¨n An", 1980, "Nam")]
    legacy = replace(sheet(rows), legacy=(LegacyColumn(0, "TCVN3", 1, "Hä vµ tªn"),))
    matched = match_columns(legacy, (NAME, BIRTH, SEX))
    assert [fault.code for fault in matched.faults] == ["legacy_encoding"]


def test_records_keep_the_sheet_s_own_rows() -> None:
    rows = {
        3: ("Họ và tên", "Ngày sinh", "Giới tính", "Mã đơn vị"),
        7: ("Lê Ý", None, "Nam", "01"),
        90: ("Vũ Bình", 1980, "Nữ", None),
    }
    matched = match_columns(sheet(rows), (NAME, BIRTH, SEX, UNIT_CODE))
    assert [record.row for record in matched.records] == [7, 90]
    assert not matched.records[0].has("birth")
    assert matched.records[0].letters["birth"] == "B"
