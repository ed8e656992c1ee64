"""Reading the rows of a unit sheet."""

from __future__ import annotations

from datetime import date

import pytest

from congress_app.units.roster import read_rows
from congress_app.units.tree import Kind
from tests.units.sheets import HEADERS, faults, matched, proposed

ALL = (*HEADERS, "Cụm thi đua", "Nguồn số liệu", "Ngày số liệu")


def read(*rows, headers=HEADERS):
    sheet = matched(*rows, headers=headers)
    assert sheet.faults == ()
    return read_rows(sheet.records, this_year=2020)


def values(row):
    return (
        row.code,
        row.name,
        row.kind,
        row.parent,
        row.headcount,
        row.precedence,
        row.is_pilot,
        row.cluster,
        row.headcount_source,
        row.headcount_date,
    )


def test_a_full_row():
    rows, wrong = read(
        ("01", "BHXH TP. Hà Nội", "tinh", "VN", "1.250", 2, "x", "Cụm 1", "BC 12", "31/12/2019"),
        headers=ALL,
    )
    assert wrong == []
    assert [values(row) for row in rows] == [
        (
            "01",
            "BHXH TP. Hà Nội",
            Kind.PROVINCE,
            "VN",
            1250,
            2,
            True,
            "Cụm 1",
            "BC 12",
            date(2019, 12, 31),
        )
    ]


def test_a_blank_cell_says_nothing_but_a_blank_mark_says_no():
    rows, wrong = read(("VN", "BHXH Việt Nam", "nganh", None, None, None, None))
    assert wrong == []
    assert values(rows[0])[3:] == (None, None, None, False, None, None, None)


def test_without_the_column_of_the_mark_nothing_is_said_of_it():
    rows, _ = read(("VN", "BHXH Việt Nam", "nganh", None, 5), headers=HEADERS[:5])
    assert rows[0].is_pilot is None


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("tinh", Kind.PROVINCE),
        ("Tỉnh", Kind.PROVINCE),
        ("BHXH tỉnh, thành phố", Kind.PROVINCE),
        ("KHOI_CO_QUAN", Kind.CENTRAL_BLOCK),
        ("Khối cơ quan", Kind.CENTRAL_BLOCK),
        ("Quận, huyện", Kind.DISTRICT),
        ("BHXH huyện", Kind.DISTRICT),
        ("phòng", Kind.DEPARTMENT),
        ("Đơn vị trực thuộc", Kind.CENTRAL_UNIT),
        ("BHXH cơ sở", Kind.BASE_OFFICE),
        ("Ngành", Kind.SECTOR),
    ],
)
def test_a_kind_by_its_code_or_in_words(word, kind):
    rows, wrong = read(("01", "Tên", word, "VN", 5))
    assert (wrong, [row.kind for row in rows]) == ([], [kind])


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ((None, "Tên", "tinh", "VN", 5), (2, "A", "", "missing_value")),
        (("01", None, "tinh", "VN", 5), (2, "B", "", "missing_value")),
        (("01", "Tên", None, "VN", 5), (2, "C", "", "missing_value")),
        (("01", "Tên", "tinh", None, 5), (2, "D", "", "missing_value")),
        (("01", "Tên", "thôn", "VN", 5), (2, "C", "thôn", "unknown_kind")),
        (("01", "Tên", "tinh", "VN", "nhiều"), (2, "E", "nhiều", "bad_number")),
        (("01", "Tên", "tinh", "VN", -3), (2, "E", "-3", "bad_number")),
        (("01", "Tên", "tinh", "VN", 2.5), (2, "E", "2,5", "bad_number")),
        (("01", "Tên", "tinh", "VN", 10**9), (2, "E", "1000000000", "bad_number")),
        (("01", "Tên", "tinh", "VN", 5, "đầu"), (2, "F", "đầu", "bad_number")),
        (("01", "Tên", "tinh", "VN", 5, 1, "có lẽ"), (2, "G", "có lẽ", "bad_value")),
        (("0" * 31, "Tên", "tinh", "VN", 5), (2, "A", "0" * 31, "bad_value")),
        (("01", "T" * 251, "tinh", "VN", 5), (2, "B", "T" * 199 + "…", "bad_value")),
        (
            ("01", "Tên", "tinh", "VN", 5, 1, "x", "", "", "năm ngoái"),
            (2, "J", "năm ngoái", "bad_date"),
        ),
        (("01", "Tên", "tinh", "VN", 5, 1, "x", "", "", "2019"), (2, "J", "2019", "bad_date")),
    ],
)
def test_each_fault_names_its_cell(row, fault):
    _rows, wrong = read(row, headers=ALL)
    assert [(one.row, one.column, one.value, one.code) for one in wrong] == [fault]


def test_all_faults_of_all_rows_are_told_at_once():
    proposal = proposed(
        ("VN", "BHXH Việt Nam", "nganh", None, 5),
        (None, "Tên", "thôn", "VN", "nhiều"),
        ("01", None, "tinh", "VN", 5),
        ("02", "Hà Giang", "tinh", "XX", 5),
        ("02", "Hà Giang", "tinh", "VN", 5),
    )
    assert faults(proposal) == [
        (3, "A", "", "missing_value"),
        (3, "C", "thôn", "unknown_kind"),
        (3, "E", "nhiều", "bad_number"),
        (4, "B", "", "missing_value"),
        (5, "D", "XX", "unknown_unit"),
        (6, "A", "02", "duplicate_in_file"),
    ]
    assert (proposal.changes, proposal.unchanged) == ((), 0)


def test_a_missing_column_is_told_by_its_header():
    proposal = proposed(("VN", "BHXH", "nganh"), headers=HEADERS[:3])
    assert [(one.code, one.row) for one in proposal.faults] == [
        ("missing_column", 1),
        ("missing_column", 1),
    ]
    assert "Mã đơn vị cấp trên" in str(proposal.faults[0].sentence)
