"""Releases through HTTP."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from congress_app.congresses.models import Congress
from congress_app.database import db, transaction
from congress_app.kernel.permissions import Role
from congress_app.programme import release_queries
from congress_app.programme.release_models import ProgrammeNotice
from tests.builders import a_congress, a_release, a_session, an_item
from tests.conftest import AsRole, FrozenClock
from tests.sheets import rows_of


@pytest.fixture
def congress(app: Flask, frozen_clock: FrozenClock) -> Congress:
    return a_congress()


@pytest.fixture
def secretary(as_role: AsRole, congress: Congress) -> FlaskClient:
    return as_role(Role.SECRETARY, congress.unit)


def base(congress: Congress) -> str:
    return f"/congresses/{congress.id}/programme"


def test_the_draft_is_looked_at_and_released(secretary: FlaskClient, congress: Congress) -> None:
    an_item(a_session(congress), "Khai mạc", presenter="Giám đốc")
    page = secretary.get(f"{base(congress)}/releases/new").text
    assert "Bản đầu tiên: 1 mục; 1 người cần được báo giờ của mình." in page
    seen = release_queries.draft_of(congress.id).fingerprint
    done = secretary.post(f"{base(congress)}/releases/new", data={"seen": seen, "note": "Lần đầu"})
    assert done.location == f"{base(congress)}/releases/1"
    shown = secretary.get(done.location).text
    assert "Lần đầu" in shown
    assert "Kính gửi Giám đốc." in shown


def test_a_draft_changed_meanwhile_is_shown_anew(
    secretary: FlaskClient, congress: Congress
) -> None:
    item = an_item(a_session(congress), "Khai mạc")
    seen = release_queries.draft_of(congress.id).fingerprint
    with transaction():
        item.minutes = 45
    answer = secretary.post(f"{base(congress)}/releases/new", data={"seen": seen})
    assert answer.status_code == 409
    assert "Hãy xem lại các thay đổi rồi công bố." in answer.text
    assert release_queries.draft_of(congress.id).fingerprint in answer.text


def test_a_person_is_marked_as_told(secretary: FlaskClient, congress: Congress) -> None:
    an_item(a_session(congress), presenter="Giám đốc")
    [notice] = a_release(congress).notices
    secretary.post(f"{base(congress)}/releases/1/notices/{notice.id}/told")
    db.session.rollback()
    assert db.session.get_one(ProgrammeNotice, notice.id).told_at is not None
    assert "Đã báo 1/1" in secretary.get(f"{base(congress)}/releases").text


def test_a_notice_of_another_congress_is_404(secretary: FlaskClient, congress: Congress) -> None:
    other = a_congress()
    an_item(a_session(other), presenter="Giám đốc")
    [notice] = a_release(other).notices
    an_item(a_session(congress))
    a_release(congress)
    answer = secretary.post(f"{base(congress)}/releases/1/notices/{notice.id}/told")
    assert answer.status_code == 404


def test_the_paper_shows_the_release_or_says_it_is_a_draft(
    secretary: FlaskClient, congress: Congress
) -> None:
    item = an_item(a_session(congress), "Khai mạc")
    assert "DỰ THẢO" in secretary.get(f"{base(congress)}/paper").text
    a_release(congress)
    with transaction():
        item.title = "Đang sửa"
    paper = secretary.get(f"{base(congress)}/paper").text
    assert "Khai mạc" in paper
    assert "Đang sửa" not in paper


def test_who_only_reads_does_not_release(as_role: AsRole, congress: Congress) -> None:
    an_item(a_session(congress))
    viewer = as_role(Role.VIEWER, congress.unit)
    assert viewer.post(f"{base(congress)}/releases/new").status_code == 403
    assert release_queries.released(congress.id) is None


def test_the_people_to_tell_are_handed_out_as_a_sheet(
    secretary: FlaskClient, congress: Congress
) -> None:
    an_item(a_session(congress), "Khai mạc", presenter="Giám đốc")
    seen = release_queries.draft_of(congress.id).fingerprint
    secretary.post(f"{base(congress)}/releases/new", data={"seen": seen})
    address = f"{base(congress)}/releases/1"
    assert f'href="{address}/notices.xlsx"' in secretary.get(address).text
    ((name, text, told_at, told_by),) = rows_of(secretary.get(f"{address}/notices.xlsx").data)
    assert (name, told_at, told_by) == ("Giám đốc", None, None)
    assert text.startswith("Kính gửi Giám đốc.")


def test_releases_are_taken_as_a_sheet(secretary: FlaskClient, congress: Congress) -> None:
    an_item(a_session(congress), "Khai mạc", presenter="Giám đốc")
    a_release(congress, note="Lần đầu")
    address = f"{base(congress)}/releases"
    assert f'href="{address}.xlsx"' in secretary.get(address).text
    (row,) = rows_of(secretary.get(f"{address}.xlsx").data)
    release = release_queries.releases_of(congress.id)[0]
    told = (release.released_by, len(release.changes), len(release.notices), 0, release.note)
    assert (row[0], *row[2:]) == (1, *told)
