"""The dossier's pages: archive, check, keep, purge."""

from __future__ import annotations

import re
from contextlib import contextmanager, suppress

import pytest
from sqlalchemy import func, select

from congress_app import postgres_forgetting
from congress_app.audit.models import Entry
from congress_app.database import db, transaction
from congress_app.dossiers import archive, queries, request_services
from congress_app.dossiers.models import Dossier
from congress_app.jobs import running_services
from congress_app.jobs.models import Job
from congress_app.kernel.permissions import Role
from tests.builders import a_congress, a_data_request, a_delegate, a_dossier
from tests.dossiers.closed import LAN, PLANTED, a_closed_congress
from tests.interrupting import Died, ask_to_stop, at_the_first, die


def text(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.text).split())


@pytest.fixture
def closed(app):
    return a_closed_congress()


def test_the_whole_way_by_its_pages(as_role, closed):
    admin, here = as_role(Role.ADMIN), f"/congresses/{closed.congress.id}/dossier"
    assert "Chưa lập hồ sơ nào" in text(admin.get(here))
    job = admin.post(here)
    assert admin.get(job.location).location == here
    (dossier,) = queries.dossiers_of(closed.congress.id)
    assert "Chưa kiểm tra" in text(admin.get(here))
    admin.post(f"{here}/{dossier.id}/check")
    assert "Đã kiểm tra nguyên vẹn lúc" in text(admin.get(here))
    kept = admin.post(f"{here}/{dossier.id}/file")
    assert kept.headers["Content-Disposition"].endswith('.zip"')
    typed = archive.sha256(kept.data)
    wrong = admin.post(f"{here}/{dossier.id}/purge", data={"sha256": "abc", "understood": "y"})
    assert (wrong.status_code, 'value="abc"' in wrong.text) == (422, True)
    unsure = admin.post(f"{here}/{dossier.id}/purge", data={"sha256": typed})
    assert (unsure.status_code, typed in unsure.text) == (422, True)
    address = f"{here}/{dossier.id}/purge"
    db.session.rollback()  # a reader would keep the file from being rewritten
    done = admin.post(address, data={"sha256": typed, "understood": "y"})
    assert admin.get(done.location).location == here
    assert "Đã lưu trữ và xóa" in text(admin.get(here))
    assert admin.post(f"{here}/{dossier.id}/file").status_code == 404


def test_a_dossier_that_named_a_deleted_person_is_to_be_made_anew(as_role):
    congress = a_congress(state="closed")
    gone, dossier = a_delegate(congress, state="withdrawn"), a_dossier(congress)
    admin, here = as_role(Role.ADMIN), f"/congresses/{congress.id}/dossier"
    assert f"{here}/{dossier.id}/check" in admin.get(here).text
    request_services.forget(a_data_request(gone.person, kind="erase"), actor=LAN)
    page = admin.get(here)
    assert ("Đã gỡ" in text(page), "Hãy lập hồ sơ mới" in text(page)) == (True, True)
    assert [
        act for act in ("check", "file", "purge") if f"{here}/{dossier.id}/{act}" in page.text
    ] == []
    late = admin.post(f"{here}/{dossier.id}/file")
    assert (late.status_code, "Hãy lập hồ sơ mới" in text(late)) == (404, True)


def test_pages_of_a_purged_congress_still_open(as_role, closed):
    admin, here = as_role(Role.ADMIN), f"/congresses/{closed.congress.id}"
    admin.post(f"{here}/dossier")
    (dossier,) = queries.dossiers_of(closed.congress.id)
    admin.post(f"{here}/dossier/{dossier.id}/check")
    kept = admin.post(f"{here}/dossier/{dossier.id}/file").data
    data = {"sha256": archive.sha256(kept), "understood": "y"}
    admin.post(f"{here}/dossier/{dossier.id}/purge", data=data)
    pages = (
        "delegates", f"delegates/{closed.delegate.id}", "programme", "speeches", "badges",
        "checkin", "documents", "elections", "devices", "seating", "day", "credentials",
    )  # fmt: skip
    answers = {page: admin.get(f"{here}/{page}").status_code for page in pages}
    assert answers == dict.fromkeys(pages, 200)


def test_taking_the_archive_out_is_remembered(as_role, closed):
    admin, here = as_role(Role.ADMIN), f"/congresses/{closed.congress.id}/dossier"
    admin.post(here)
    (dossier,) = queries.dossiers_of(closed.congress.id)
    admin.post(f"{here}/{dossier.id}/file")
    actions = db.session.scalars(select(Entry.action).where(Entry.subject_kind == "dossier"))
    assert list(actions) == ["dossier.make", "dossier.export"]


def test_before_the_end_the_page_says_why_not(as_role, app):
    congress = a_congress(state="open")
    admin = as_role(Role.ADMIN)
    assert "Hội nghị chưa bế mạc" in text(admin.get(f"/congresses/{congress.id}/dossier"))
    job = admin.post(f"/congresses/{congress.id}/dossier")
    assert "chưa lập được hồ sơ" in text(admin.get(job.location))
    assert db.session.scalars(select(Dossier)).all() == []


def test_only_an_administrator_comes_near(as_role, closed):
    here = f"/congresses/{closed.congress.id}/dossier"
    for role in (Role.ORGANISER, Role.SECRETARY, Role.VIEWER):
        client = as_role(role)
        assert (client.get(here).status_code, client.post(here).status_code) == (403, 403)


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


def test_a_secret_link_is_dead_after_the_purge(as_role, client, closed):
    admin, here = as_role(Role.ADMIN), f"/congresses/{closed.congress.id}/dossier"
    assert client.get(f"/d/{PLANTED['link']}").status_code == 200
    admin.post(here)
    (dossier,) = queries.dossiers_of(closed.congress.id)
    admin.post(f"{here}/{dossier.id}/check")
    kept = admin.post(f"{here}/{dossier.id}/file").data
    data = {"sha256": archive.sha256(kept), "understood": "y"}
    admin.post(f"{here}/{dossier.id}/purge", data=data)
    assert client.get(f"/d/{PLANTED['link']}").status_code == 404
