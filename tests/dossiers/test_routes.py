"""The dossier's pages: archive, check, keep, purge."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from congress_app.audit.models import Entry
from congress_app.database import db
from congress_app.dossiers import archive, queries, request_services
from congress_app.dossiers.models import Dossier
from congress_app.kernel.permissions import Role
from tests.builders import a_congress, a_data_request, a_delegate, a_dossier
from tests.dossiers.closed import EVERYWHERE, LAN, PLANTED, a_closed_congress


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
    request_services.forget(a_data_request(gone.person, kind="erase"), within=EVERYWHERE, actor=LAN)
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
