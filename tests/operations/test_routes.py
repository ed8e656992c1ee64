"""The administrator's page, readiness and the monitor's figures, through HTTP."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import select, text

from congress_app.database import db, transaction
from congress_app.jobs.models import Job
from congress_app.jobs.outcome import LOST, error_as_data, lost_as_data, unforeseen_as_data
from congress_app.jobs.registry import actor_as_data
from congress_app.jobs.worker import worker_name
from congress_app.kernel import clock
from congress_app.kernel.errors import RuleViolation
from congress_app.kernel.permissions import Actor, Role
from congress_app.kernel.sentences import Sentence
from congress_app.operations import services
from congress_app.operations.counters import Counters
from tests.builders import a_data_request, a_person, a_unit, the_root


def test_the_page_is_for_administrators_of_the_whole_tree(client, as_role):
    province = a_unit("01", the_root())
    assert as_role(Role.ADMIN).get("/operations").status_code == 200
    assert as_role(Role.ADMIN, province).get("/operations").status_code == 404
    assert as_role(Role.ORGANISER).get("/operations").status_code == 403
    assert client.get("/operations").status_code == 302


def test_the_page_says_what_to_do(as_role, frozen_clock):
    with transaction() as session:
        session.add(
            Job(
                kind="x", title="x", state="failed", result=unforeseen_as_data(),
                created_at=clock.now(), heartbeat_at=clock.now(), finished_at=clock.now(),
            )
        )  # fmt: skip
    services.say_alive(worker_name(), Counters())
    page = as_role(Role.ADMIN).get("/operations").text
    assert "Chưa có bản sao lưu nào" in page
    assert "1 việc nền bị lỗi trong 24 giờ qua" in page
    assert worker_name() in page


def failed(kind, error, *, days=0, name="Trần Thị Mai"):
    at = clock.now() - timedelta(days=days)
    actor = actor_as_data(Actor("user", 5, "mai.tr", name))
    with transaction() as session:
        session.add(
            Job(
                kind=kind, title="Nhập tệp “Nguyễn Văn Bí Mật.xlsx”", state="failed", owner_id=5,
                result=error, actor=actor, created_at=at, heartbeat_at=at, finished_at=at,
            )
        )  # fmt: skip


def test_failed_work_is_listed_with_who_and_why_but_without_people(as_role, frozen_clock):
    admin = as_role(Role.ADMIN)
    assert "Trong bảy ngày qua không có việc nào không xong." in admin.get("/operations").text
    told = Sentence("Dòng {row}: {name} đã có trong danh sách.", row=12, name="Nguyễn Văn Bí Mật")
    failed("delegate_import", error_as_data(RuleViolation("taken", told)), days=6)
    failed("badge_print", lost_as_data())
    failed("unit_import", unforeseen_as_data(), days=8)
    page = admin.get("/operations").text
    listed = page[page.index('id="failures"') :]
    rows = [words(row) for row in re.findall(r"<tr>(.*?)</tr>", listed, re.S)[1:]]
    first, second = db.session.scalars(select(Job.id).order_by(Job.id).limit(2))
    by, refused = "Trần Thị Mai (mai.tr) 08:00", "Bị từ chối Dòng 12: … đã có trong danh sách."
    assert rows == [
        f"In thẻ đại biểu số {second} Lỗi hệ thống {LOST} {by} 15/06/2020",
        f"Nhập danh sách đại biểu số {first} {refused} {by} 09/06/2020",
    ]
    assert "Bí Mật" not in page
    links = re.findall(r'href="(/jobs/\d+)"', listed)
    assert [admin.get(link).status_code for link in links] == [200, 200]


def test_late_requests_of_persons_are_told_with_a_link_to_who_may_open_them(as_role, frozen_clock):
    province = a_unit("01", the_root())
    person = a_person("Lò Thị Vui", province)
    ends = {"reply_by": date(2020, 6, 12), "finish_by": date(2020, 6, 22)}
    a_data_request(person, **ends, replied_on=date(2020, 6, 11))
    admin = as_role(Role.ADMIN)
    assert "yêu cầu về dữ liệu cá nhân" not in admin.get("/operations").text
    a_data_request(person, **ends)
    page = admin.get("/operations").text
    told = words(page[page.index('id="troubles"') :])
    assert "1 yêu cầu về dữ liệu cá nhân đã quá hạn Hạn sớm nhất là ngày 12/06/2020." in told
    assert '<a href="/data-requests">Mở sổ yêu cầu về dữ liệu cá nhân</a>' in page


def test_a_database_that_logs_rows_is_told_until_its_keeper_ends_it(app, as_role, frozen_clock):
    admin = as_role(Role.ADMIN)
    told = "Nhật ký của máy cơ sở dữ liệu có thể chứa dữ liệu cá nhân"
    is_postgres = db.engine.dialect.name == "postgresql"
    assert (told in admin.get("/operations").text) is is_postgres
    if not is_postgres:
        return
    own = db.session.scalar(text("SELECT quote_ident(current_database())"))
    say_to_database(f"ALTER DATABASE {own} SET log_error_verbosity TO 'terse'")
    try:
        assert told not in admin.get("/operations").text
    finally:
        say_to_database(f"ALTER DATABASE {own} RESET log_error_verbosity")
    assert told in admin.get("/operations").text


def say_to_database(word):
    with transaction() as session:
        session.execute(text(word))
    db.session.remove()
    db.engine.dispose()  # connections that stand keep what they began with


def words(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_a_process_that_is_silent_for_long_is_forgotten(app, as_role, frozen_clock):
    services.say_alive("may-1:7", Counters())
    frozen_clock.advance(minutes=2)
    admin = as_role(Role.ADMIN)
    assert re.search(
        r"may-1:7.*?Không còn phục vụ.*?từ 08:00 15/06/2020", admin.get("/operations").text, re.S
    )
    frozen_clock.advance(minutes=9)
    services.say_alive("may-2:8", Counters())
    page = admin.get("/operations").text
    assert ("may-1:7" in page, "may-2:8" in page) == (False, True)


def test_ready_means_database_migrations_and_disk(client):
    assert (client.get("/readyz").status_code, client.get("/readyz").json) == (
        200,
        {"status": "ok"},
    )
    with transaction() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '0014'"))
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json) == (503, {"status": "migrations"})
    with transaction() as session:
        session.execute(text("DROP TABLE alembic_version"))
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json) == (503, {"status": "database"})
    assert client.get("/healthz").json == {"status": "ok"}


def test_figures_are_for_who_shows_the_token_and_for_administrators(app, client, as_role):
    shown = {"Authorization": "Bearer secret-of-the-monitor"}
    assert client.get("/metrics", headers=shown).status_code == 401
    assert client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 401
    app.config["METRICS_TOKEN"] = "secret-of-the-monitor"
    assert client.get("/metrics", headers=shown).status_code == 200
    assert client.get("/metrics").status_code == 401
    assert client.get("/metrics", headers={"Authorization": "Bearer other"}).status_code == 401
    assert as_role(Role.ADMIN).get("/metrics").status_code == 200
    assert as_role(Role.ORGANISER).get("/metrics").status_code == 401


SAMPLE = re.compile(r'^[a-z_]+(\{([a-z]+="[^"]*",?)+\})? -?[0-9.e+]+$')


def test_figures_are_what_a_monitor_reads(app, client):
    app.config["METRICS_TOKEN"] = "secret"
    services.say_alive("may-9:1", counted("units.index", 0.3))
    client.get("/healthz")
    told = client.get("/metrics", headers={"Authorization": "Bearer secret"})
    assert told.headers["Content-Type"].startswith("text/plain; version=0.0.4")
    lines = [line for line in told.text.splitlines() if not line.startswith("#")]
    assert [line for line in lines if not SAMPLE.match(line)] == []
    assert "congress_database_up 1" in lines
    assert "congress_migrations_at_head 1" in lines
    assert (
        'congress_request_duration_seconds_count{worker="may-9:1",endpoint="units.index"} 1'
        in lines
    )
    own = f'{{worker="{worker_name()}",endpoint="web.healthz"}}'
    assert f"congress_request_duration_seconds_count{own} 1" in lines


def counted(endpoint, seconds):
    counters = Counters()
    counters.note(endpoint, 200, seconds)
    return counters


@pytest.mark.parametrize("width", [360, 1280])
def test_the_page_is_usable_by_everybody(page_as, axe, width):
    page = page_as(Role.ADMIN, viewport={"width": width, "height": 900})
    services.say_alive("may-1:7", Counters())
    failed("badge_print", lost_as_data())
    page.goto("/operations")
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
