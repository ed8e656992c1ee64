"""Entries told from titles, headings, totals, notes and signatures around them."""

from __future__ import annotations

import pytest

from congress_app.formats.columns import match_columns
from tests.formats.tables import BIRTH, ETHNICITY, NAME, SEX, UNIT, sheet

FIELDS = (NAME, BIRTH, SEX, ETHNICITY, UNIT)
HEADER = ("STT", "Họ và tên", "Ngày sinh", "Giới tính", "Dân tộc", "Đơn vị")
AN = (1, "Lê An", 1980, "Nam", "Kinh", "BHXH A")
BINH = (2, "Vũ Bình", 1981, "Nữ", "Tày", "BHXH B")


def outcome(*rows, merges=()) -> tuple[list[int], list[str]]:
    """The numbers of the entry rows, and what is said of the others."""
    matched = match_columns(sheet([HEADER, *rows], merges), FIELDS)
    return [record.row for record in matched.records], [str(note) for note in matched.notes]


def skipped(row: int, text: str) -> str:
    return f"Dòng {row} không phải là một mục trong danh sách, được bỏ qua: “{text}”."


def test_blank_lines_between_entries_do_not_matter() -> None:
    assert outcome(AN, (None,), BINH) == ([2, 4], [])


@pytest.mark.parametrize("row", [("(1)", "(2)", "(3)", "(4)"), (1, 2, 3, 4), ("A", "B", "C", 1)])
def test_a_numbering_row_under_the_header_says_nothing(row: tuple[object, ...]) -> None:
    assert outcome(row, AN) == ([3], [])


def test_numbers_that_wait_for_a_name_say_nothing() -> None:
    assert outcome(AN, (2,), (3,), (4,)) == ([2], [])


def test_a_header_repeated_on_the_next_page_says_nothing() -> None:
    assert outcome(AN, HEADER, BINH) == ([2, 4], [])


@pytest.mark.parametrize(
    "text",
    [
        "Tổng cộng",
        "TỔNG CỘNG: 2 người",
        "Cộng",
        "Tổng số: 2",
        "Cộng (2 người)",
        "Tong cong",
        "tổng:",
    ],
)
def test_totals_are_passed_over_and_told(text: str) -> None:
    assert outcome(AN, (None, text, None, 2)) == ([2], [skipped(3, text)])


@pytest.mark.parametrize("name", ["Tống Cộng Hòa", "Tống Văn Tổng", "Cộng Thị Hoa"])
def test_people_are_no_totals(name: str) -> None:
    assert outcome((1, name, 1980, "Nam", None, None)) == ([2], [])


def test_a_unit_may_be_called_a_total_of_something() -> None:
    assert outcome((1, "Lê An", 1980, "Nam", None, "Tổng công ty A"))[0] == [2]


def test_headings_of_groups_are_passed_over_and_told() -> None:
    rows = (
        ("I", "Đoàn BHXH tỉnh A"),
        AN,
        ("II", "Đoàn BHXH tỉnh B"),
        (1, *BINH[1:]),
        ("Đoàn khách mời",),
        BINH,
    )
    numbers, notes = outcome(*rows, merges=("A6:F6",))
    assert numbers == [3, 5, 7]
    assert notes == [
        skipped(2, "I"),
        skipped(4, "II"),
        skipped(6, "Đoàn khách mời"),
    ]


def test_subtotals_do_not_end_the_list() -> None:
    assert outcome(AN, (None, "Cộng", None, 1), BINH)[0] == [2, 4]


def test_notes_and_signatures_under_the_list_are_passed_over() -> None:
    rows = (
        AN,
        BINH,
        (None, "Tổng cộng: 2 người"),
        (None, "Ghi chú: danh sách tạm thời"),
        (None,),
        (None, None, None, "Hà Nội, ngày 20 tháng 4 năm 2020"),
        (None, "NGƯỜI LẬP BIỂU", None, None, "GIÁM ĐỐC"),
        (None, "Lê An", None, None, "Vũ Bình"),
    )
    numbers, notes = outcome(*rows)
    assert numbers == [2, 3]
    assert [note.partition(" không")[0] for note in notes] == [
        "Dòng 4",
        "Dòng 5",
        "Dòng 7",
        "Dòng 8",
        "Dòng 9",
    ]


def test_signatures_without_a_blank_line_are_no_entries() -> None:
    assert outcome(AN, (None, "Người lập biểu", None, None, "Giám đốc"))[0] == [2]


def test_an_incomplete_entry_stays_an_entry() -> None:
    assert outcome(AN, (2, "Vũ Bình"))[0] == [2, 3]
    assert outcome(AN, (None, "Vũ Bình", None, None, None, "BHXH B"))[0] == [2, 3]
    assert outcome(AN, (None, "Vũ Bình"))[0] == [2, 3]
    assert outcome(AN, (None,), (None, "Vũ Bình", None, None, None, "BHXH B"))[0] == [2, 4]


def test_an_entry_after_the_total_is_still_an_entry() -> None:
    assert outcome(AN, (None, "Tổng cộng"), BINH)[0] == [2, 4]
    assert outcome(AN, (None, "Tổng cộng"), (None, "Vũ Bình", 1981, "Nữ"))[0] == [2, 4]
