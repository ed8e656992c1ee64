"""Rows of a sheet to registrations, and every fault at its cell."""

from __future__ import annotations

from datetime import date

import pytest

from congress_app.congresses.presets import GUIDANCE_2020
from congress_app.congresses.rulebook import Category
from congress_app.delegates.book import Entry
from congress_app.delegates.registration import GroundFacts, PersonFacts, Registration
from congress_app.delegates.roster import Roster, Setting, read_roster
from congress_app.formats.sheet import Row, Sheet, Value
from congress_app.kernel.partial_date import PartialDate
from congress_app.units.lookup import UnitMap, UnitRef

UNITS = UnitMap(
    [
        UnitRef(1, "VN", "BHXH Việt Nam", "nganh", "/1/", None),
        UnitRef(2, "01", "BHXH thành phố Hà Nội", "tinh", "/1/2/", 1),
        UnitRef(3, "0101", "BHXH huyện Châu Thành", "huyen", "/1/2/3/", 2),
        UnitRef(4, "02", "BHXH tỉnh Hà Giang", "tinh", "/1/4/", 1),
        UnitRef(5, "0201", "BHXH huyện Châu Thành", "huyen", "/1/4/5/", 4),
    ]
)
HEADER = (
    "STT", "Họ và tên", "Ngày sinh", "Giới tính", "Dân tộc", "Chức vụ", "Mã đơn vị", "Đơn vị",
    "Thành phần", "Căn cứ", "Lĩnh vực", "Ưu tiên", "Đảng viên", "Điện thoại", "Email", "Ghi chú",
)  # fmt: skip
GOOD: dict[str, Value] = {
    "STT": 1,
    "Họ và tên": "NGUYỄN THỊ ÁNH",
    "Ngày sinh": "5/7/1980",
    "Giới tính": "Nữ",
    "Dân tộc": "Tày",
    "Chức vụ": "Phó Giám đốc",
    "Mã đơn vị": "02",
    "Thành phần": "Bầu",
}


def setting(*, outsiders: bool = True) -> Setting:
    rules = GUIDANCE_2020.level("national")
    return Setting(UNITS, rules, GUIDANCE_2020, date(2020, 6, 15), outsiders)


def read(*rows: dict[str, Value], outsiders: bool = True) -> Roster:
    table = [("DANH SÁCH ĐẠI BIỂU",), HEADER]
    table += [tuple(row.get(name) for name in HEADER) for row in rows]
    sheet = Sheet("s", tuple(Row(number, cells) for number, cells in enumerate(table, start=1)))
    return read_roster(sheet, setting(outsiders=outsiders))


def faults(*rows: dict[str, Value]) -> list[tuple[int, str, str]]:
    return [(fault.row, fault.column, fault.code) for fault in read(*rows).faults]


def test_a_whole_row() -> None:
    row = GOOD | {
        "Căn cứ": "CSTĐ ngành 2017; Khác",
        "Lĩnh vực": "Thu",
        "Ưu tiên": "nữ",
        "Đảng viên": "x",
        "Điện thoại": 912345678,
        "Email": "anh@VSS.gov.vn",
        "Ghi chú": "ăn chay",
    }
    roster = read(row)
    assert roster.faults == []
    assert roster.entries == [
        Entry(
            Registration(
                PersonFacts(
                    "Nguyễn Thị Ánh",
                    PartialDate(1980, 7, 5),
                    "F",
                    "Tày",
                    "Phó Giám đốc",
                    unit_id=4,
                    party_member=True,
                    phone="0912345678",
                    email="anh@vss.gov.vn",
                ),
                Category.ELECTED,
                (
                    GroundFacts("Chiến sĩ thi đua ngành BHXH", "fighter_sector", 2017),
                    GroundFacts("Khác"),
                ),
                "collection",
                ("women",),
                "ăn chay",
            ),
            3,
        )
    ]


def test_unknown_facts_stay_unknown() -> None:
    roster = read(GOOD | {"Ngày sinh": None, "Giới tính": None, "Dân tộc": None})
    assert roster.faults == []
    person = roster.entries[0].registration.person
    assert (person.birth, person.sex, person.ethnicity, person.party_member) == (None,) * 4


@pytest.mark.parametrize(
    ("column", "value", "letter", "code"),
    [
        ("Họ và tên", None, "B", "missing_value"),
        ("Họ và tên", "12345", "B", "bad_value"),
        ("Họ và tên", "x" * 201, "B", "bad_value"),
        ("Ngày sinh", "31/02/1980", "C", "bad_date"),
        ("Ngày sinh", "01/07/2020", "C", "bad_date"),
        ("Giới tính", "khác", "D", "bad_sex"),
        ("Mã đơn vị", "99", "G", "unknown_unit"),
        ("Mã đơn vị", None, "H", "missing_value"),
        ("Thành phần", None, "I", "missing_value"),
        ("Thành phần", "Quan sát viên", "I", "unknown_category"),
        ("Đảng viên", "có lẽ", "M", "bad_value"),
        ("Điện thoại", "123", "N", "bad_phone"),
        ("Email", "anh(at)vss", "O", "bad_email"),
    ],
)
def test_one_fault_at_its_cell(column: str, value: Value, letter: str, code: str) -> None:
    assert faults(GOOD | {column: value}) == [(3, letter, code)]


def test_all_faults_of_a_file_at_once_and_the_rest_is_still_read() -> None:
    roster = read(
        GOOD | {"Giới tính": "?", "Điện thoại": "1"},
        GOOD | {"Họ và tên": None, "Email": "x"},
        GOOD | {"Họ và tên": "Lê An"},
    )
    assert sorted((f.row, f.code) for f in roster.faults) == [
        (3, "bad_phone"),
        (3, "bad_sex"),
        (4, "bad_email"),
        (4, "missing_value"),
    ]
    assert [entry.row for entry in roster.entries] == [3, 5]


def test_units_by_name() -> None:
    by_name = GOOD | {"Mã đơn vị": None}
    named = read(by_name | {"Đơn vị": "bảo hiểm xã hội tỉnh hà giang"})
    assert named.entries[0].registration.person.unit_id == 4
    assert faults(by_name | {"Đơn vị": "BHXH huyện Châu Thành"}) == [(3, "H", "ambiguous_unit")]
    told = read(by_name | {"Đơn vị": "BHXH huyện Châu Thành, BHXH tỉnh Hà Giang"})
    assert told.entries[0].registration.person.unit_id == 5
    assert faults(by_name | {"Đơn vị": "UBND tỉnh"}) == [(3, "H", "unknown_unit")]


def test_the_ambiguous_names_codes_are_told() -> None:
    roster = read(GOOD | {"Mã đơn vị": None, "Đơn vị": "BHXH huyện Châu Thành"})
    assert "mã 0101, 0201" in str(roster.faults[0].sentence)


def test_a_guest_from_outside_is_kept_in_words() -> None:
    guest = GOOD | {"Mã đơn vị": None, "Đơn vị": "UBND tỉnh Hà Giang", "Thành phần": "Khách mời"}
    person = read(guest).entries[0].registration.person
    assert (person.unit_id, person.organisation) == (None, "UBND tỉnh Hà Giang")
    refused = read(guest, outsiders=False)
    assert [fault.code for fault in refused.faults] == ["unknown_unit"]


def test_the_day_of_joining_the_party_tells_a_member() -> None:
    members = read(
        GOOD | {"Đảng viên": "03/02/2005"},
        GOOD | {"Họ và tên": "Lê An", "Đảng viên": "Đảng viên"},
        GOOD | {"Họ và tên": "Lê Bình", "Đảng viên": "Quần chúng"},
    )
    assert [e.registration.person.party_member for e in members.entries] == [True, True, False]


def test_a_missing_column_is_the_only_fault_told() -> None:
    rows = (Row(1, ("Họ và tên", "Ngày sinh", "Giới tính")), Row(2, ("Lê An", "x", "y")))
    roster = read_roster(Sheet("s", rows), setting())
    assert {fault.code for fault in roster.faults} == {"missing_column"}
    told = " ".join(str(fault.sentence) for fault in roster.faults)
    assert all(name in told for name in ("Dân tộc", "Chức vụ", "Thành phần", "Mã đơn vị"))


def test_progress_is_told() -> None:
    told: list[tuple[int, int]] = []
    rows = [Row(1, HEADER)]
    rows += [
        Row(n, tuple((GOOD | {"Họ và tên": f"Lê {n}"}).get(name) for name in HEADER))
        for n in range(2, 1203)
    ]
    read_roster(Sheet("s", tuple(rows)), setting(), lambda done, total: told.append((done, total)))
    assert told == [(500, 1201), (1000, 1201), (1201, 1201)]
