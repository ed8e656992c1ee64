"""Which stored persons a sheet may touch, and what is recorded of having compared them."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from congress_app.audit.models import Entry
from congress_app.congresses.models import Congress
from congress_app.database import db
from congress_app.delegates import reading_services
from congress_app.delegates.models import Delegate, Person
from congress_app.units.models import Unit
from tests import builders
from tests.delegates.test_import_services import Cells, congress, figures, row, take

__all__ = ["congress"]


def people() -> list[tuple[str, int | None, str | None]]:
    db.session.rollback()
    rows = db.session.execute(
        select(Person.full_name, Person.birth_year, Person.position).order_by(Person.id)
    )
    return [(name, year, position) for name, year, position in rows]


@pytest.mark.parametrize("dry_run", [True, False])
def test_nobody_can_be_named_who_is_not_asked_about(congress: Congress, dry_run: bool) -> None:
    district = db.session.scalars(select(Unit).where(Unit.code == "D1")).one()
    stranger = builders.a_person("Trần Thu Xuân", district, birth_year=1972, position="Giám đốc")
    before = people()
    sheet_row = row("Võ Người Lạ", Ngày_sinh="07/07/1977")
    assert take(congress, sheet_row, dry_run=True).faults == ()
    everywhere = dict.fromkeys(range(10), stranger.id)
    told = take(congress, sheet_row, accept=everywhere, dry_run=dry_run)
    assert [(f.value, f.code) for f in told.faults] == [("Võ Người Lạ", "stale_answer")]
    assert [(one.name, one.candidates) for one in told.questions] == [("Võ Người Lạ", ())]
    assert (told.written, told.only_questions, people()) == (False, True, before)


def test_stored_persons_who_are_overwritten_are_counted_also_among_the_new(
    congress: Congress,
) -> None:
    district = db.session.scalars(select(Unit).where(Unit.code == "D1")).one()
    person = builders.a_person("Lê Thị Hòa", district, birth_month=7, birth_day=5)
    rows = [row("Lê Thị Hoà"), row("Trần Bình")]
    (question,) = take(congress, *rows).questions
    looked = take(congress, *rows, accept={question.row: person.id}, dry_run=True)
    done = take(congress, *rows, accept={question.row: person.id})
    assert [(*figures(one), one.corrected) for one in (looked, done)] == [
        (2, 0, 0, False, 1),
        (2, 0, 0, True, 1),
    ]
    again = take(congress, *rows)
    assert (*figures(again), again.corrected) == (0, 0, 2, True, 0)
    rows[1]["Chức vụ"] = "Phó Giám đốc"
    changed = take(congress, *rows)
    assert (*figures(changed), changed.corrected) == (0, 1, 1, True, 1)


def readings() -> list[tuple[str, int | None, str, dict[str, object]]]:
    db.session.rollback()
    wanted = select(Entry.subject_kind, Entry.subject_id, Entry.subject_name, Entry.changes).where(
        Entry.action == "delegate.read_sensitive"
    )
    return [tuple(one) for one in db.session.execute(wanted.order_by(Entry.id))]


@pytest.mark.parametrize("dry_run", [True, False])
@pytest.mark.parametrize(
    "cells",
    [{"Dân_tộc": "Tày"}, {"Dân_tộc": None, "Ưu_tiên": "Đại biểu là người dân tộc thiểu số"}],
)
def test_comparing_sensitive_facts_with_the_stored_is_recorded_as_a_reading(
    congress: Congress, dry_run: bool, cells: Cells
) -> None:
    district = db.session.scalars(select(Unit).where(Unit.code == "D1")).one()
    take(congress, row("Lê An"))
    delegate_id = db.session.scalar(select(Delegate.id))
    guest = builders.a_person("Trần Bình", district, birth_month=7, birth_day=5)
    plain = [row(name, Dân_tộc=None) for name in ("Lê An", "Trần Bình", "Đỗ Mới")]
    take(congress, *plain, dry_run=True)
    assert readings() == []
    told = [one | {key.replace("_", " "): value for key, value in cells.items()} for one in plain]
    take(congress, *told, dry_run=dry_run)
    compared = {"compared": True}
    assert readings() == [
        ("delegate", delegate_id, "Lê An", compared),
        ("person", guest.id, "Trần Bình", compared),
    ]


def test_a_long_comparison_is_recorded_as_that_of_a_list(
    congress: Congress, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading_services, "NAMED_READINGS", 1)
    rows = [row("Lê An"), row("Trần Bình")]
    take(congress, *rows)
    assert readings() == []
    take(congress, *rows, dry_run=True)
    assert readings() == [("congress", congress.id, congress.name, {"compared": True, "rows": 2})]


def priorities() -> dict[str, list[str]]:
    db.session.rollback()
    rows = db.session.execute(
        select(Person.full_name, Delegate.priorities).join(Delegate.person).order_by(Delegate.id)
    )
    return dict(rows.all())


@pytest.mark.parametrize("dry_run", [True, False])
def test_a_sheet_with_open_priorities_neither_tells_nor_takes_the_sensitive_ones(
    congress: Congress, dry_run: bool
) -> None:
    new, minority = "Mô hình mới", "Đại biểu là người dân tộc thiểu số"
    plain = {"Dân_tộc": None, "Ưu_tiên": new}
    take(congress, row("Lê An", **plain), row("Đỗ Bé", **plain | {"Ưu_tiên": f"{minority}; {new}"}))
    before = {"Lê An": ["new_model"], "Đỗ Bé": ["ethnic_minority", "new_model"]}
    assert priorities() == before
    for name in before:
        assert figures(take(congress, row(name, **plain), dry_run=dry_run)) == (
            0,
            0,
            1,
            not dry_run,
        )
    assert (priorities(), readings()) == (before, [])


def test_a_sensitive_priority_of_a_sheet_takes_none_away_that_was_stored(
    congress: Congress,
) -> None:
    take(congress, row("Lê An", Ưu_tiên="Mô hình mới; Người có đạo"))
    for added in ("Đại biểu là người dân tộc thiểu số", "Cựu chiến binh", "Người có đạo"):
        take(congress, row("Lê An", Ưu_tiên=added))
    marks = ["new_model", "Người có đạo", "ethnic_minority", "Cựu chiến binh"]
    assert priorities() == {"Lê An": marks}


def test_open_and_sensitive_priorities_of_a_sheet_touch_only_their_own_kind(
    congress: Congress,
) -> None:
    minority = "Đại biểu là người dân tộc thiểu số"
    take(congress, row("Lê An", Ưu_tiên="Mô hình mới"))
    take(congress, row("Lê An", Ưu_tiên=minority))
    assert priorities() == {"Lê An": ["new_model", "ethnic_minority"]}
    take(congress, row("Lê An", Ưu_tiên="Đại biểu nữ"))
    assert priorities() == {"Lê An": ["women", "ethnic_minority"]}
