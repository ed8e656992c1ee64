"""The header of a list, wherever it stands and however it is laid out."""

from __future__ import annotations

import pytest

from congress_app.formats.headers import (
    FAMILY,
    FEMALE,
    GIVEN,
    MALE,
    ORDER,
    Vocabulary,
    find_header,
)
from tests.formats.tables import FIELDS, NAME, sheet

TITLES = [
    ("BẢO HIỂM XÃ HỘI TỈNH A",),
    ("DANH SÁCH ĐẠI BIỂU DỰ HỘI NGHỊ",),
    ("(Kèm theo Kế hoạch số 12/KH-BHXH)",),
]


def targets(*args, **kwargs) -> dict[int, str | None]:
    header = find_header(sheet(*args, **kwargs), FIELDS)
    assert header is not None
    return {column.index: column.target for column in header.columns}


@pytest.mark.parametrize(
    "labels",
    [
        ("STT", "Họ và tên", "Ngày sinh", "Giới tính"),
        ("TT", "HỌ TÊN", "NĂM SINH", "GIỚI"),
        ("Stt", "ho va ten", "ngay, thang, nam sinh", "gioi tinh"),
        ("Số TT", "Họ và\ntên (*)", "Ngày sinh (dd/mm/yyyy)", "Giới tính:"),
    ],
)
def test_words_are_matched_without_case_accents_and_punctuation(labels: tuple[str, ...]) -> None:
    assert targets([labels]) == {0: ORDER, 1: "name", 2: "birth", 3: "sex"}


@pytest.mark.parametrize("times", [1, 4, 20])
def test_what_is_explained_in_brackets_may_be_long(times: int) -> None:
    how = "ghi đúng như căn cước công dân [viết hoa (có dấu)], không viết tắt; " * times
    labels = ("Stt", f"Họ và tên ({how})", "Ngày sinh", "Giới tính")
    assert targets([labels, ("1", "Lê An", "1/2/1980", "Nam")]) == targets(
        [("Stt", "Họ và tên", "Ngày sinh", "Giới tính"), ("1", "Lê An", "1/2/1980", "Nam")]
    )


def test_titles_above_are_passed_over() -> None:
    rows = [*TITLES, ("STT", "Họ và tên", "Ngày sinh"), (1, "Lê Ý", 1980)]
    header = find_header(sheet(rows, merges=("A1:C1", "A2:C2")), FIELDS)
    assert header is not None
    assert (header.top, header.bottom) == (4, 4)


def test_two_rows_with_merged_cells_are_one_header() -> None:
    rows = [
        ("STT", "Họ và tên", None, "Ngày sinh", "Đơn vị", None),
        (None, "Họ đệm", "Tên", None, "Mã", "Tên"),
        (1, "Lê", "Ý", 1980, "01", "BHXH"),
    ]
    merges = ("A1:A2", "B1:C1", "D1:D2", "E1:F1")
    header = find_header(sheet(rows, merges=merges), FIELDS)
    assert header is not None
    assert (header.top, header.bottom) == (1, 2)
    assert [column.target for column in header.columns] == [
        ORDER,
        FAMILY,
        GIVEN,
        "birth",
        "unit_code",
        "unit",
    ]


def test_two_rows_without_merges_are_one_header_when_the_second_tells_more() -> None:
    rows = [
        ("STT", "Họ và tên", "Năm sinh", None, "Đơn vị"),
        (None, None, "Nam", "Nữ", None),
        (1, "Lê Ý", 1980, None, "BHXH"),
    ]
    assert targets(rows) == {0: ORDER, 1: "name", 2: MALE, 3: FEMALE, 4: "unit"}


def test_an_entry_is_no_second_header_row() -> None:
    rows = [("Họ và tên", "Giới tính", "Ghi chú"), ("Lê Ý", "Nam", "Đơn vị")]
    header = find_header(sheet(rows), FIELDS)
    assert header is not None
    assert (header.top, header.bottom) == (1, 1)


def test_a_label_merged_over_columns_continues_over_them() -> None:
    rows = [("Họ và tên", None, "Ngày sinh"), ("Lê", "Ý", 1980)]
    header = find_header(sheet(rows, merges=("A1:B1",)), FIELDS)
    assert header is not None
    assert [(column.index, column.continues) for column in header.columns] == [
        (0, False),
        (1, True),
        (2, False),
    ]
    assert [column.index for column in header.of("name")] == [0]


def test_accents_tell_phone_from_ethnicity() -> None:
    assert targets([("Họ tên", "DT", "ĐT")]) == {0: "name", 1: "ethnicity", 2: "phone"}


def test_one_word_alone_is_no_header() -> None:
    assert find_header(sheet([("Họ và tên",), ("Lê Ý",)]), FIELDS) is None
    assert find_header(sheet([*TITLES, ("a", "b")]), FIELDS) is None


def test_one_word_is_enough_where_one_is_asked_for() -> None:
    assert find_header(sheet([("Tên",), ("Lê Ý",)]), (NAME,)) is not None


def test_exact_words_are_known_before_folded_ones() -> None:
    words = Vocabulary(FIELDS)
    assert words.look_up("Dân tộc") == ("ethnicity", 0)
    assert words.look_up("dt") == ("ethnicity", 1)
    assert words.look_up("đt") == ("phone", 1)
    assert words.look_up("Quê quán") is None


def test_a_text_is_no_label_however_it_begins() -> None:
    label = "Họ và tên"
    known = Vocabulary(FIELDS)
    assert known.look_up(label + " " * 1991) == known.look_up(label)
    assert known.look_up(label + " " * 1992) is None
    header = find_header(sheet([(label, "Ngày sinh", "x" * 900)]), FIELDS)
    assert header is not None
    assert header.columns[2].label == "x" * 199 + "…"
