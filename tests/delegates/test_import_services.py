"""A whole sheet through the one door."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from congress_app.audit.models import Entry
from congress_app.congresses.models import Congress
from congress_app.congresses.presets import GUIDANCE_2020
from congress_app.database import db
from congress_app.delegates import state_services
from congress_app.delegates.book import NEW_PERSON
from congress_app.delegates.import_services import import_delegates
from congress_app.delegates.models import Delegate, DelegationHead, Person
from congress_app.delegates.sheet_result import ImportResult
from congress_app.formats.xlsx.writing import Column, write_sheet
from congress_app.kernel.errors import Unreadable
from congress_app.kernel.permissions import Actor, Grant, Role, system_actor
from congress_app.units.models import Unit
from tests import builders

ACTOR = system_actor("test")
HEADER = (
    "STT", "Họ và tên", "Ngày sinh", "Giới tính", "Dân tộc", "Chức vụ", "Mã đơn vị", "Đơn vị",
    "Thành phần", "Điện thoại", "Email", "Căn cứ", "Lĩnh vực", "Ưu tiên", "Ghi chú",
)  # fmt: skip
Cells = dict[str, Any]


@pytest.fixture
def congress(app: Flask) -> Congress:
    """A provincial congress under the guidance of 2020 with three districts."""
    made = builders.a_congress(rules=GUIDANCE_2020)
    for code, name in (("D1", "BHXH huyện A"), ("D2", "BHXH huyện B"), ("D3", "BHXH huyện B")):
        builders.a_unit(code, parent=made.unit, kind="huyen", name=name)
    return made


def row(name: str | None, **cells: Any) -> Cells:
    plain = {
        "Họ và tên": name,
        "Ngày sinh": "05/07/1980",
        "Giới tính": "Nam",
        "Dân tộc": "Kinh",
        "Chức vụ": "Chuyên viên",
        "Mã đơn vị": "D1",
        "Thành phần": "Chính thức",
    }
    return plain | {key.replace("_", " "): value for key, value in cells.items()}


def sheet(*rows: Cells) -> bytes:
    columns = [Column(name) for name in HEADER]
    return write_sheet(columns, [[r.get(name) for name in HEADER] for r in rows], title="Danh sách")


def take(congress: Congress, *rows: Cells, **options: Any) -> ImportResult:
    return import_delegates(congress, sheet(*rows), "ds.xlsx", **({"actor": ACTOR} | options))


def figures(result: ImportResult) -> tuple[int, int, int, bool]:
    return result.created, result.updated, result.unchanged, result.written


def test_written_then_unchanged_then_updated(congress: Congress) -> None:
    rows = [row("Lê An"), row("Trần Bình", Thành_phần="Khách mời", Mã_đơn_vị=None, Đơn_vị="UBND")]
    assert figures(take(congress, *rows)) == (2, 0, 0, True)
    assert figures(take(congress, *rows)) == (0, 0, 2, True)
    rows[0]["Điện thoại"] = "0912 345 678"
    assert figures(take(congress, *rows)) == (0, 1, 1, True)
    assert db.session.scalar(select(Person.phone).where(Person.full_name == "Lê An")) == (
        "0912345678"
    )


def test_the_log_tells_what_a_sheet_corrected_as_the_form_does(congress: Congress) -> None:
    known = row("Lê An", Ghi_chú="ăn chay", Lĩnh_vực="Thu", Ưu_tiên="Đại biểu nữ")
    take(congress, known, row("Trần Bình"))
    person_id = db.session.scalar(select(Person.id).where(Person.full_name == "Lê An"))
    corrected = known | {
        "Dân tộc": "Tày",
        "Chức vụ": "Phó Giám đốc",
        "Mã đơn vị": "D2",
        "Thành phần": "Khách mời",
        "Điện thoại": "0912 345 678",
        "Căn cứ": "Điển hình tiên tiến",
        "Lĩnh vực": "Giám định",
        "Ưu tiên": "Đại biểu là người dân tộc thiểu số; Mô hình mới",
        "Ghi chú": "ăn mặn",
    }
    (question,) = take(congress, corrected).questions
    take(congress, corrected, row("Trần Bình"), accept={question.row: person_id})
    told = db.session.execute(
        select(Entry.subject_name, Entry.changes).where(Entry.action == "delegate.edit")
    )
    changes = {
        "category": ["official", "guest"],
        "delegation": ["BHXH huyện A", "BHXH huyện B"],
        "field": ["collection", "Giám định"],
        "note": ["ăn chay", "ăn mặn"],
        "grounds_added": "Điển hình tiên tiến",
        "priorities": [["women"], ["new_model"]],
        "sensitive_priorities": "changed",
        "ethnicity": "changed",
        "position": ["Chuyên viên", "Phó Giám đốc"],
        "phone": [None, "0912345678"],
        "unit": ["BHXH huyện A", "BHXH huyện B"],
    }
    ((name, found),) = [tuple(one) for one in told]
    assert set(found.pop("sealed_facts")) == {"commitment", "text"}
    assert (name, found) == ("Lê An", changes)


def test_a_stored_person_who_joins_corrected_is_told_too(congress: Congress) -> None:
    district = db.session.scalars(select(Unit).where(Unit.code == "D1")).one()
    builders.a_person("Lê An", district, birth_month=7, birth_day=5, position="Văn thư")
    take(congress, row("Lê An"))
    (told,) = db.session.scalars(select(Entry).where(Entry.action == "delegate.register"))
    found = dict(told.changes)
    assert set(found.pop("sealed_facts")) == {"commitment", "text"}
    assert found == {
        "category": "official",
        "ethnicity": "changed",
        "position": ["Văn thư", "Chuyên viên"],
    }


def test_a_dry_run_writes_nothing(congress: Congress) -> None:
    assert figures(take(congress, row("Lê An"), dry_run=True)) == (1, 0, 0, False)
    assert db.session.scalar(select(func.count(Delegate.id))) == 0


def test_twelve_different_faults_are_listed_at_once_and_nothing_is_written(
    congress: Congress,
) -> None:
    district = db.session.scalars(select(Unit).where(Unit.code == "D1")).one()
    builders.a_person("Lê Thị Hòa", district, birth_month=7, birth_day=5)
    builders.an_allocation(congress, {district: 1})
    for _ in range(298):
        builders.a_delegate(congress)
    result = take(
        congress,
        row("Lê Một", Ngày_sinh="31/02/1980"),  # title 1, blank 2, header 3, so this is row 4
        row("Lê Hai", Giới_tính="?"),
        row("Lê Ba", Điện_thoại="12"),
        row("Lê Bốn", Email="không"),
        row("Lê Năm", Mã_đơn_vị="XX"),
        row("Lê Sáu", Mã_đơn_vị=None, Đơn_vị="BHXH huyện B"),
        row("Lê Bảy", Thành_phần="Quan sát"),
        row(None),
        row("Lê Chín", Thành_phần="Bầu"),
        row("Lê Chín"),
        row("Lê Thị Hoà"),
        row("Lê Mười", Thành_phần="Bầu"),
    )
    first = 4 if result.faults[0].row == 4 else result.faults[0].row
    assert [(f.row - first, f.column, f.code) for f in result.faults] == [
        (0, "C", "bad_date"),
        (1, "D", "bad_sex"),
        (2, "J", "bad_phone"),
        (2, "I", "over_cap"),
        (3, "K", "bad_email"),
        (4, "G", "unknown_unit"),
        (5, "H", "ambiguous_unit"),
        (6, "I", "unknown_category"),
        (7, "B", "missing_value"),
        (9, "B", "duplicate_in_file"),
        (10, "B", "duplicate_in_database"),
        (11, "I", "over_quota"),
    ]
    assert len({fault.code for fault in result.faults}) == 12
    assert figures(result) == (0, 0, 0, False)
    assert db.session.scalar(select(func.count(Delegate.id))) == 298
    assert result.as_dict()["faults"][0] == {
        "row": first,
        "column": "C",
        "value": "31/02/1980",
        "code": "bad_date",
        "message": "“31/02/1980” không phải ngày sinh. "
        "Hãy ghi 05/07/1980, 07/1980 hoặc chỉ năm 1980.",
    }


def test_a_doubtful_row_waits_for_a_decision(congress: Congress) -> None:
    district = db.session.scalars(select(Unit).where(Unit.code == "D1")).one()
    person = builders.a_person("Lê Thị Hòa", district, birth_month=7, birth_day=5)
    asked = take(congress, row("Lê Thị Hoà"))
    (question,) = asked.questions
    assert [candidate.person_id for candidate in question.candidates] == [person.id]
    same = take(congress, row("Lê Thị Hoà"), accept={question.row: person.id}, dry_run=True)
    assert figures(same) == (1, 0, 0, False)
    assert figures(take(congress, row("Lê Thị Hoà"), accept={question.row: NEW_PERSON})) == (
        1,
        0,
        0,
        True,
    )
    assert db.session.scalar(select(func.count(Person.id))) == 2
    again = take(congress, row("Lê Thị Hoà"), accept={question.row: NEW_PERSON})
    assert figures(again) == (0, 0, 1, True)


def test_a_sheet_that_moves_somebody_ends_his_leading_the_old_delegation(
    congress: Congress,
) -> None:
    take(congress, row("Lê An"), row("Trần Bình", Mã_đơn_vị="D2"))
    rows = db.session.scalars(select(Delegate).order_by(Delegate.id)).all()
    for delegate in rows:
        unit_id = delegate.delegation_unit_id
        state_services.set_head(congress, unit_id, delegate.id, actor=ACTOR)
    moved = row("Lê An", Mã_đơn_vị="D3")
    (question,) = take(congress, moved).questions
    take(congress, moved, accept={question.row: rows[0].person_id})
    db.session.rollback()
    assert db.session.scalars(select(DelegationHead.delegate_id)).all() == [rows[1].id]


def test_a_registrar_reaches_only_the_own_units(congress: Congress) -> None:
    district = db.session.scalars(select(Unit).where(Unit.code == "D1")).one()
    registrar = Actor("user", 1, "r", "R", (Grant(Role.REGISTRAR, district.path),))
    foreign = take(congress, row("Lê An", Mã_đơn_vị="D2"), actor=registrar)
    assert [fault.code for fault in foreign.faults] == ["unknown_unit"]
    guest = row("Lê An", Thành_phần="Khách mời", Mã_đơn_vị=None, Đơn_vị="UBND")
    assert [f.code for f in take(congress, guest, actor=registrar).faults] == ["unknown_unit"]
    assert figures(take(congress, row("Lê An"), actor=registrar)) == (1, 0, 0, True)


def test_an_unreadable_file_is_refused_in_one_sentence(congress: Congress) -> None:
    with pytest.raises(Unreadable) as refused:
        import_delegates(congress, b"PK\x03\x04 not a sheet", "ds.xlsx", actor=ACTOR)
    assert refused.value.code == "unreadable_file"


def test_progress_is_told_before_the_writing(congress: Congress) -> None:
    told: list[tuple[int, str]] = []
    take(congress, row("Lê An"), progress=lambda done, _total, step: told.append((done, step)))
    assert told == [
        (0, "Đọc tệp"),
        (60, "Kiểm tra từng dòng"),
        (60, "So với danh sách đã có"),
        (75, "Ghi vào danh sách"),
    ]


def test_the_number_of_statements_does_not_grow_with_the_rows(
    congress: Congress, count_queries: Any
) -> None:
    def statements(*names: str) -> int:
        with count_queries() as seen:
            assert take(congress, *(row(name) for name in names)).written
        return len(seen)

    assert statements("Lê An") == statements("Lê Bình", "Lê Chi", "Lê Dung")
