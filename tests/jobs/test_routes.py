"""The page of a job."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from congress_app.database import db, transaction
from congress_app.jobs.models import Job, JobFile
from congress_app.jobs.registry import actor_as_data, durable
from congress_app.kernel import clock
from congress_app.kernel.permissions import Actor, Grant, Role
from tests.builders import a_unit, the_root


@durable("route_trial")
def trial(progress: Any, actor: Actor, *, n: int) -> dict[str, int]:
    return {"n": n}


def a_job(owner_id: int | None, **columns: Any) -> Job:
    defaults = {
        "kind": "trial",
        "title": "Nhập danh sách",
        "state": "running",
        "done": 1200,
        "total": 4800,
        "step": "Đọc tệp",
        "created_at": clock.now(),
        "heartbeat_at": clock.now(),
    }
    with transaction() as session:
        job = Job(owner_id=owner_id, **(defaults | columns))
        session.add(job)
        session.flush()
    return job


@pytest.fixture
def owner(as_role):
    return as_role(Role.REGISTRAR)


def test_running_work_shows_its_progress_and_refreshes_by_itself(owner):
    page = owner.get(f"/jobs/{a_job(owner.user.id).id}")
    assert page.status_code == 200
    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in page.text
    assert 'value="1200" max="4800"' in page.text
    assert "1.200 / 4.800" in page.text
    assert "Đọc tệp" in page.text


def test_work_of_unknown_size_shows_a_bar_without_a_figure(owner):
    page = owner.get(f"/jobs/{a_job(owner.user.id, total=0, step='').id}")
    assert "<progress aria-label=" in page.text
    assert "0 / 0" not in page.text
    assert "Đang chạy" in page.text


def test_who_reads_slowly_can_stop_the_refreshing(owner):
    page = owner.get(f"/jobs/{a_job(owner.user.id).id}?still=1")
    assert "http-equiv" not in page.text
    assert "Tự tải lại trang" in page.text


def test_done_work_goes_on_to_its_own_page(owner):
    job = a_job(owner.user.id, state="done", back_to="/units?from=job")
    answer = owner.get(f"/jobs/{job.id}")
    assert (answer.status_code, answer.location) == (302, "/units?from=job")


def test_done_work_without_a_page_says_so_and_stops_refreshing(owner):
    page = owner.get(f"/jobs/{a_job(owner.user.id, state='done').id}")
    assert "Việc đã xong." in page.text
    assert "http-equiv" not in page.text


def test_failed_work_shows_why_and_where_to_go(owner):
    result = {
        "error": {
            "code": "over_cap",
            "sentence": {"template": "Đã đủ {cap} đại biểu.", "params": {"cap": 300}},
            "details": ["Dòng 7: <thừa>", {"message": "Dòng 8"}],
        }
    }
    job = a_job(owner.user.id, state="failed", result=result, back_to="/units")
    page = owner.get(f"/jobs/{job.id}")
    assert page.status_code == 200
    assert "Đã đủ 300 đại biểu." in page.text
    assert "Dòng 7: &lt;thừa&gt;" in page.text
    assert "Dòng 8" in page.text
    assert 'href="/units"' in page.text
    assert "http-equiv" not in page.text


def test_silent_work_shows_as_interrupted(frozen_clock, owner):
    silent = frozen_clock.now - timedelta(seconds=61)
    page = owner.get(f"/jobs/{a_job(owner.user.id, heartbeat_at=silent).id}")
    assert "Bị ngắt giữa chừng" in page.text
    assert "http-equiv" not in page.text


def test_the_same_as_json(owner):
    job = a_job(owner.user.id, back_to="/units")
    assert owner.get(f"/jobs/{job.id}.json").json == {
        "id": job.id,
        "kind": "trial",
        "title": "Nhập danh sách",
        "state": "running",
        "state_label": "Đang chạy",
        "state_kind": "info",
        "over": False,
        "stopping": False,
        "repeatable": False,
        "done": 1200,
        "total": 4800,
        "figure": "1.200 / 4.800 (25,0 %)",
        "step": "Đọc tệp",
        "message": None,
        "stands": None,
        "details": [],
        "back_to": "/units",
    }


def test_own_jobs_are_listed_the_latest_first_and_no_others(owner):
    first = a_job(owner.user.id, title="Việc thứ nhất", state="done", done=75, total=100)
    second = a_job(owner.user.id, title="Việc thứ hai")
    a_job(None, title="Việc của người khác")
    page = owner.get("/jobs")
    assert page.status_code == 200
    places = [page.text.index(f'href="/jobs/{job.id}"') for job in (second, first)]
    assert places == sorted(places)
    assert "Việc của người khác" not in page.text
    assert "1.200 / 4.800" in page.text
    assert "75 / 100" not in page.text


def test_no_jobs_are_told_as_none(owner):
    assert "Chưa có việc nào" in owner.get("/jobs").text


def test_running_work_can_be_stopped_and_says_so(owner):
    job = a_job(owner.user.id)
    assert "Dừng việc này" in owner.get(f"/jobs/{job.id}").text
    assert owner.post(f"/jobs/{job.id}/cancel").status_code == 302
    page = owner.get(f"/jobs/{job.id}")
    assert "Đang dừng" in page.text
    assert "Dừng việc này" not in page.text


def test_stopped_durable_work_can_be_done_again_by_its_owner(owner, as_role):
    job = a_job(owner.user.id, kind="route_trial", state="cancelled", arguments={"n": 3})
    admin = as_role(Role.ADMIN)
    assert "Làm lại" not in admin.get(f"/jobs/{job.id}").text
    assert admin.post(f"/jobs/{job.id}/repeat").status_code == 404
    assert "Làm lại" in owner.get(f"/jobs/{job.id}").text
    with transaction():
        job.actor = actor_as_data(Actor("user", owner.user.id, "lan", "Lan"))
    owner.post(f"/jobs/{job.id}/repeat")
    assert (job.state, job.result) == ("done", {"n": 3})


def test_who_lost_a_right_neither_repeats_nor_fetches_what_he_began_with_it(owner):
    was = Actor("user", owner.user.id, "lan", "Lan", (Grant(Role.ADMIN, "/1/"),))
    job = a_job(
        owner.user.id,
        kind="route_trial",
        state="failed",
        arguments={"n": 3},
        actor=actor_as_data(was),
    )
    with transaction() as session:
        session.add(JobFile(job_id=job.id, name="Thẻ đại biểu.pdf", data=b"%PDF-x"))
    answer = owner.post(f"/jobs/{job.id}/repeat")
    assert (answer.status_code, job.state) == (409, "failed")
    assert "Quyền của bạn đã thay đổi" in answer.text
    assert owner.post(f"/jobs/{job.id}/file").status_code == 404
    assert "Tải tệp kết quả" not in owner.get(f"/jobs/{job.id}").text


def test_work_of_this_process_only_is_not_offered_again(owner):
    job = a_job(owner.user.id, state="failed")
    assert "Làm lại" not in owner.get(f"/jobs/{job.id}").text
    assert owner.post(f"/jobs/{job.id}/repeat").status_code == 409


def test_the_file_a_job_made_is_its_owners_alone(owner, as_role):
    job = a_job(owner.user.id, state="done")
    assert owner.post(f"/jobs/{job.id}/file").status_code == 404
    with transaction() as session:
        session.add(JobFile(job_id=job.id, name="Thẻ đại biểu.pdf", data=b"%PDF-x"))
    page = owner.get(f"/jobs/{job.id}").text
    assert ("Tải tệp kết quả" in page, "được giữ bảy ngày" in page) == (True, True)
    answer = owner.post(f"/jobs/{job.id}/file")
    assert (answer.data, answer.mimetype) == (b"%PDF-x", "application/pdf")
    assert as_role(Role.ADMIN).post(f"/jobs/{job.id}/file").status_code == 404


def test_a_file_of_which_nothing_is_recorded_is_had_while_somebody_writes(owner):
    job_id = a_job(owner.user.id, state="done").id
    with transaction() as session:
        session.add(JobFile(job_id=job_id, name="Thẻ.pdf", data=b"%PDF-x"))
    db.session.remove()
    with db.engine.connect().execution_options(write=True) as other, other.begin():
        answer = owner.post(f"/jobs/{job_id}/file")
    assert (answer.status_code, answer.data) == (200, b"%PDF-x")


@pytest.mark.parametrize("ending", ["", ".json"])
def test_only_its_owner_and_the_admin_of_the_whole_house_know_of_it(as_role, client, owner, ending):
    address = f"/jobs/{a_job(owner.user.id).id}{ending}"
    province = a_unit("01", the_root())
    assert owner.get(address).status_code == 200
    assert as_role(Role.ADMIN).get(address).status_code == 200
    assert as_role(Role.ADMIN, province).get(address).status_code == 404
    assert as_role(Role.ORGANISER).get(address).status_code == 404
    assert client.get(address).status_code == 302
    assert owner.get(f"/jobs/999999{ending}").status_code == 404


def test_a_job_of_the_command_line_belongs_to_no_user(as_role, owner):
    address = f"/jobs/{a_job(None).id}"
    assert owner.get(address).status_code == 404
    assert as_role(Role.ADMIN).get(address).status_code == 200


def test_with_scripts_the_page_follows_the_work_without_reloading(page_as):
    page = page_as(Role.ADMIN)
    job = a_job(None, back_to="/audit")
    page.goto(f"/jobs/{job.id}")
    page.evaluate("window.same = true")
    with transaction():
        job.done, job.step = 2400, "Kiểm tra"
    page.get_by_text("2.400 / 4.800 (50,0 %)").wait_for()
    assert page.locator("[role=status]").text_content() == "Kiểm tra"
    assert page.locator("progress").evaluate("bar => bar.value") == 2400
    assert page.evaluate("window.same")
    with transaction():
        job.state = "done"
    page.wait_for_url("**/audit")


def test_without_scripts_the_page_goes_on_by_itself_when_the_work_is_done(page_as):
    page = page_as(Role.ADMIN, java_script_enabled=False)
    job = a_job(None, back_to="/audit")
    page.goto(f"/jobs/{job.id}")
    assert page.get_by_text("1.200 / 4.800").is_visible()
    with transaction():
        job.state = "done"
    page.wait_for_url("**/audit")


@pytest.mark.parametrize("width", [360, 1280])
def test_the_page_is_usable_by_everybody(page_as, axe, width):
    page = page_as(Role.ADMIN, viewport={"width": width, "height": 800})
    failed = {
        "error": {
            "code": "x",
            "sentence": {"template": "Đã đủ 300 đại biểu.", "params": {}},
            "details": ["Dòng 7"],
        }
    }
    jobs = (
        a_job(None),
        a_job(None, total=0),
        a_job(None, state="failed", result=failed),
        a_job(None, state="cancelled"),
        a_job(None, state="done"),
    )
    for job in jobs:
        page.goto(f"/jobs/{job.id}")
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
