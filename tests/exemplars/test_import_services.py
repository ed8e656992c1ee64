"""Exemplars from a sheet, written all or nothing."""

from __future__ import annotations

import pytest

from congress_app.audit.models import Entry
from congress_app.database import db
from congress_app.exemplars import queries, sheet
from congress_app.exemplars.import_services import import_exemplars
from congress_app.exemplars.models import Exemplar
from congress_app.jobs.sheet_result import SheetResult
from congress_app.kernel.errors import Conflict
from congress_app.kernel.permissions import Actor, Grant, Role
from tests import builders
from tests.exemplars import sheets
from tests.exemplars.sheets import SYSTEM

FULL = (
    "Họ và tên", "Đối tượng", "Đơn vị", "Ngày sinh", "Giới tính", "Chức vụ", "Lĩnh vực",
    "Năm phát hiện", "Lãnh đạo", "Tập thể lãnh đạo", "Chấp hành tốt", "Sáng kiến",
    "HTXSNV", "Kỷ luật", "Mô hình", "Khen thưởng",
)  # fmt: skip


def run(data: bytes, *, dry_run: bool = False, actor: Actor = SYSTEM, **rest: str) -> SheetResult:
    result = import_exemplars(data, "dien-hinh.csv", dry_run=dry_run, actor=actor, **rest)
    db.session.rollback()
    return result


def counts(result: SheetResult) -> tuple[int, int, int, int]:
    return result.created, result.updated, result.unchanged, len(result.faults)


def faults(result: SheetResult) -> list[tuple[int, str, str]]:
    return [(fault.row, fault.column, fault.code) for fault in result.faults]


def everyone() -> list[Exemplar]:
    return queries.exemplars(("/",))


def told(row: Exemplar) -> list[tuple[str, str | None, str | None, int | None]]:
    return [(a.name, a.kind, a.decision_number, a.decision_year) for a in row.awards]


def the_district() -> None:
    province = builders.a_unit("22", builders.the_root(), name="BHXH tỉnh Quảng Ninh")
    builders.a_unit("2201", province, "huyen", name="BHXH huyện Đầm Hà")


def test_a_leader_and_the_collective_he_leads_in_one_sheet(app, frozen_clock) -> None:
    the_district()
    leader = ("NGUYỄN VĂN AN", "cá nhân", "bhxh huyen dam ha", "5/7/1980", "Nam", "Giám đốc",
              "Thu", "2023", "x", "BHXH huyện Đầm Hà", "Tốt", "có", "2021-2022; không: 2023",
              "", "", "Chiến sỹ thi đua ngành (12/QĐ-BHXH, 3/2/2022); Khen lạ")  # fmt: skip
    office = ("Bảo hiểm xã hội huyện Đầm Hà", "Tập thể", "BHXH huyện Đầm Hà", "", "", "", "", "",
              "", "", "x", "", "", "không", "Thu qua nhóm hộ", "")  # fmt: skip
    data = sheets.sheet(leader, office, headers=FULL)
    assert counts(run(data, dry_run=True)) == (2, 0, 0, 0)
    assert everyone() == []
    assert counts(run(data)) == (2, 0, 0, 0)
    collective, person = everyone()
    assert (person.name, person.leads_id, person.ratings, person.sex, person.is_leader) == (
        "Nguyễn Văn An",
        collective.id,
        {"2021": True, "2022": True, "2023": False},
        "M",
        True,
    )
    assert told(person) == [
        ("Chiến sỹ thi đua ngành", "sector_fighter", "12/QĐ-BHXH", 2022),
        ("Khen lạ", None, None, None),
    ]
    assert (collective.discipline, collective.detected_year, collective.stage) == (
        0,
        2020,
        "detect",
    )
    actions = [entry.action for entry in db.session.scalars(db.select(Entry).order_by(Entry.id))]
    assert actions == ["exemplar.create", "exemplar.create", "exemplar.import"]
    assert counts(run(data)) == (0, 0, 2, 0)


def test_what_the_register_hands_out_changes_nothing_when_read(app) -> None:
    root = builders.the_root()
    office = builders.an_exemplar("Phòng Thu", root, "collective", discipline=2, conduct=True)
    person = builders.an_exemplar(
        "Lê Thị Bình",
        root,
        birth_year=1980,
        birth_month=7,
        sex="F",
        field="collection",
        stage="sum_up",
        is_direct=True,
        is_leader=False,
        is_hard_area=True,
        leads_id=office.id,
        solution="Dòng một\nDòng hai",
        story="= không phải công thức",
        ratings={"2021": True, "2022": False},
    )
    builders.an_award(person, "Chiến sĩ thi đua ngành", "sector_fighter", 2022)
    builders.an_award(person, "Chiến sĩ thi đua ngành", "sector_fighter", 2023)
    rows = everyone()
    data = sheet.register(rows, queries.own_findings(rows))
    result = import_exemplars(data, "dien-hinh.xlsx", dry_run=False, actor=SYSTEM)
    assert (counts(result), [change.told for change in result.changes]) == ((0, 0, 2, 0), [])


def test_the_same_person_is_updated_and_awards_only_grow(app) -> None:
    row = builders.an_exemplar("Lê An", birth_year=1980, position="Chuyên viên")
    builders.an_award(row, "Chiến sĩ thi đua ngành", "sector_fighter", None)
    builders.an_award(row, "Bằng khen của Thủ tướng", "prime_minister", 2021)
    line = ("lê an", "Cá nhân", row.unit.code, "", "Bồi dưỡng",
            "Chiến sỹ thi đua ngành (9/QĐ, 2022)")  # fmt: skip
    assert counts(run(sheets.sheet(line))) == (0, 1, 0, 0)
    (stored,) = everyone()
    assert (stored.birth_year, stored.position, stored.stage) == (1980, "Chuyên viên", "nurture")
    assert [(step.from_stage, step.to_stage, step.note) for step in stored.steps] == [
        ("detect", "nurture", "dien-hinh.csv")
    ]
    assert told(stored) == [
        ("Chiến sĩ thi đua ngành", "sector_fighter", "9/QĐ", 2022),
        ("Bằng khen của Thủ tướng", "prime_minister", None, 2021),
    ]


def test_every_fault_by_row_and_column_and_nothing_is_written(app) -> None:
    builders.an_exemplar("Lê An", birth_year=1980)
    code = builders.the_root().code
    result = run(
        sheets.sheet(
            ("Trần Bình", "Cá nhân", code, "", "", ""),
            ("Trần Bình", "Cá nhân", code, "", "", ""),
            ("Lê Ân", "Cá nhân", code, "", "", ""),
            ("Lê An", "Cá nhân", code, "1980", "Nhân rộng", "Huân chương (31/02/2022)"),
            ("", "Nhóm", "9999", "mai", "Xong", ""),
            ("Phòng Thu", "Tập thể", code, "1990", "", ""),
        )
    )
    assert faults(result) == [
        (3, "A", "duplicate_in_file"),
        (4, "A", "duplicate_in_database"),
        (5, "A", "duplicate_in_file"),
        (5, "E", "bad_value"),
        (5, "F", "bad_date"),
        (6, "A", "missing_value"),
        (6, "B", "bad_value"),
        (6, "C", "unknown_unit"),
        (6, "D", "bad_date"),
        (6, "E", "bad_value"),
        (7, "D", "bad_value"),
    ]
    assert [row.name for row in everyone()] == ["Lê An"]
    assert "Lê An" in str(result.faults[1].sentence)


def test_two_of_one_name_are_told_apart_by_birth_years(app) -> None:
    code = builders.the_root().code
    data = sheets.sheet(
        ("Lê An", "Cá nhân", code, "1980", "", ""), ("Lê An", "Cá nhân", code, "1990", "", "")
    )
    assert counts(run(data)) == (2, 0, 0, 0)
    assert counts(run(data)) == (0, 0, 2, 0)


def test_a_led_collective_nobody_knows_is_a_fault(app) -> None:
    headers = ("Họ tên", "Loại", "Mã đơn vị", "Tập thể lãnh đạo")
    line = ("Lê An", "Cá nhân", builders.the_root().code, "Phòng Không Có")
    assert faults(run(sheets.sheet(line, headers=headers))) == [(2, "D", "bad_value")]


def test_units_out_of_reach_do_not_exist(app) -> None:
    the_district()
    elsewhere = builders.a_unit("01", builders.the_root())
    registrar = Actor("user", 1, "a", "A", (Grant(Role.REGISTRAR, elsewhere.path),))
    line = ("Lê An", "Cá nhân", "2201", "", "", "")
    assert faults(run(sheets.sheet(line), actor=registrar)) == [(2, "C", "unknown_unit")]


def test_what_was_previewed_is_what_is_written(app) -> None:
    line = ("Lê An", "Cá nhân", builders.the_root().code, "1980", "", "")
    seen = run(sheets.sheet(line), dry_run=True)
    builders.an_exemplar("Lê An")
    with pytest.raises(Conflict) as raised:
        run(sheets.sheet(line), expected=seen.digest)
    assert raised.value.code == "preview_changed"
