"""Sheets read and written by jobs: stopped, killed, taken up, shown to nobody else."""

from __future__ import annotations

import io
import re
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, func, select

from congress_app.audit.models import Entry
from congress_app.database import db, transaction
from congress_app.exemplars.models import Exemplar
from congress_app.jobs import registry, running_services, services
from congress_app.jobs.models import Job, KeptUpload
from congress_app.jobs.uploads import SMALL
from congress_app.kernel import clock
from congress_app.kernel.permissions import Role
from congress_app.units.models import Unit
from tests.builders import a_unit, the_root
from tests.conftest import AsRole
from tests.exemplars import sheets as exemplar_sheets
from tests.interrupting import Died, ask_to_stop, at_the_first, die
from tests.units.sheets import csv

UNITS = csv(
    ("01", "BHXH TP. Hà Nội", "tinh", "VN", "", "1", "x"),
    ("79", "BHXH TP. Hồ Chí Minh", "tinh", "VN", "40", "2", ""),
)
PEOPLE = exemplar_sheets.sheet(
    ("Lê An", "Cá nhân", "VN", "1980", "", "CSTĐ ngành (2022)"),
    ("Trần Bình", "Cá nhân", "VN", "", "", ""),
)
CHAPTERS = [
    ("/units/sheets", UNITS, Unit, "unit"),
    ("/exemplars/sheets", PEOPLE, Exemplar, "exemplar"),
]
# What a job tells first, while it still reads.
TOLD = "UPDATE job SET"


@pytest.fixture
def organiser(app: Flask, frozen_clock: Any, as_role: AsRole) -> Any:
    with transaction():
        the_root().code = "VN"
    return as_role(Role.ORGANISER, the_root())


def upload(client: Any, base: str, data: bytes) -> Any:
    sent = {"sheet": (io.BytesIO(data), "ds.csv")}
    return client.post(f"{base}/import", data=sent, follow_redirects=True)


def confirm(client: Any, base: str, seen: Any) -> Any:
    fields = dict(re.findall(r'name="(key|digest)"[^>]*value="([^"]+)"', seen.text))
    return client.post(f"{base}/confirm", data=fields)


def last_job() -> Job:
    db.session.rollback()
    return db.session.scalars(select(Job).order_by(Job.id.desc()).limit(1)).one()


def figures(table: Any, kind: str) -> tuple[int, int, int]:
    """Rows, entries of the log about whole imports, sheets kept."""
    db.session.rollback()
    imports = select(func.count(Entry.id)).where(Entry.action == f"{kind}.import")
    counted = (select(func.count(table.id)), imports, select(func.count(KeptUpload.key)))
    rows, told, kept = (db.session.scalar(one) or 0 for one in counted)
    return rows, told, kept


@pytest.mark.parametrize(("base", "data", "table", "kind"), CHAPTERS)
@pytest.mark.parametrize("when", [TOLD, "INSERT INTO audit_entry"])
def test_who_stops_it_gets_nothing_written_and_may_have_it_done_again(
    organiser: Any, base: str, data: bytes, table: Any, kind: str, when: str
) -> None:
    seen = upload(organiser, base, data)
    before = figures(table, kind)
    with at_the_first(when, ask_to_stop):
        page = organiser.get(confirm(organiser, base, seen).location)
    assert "Đã dừng theo yêu cầu" in page.text
    assert (last_job().state, figures(table, kind)) == ("cancelled", before)
    assert organiser.get(last_job().back_to).status_code == 200
    organiser.post(f"/jobs/{last_job().id}/repeat")
    assert (last_job().state, figures(table, kind)) == ("done", (before[0] + 2, 1, 0))


@pytest.mark.parametrize(("base", "data", "table", "kind"), CHAPTERS)
def test_killed_in_the_middle_it_is_taken_up_and_written_once(
    app: Flask,
    organiser: Any,
    frozen_clock: Any,
    base: str,
    data: bytes,
    table: Any,
    kind: str,
) -> None:
    seen = upload(organiser, base, data)
    before = figures(table, kind)
    with at_the_first("INSERT INTO audit_entry", die), pytest.raises(Died):
        confirm(organiser, base, seen)
    assert (last_job().state, figures(table, kind)) == ("running", before)
    frozen_clock.advance(seconds=61)
    assert running_services.take_up_left(app) == [last_job().id]
    assert (last_job().state, last_job().attempt) == ("done", 2)
    assert figures(table, kind) == (before[0] + 2, 1, 0)
    page = organiser.get(f"/jobs/{last_job().id}", follow_redirects=True)
    assert "Đã ghi xong" in page.text


@pytest.mark.parametrize(("base", "data", "table", "kind"), CHAPTERS)
def test_confirmed_again_it_leads_to_what_the_first_confirming_wrote(
    organiser: Any, base: str, data: bytes, table: Any, kind: str
) -> None:
    seen = upload(organiser, base, data)
    first = confirm(organiser, base, seen).location
    written = figures(table, kind)
    assert (confirm(organiser, base, seen).location, figures(table, kind)) == (first, written)
    page = organiser.get(first, follow_redirects=True)
    assert "Đã ghi xong" in page.text


def test_of_two_confirming_at_once_both_come_to_one_job(
    app: Flask, frozen_clock: Any, organiser: Any
) -> None:
    seen = upload(organiser, "/units/sheets", UNITS)
    fields = dict(re.findall(r'name="(key|digest)"[^>]*value="([^"]+)"', seen.text))
    actor, ready = registry.actor_from_data(last_job().actor), threading.Barrier(2)
    begun, now = [], frozen_clock.now

    def click() -> None:
        with app.app_context(), clock.frozen(now):
            ready.wait(10)
            job = services.begin_with_sheet(
                "unit_import",
                str,
                {"key": fields["key"], "expected": fields["digest"]},
                back_to="/units",
                actor=actor,
            )
            begun.append(job.id)

    threads = [threading.Thread(target=click) for _person in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert begun == [last_job().id, last_job().id]
    assert figures(Unit, "unit") == (3, 1, 0)


def test_answered_otherwise_the_sheet_is_looked_at_anew(organiser: Any) -> None:
    """Confirmed on what is no longer so it wrote nothing: a second wish is a second job."""
    seen = upload(organiser, "/units/sheets", UNITS)
    with transaction():
        the_root().code = "V"
    first = confirm(organiser, "/units/sheets", seen).location
    with transaction():
        the_root().code = "VN"
    assert confirm(organiser, "/units/sheets", seen).location != first
    assert figures(Unit, "unit") == (3, 1, 0)


def test_a_large_sheet_in_the_background_shows_what_a_small_one_shows_at_once(
    app: Flask, organiser: Any
) -> None:
    at_once = upload(organiser, "/units/sheets", UNITS)
    app.config["JOBS_IN_THREAD"] = True
    large = upload(
        organiser, "/units/sheets", UNITS + (b"\n;;;;;;" + b" " * 1000) * (SMALL // 1000)
    )
    wait_for(lambda: last_job().state == "done")
    later = organiser.get(last_job().back_to)
    assert without_keys(later.text) == without_keys(at_once.text)
    assert "Ghi 2 thay đổi" in later.text
    assert large.request.path in (f"/jobs/{last_job().id}", last_job().back_to)


def without_keys(page: str) -> str:
    keys = r'name="(csrf_token|key)"[^>]*value="[^"]*"|/import/\d+'
    return re.sub(keys, "", page)


def wait_for(fact: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not fact():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_nobody_else_sees_it_stops_it_or_has_it_done_again(organiser: Any, as_role: AsRole) -> None:
    upload(organiser, "/units/sheets", UNITS)
    job = last_job()
    for other in (
        as_role(Role.ORGANISER, the_root()),
        as_role(Role.ADMIN, a_unit("22", the_root())),
    ):
        for way in (job.back_to, f"/jobs/{job.id}", f"/jobs/{job.id}.json"):
            assert other.get(way).status_code == 404
        for way in ("cancel", "repeat"):
            assert other.post(f"/jobs/{job.id}/{way}").status_code == 404
    assert as_role(Role.ADMIN).get(job.back_to).status_code == 404
    elsewhere = organiser.get(job.back_to.replace("units", "exemplars"))
    assert elsewhere.location == f"/jobs/{job.id}"


def test_a_file_that_went_missing_is_asked_for_again(organiser: Any, frozen_clock: Any) -> None:
    seen = upload(organiser, "/units/sheets", UNITS)
    with at_the_first(TOLD, ask_to_stop):
        confirm(organiser, "/units/sheets", seen)
    with transaction() as session:
        session.execute(delete(KeptUpload))
    organiser.post(f"/jobs/{last_job().id}/repeat")
    page = organiser.get(f"/jobs/{last_job().id}")
    assert "Tệp đã tải lên không còn trên máy chủ." in page.text
    assert "Tệp đã tải lên không còn" in organiser.get(last_job().back_to).text
    frozen_clock.advance(days=7, seconds=1)
    running_services.take_up_left(organiser.application)
    assert db.session.scalars(select(Job)).all() == []
