"""The dossier's long work: killed, stopped, taken up again, and what its page tells then."""

from __future__ import annotations

import re
from contextlib import contextmanager, suppress

import pytest
from sqlalchemy import func, select

from congress_app import postgres_forgetting
from congress_app.accounts.models import User
from congress_app.audit.models import Entry
from congress_app.database import db, transaction
from congress_app.dossiers import queries
from congress_app.jobs import running_services
from congress_app.jobs.models import Job
from congress_app.kernel.permissions import Role
from tests.dossiers.closed import a_closed_congress
from tests.interrupting import Died, ask_to_stop, at_the_first, die


def text(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.text).split())


@pytest.fixture
def closed(app):
    return a_closed_congress()


def ready(admin, congress):
    """The address of the purge and what it asks for, everything before it done."""
    here = f"/congresses/{congress.id}/dossier"
    admin.post(here)
    (dossier,) = queries.dossiers_of(congress.id)
    admin.post(f"{here}/{dossier.id}/check")
    return f"{here}/{dossier.id}/purge", {"sha256": dossier.sha256, "understood": "y"}


def last_job():
    """The latest; the test reads nothing afterwards, or the file could not be rewritten."""
    db.session.rollback()
    job = db.session.scalars(select(Job).order_by(Job.id.desc()).limit(1)).one()
    db.session.expunge(job)
    db.session.rollback()
    return job


def jobs():
    db.session.rollback()
    return [(job.kind, job.state) for job in db.session.scalars(select(Job).order_by(Job.id))]


@pytest.mark.parametrize("state", ["waiting", "running"])
def test_unfinished_work_of_the_congress_holds_the_purge_up(as_role, closed, state):
    admin = as_role(Role.ADMIN)
    address, data = ready(admin, closed.congress)
    with transaction():
        job = db.session.scalars(select(Job).order_by(Job.id).limit(1)).one()
        job.state, job.finished_at = state, None
    page = admin.post(address, data=data)
    assert page.status_code == 422
    assert "Còn 1 việc nền của hội nghị chưa xong" in text(page)
    assert data["sha256"] in page.text
    assert queries.purged(closed.congress.id) is None
    with transaction():
        job.state, job.finished_at = "cancelled", job.created_at
    assert admin.get(admin.post(address, data=data).location).status_code == 302
    assert jobs() == [("dossier_purge", "done")]


def test_a_dead_job_of_an_earlier_version_goes_with_the_data(as_role, closed):
    admin = as_role(Role.ADMIN)
    address, data = ready(admin, closed.congress)
    with transaction():
        job = db.session.scalars(select(Job).order_by(Job.id).limit(1)).one()
        job.state, job.finished_at, job.arguments = "running", None, None
    admin.post(address, data=data)
    assert jobs() == [("dossier_purge", "done")]


@pytest.mark.parametrize(("act", "before"), [(die, "running"), (ask_to_stop, "cancelled")])
def test_a_purge_killed_or_stopped_takes_nothing_and_is_done_once(
    app, frozen_clock, as_role, closed, act, before
):
    admin = as_role(Role.ADMIN)
    address, data = ready(admin, closed.congress)
    with at_the_first("INSERT INTO audit_entry", act), suppress(Died):
        admin.post(address, data=data)
    assert (jobs()[-1], queries.purged(closed.congress.id)) == (("dossier_purge", before), None)
    frozen_clock.advance(seconds=61)
    job = last_job()
    if act is die:
        assert running_services.take_up_left(app) == [job.id]
    else:
        admin.post(f"/jobs/{job.id}/repeat")
    assert jobs() == [("dossier_purge", "done")]
    told = select(Entry).where(Entry.action == "dossier.purge")
    assert len(db.session.scalars(told).all()) == 1


def test_killed_after_the_purge_only_the_disk_is_left_to_forget(app, frozen_clock, as_role, closed):
    admin = as_role(Role.ADMIN)
    address, data = ready(admin, closed.congress)
    admin.post(address, data=data)
    with transaction():
        job = db.session.scalars(select(Job)).one()
        job.state, job.finished_at = "running", None
    frozen_clock.advance(seconds=61)
    assert running_services.take_up_left(app) == [last_job().id]
    assert jobs() == [("dossier_purge", "done")]
    told = select(Entry).where(Entry.action == "dossier.purge")
    assert len(db.session.scalars(told).all()) == 1


def left_behind(admin):
    """The purge's process died, and then its owner's account was closed; the job's number."""
    with transaction() as session:
        session.get_one(User, admin.user.id).is_active = False
        job = db.session.scalars(select(Job).order_by(Job.id.desc()).limit(1)).one()
        job.state, job.finished_at = "running", None
    return last_job().id


def test_the_disk_forgets_even_when_who_purged_is_closed(app, frozen_clock, as_role, closed):
    admin = as_role(Role.ADMIN)
    address, data = ready(admin, closed.congress)
    admin.post(address, data=data)
    job_id = left_behind(admin)
    frozen_clock.advance(seconds=61)
    assert running_services.take_up_left(app) == [job_id]
    assert jobs() == [("dossier_purge", "done")]


def test_nothing_is_purged_for_who_was_closed_and_the_page_says_so(
    app, frozen_clock, as_role, closed
):
    admin, here = as_role(Role.ADMIN), f"/congresses/{closed.congress.id}/dossier"
    address, data = ready(admin, closed.congress)
    with at_the_first("INSERT INTO audit_entry", die), suppress(Died):
        admin.post(address, data=data)
    job_id = left_behind(admin)
    frozen_clock.advance(seconds=61)
    assert running_services.take_up_left(app) == [job_id]
    assert (jobs()[-1], queries.purged(closed.congress.id)) == (("dossier_purge", "failed"), None)
    other = as_role(Role.ADMIN)
    page = text(other.get(f"/jobs/{job_id}"))
    told = ("đã bắt đầu nhưng chưa xong", "Chưa xóa dòng nào", "Làm lại", "không được làm.")
    assert [words in page for words in told] == [True, True, False, False]
    assert "Chưa chắc đĩa đã quên" not in other.get(here).text


def test_to_others_it_says_who_can_have_the_disk_forget(as_role, closed):
    admin = as_role(Role.ADMIN)
    address, data = ready(admin, closed.congress)
    admin.post(address, data=data)
    with transaction():
        job = db.session.scalars(select(Job)).one()
        job.state = "cancelled"
    page = text(as_role(Role.ADMIN).get(f"/jobs/{job.id}"))
    assert "Người giao việc bấm “Làm lại”" in page
    assert "người quản trị máy chủ chạy lệnh “dossiers rewrite”" in page


def test_stopped_it_says_whether_the_rows_are_gone(as_role, closed):
    admin, here = as_role(Role.ADMIN), f"/congresses/{closed.congress.id}/dossier"
    address, data = ready(admin, closed.congress)
    with at_the_first("INSERT INTO audit_entry", ask_to_stop):
        admin.post(address, data=data)
    page = text(admin.get(f"/jobs/{last_job().id}"))
    assert ("Chưa xóa dòng nào" in page, "đã xóa khỏi các bảng" in page) == (True, False)
    assert "Chưa chắc đĩa đã quên" not in admin.get(here).text
    admin.post(f"/jobs/{last_job().id}/repeat")
    assert "Chưa chắc đĩa đã quên" not in admin.get(here).text
    with transaction():  # as it is left by who stops it while the disk is rewritten
        job = db.session.scalars(select(Job)).one()
        job.state = "cancelled"
    page = text(admin.get(f"/jobs/{job.id}"))
    assert ("Chưa xóa dòng nào" in page, "đã xóa khỏi các bảng" in page) == (False, True)
    assert "không có gì của nó được ghi" not in page
    assert f'href="/jobs/{job.id}"' in admin.get(here).text
    admin.post(f"/jobs/{last_job().id}/repeat")
    assert jobs() == [("dossier_purge", "done")]


def test_kept_from_rewriting_it_says_what_to_do(as_role, closed, monkeypatch):
    admin = as_role(Role.ADMIN)
    address, data = ready(admin, closed.congress)
    with open_reader(monkeypatch):
        admin.post(address, data=data)
    page = text(admin.get(f"/jobs/{last_job().id}"))
    assert "Hãy đợi những việc ấy xong rồi bấm “Làm lại”" in page
    assert "kết thúc cả giao dịch bị bỏ quên" in page
    admin.post(f"/jobs/{last_job().id}/repeat")
    assert jobs() == [("dossier_purge", "done")]


@contextmanager
def open_reader(monkeypatch):
    """Somebody reads and does not end, as a copy or a forgotten window of a database tool."""
    monkeypatch.setattr(postgres_forgetting, "_PATIENCE", 0.5)
    with db.engine.connect() as reader:
        reader.execute(select(func.count(Job.id))).scalar()
        yield


@pytest.mark.parametrize("act", [die, ask_to_stop])
def test_an_archive_killed_or_stopped_is_made_once(app, frozen_clock, as_role, closed, act):
    admin, here = as_role(Role.ADMIN), f"/congresses/{closed.congress.id}/dossier"
    with at_the_first("INSERT INTO dossier_file", act), suppress(Died):
        admin.post(here)
    db.session.rollback()
    assert queries.dossiers_of(closed.congress.id) == []
    frozen_clock.advance(seconds=61)
    job = last_job()
    if act is die:
        assert running_services.take_up_left(app) == [job.id]
    else:
        admin.post(f"/jobs/{job.id}/repeat")
    assert (jobs(), len(queries.dossiers_of(closed.congress.id))) == ([("dossier", "done")], 1)
