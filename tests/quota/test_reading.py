from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress_app.kernel.errors import Unreadable
from congress_app.quota.matrix import Matrix
from congress_app.quota.problem import Method, Problem, TieChain, Unit
from congress_app.quota.reading import (
    UNIT_COLUMNS,
    decode,
    read_matrix,
    read_problem,
    read_table,
    read_weight,
)
from tests.quota.problems import thorough

TABLE = """\ufeffCode, Weight ,name,base,floor,ceiling,lock,ghi chú

01,1240,Hà Nội,2,1,40,,x
02,12.50,"Hà Giang, miền núi",,,,,
27,7/3,,,,,5,
"""


def refused(text: str) -> tuple[str, list[str]]:
    with pytest.raises(Unreadable) as refusal:
        read_problem(text, seats=5, file="phan-bo.csv")
    return refusal.value.code, [str(detail) for detail in refusal.value.details]


def test_reads_units_with_a_byte_order_mark_and_any_case() -> None:
    problem = read_problem(TABLE, seats=60, method=Method.ADAMS, floor=1, ceiling=50)

    assert problem == Problem(
        (
            Unit("01", 1240, "Hà Nội", base=2, floor=1, ceiling=40, written="1240"),
            Unit("02", Fraction(25, 2), "Hà Giang, miền núi", written="12.50"),
            Unit("27", Fraction(7, 3), lock=5, written="7/3"),
        ),
        60,
        Method.ADAMS,
        floor=1,
        ceiling=50,
        ties=TieChain(),
    )


def test_reports_columns_it_passed_over() -> None:
    assert read_table(TABLE, "f.csv", UNIT_COLUMNS[:2], UNIT_COLUMNS).unknown == ("ghi chú",)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_takes_the_separator_of_the_header(separator: str) -> None:
    text = "code,weight\nA,1\nB,2\n".replace(",", separator)

    assert read_problem(text, seats=3).units == (
        Unit("A", 1, written="1"),
        Unit("B", 2, written="2"),
    )


def test_composes_what_a_mac_took_apart() -> None:
    assert (
        read_problem("code,weight\nHa\u0300 No\u0323\u0302i,1\n", seats=1).units[0].code == "Hà Nội"
    )


def test_names_file_line_column_and_value_of_every_fault() -> None:
    text = 'code,weight,floor,lock\nA,"1,5",,\n,3,một,\nC,,,2.5\nD,5/0,,\n'

    code, faults = refused(text)

    assert code == "bad_number"
    wrong = (
        "không phải là trọng số. Hãy viết số nguyên (1240), số thập phân có dấu chấm (12.5) "
        "hoặc phân số (7/3)."
    )
    assert faults == [
        f"phan-bo.csv, dòng 2, cột weight: giá trị “1,5” {wrong}",
        "phan-bo.csv, dòng 3, cột code: giá trị “” để trống; hãy điền vào ô này.",
        "phan-bo.csv, dòng 3, cột floor: giá trị “một” không phải là số nguyên.",
        "phan-bo.csv, dòng 4, cột weight: giá trị “” để trống; hãy điền vào ô này.",
        "phan-bo.csv, dòng 4, cột lock: giá trị “2.5” không phải là số nguyên.",
        f"phan-bo.csv, dòng 5, cột weight: giá trị “5/0” {wrong}",
    ]


@pytest.mark.parametrize(
    "text",
    ["nan", "inf", "1e9", "0x1f", "1_000", "1.", ".5", "1/2/3", "٣", "1" * 61, "- 5", "1.240,5"],
)
def test_refuses_what_only_looks_like_a_weight(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_weight(text)


@thorough
@given(st.fractions())
def test_reads_back_every_fraction(weight: Fraction) -> None:
    assert read_weight(str(weight)) == weight


def test_says_which_columns_are_missing() -> None:
    assert refused("ten,so\nA,1\n") == ("missing_column", [])
    with pytest.raises(Unreadable) as refusal:
        read_problem("", seats=1, file="trống.csv")
    assert str(refusal.value) == (
        "trống.csv: thiếu cột code, weight. Dòng đầu phải có các cột code, weight."
    )


def test_says_where_quotes_do_not_close() -> None:
    assert refused('code,weight\nA,1\n"B,2\n')[0] == "unreadable_file"


def test_says_where_a_file_is_not_unicode() -> None:
    with pytest.raises(Unreadable) as refusal:
        decode("code,weight\nHà Nội,1\n".encode("cp1258", "replace"), "cu.csv")

    assert refusal.value.code == "legacy_encoding"
    assert str(refusal.value).startswith("cu.csv, dòng 2: ")
    assert decode("\ufeffĐắk Lắk".encode(), "moi.csv") == "Đắk Lắk"


def test_reads_a_matrix_from_one_line_a_cell() -> None:
    text = (
        "row,col,weight,row_seats,col_seats,floor,ceiling\n"
        "A,nữ,3,2,1,1,\nA,nam,5,2,2,,2\nB,nam,1.5,1,2,,\n"
    )

    assert read_matrix(text, method=Method.JEFFERSON) == Matrix(
        rows=("A", "B"),
        cols=("nữ", "nam"),
        row_seats=(2, 1),
        col_seats=(1, 2),
        weights=((3, 5), (0, Fraction(3, 2))),
        floors=((1, 0), (0, 0)),
        ceilings=((None, 2), (None, None)),
        method=Method.JEFFERSON,
    )


def test_refuses_lines_of_a_matrix_that_contradict_each_other() -> None:
    text = "row,col,weight,row_seats,col_seats\nA,x,1,2,3\nA,y,1,3,\nA,x,1,2,3\n"

    with pytest.raises(Unreadable) as refusal:
        read_matrix(text, file="co-cau.csv")

    assert refusal.value.code == "margin_mismatch"
    assert [str(detail) for detail in refusal.value.details] == [
        "co-cau.csv, dòng 3, cột row_seats: giá trị “3” khác với 2 ở dòng trên cho cùng “A”.",
        "co-cau.csv, dòng 3, cột col_seats: giá trị “” để trống; hãy điền vào ô này.",
        "co-cau.csv, dòng 4, cột row: giá trị “A, x” lặp lại một ô đã có ở dòng trên.",
    ]
